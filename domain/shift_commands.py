"""What can be asked of a shift. Every command says who asks (`by`) and when (`at`, UTC)."""

from enum import StrEnum

from pydantic import AwareDatetime

from .answer import Choice
from .frozen import Frozen
from .policy import Rounds
from .shift import Shift
from .shift_events import Offer


class ShiftCommand(Frozen):
    """The base of all commands to a shift."""

    at: AwareDatetime
    by: str


class PostShift(ShiftCommand):
    """Create the shift, or replace its data."""

    shift: Shift


class Outreach(Frozen):
    """Everything a new fan-out needs that is looked up: who is offered the shift, how, and in whose name."""

    offers: tuple[Offer, ...]
    rounds: Rounds
    sender: str | None = None
    zone: str | None = None


class StartFanOut(ShiftCommand):
    """Offer the shift to everybody in `outreach`."""

    outreach: Outreach


class Obstacle(StrEnum):
    """Why somebody who was offered a shift no longer qualifies for it."""

    INACTIVE = "inactive"
    ROLE = "role"
    FORMER_PHONE = "former_phone"
    """The yes came from a phone that is not theirs any more."""


class AcceptOffer(ShiftCommand):
    """A caregiver says yes.

    `written_at` is when they wrote it, never after `at`; `explicit` says that it was a plain yes, not a mere "ok".
    `obstacle` is why they no longer qualify, as looked up; `open` are other offers of theirs that an answer which takes
    nothing names. `held` is what the journal found them to hold at that time, on a second try.
    """

    caregiver_id: str
    message_id: str | None = None
    written_at: AwareDatetime | None = None
    explicit: bool = True
    obstacle: Obstacle | None = None
    open: tuple[Choice, ...] = ()
    held: Shift | None = None


class DeclineOffer(ShiftCommand):
    """A caregiver says no; from the winner it asks the coordinator for a way out. `written_at` as in `AcceptOffer`."""

    caregiver_id: str
    message_id: str | None = None
    written_at: AwareDatetime | None = None


class ReportLateness(ShiftCommand):
    """The winner says they are running late."""

    caregiver_id: str
    message_id: str | None = None


class MeetDeadline(ShiftCommand):
    """An instant the shift waits for has come. Stale ones change nothing.

    `unavailable` are caregivers who since opted out or were made inactive. `unreachable` is the (fan-out, round)
    of which every message failed for good: that round ends now.
    """

    unavailable: frozenset[str] = frozenset()
    unreachable: tuple[int, int] | None = None


class CancelShift(ShiftCommand):
    """The coordinator calls the shift off; a claimed one only with `confirm`."""

    confirm: bool = False


class ReleaseShift(ShiftCommand):
    """The winner cannot come after all: offer the shift anew, without them."""

    outreach: Outreach


AnyShiftCommand = (
    PostShift
    | StartFanOut
    | AcceptOffer
    | DeclineOffer
    | ReportLateness
    | MeetDeadline
    | CancelShift
    | ReleaseShift
)
