"""Times and numbers for ears."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from firstyes.domain.voice import spoken
from support.builders import CHICAGO, NOW, hours

SUNDAY = datetime(2030, 7, 14, 12, 0, tzinfo=UTC)
"""7 a.m. in Chicago."""


def test_letters_and_digits_are_said_one_by_one() -> None:
    assert spoken.apart("27") == "2 7"
    assert spoken.role("RN") == "R N"
    assert spoken.role("RN night, ICU") == "R N night, I C U"
    assert spoken.role("Registered Nurse") == "Registered Nurse"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("+13125550100", "3 1 2, 5 5 5, 0 1 0 0"),
        ("3125550100", "3 1 2, 5 5 5, 0 1 0 0"),
        ("+34911234567", "3 4 9 1 1 2 3 4 5 6 7"),
        ("12345", "1 2 3 4 5"),
    ],
)
def test_a_phone_number_is_said_in_groups_where_those_are_known(number: str, said: str) -> None:
    assert spoken.phone(number) == said


@pytest.mark.parametrize(
    ("starts", "lasts", "english", "spanish"),
    [
        (0, 8, "Sunday, July 14, from 7 AM to 3 PM", "domingo 14 de julio, de las 7 de la mañana a las 3 de la tarde"),
        (
            12,
            12,
            "Sunday, July 14, from 7 PM to 7 AM on Monday",
            "domingo 14 de julio, de las 7 de la tarde a las 7 de la mañana del lunes",
        ),
        (5, 1.5, "Sunday, July 14, from 12 noon to 1:30 PM", "domingo 14 de julio, de las 12 del mediodía a la 1 y 30 de la tarde"),
        (
            -7,
            36,
            "Sunday, July 14, from midnight to 12 noon on Monday, July 15",
            "domingo 14 de julio, de las 12 de la noche a las 12 del mediodía del lunes 15 de julio",
        ),
        (5.5, 8.5, "Sunday, July 14, from 12:30 PM to 9 PM", "domingo 14 de julio, de las 12 y 30 de la tarde a las 9 de la noche"),
    ],
)  # fmt: skip
def test_a_shift_is_said_by_day_and_time_of_day(
    starts: float, lasts: float, english: str, spanish: str
) -> None:
    start = SUNDAY + hours(starts)
    assert spoken.span(start, start + hours(lasts), CHICAGO, "en") == english
    assert spoken.span(start, start + hours(lasts), CHICAGO, "es") == spanish


@pytest.mark.parametrize(
    ("days", "english", "spanish"),
    [
        (0, "today, Sunday", "hoy, domingo"),
        (1, "tomorrow, Monday", "mañana, lunes"),
        (2, "Tuesday", "martes"),
    ],
)
def test_today_and_tomorrow_are_those_of_the_shift_s_place(days: int, english: str, spanish: str) -> None:
    # given: in UTC it is the next day already
    at = datetime(2030, 7, 15, 2, 0, tzinfo=UTC)
    start = SUNDAY + timedelta(days=days)
    # then
    assert spoken.span(start, start + hours(8), CHICAGO, "en", at).startswith(english)
    assert spoken.span(start, start + hours(8), CHICAGO, "es", at).startswith(spanish)


@pytest.mark.parametrize(
    ("offset", "english", "spanish"),
    [
        (0, "U T C", "U T C"),
        (-5, "U T C minus 5", "U T C menos 5"),
        (5.5, "U T C plus 5:30", "U T C más 5:30"),
    ],
)
def test_where_no_place_is_known_it_is_said_what_the_hours_count_from(
    offset: float, english: str, spanish: str
) -> None:
    start = NOW.astimezone(timezone(hours(offset)))
    assert spoken.span(start, start + hours(8), None, "en").endswith(f", {english}")
    assert spoken.span(start, start + hours(8), None, "es").endswith(f", {spanish}")


def test_a_language_that_is_not_spoken_here_is_told_in_english() -> None:
    assert spoken.span(SUNDAY, SUNDAY + hours(8), CHICAGO, "pl") == "Sunday, July 14, from 7 AM to 3 PM"
