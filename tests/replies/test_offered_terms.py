"""Days, hours and roles in a reply are compared with what was offered."""

from datetime import UTC, datetime, timedelta

import pytest

from firstyes.domain.replies.reading import Intent, Reply
from support.replies import MONDAY_NOON, NEW_YORK, NIGHT, READER, TUESDAY, an_offer, intent, read


@pytest.mark.parametrize(
    "text",
    [
        "yes tuesday", "Tues works for me", "yes 7-3", "yes 7am-3pm", "yes 7a to 3p", "yes 0700-1500", "I'll be there at 7",
        "see you at 7am", "yes 11/24", "yes nov 24", "yes the 24th", "yes to the 24th", "yes day shift", "yes in the morning", "yes as RN",
        "sí el martes", "yes this tuesday", "yes Tuesday Nov 24th", "yes 7:00", "good morning, yes", "yes from 7 to 3",
        "yes @ 7",
        "yes 0700",
        "sí de 7 a 3",
        "yes 7",
        "I can do Tuesday from seven to three",
    ],
)  # fmt: skip
def test_naming_the_offered_terms_leaves_a_yes_one(text: str) -> None:
    assert intent(text) is Intent.ACCEPT


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("yes wednesday", "names another day"),
        ("yes 3-11", "names other hours"),
        ("yes 7pm-3am", "names other hours"),
        ("yes at 9", "names other hours"),
        ("I can do it from seven to eleven", "names other hours"),
        ("yes 25:00", "names other hours"),
        ("yes 45-99", "names other hours"),
        ("yes 12/01", "names another day"),
        ("yes dec 2", "names another day"),
        ("yes the 30th", "names another day"),
        ("yes to the 30th", "names another day"),
        ("yes next tuesday", "names another day"),
        ("yes nights", "names another time of day"),
        ("yes as LPN", "names another role"),
        ("yes tomorrow", "names a day that cannot be compared with the offer"),
    ],
)
@pytest.mark.fault(20)
def test_naming_other_terms_is_no_yes_to_this_offer(text: str, reason: str) -> None:
    reading = read(text)

    assert reading.intent is Intent.CONDITION
    assert reading.reason.startswith(reason)


def test_the_shift_of_today_is_compared_with_the_offer() -> None:
    on_the_day, the_day_before = TUESDAY - timedelta(hours=2), MONDAY_NOON
    for text in ("I can do today's shift", "yes to today's shift"):
        assert intent(text, received_at=on_the_day) is Intent.ACCEPT
        assert intent(text, received_at=the_day_before) is not Intent.ACCEPT
    assert intent("I need someone to cover today's shift", received_at=on_the_day) is Intent.CALL_OFF


def test_several_offers_are_all_compared_with() -> None:
    wednesday = an_offer("31", TUESDAY + timedelta(days=1))

    assert intent("yes wednesday", an_offer("27"), wednesday) is Intent.ACCEPT
    assert intent("yes thursday", an_offer("27"), wednesday) is not Intent.ACCEPT


def test_without_an_offer_no_day_and_no_hour_can_be_agreed_to() -> None:
    for text in ("yes tuesday", "yes in the morning", "yes 7-3", "yes nov 24", "yes tomorrow"):
        assert READER.read(Reply(text=text)).intent is not Intent.ACCEPT
    assert READER.read(Reply(text="yes")).intent is Intent.ACCEPT
    assert READER.read(Reply(text="yes, Dana RN")).intent is Intent.ACCEPT


def test_today_and_tomorrow_are_told_from_the_day_of_the_message_in_the_zone_of_the_shift() -> None:
    assert intent("yes I can work tomorrow", received_at=MONDAY_NOON) is Intent.ACCEPT
    assert intent("yes I can work today", received_at=MONDAY_NOON) is not Intent.ACCEPT
    # Already Tuesday in UTC, still Monday evening where the shift is.
    late = datetime(2026, 11, 24, 2, tzinfo=UTC)
    assert intent("yes I can work tomorrow", received_at=late) is Intent.ACCEPT
    assert intent("yes I can work today", received_at=late) is not Intent.ACCEPT


def test_tonight_is_an_evening_and_not_a_morning_of_the_same_day() -> None:
    at_dawn = datetime(2026, 11, 24, 5, tzinfo=NEW_YORK)

    assert intent("yes I can work tonight", an_offer(starts_at=NIGHT), received_at=at_dawn) is Intent.ACCEPT
    assert intent("yes I can work tonight", received_at=at_dawn) is not Intent.ACCEPT


