"""Row 42: times of a sheet, on the clock of a place."""

import pytest

from firstyes.domain.time_zone import with_offset

CHICAGO = "America/Chicago"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2030-07-14 07:00", "2030-07-14T07:00:00-05:00"),
        ("2030-01-14 7:00", "2030-01-14T07:00:00-06:00"),
        ("2030-07-14T07:00:30", "2030-07-14T07:00:30-05:00"),
        ("2030-07-14T07:00:00Z", "2030-07-14T07:00:00Z"),
        ("2030-07-14T07:00-04:00", "2030-07-14T07:00-04:00"),
        ("2030/7/14 7:00", "2030-07-14T07:00:00-05:00"),
        ("2030.07.14\u00a0 07:00", "2030-07-14T07:00:00-05:00"),
        ("2030-07-14 07:00:00.000", "2030-07-14T07:00:00-05:00"),
        ("2030-07-14T07:00:00.000Z", "2030-07-14T07:00:00.000Z"),
        ("2030-07-14 24:00", "2030-07-15T00:00:00-05:00"),
        ("2030-12-31 24:00:00", "2031-01-01T00:00:00-06:00"),
        ("2030-07-14 07:00 -05", "2030-07-14 07:00 -05"),
    ],
)
def test_row_42_a_time_is_read_on_the_clock_of_its_place(text: str, told: str):
    assert with_offset(f" {text} ", CHICAGO) == told


@pytest.mark.parametrize(
    ("text", "zone", "says"),
    [
        ("2030-03-10 02:30", CHICAGO, "skip this hour"),
        ("2030-11-03 01:30", CHICAGO, "write 2030-11-03T01:30:00-05:00 or 2030-11-03T01:30:00-06:00"),
        ("2030-07-14 07:00", None, "no time_zone"),
        ("2030-07-14 07:00", "EST", "write America/New_York"),
        ("2030-07-14 24:01", CHICAGO, "no such day or hour"),
        ("2030-07-14 07:60", CHICAGO, "no such day or hour"),
        ("2030-07-14 07:00:60", CHICAGO, "no such day or hour"),
        ("9999-12-31 24:00", CHICAGO, "no such day or hour"),
        ("0000-00-00 00:00", CHICAGO, "no such day or hour"),
        ("2030-07/14 07:00", CHICAGO, "does not say day and hour"),
        ("2030-07-14", CHICAGO, "does not say day and hour; write 2030-07-14 07:00"),
        ("noon", CHICAGO, "does not say day and hour"),
        ("2030-07-14 07:00 CST", CHICAGO, "does not say day and hour"),
        ("2030-07-14 07:00 PM", CHICAGO, "hours count to 24"),
        ("2030-07-14 7:00pm", CHICAGO, "hours count to 24"),
        ("47678.2916666667", CHICAGO, "spreadsheet has written a number"),
        ("2030-02-30 07:00", CHICAGO, "no such day"),
        ("2030-07-14 27:00:00", CHICAGO, "no such day or hour"),
        ("7/14/2030 7:00 AM", CHICAGO, "which is the day"),
        ("14.07.2030 07:00", CHICAGO, "which is the day"),
    ],
)
def test_row_42_a_time_that_is_not_certain_is_refused_with_what_to_write(
    text: str, zone: str | None, says: str
):
    with pytest.raises(ValueError, match=says):
        with_offset(text, zone)
