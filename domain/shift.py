"""A shift: a stretch of work for one role that needs one caregiver."""

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from .caregiver import Role
from .frozen import Frozen
from .identifier import Identifier
from .instant import Instant
from .organization import Label, TimeZone


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

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.end_time <= self.start_time:
            raise ValueError("end_time must come after start_time")
        return self