@pytest.mark.parametrize(
    "text", ["yes I can work this morning", "sí, puedo esta mañana", "sí, puedo en la mañana"]
)
def test_this_morning_is_the_morning_of_the_message(text: str) -> None:
    at_dawn = datetime(2026, 11, 24, 5, tzinfo=NEW_YORK)
    on_any_morning = "en la" in text

    assert intent(text, received_at=at_dawn) is Intent.ACCEPT
    assert (intent(text, received_at=MONDAY_NOON) is Intent.ACCEPT) is on_any_morning
    assert (intent(text) is Intent.ACCEPT) is on_any_morning


def test_tonight_said_after_midnight_may_be_either_night() -> None:
    one_am = datetime(2026, 11, 24, 1, tzinfo=NEW_YORK)
    at_two = an_offer(starts_at=datetime(2026, 11, 24, 2, tzinfo=NEW_YORK))

    assert intent("yes I can work tonight", at_two, received_at=one_am) is Intent.ACCEPT
    reading = read("yes I can work tonight", an_offer(starts_at=NIGHT), received_at=one_am)
    assert reading.intent is Intent.CONDITION
    assert reading.reason.startswith("names a day that cannot be compared with the offer")


def test_the_weekend_is_a_saturday_or_a_sunday() -> None:
    saturday = an_offer(starts_at=TUESDAY + timedelta(days=4))

    assert intent("yes this weekend", saturday) is Intent.ACCEPT
    assert intent("yes this weekend") is not Intent.ACCEPT


def test_midnight_is_zero_and_twenty_four() -> None:
    midnight = an_offer(starts_at=datetime(2026, 11, 24, 0, tzinfo=NEW_YORK))

    assert intent("yes 12am-8am", midnight) is Intent.ACCEPT
    assert intent("yes 12pm-8pm", midnight) is not Intent.ACCEPT


def test_half_past_is_not_the_hour() -> None:
    assert intent("yes 7:30-3:30", an_offer(starts_at=TUESDAY + timedelta(minutes=30))) is Intent.ACCEPT
    assert intent("yes 7:30-3:30") is not Intent.ACCEPT


def test_this_tuesday_is_the_one_within_a_week_of_the_message() -> None:
    assert intent("yes this tuesday", received_at=MONDAY_NOON) is Intent.ACCEPT
    assert intent("yes this tuesday", received_at=MONDAY_NOON - timedelta(days=7)) is Intent.CONDITION


def test_tomorrow_said_after_midnight_may_be_either_day() -> None:
    one_am = datetime(2026, 11, 23, 1, tzinfo=NEW_YORK)

    assert intent("yes I can work tomorrow", received_at=one_am) is not Intent.ACCEPT


def test_esta_noche_is_told_from_the_message() -> None:
    at_dawn = datetime(2026, 11, 24, 5, tzinfo=NEW_YORK)

    assert intent("sí, puedo esta noche", an_offer(starts_at=NIGHT), received_at=at_dawn) is Intent.ACCEPT
    assert intent("sí, puedo esta noche", received_at=at_dawn) is not Intent.ACCEPT


@pytest.mark.parametrize("text", ["I'll be there at 6:45", "be there by 640am", "yes I can be there by 6:50"])
def test_whoever_comes_some_minutes_early_comes_for_the_start(text: str) -> None:
    assert intent(text) is Intent.ACCEPT


@pytest.mark.parametrize(
    "text", ["I'll be there at 6:20", "yes 6:30-3", "yes 6:45pm", "I'll be there at 7:15"]
)
def test_half_an_hour_early_some_minutes_late_and_another_half_of_the_day_are_other_hours(text: str) -> None:
    assert intent(text) is not Intent.ACCEPT


def test_am_behind_a_day_is_its_morning() -> None:
    assert intent("tues am works") is Intent.ACCEPT
    assert intent("tues pm works") is Intent.CONDITION
    assert intent("tuesday am available") is Intent.ACCEPT


def test_an_am_shift_is_one_in_the_morning() -> None:
    assert intent("yes I can work the AM shift") is Intent.ACCEPT
    assert intent("yes I can work the PM shift") is not Intent.ACCEPT


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("sí, de 7am a 3pm", Intent.ACCEPT),
        ("sí de 7a a 3p", Intent.ACCEPT),
        ("sí de 7 a 3", Intent.ACCEPT),
        ("sí de 7am a 11am", Intent.CONDITION),
        ("sí de 7pm a 3am", Intent.CONDITION),
    ],
)
def test_row_3_our_own_hours_in_spanish_are_the_hours_on_offer(text: str, meant: Intent) -> None:
    """Row 3: "a" between two hours is no "am"."""
    assert intent(text) is meant
