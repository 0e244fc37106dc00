"""Row 37: a zone is a place; what only sounds like one is refused with the place that is meant."""

import pytest
from pydantic import TypeAdapter, ValidationError

from firstyes.domain.time_zone import TimeZone

ZONE = TypeAdapter(TimeZone)


@pytest.mark.parametrize("name", ["America/Chicago", "America/Phoenix", "Europe/Berlin", "US/Eastern", "UTC"])
def test_a_place_is_a_zone(name: str):
    assert ZONE.validate_python(name) == name


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("EST", "America/New_York"), ("MST", "America/Denver"), ("HST", "Pacific/Honolulu"), ("CST", "America/Chicago"),
        ("pdt", "America/Los_Angeles"), ("EST5EDT", "America/New_York"), ("MST7MDT", "America/Denver"),
        ("Eastern Standard Time", "America/New_York"), ("Central Time", "America/Chicago"), ("UTC-5", "America/New_York"),
        ("-06:00", "America/Chicago"), ("GMT", "Europe/London"), ("CET", "Europe/Berlin"),
        ("america/chicago", "America/Chicago"), ("Chicago", "America/Chicago"), ("New York", "America/New_York"),
        ("GMT+5", "America/Chicago"), ("Etc/GMT+5", "such as America/Chicago"), ("Mars/Olympus", "such as America/Chicago"),
        ("right/America/Chicago", "such as America/Chicago"), ("../../etc/passwd", "such as America/Chicago"),
        ("Factory", "such as America/Chicago"), ("localtime", "such as America/Chicago"),
        ("A\x00", "this is no IANA time zone"),
    ],
)  # fmt: skip
def test_row_37_what_is_no_place_is_refused_with_the_one_that_is_meant(name: str, meant: str):
    with pytest.raises(ValidationError) as refused:
        ZONE.validate_python(name)
    assert meant in str(refused.value)
