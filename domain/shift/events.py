"""What can happen to a shift. The events of one shift, in order, are its truth.

No phone number and no message body stands in an event: `contact_id` and `message_id` refer to rows that can be
erased.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from ..alert import AlertKind
from ..frozen import Frozen
from ..own_texts import OwnTexts
from ..policy import Rounds
from .shift import Shift, ShiftStatus


class WhyLeftOut(StrEnum):
    """Why somebody with the role was not offered the shift."""

    OTHER_SHIFT = "other_shift"
    OPTED_OUT = "opted_out"
    NO_CONSENT = "no_consent"
    INACTIVE = "inactive"
    GAVE_IT_BACK = "gave_it_back"
    NUMBER_IN_DOUBT = "number_in_doubt"
    NO_FREE_CODE = "no_free_code"


class Omission(Frozen):
    """Somebody with the role who was not offered the shift; `held_shift_id` is what they hold at that time."""

    caregiver_id: str
    why: WhyLeftOut
    held_shift_id: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One shift offered to one caregiver in a fan-out, answered by its reply code.

    `initials` say whom it is for, only where several who work for the organization share the phone.
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


class CaregiverEvent(ShiftEvent):
    """The base of events about one caregiver; `message_id` is the message that led to it, where one did."""

    caregiver_id: str
    message_id: str | None = None


class ShiftPosted(ShiftEvent):
    """The coordinator posted the shift, or replaced its data: `revision` counts from 1. `zone` is told to people."""

    type: Literal["shift_posted"] = "shift_posted"
    shift: Shift
    revision: int = 1
    zone: str | None = None


class FanOutStarted(ShiftEvent):
    """The outreach began: everybody in `offers` is sent the first round, and can take the shift until `open_until`.

    `sender` and `zone` are told to people, in the sender's own `texts` where it has some. `left_out` are the others with the
    role. `wanted` counts those who qualify; where they are more than it began with, it goes on at once behind the person
    with the key `goes_on_after`.
    """

    type: Literal["fan_out_started"] = "fan_out_started"
    fanout: int
    revision: int
    rounds: Rounds
    offers: tuple[Offer, ...]
    left_out: tuple[Omission, ...] = ()
    round_ends_at: datetime
    open_until: datetime
    sender: str | None = None
    texts: OwnTexts | None = None
    zone: str | None = None
    wanted: int
    goes_on_after: int | None = None


class OffersAdded(ShiftEvent):
    """More people were offered the shift: they joined the fan-out under way, or one of them is assigned it.

    `fanout` is a new one where none is under way. `round_ends_at` is set where the fan-out itself went on with them; it
    goes on behind `goes_on_after`, or has asked everybody. `left_out` could not be asked after all.
    """

    type: Literal["offers_added"] = "offers_added"
    fanout: int
    revision: int
    offers: tuple[Offer, ...]
    open_until: datetime
    sender: str | None = None
    texts: OwnTexts | None = None
    zone: str | None = None
    left_out: tuple[Omission, ...] = ()
    round_ends_at: datetime | None = None
    goes_on_after: int | None = None


class OfferMoved(ShiftEvent):
    """Somebody's offer, or what they have to be told of the shift, follows them to another phone."""

    type: Literal["offer_moved"] = "offer_moved"
    fanout: int
    offer: Offer


class RoundStarted(ShiftEvent):
    """The next round began: `round` counts from 0; `reached` says how many caregivers it goes to. Where they are more
    than it began with, it goes on at once behind the phone with the key `goes_on_after`."""

    type: Literal["round_started"] = "round_started"
    fanout: int
    round: int
    round_ends_at: datetime
    reached: int
    goes_on_after: int | None = None


class MoreTold(ShiftEvent):
    """More of those were told whom the round that began, or the calling off, concerns: up to `goes_on_after`, or all of
    them. `round_ends_at` is the round's."""

    type: Literal["more_told"] = "more_told"
    round_ends_at: datetime | None = None
    goes_on_after: int | None = None


class FanOutPaused(ShiftEvent):
    """The coordinator held the fan-out, with so many seconds of its round left."""

    type: Literal["fan_out_paused"] = "fan_out_paused"
    fanout: int
    left: int


