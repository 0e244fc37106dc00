"""Times as people are told them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from firstyes.domain.when import day, hour, local, midnight, span, told_span

CHICAGO = "America/Chicago"


def told(start: datetime, end: datetime, zone: str | None = CHICAGO, language: str = "en") -> str:
    return span(local(start, zone), local(end, zone), language)


def utc(year: int, month: int, date: int, hours: int = 0, minutes: int = 0) -> datetime:
    return datetime(year, month, date, hours, minutes, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (utc(2030, 1, 1, 0, 0), "12am"),
        (utc(2030, 1, 1, 0, 5), "12:05am"),
        (utc(2030, 1, 1, 7, 0), "7am"),
        (utc(2030, 1, 1, 12, 0), "12pm"),
        (utc(2030, 1, 1, 15, 30), "3:30pm"),
        (utc(2030, 1, 1, 23, 59), "11:59pm"),
    ],
)
def test_hours_are_told_as_on_a_clock(instant: datetime, text: str):
    assert hour(instant) == text


def test_a_day_shift():
    assert told(utc(2030, 7, 16, 12), utc(2030, 7, 16, 20)) == "Tue Jul 16 7am-3pm"


def test_a_night_shift_names_the_day_it_begins():
    assert told(utc(2030, 7, 17, 4), utc(2030, 7, 17, 12)) == "Tue Jul 16 11pm-7am"


def test_a_shift_of_a_day_or_more_names_both_days():
    assert told(utc(2030, 7, 16, 12), utc(2030, 7, 17, 12)) == "Tue Jul 16 7am-Wed Jul 17 7am"


def test_a_shift_of_a_little_less_than_a_day_names_one():
    assert told(utc(2030, 7, 16, 12), utc(2030, 7, 17, 11, 59)) == "Tue Jul 16 7am-6:59am"


def test_in_spanish_without_accents():
    assert told(utc(2030, 1, 5, 13), utc(2030, 1, 6, 13), language="es") == "sab 5 ene 7am-dom 6 ene 7am"


def test_a_language_that_is_not_spoken_is_told_in_english():
    assert day(utc(2030, 7, 16), "pl") == "Tue Jul 16"


@pytest.mark.fault(35)
def test_the_night_the_clocks_go_forward_ends_at_the_hour_on_the_wall():
    """Eleven at night to seven in the morning, seven hours long."""
    assert told(utc(2030, 3, 10, 5), utc(2030, 3, 10, 12)) == "Sat Mar 9 11pm-7am"


@pytest.mark.fault(35)
def test_the_night_the_clocks_go_back_ends_at_the_hour_on_the_wall():
    assert told(utc(2030, 11, 3, 4), utc(2030, 11, 3, 13)) == "Sat Nov 2 11pm-7am"


@pytest.mark.fault(35)
@pytest.mark.parametrize("hours_long", [23, 25])
def test_from_seven_to_seven_names_both_days_however_long_it_takes(hours_long: int):
    """A day of 23 hours in March, of 25 in November."""
    start = utc(2030, 3, 9, 13) if hours_long == 23 else utc(2030, 11, 2, 12)
    assert told(start, start + timedelta(hours=hours_long)).count("7am") == 2
    assert told(start, start + timedelta(hours=hours_long)).split("-")[1].startswith("Sun")


def test_without_a_zone_the_offset_it_was_given_with_counts():
    start = datetime(2030, 7, 16, 7, tzinfo=timezone(timedelta(hours=-5)))
    assert told(start, start + timedelta(hours=8), zone=None) == "Tue Jul 16 7am-3pm"


def test_a_zone_this_machine_does_not_know_falls_back_to_the_offset():
    start = utc(2030, 7, 16, 7)
    assert told(start, start + timedelta(hours=8), zone="Mars/Olympus") == "Tue Jul 16 7am-3pm"


@pytest.mark.parametrize(
    ("offset", "zone", "text"),
    [
        (timedelta(hours=-5), CHICAGO, "Tue Jul 16 7am-3pm"),
        (timedelta(), None, "Tue Jul 16 12pm-8pm UTC"),
        (timedelta(), "UTC", "Tue Jul 16 12pm-8pm UTC"),
        (timedelta(), "Mars/Olympus", "Tue Jul 16 12pm-8pm UTC"),
        (timedelta(hours=-5), None, "Tue Jul 16 7am-3pm UTC-5"),
        (timedelta(hours=5, minutes=30), None, "Tue Jul 16 5:30pm-1:30am UTC+5:30"),
        (timedelta(hours=-5), "UTC", "Tue Jul 16 7am-3pm UTC-5"),
    ],
    ids=str,
)
def test_row_36_where_no_place_is_known_it_is_said_what_hours_count_from(
    offset: timedelta, zone: str | None, text: str
):
    start = utc(2030, 7, 16, 12).astimezone(timezone(offset))
    assert told_span(start, start + timedelta(hours=8), zone, "en") == text


def test_row_36_times_with_two_offsets_are_told_in_utc():
    start = utc(2030, 7, 16, 12).astimezone(timezone(timedelta(hours=-5)))
    end = utc(2030, 7, 16, 20).astimezone(timezone(timedelta(hours=-6)))
    assert told_span(start, end, None, "es") == "mar 16 jul 12pm-8pm UTC"


@pytest.mark.parametrize(
    ("now", "zone", "began"),
    [
        (utc(2030, 7, 16, 4, 59), CHICAGO, utc(2030, 7, 15, 5)),
        (utc(2030, 7, 16, 5), CHICAGO, utc(2030, 7, 16, 5)),
        (utc(2030, 7, 16, 15), "Asia/Tokyo", utc(2030, 7, 16, 15)),
        (utc(2030, 7, 16, 4, 59), None, utc(2030, 7, 16)),
        # The clocks went back since.
        (utc(2030, 11, 3, 12), CHICAGO, utc(2030, 11, 3, 5)),
    ],
)
def test_a_day_begins_on_the_clocks_of_its_place(now: datetime, zone: str | None, began: datetime) -> None:
    assert midnight(now, zone) == began
