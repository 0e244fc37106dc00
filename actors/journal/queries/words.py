"""A shift in words, from its columns."""

from datetime import datetime

from ....domain import wording
from ....domain.shift.shift import Shift

SHIFT_IN_WORDS = """shifts.shift_id, shifts.organization_id AS posted_by, shifts.role, shifts.start_time, shifts.end_time,
  coalesce(shifts.time_zone, organizations.time_zone) AS zone"""


def in_words(
    shift_id: str, posted_by: str, role: str, start_time: datetime, end_time: datetime, zone: str | None
) -> str:
    """Give a shift in words, from the columns of `SHIFT_IN_WORDS`."""
    shift = Shift(
        id=shift_id, organization_id=posted_by, role_required=role, start_time=start_time, end_time=end_time
    )
    return wording.describe(shift, zone)
