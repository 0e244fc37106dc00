"""To be asked last, to be left alone until a time, to do a part: neither yes nor no, and told apart from both."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from firstyes.domain.replies.reading import ClockTime, Intent
from support.replies import read

MAYBE, BUSY, PARTIAL = Intent.MAYBE, Intent.BUSY, Intent.PARTIAL


@pytest.mark.parametrize(
    "text",
    [
        "maybe", "Maybe! ask me again later if its still open", "ask me last please", "hmm maybe", "possibly. let me be your plan b",
        "only if you really can't find anyone", "I could if nobody else wants it", "put me on the backup list", "as a last resort",
        "tal vez", "quizás si no encuentran a nadie", "pregúnteme de último", "déjeme de última opción", "a lo mejor", "puede ser",
    ],
)  # fmt: skip
def test_who_would_come_if_nobody_else_does_is_asked_last(text: str) -> None:
    assert read(text).intent is MAYBE


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("busy til 7", "7"), ("I'm in surgery until 9", "9"), ("with a patient till 8:30 text me then", "8:30"), ("call me after 6", "6"),
        ("at work until 3pm", "3pm"), ("in class til noon", "12pm"), ("can't talk, driving until about 10", "10"),
        ("text me after 5:30pm", "5:30pm"), ("in a meeting til 11am", "11am"), ("sleeping until midnight", "12am"),
        ("ocupada hasta las 7", "7"), ("llámame después de las 6", "6"), ("estoy trabajando hasta las 3 de la tarde", "3pm"),
        ("en una cita hasta las 10", "10"), ("trabajando hasta las 6 de la mañana", "6am"), ("working until 1900", "19"),
    ],
)  # fmt: skip
def test_who_is_busy_until_a_time_says_no_to_nothing(text: str, until: str) -> None:
    reading = read(text)
    assert (reading.intent, str(reading.until)) == (BUSY, until)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("give me an hour", 60), ("give me 10 min", 10), ("busy 1 hr", 60), ("busy for the next 2 hours", 120), ("busy a couple of hours", 120),
        ("in a meeting for half an hour", 30), ("I'm free in 2 hours", 120), ("call me in an hour", 60), ("dame media hora", 30), ("dame 10 minutos", 10),
        ("ocupada las próximas 2 horas", 120), ("estoy ocupada por una hora y media", 90), ("libre en tres horas", 180), ("driving for 45 more min", 45),
    ],
)  # fmt: skip
def test_who_is_busy_for_a_time_says_no_to_nothing_either(text: str, minutes: int) -> None:
    reading = read(text)
    assert (reading.intent, reading.until, reading.minutes) == (BUSY, None, minutes)


def test_a_maybe_may_name_its_code() -> None:
    assert read("maybe 31").codes == ("31",)
    assert read("31 maybe").codes == read("maybe").codes == ()


def test_who_wants_to_be_called_then_asks_for_it() -> None:
    assert read("call me after 6").asks
    assert read("call me in an hour").asks
    assert not read("busy until 6").asks
    assert not read("busy for an hour").asks


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("I can do 7 to 11", "7", "11"), ("can work till 2", None, "2"), ("solo hasta las 2", None, "2"), ("yes but only until noon", None, "12pm"),
        ("puedo de 7 a 11", "7", "11"), ("can come in at 9 not 7", "9", None), ("half the shift?", None, None),
        ("could do the first 4 hours", None, None), ("puedo la primera mitad", None, None), ("can do half", None, None), ("puedo 4 horas", None, None), ("I get off at 10", "10", None), ("I'm available from 10 on", "10", None),
        ("I can be there at 7:30 instead of 7", "7:30", None), ("yes if I can leave at 2", None, "2"), ("sí pero salgo a la 1", None, "1"),
    ],
)  # fmt: skip
def test_who_offers_a_part_of_the_shift_takes_nothing(
    text: str, since: str | None, until: str | None
) -> None:
    reading = read(text)
    assert reading.intent is PARTIAL
    assert (reading.since and str(reading.since), reading.until and str(reading.until)) == (since, until)


@pytest.mark.parametrize(
    "text",
    [
        "maybe next time", "no I'm working till 7", "can't, in surgery until 9", "I'm in class till 3 that day", "yes for time and a half",
        "is it 1 to 1?", "give me till noon to answer", "10-4 i got it", "do you have a 3-11?", "busy until 77", "I can only work until 77", "yes wednesday 7 to 11",
        "no", "yes", "what does it pay", "no, busy for 2 hours", "been working for 12 hours", "trabajo 12 horas", "yes 27, maybe 31", "si 27, 31 solo hasta las 2", "busy for 3 days", "busy for 30 hours", "busy for hours",
        "busy for an hour that day", "I can do it till the cows come home and then some more of it " + "x" * 300,
    ],
)  # fmt: skip
def test_what_only_looks_like_a_wish_is_none(text: str) -> None:
    assert read(text).intent not in {MAYBE, BUSY, PARTIAL}


@pytest.mark.parametrize(
    ("time", "at", "found"),
    [
        (ClockTime(hour=7), "05:00", "14 07:00"),
        (ClockTime(hour=7), "07:00", "14 19:00"),
        (ClockTime(hour=7), "20:00", "15 07:00"),
        (ClockTime(hour=12), "11:00", "14 12:00"),
        (ClockTime(hour=12), "13:00", "15 00:00"),
        (ClockTime(hour=7, half="pm"), "05:00", "14 19:00"),
        (ClockTime(hour=7, minute=30, half="am"), "08:00", "15 07:30"),
        (ClockTime(hour=19), "05:00", "14 19:00"),
        (ClockTime(hour=0), "05:00", "15 00:00"),
    ],
)
def test_a_time_is_the_next_at_which_a_clock_shows_it(time: ClockTime, at: str, found: str) -> None:
    now = datetime.fromisoformat(f"2030-07-14T{at}").replace(tzinfo=ZoneInfo("America/Chicago"))
    assert time.next(now).strftime("%d %H:%M") == found
