"""Instants from outside."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter, ValidationError

from firstyes.domain.instant import Instant

INSTANT = TypeAdapter(Instant)


@pytest.mark.parametrize(
    "text",
    [
        "2030-07-14T07:00:00-05:00",
        "2030-07-14T12:00:00Z",
        "2030-07-14t12:00:00.5+00:00",
        "2030-07-14 07:00-05:00",
    ],
)
def test_rfc_3339_text_is_taken(text: str):
    assert INSTANT.validate_python(text).utcoffset() is not None


def test_the_offset_it_was_given_with_is_kept():
    assert INSTANT.validate_python("2030-07-14T07:00:00-05:00").utcoffset() == timedelta(hours=-5)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("2030-07-14T07:00:00", "no offset"),
        (datetime(2030, 7, 14), "no offset"),  # noqa: DTZ001
        ("2030-07-14", "RFC 3339"),
        ("1900000000", "RFC 3339"),
        ("1900000000.5", "RFC 3339"),
        ("-3", "RFC 3339"),
        (1900000000, "RFC 3339"),
        (True, "RFC 3339"),
        (None, "RFC 3339"),
        ("tomorrow", "RFC 3339"),
        ("2030-02-30T07:00:00Z", "valid datetime"),
        ("2030-07-14T25:00:00Z", "valid datetime"),
        ("1969-12-31T23:00:00Z", "1970 to 9998"),
        ("9999-12-31T23:59:59-12:00", "1970 to 9998"),
    ],
)
def test_anything_else_is_refused_with_a_reason(value: object, why: str):
    with pytest.raises(ValidationError, match=why):
        INSTANT.validate_python(value)


@pytest.mark.fault(35)
def test_the_hour_that_comes_twice_is_kept_apart():
    """At 1:30 the clock goes back: the second 1:15 is later than the first 1:30."""
    zone = ZoneInfo("America/Chicago")
    first = INSTANT.validate_python(datetime(2030, 11, 3, 1, 30, tzinfo=zone))
    second = INSTANT.validate_python(datetime(2030, 11, 3, 1, 15, fold=1, tzinfo=zone))
    assert second - first == timedelta(minutes=45)
    assert second.astimezone(UTC).hour == 7
