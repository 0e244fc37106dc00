"""A shift: a stretch of work for one role that needs one caregiver."""

from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import ValidationInfo, field_validator

from ..frozen import Frozen
from ..identifier import Identifier
from ..instant import Instant
from ..text import Label, Role
from ..time_zone import TimeZone

SHORTEST = timedelta(minutes=15)
"""The least that visits are planned and billed in."""
LONGEST = timedelta(days=7)
"""A week of living in; whatever is longer is several shifts, or a slip in the year."""


class ShiftStatus(StrEnum):
    """Where a shift stands. `OFFERING` is the only one in which a yes can win it."""

    PENDING = "pending"
    OFFERING = "offering"
    CLAIMED = "claimed"
    UNFILLED = "unfilled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Shift(Frozen):
    """What the coordinator posts. `area` is what caregivers may know of the place before they have the shift."""

    id: Identifier
    organization_id: Identifier
    role_required: Role
    start_time: Instant
    end_time: Instant
    time_zone: TimeZone | None = None
    area: Label | None = None

    @field_validator("end_time")
    @classmethod
    def _lasts_as_long_as_work_does(cls, end: datetime, info: ValidationInfo) -> datetime:
        start = info.data.get("start_time")
        if start is None:
            return end
        if end <= start:
            raise ValueError("end_time must come after start_time")
        if end - start < SHORTEST:
            raise ValueError("the shift is shorter than 15 minutes; look at both times")
        if end - start > LONGEST:
            raise ValueError("the shift is longer than 7 days; look at both dates, or post several shifts")
        return end
