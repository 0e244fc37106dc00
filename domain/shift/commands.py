"""What can be asked of a shift. Every command says who asks (`by`) and when (`at`, UTC)."""

from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime

from ..alert import AlertKind
from ..answer import Choice, LeftOut
from ..frozen import Frozen
from ..own_texts import OwnTexts
from ..policy import PART, Rounds
from .events import CoordinatorAlerted, Offer, Omission
from .shift import Shift


class ShiftCommand(Frozen):
    """The base of all commands to a shift."""

    at: AwareDatetime
    by: str

    @property
    def origin(self) -> dict[str, Any]:
        """What each event that follows from it says of when it was, and whose doing."""
        return {"at": self.at, "by": self.by}


class Order(ShiftCommand):
    """A coordinator's command. It may name the holder or the version it means: if that has changed, it does nothing."""

    holder: str | None = None
    version: int | None = None


class PostShift(ShiftCommand):
    """Create the shift, or replace its data. `zone` is its organization's, in which its times are told."""

    shift: Shift
    zone: str | None = None


class Outreach(Frozen):
    """Everything a new fan-out needs that is looked up: who is offered the shift, how, and in whose name.

    `left_out` are those with the role who are not offered it, `told` the same in words for the coordinator. Where more
    qualify than `offers` has, `goes_on_after` is the key of the last one looked at, and `wanted` counts them all.
    """

    offers: tuple[Offer, ...]
    rounds: Rounds
    wanted: int = 0
    goes_on_after: int | None = None
    left_out: tuple[Omission, ...] = ()
    told: tuple[LeftOut, ...] = ()
    sender: str | None = None
    texts: OwnTexts | None = None
    zone: str | None = None


class Part(Frozen):
    """Those with whom a fan-out goes on, as looked up: the same as in `Outreach`."""

    offers: tuple[Offer, ...]
    left_out: tuple[Omission, ...] = ()
    goes_on_after: int | None = None


class StartFanOut(Order):
    """Offer the shift to everybody in `outreach`, which is looked up when it is decided."""

    outreach: Outreach | None = None


class Obstacle(StrEnum):
    """Why somebody who was offered a shift no longer qualifies for it."""

    INACTIVE = "inactive"
    ROLE = "role"
    FORMER_PHONE = "former_phone"
    """The yes came from a phone that is not theirs any more."""


class Reply(ShiftCommand):
    """A caregiver's own word."""

    caregiver_id: str
    message_id: str | None = None

    @property
    def source(self) -> dict[str, Any]:
        """The same, and from whom."""
        return {**self.origin, "caregiver_id": self.caregiver_id, "message_id": self.message_id}

    def alert(self, kind: AlertKind, message: str) -> CoordinatorAlerted:
        """Call a person because of it."""
        return CoordinatorAlerted(**self.source, kind=kind, message=message)


class AcceptOffer(Reply):
    """A caregiver says yes.

    `written_at` is when they wrote it, never after `at`; `explicit` says that it was a plain yes, not a mere "ok".
    `obstacle` is why they no longer qualify, as looked up; `open` are other offers of theirs that an answer which takes
    nothing names. `asks` says that they ask something besides. `called_in`: they called
    us, and it may not have been them. `held` is what the journal found them to hold at that time, on a second try.
    """

    written_at: AwareDatetime | None = None
    explicit: bool = True
    obstacle: Obstacle | None = None
    open: tuple[Choice, ...] = ()
    asks: bool = False
    called_in: bool = False
    held: Shift | None = None


class DeclineOffer(Reply):
    """A caregiver says no; from the winner it asks the coordinator for a way out. `written_at` as in `AcceptOffer`.

    `calls_off`: they say clearly that they cannot come.
    """

    written_at: AwareDatetime | None = None
    calls_off: bool = False


class PutOffOffer(Reply):
    """A caregiver wants to be asked last, or, where `until` is set, not before that instant."""

    until: AwareDatetime | None = None


class DisownClaim(Reply):
    """Whoever has the shift by a call to us says no: it was not them, or they do not want it. `written_at` as in `AcceptOffer`,
    `outreach` as in `ReleaseShift`."""

    written_at: AwareDatetime | None = None
    outreach: Outreach


class ReportLateness(Reply):
    """The winner says they are running late."""


class PauseFanOut(Order):
    """The coordinator holds the fan-out."""


class ResumeFanOut(Order):
    """The coordinator lets the fan-out go on."""


class NextRound(Order):
    """The coordinator has the next round begin at once. The rest as in `MeetDeadline`."""

    unavailable: frozenset[str] = frozenset()
    reached: bool = True
    why_not: tuple[tuple[str, int], ...] = ()
    most: int = PART


class MeetDeadline(ShiftCommand):
    """An instant the shift waits for has come. Stale ones change nothing.

    `unavailable` are caregivers who since opted out or were made inactive. `not_reached` are those whose message of the present
    round failed for good, `handed_over_at` is when the last one of it went out. `why_not` are the reasons why
    messages of the fan-out reached nobody, each with how many. `unreachable` is the (fan-out, round)
    of which every message failed for good: that round ends now. `reached` says that a text or call of the fan-out
    has gone out to somebody. `part` is whom the fan-out goes on with, where it has not asked everybody; a later round
    goes to `most` at a time.
    """

    unavailable: frozenset[str] = frozenset()
    not_reached: frozenset[str] = frozenset()
    handed_over_at: AwareDatetime | None = None
    why_not: tuple[tuple[str, int], ...] = ()
    reached: bool = True
    unreachable: tuple[int, int] | None = None
    part: Part | None = None
    most: int = PART


class CancelShift(Order):
    """The coordinator calls the shift off; a claimed one only with `confirm`. At most so many are told of it at a time."""

    confirm: bool = False
    most: int = PART


class ReleaseShift(Order):
    """The winner cannot come after all: offer the shift anew, without them. `message_id` is theirs, if they said so, `outreach`
    as in `StartFanOut`."""

    outreach: Outreach | None = None
    message_id: str | None = None


class Assignee(Frozen):
    """Whoever is assigned a shift, as looked up: `offer` is what they have or get to answer under."""

    caregiver_id: str
    name: str
    organization_id: str
    role_keys: tuple[str, ...]
    active: bool
    reachable: bool
    offer: Offer
    sender: str | None = None
    texts: OwnTexts | None = None
    zone: str | None = None


class AssignShift(Order):
    """The coordinator gives the shift to somebody by hand.

    `assignee` is what is known of them when it is decided, `override` the reason why they get it although it overlaps another
    shift of theirs. `held` as in `AcceptOffer`.
    """

    caregiver_id: str
    assignee: Assignee | None = None
    override: str | None = None
    held: Shift | None = None


class UpdateOffers(ShiftCommand):
    """People changed while the shift is offered or held: `joining` qualify now, `moved` have another phone, `missed` were
    passed over by the present round and qualify again."""

    joining: tuple[Offer, ...] = ()
    moved: tuple[Offer, ...] = ()
    missed: tuple[str, ...] = ()
