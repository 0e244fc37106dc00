"""What can happen to a shift. The events of one shift, in order, are its truth.

No phone number and no message body stands in an event: `contact_id` and `message_id` refer to rows that can be
erased.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from .alert import AlertKind
from .frozen import Frozen
from .policy import Rounds
from .shift import Shift, ShiftStatus


class Offer(Frozen):
    """One shift offered to one caregiver in a fan-out, answered by its reply code.

    `initials` say whom it is for, only where several who are offered the shift share the phone.
    """

    caregiver_id: str
    contact_id: int
    code: str
    language: str = "en"
    initials: str | None = None


class ShiftEvent(Frozen):
    """The base of all events of a shift: when, and by whom (coordinator, token, caregiver:ID, timer)."""

    at: datetime
    by: str


class ShiftPosted(ShiftEvent):
    """The coordinator posted the shift, or replaced its data: `revision` counts from 1."""

    type: Literal["shift_posted"] = "shift_posted"
    shift: Shift
    revision: int = 1


class FanOutStarted(ShiftEvent):
    """The outreach began: everybody in `offers` is sent the first round. `sender` and `zone` are told to people."""

    type: Literal["fan_out_started"] = "fan_out_started"
    fanout: int
    revision: int
    rounds: Rounds
    offers: tuple[Offer, ...]
    round_ends_at: datetime
    sender: str | None = None
    zone: str | None = None


class RoundStarted(ShiftEvent):
    """The next round began: `round` counts from 0; `reached` says how many caregivers it goes to."""

    type: Literal["round_started"] = "round_started"
    fanout: int
    round: int
    round_ends_at: datetime
    reached: int


class ShiftClaimed(ShiftEvent):
    """A caregiver's yes won the shift."""

    type: Literal["shift_claimed"] = "shift_claimed"
    fanout: int
    revision: int
    caregiver_id: str
    message_id: str | None = None


class OfferDeclined(ShiftEvent):
    """A caregiver said no: out of later rounds, though a later yes still counts while the shift is open."""

    type: Literal["offer_declined"] = "offer_declined"
    fanout: int
    caregiver_id: str
    message_id: str | None = None


class YesAnswered(ShiftEvent):
    """A yes that won nothing got its one true answer; `outcome` is where the shift stood."""

    type: Literal["yes_answered"] = "yes_answered"
    fanout: int
    caregiver_id: str
    outcome: ShiftStatus
    message_id: str | None = None


class OverlapRefused(ShiftEvent):
    """A yes was refused because the caregiver already holds `held_shift_id` at that time."""

    type: Literal["overlap_refused"] = "overlap_refused"
    fanout: int
    caregiver_id: str
    held_shift_id: str
    message_id: str | None = None


class DropRequested(ShiftEvent):
    """The winner said they cannot come. They keep the shift until the coordinator releases it."""

    type: Literal["drop_requested"] = "drop_requested"
    caregiver_id: str
    message_id: str | None = None


class LatenessReported(ShiftEvent):
    """The winner said they are running late."""

    type: Literal["lateness_reported"] = "lateness_reported"
    caregiver_id: str
    message_id: str | None = None


class ShiftReleased(ShiftEvent):
    """The winner gave the shift back; a new fan-out leaves them out."""

    type: Literal["shift_released"] = "shift_released"
    caregiver_id: str


class ShiftUnfilled(ShiftEvent):
    """The outreach ended without a claim."""

    type: Literal["shift_unfilled"] = "shift_unfilled"
    fanout: int
    reason: AlertKind


class ShiftCancelled(ShiftEvent):
    """The coordinator called the shift off."""

    type: Literal["shift_cancelled"] = "shift_cancelled"


class ShiftExpired(ShiftEvent):
    """The shift's start passed with nobody on it."""

    type: Literal["shift_expired"] = "shift_expired"


class CoordinatorAlerted(ShiftEvent):
    """The coordinator was told that the shift needs them: whom it is about, and the message that caused it."""

    type: Literal["coordinator_alerted"] = "coordinator_alerted"
    kind: AlertKind
    message: str
    caregiver_id: str | None = None
    message_id: str | None = None


AnyShiftEvent = (
    ShiftPosted
    | FanOutStarted
    | RoundStarted
    | ShiftClaimed
    | OfferDeclined
    | YesAnswered
    | OverlapRefused
    | DropRequested
    | LatenessReported
    | ShiftReleased
    | ShiftUnfilled
    | ShiftCancelled
    | ShiftExpired
    | CoordinatorAlerted
)

SHIFT_EVENT: TypeAdapter[AnyShiftEvent] = TypeAdapter(Annotated[AnyShiftEvent, Field(discriminator="type")])
"""Reads any event of a shift from JSON."""
