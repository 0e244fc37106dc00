"""The state of one shift, and how events change it. `evolve` is the only way state comes about."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from rpds import HashTrieMap

from .policy import Rounds
from .shift import Shift, ShiftStatus
from .shift_events import (
    AnyShiftEvent,
    CoordinatorAlerted,
    DropRequested,
    FanOutStarted,
    LatenessReported,
    Offer,
    OfferDeclined,
    OverlapRefused,
    RoundStarted,
    ShiftCancelled,
    ShiftClaimed,
    ShiftExpired,
    ShiftPosted,
    ShiftReleased,
    ShiftUnfilled,
    YesAnswered,
)


@dataclass(frozen=True, slots=True)
class OfferState:
    """One caregiver's latest offer, and whether they have had their one true answer to a yes."""

    offer: Offer
    fanout: int
    declined: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class ShiftState:
    """Everything `decide` needs to know of a shift.

    `version` counts its events. `fanout` numbers the present or last fan-out from 1, `round` its rounds from 0.
    `offers` are those of the present or last fan-out, `former` the latest of everybody who was left out of it;
    both are persistent maps, so that the ten-thousandth reply costs what the first one did. `undecided` counts the
    offers that nobody has said no to. `claimed_by` is set while the shift is claimed, and only then.
    """

    shift: Shift | None = None
    status: ShiftStatus = ShiftStatus.PENDING
    version: int = 0
    revision: int = 0
    fanout: int = 0
    rounds: Rounds = ()
    round: int = 0
    round_ends_at: datetime | None = None
    sender: str | None = None
    zone: str | None = None
    offers: "HashTrieMap[str, OfferState]" = HashTrieMap()
    former: "HashTrieMap[str, OfferState]" = HashTrieMap()
    undecided: int = 0
    claimed_by: str | None = None
    released: frozenset[str] = frozenset()
    drop_requested: bool = False

    @property
    def next_deadline(self) -> datetime | None:
        """The next instant at which something must happen, or None when the shift waits for nothing."""
        if self.shift is None:
            return None
        match self.status:
            case ShiftStatus.PENDING | ShiftStatus.UNFILLED:
                return self.shift.start_time
            case ShiftStatus.OFFERING:
                return min(self.round_ends_at or self.shift.start_time, self.shift.start_time)
            case ShiftStatus.CLAIMED | ShiftStatus.CANCELLED | ShiftStatus.EXPIRED:
                return None
            case _:  # pragma: no cover
                assert_never(self.status)


def evolve(state: ShiftState, event: AnyShiftEvent) -> ShiftState:
    """Give the state after `event`. Total: whatever was committed can be replayed."""
    version = state.version + 1
    match event:
        case ShiftPosted():
            return replace(
                state,
                version=version,
                shift=event.shift,
                revision=event.revision,
                status=ShiftStatus.PENDING,
            )
        case FanOutStarted():
            return _begin(state, event, version)
        case RoundStarted():
            return replace(state, version=version, round=event.round, round_ends_at=event.round_ends_at)
        case ShiftClaimed():
            return replace(
                state,
                version=version,
                status=ShiftStatus.CLAIMED,
                claimed_by=event.caregiver_id,
                round_ends_at=None,
            )
        case OfferDeclined():
            declined = replace(state.offers[event.caregiver_id], declined=True)
            return replace(
                state,
                version=version,
                offers=state.offers.insert(event.caregiver_id, declined),
                undecided=state.undecided - 1,
            )
        case YesAnswered():
            return _note_told(state, event.caregiver_id, version)
        case DropRequested():
            return replace(state, version=version, drop_requested=True)
        case ShiftReleased():
            return replace(
                state,
                version=version,
                status=ShiftStatus.PENDING,
                claimed_by=None,
                drop_requested=False,
                offers=_forget_echo(state),
                released=state.released | {event.caregiver_id},
            )
        case ShiftUnfilled():
            return replace(state, version=version, status=ShiftStatus.UNFILLED, round_ends_at=None)
        case ShiftCancelled():
            return replace(
                state,
                version=version,
                status=ShiftStatus.CANCELLED,
                claimed_by=None,
                drop_requested=False,
                offers=_forget_echo(state),
                round_ends_at=None,
            )
        case ShiftExpired():
            return replace(state, version=version, status=ShiftStatus.EXPIRED, round_ends_at=None)
        case OverlapRefused() | LatenessReported() | CoordinatorAlerted():
            return replace(state, version=version)
        case _:  # pragma: no cover
            assert_never(event)


def _begin(state: ShiftState, event: FanOutStarted, version: int) -> ShiftState:
    offers = {offer.caregiver_id: OfferState(offer, event.fanout) for offer in event.offers}
    earlier = {**dict(state.former.items()), **dict(state.offers.items())}
    left_out = {name: one for name, one in earlier.items() if name not in offers}
    return replace(
        state,
        version=version,
        status=ShiftStatus.OFFERING,
        fanout=event.fanout,
        rounds=event.rounds,
        round=0,
        round_ends_at=event.round_ends_at,
        sender=event.sender,
        zone=event.zone,
        offers=HashTrieMap(offers),
        former=HashTrieMap(left_out),
        undecided=len(offers),
    )


def _note_told(state: ShiftState, caregiver_id: str, version: int) -> ShiftState:
    # The winner who says yes again after having asked for a way out stays on.
    drop_requested = state.drop_requested and caregiver_id != state.claimed_by
    if caregiver_id in state.offers:
        told = replace(state.offers[caregiver_id], told=True)
        offers = state.offers.insert(caregiver_id, told)
        return replace(state, version=version, offers=offers, drop_requested=drop_requested)
    told = replace(state.former[caregiver_id], told=True)
    return replace(state, version=version, former=state.former.insert(caregiver_id, told))


def _forget_echo(state: ShiftState) -> "HashTrieMap[str, OfferState]":
    # "It is already yours" is no answer to a yes that comes once it is theirs no more.
    if state.claimed_by is None:
        return state.offers
    return state.offers.insert(state.claimed_by, replace(state.offers[state.claimed_by], told=False))