class FanOutResumed(ShiftEvent):
    """The coordinator let the fan-out go on."""

    type: Literal["fan_out_resumed"] = "fan_out_resumed"
    fanout: int
    round_ends_at: datetime


class RoundExtended(ShiftEvent):
    """The round ends at another time: its messages had gone out later than it began, or the clock was set back."""

    type: Literal["round_extended"] = "round_extended"
    fanout: int
    round: int
    round_ends_at: datetime


class ReachedAhead(ShiftEvent):
    """The present round's channel does not reach these people: they are told already as the later `round` tells them. Or
    `round` is the present one, which passed them over: they qualify again."""

    type: Literal["reached_ahead"] = "reached_ahead"
    fanout: int
    round: int
    caregiver_ids: tuple[str, ...]


class ShiftClaimed(CaregiverEvent):
    """A caregiver's yes won the shift, or they were assigned it by hand: `by` says whose doing it was.

    `override` is the coordinator's reason why they have it although it overlaps another shift of theirs. `called_in`: by a
    call to us, which may have been somebody else's.
    """

    type: Literal["shift_claimed"] = "shift_claimed"
    fanout: int
    revision: int
    override: str | None = None
    called_in: bool = False


class OfferDeclined(CaregiverEvent):
    """A caregiver said no: out of later rounds, though a later plain yes still counts. `written_at` is when they
    wrote it."""

    type: Literal["offer_declined"] = "offer_declined"
    fanout: int
    written_at: datetime


class OfferPutOff(CaregiverEvent):
    """A caregiver wants to be asked last, or, where `until` is set, is busy until then and is asked again."""

    type: Literal["offer_put_off"] = "offer_put_off"
    fanout: int
    until: datetime | None = None


class YesAnswered(CaregiverEvent):
    """A yes that won nothing got its one true answer; `outcome` is where the shift stood."""

    type: Literal["yes_answered"] = "yes_answered"
    fanout: int
    outcome: ShiftStatus


class YesQuestioned(CaregiverEvent):
    """A yes that may not have been meant was asked about: it came after a no, or was written before the offer."""

    type: Literal["yes_questioned"] = "yes_questioned"
    fanout: int


class OverlapRefused(CaregiverEvent):
    """A yes was refused because the caregiver already holds `held_shift_id` at that time."""

    type: Literal["overlap_refused"] = "overlap_refused"
    fanout: int
    held_shift_id: str


class DropRequested(CaregiverEvent):
    """The winner said they cannot come, and wrote so at `written_at`. They keep the shift until the coordinator
    releases it."""

    type: Literal["drop_requested"] = "drop_requested"
    written_at: datetime


class LatenessReported(CaregiverEvent):
    """The winner said they are running late."""

    type: Literal["lateness_reported"] = "lateness_reported"


class ShiftReleased(CaregiverEvent):
    """The winner gave the shift back; a new fan-out leaves them out."""

    type: Literal["shift_released"] = "shift_released"


class ShiftUnfilled(ShiftEvent):
    """The outreach ended without a claim; the first yes still takes the shift until `open_until`.

    `left_out` are those with the role who were not asked, where nobody was.
    """

    type: Literal["shift_unfilled"] = "shift_unfilled"
    fanout: int
    reason: AlertKind
    open_until: datetime
    left_out: tuple[Omission, ...] = ()


class ShiftCancelled(ShiftEvent):
    """The coordinator called the shift off; `caregiver_id` is who had it. Those who might still come are told; where they
    are more than were told with it, that goes on at once behind the phone with the key `goes_on_after`."""

    type: Literal["shift_cancelled"] = "shift_cancelled"
    caregiver_id: str | None = None
    goes_on_after: int | None = None


class ShiftExpired(ShiftEvent):
    """The shift began with nobody on it."""

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
    | OffersAdded
    | OfferMoved
    | RoundStarted
    | MoreTold
    | FanOutPaused
    | FanOutResumed
    | RoundExtended
    | ReachedAhead
    | ShiftClaimed
    | OfferDeclined
    | OfferPutOff
    | YesAnswered
    | YesQuestioned
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
