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
    """One caregiver's offer in the present fan-out, and whether they have had their one true answer to a yes."""

    offer: Offer
    declined: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class ShiftState:
    """Everything `decide` needs to know of a shift.

    `version` counts its events. `fanout` numbers the present or last fan-out from 1, `round` its rounds from 0.
    `offers` is a persistent map, so that the ten-thousandth reply costs what the first one did.
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
    undecided: int = 0
    claimed_by: str | None = None
    released: frozenset[str] = frozenset()
    drop_requested: bool = False

    @property
    def next_deadline(self) -> datetime | None:
        """The next instant at which something must happen, or None when the shift waits for nothing."""
        match self.status:
            case ShiftStatus.PENDING | ShiftStatus.UNFILLED:
                return self.shift.start_time if self.shift else None
            case ShiftStatus.OFFERING:
                assert self.shift is not None and self.round_ends_at is not None
                return min(self.round_ends_at, self.shift.start_time)
            case ShiftStatus.CLAIMED | ShiftStatus.CANCELLED | ShiftStatus.EXPIRED:
                return None
            case _:  # pragma: no cover
                assert_never(self.status)


def evolve(state: ShiftState, event: AnyShiftEvent) -> ShiftState:
    """Give the state after `event`. Total: whatever was committed can be replayed."""
    changed = _evolve(state, event)
    return replace(changed, version=state.version + 1)


def _evolve(state: ShiftState, event: AnyShiftEvent) -> ShiftState:
    match event:
        case ShiftPosted():
            return replace(state, shift=event.shift, revision=event.revision, status=ShiftStatus.PENDING)
        case FanOutStarted():
            return replace(
                state,
                status=ShiftStatus.OFFERING,
                fanout=event.fanout,
                rounds=event.rounds,
                round=0,
                round_ends_at=event.round_ends_at,
                sender=event.sender,
                zone=event.zone,
                offers=HashTrieMap({offer.caregiver_id: OfferState(offer) for offer in event.offers}),
                undecided=len(event.offers),
            )
        case RoundStarted():
            return replace(state, round=event.round, round_ends_at=event.round_ends_at)
        case ShiftClaimed():
            return replace(
                state, status=ShiftStatus.CLAIMED, claimed_by=event.caregiver_id, round_ends_at=None
            )
        case OfferDeclined():
            offers = state.offers.insert(
                event.caregiver_id, replace(state.offers[event.caregiver_id], declined=True)
            )
            return replace(state, offers=offers, undecided=state.undecided - 1)
        case YesAnswered():
            return replace(
                state,
                offers=state.offers.insert(
                    event.caregiver_id, replace(state.offers[event.caregiver_id], told=True)
                ),
            )
        case DropRequested():
            return replace(state, drop_requested=True)
        case ShiftReleased():
            return replace(
                state,
                status=ShiftStatus.PENDING,
                claimed_by=None,
                drop_requested=False,
                released=state.released | {event.caregiver_id},
            )
        case ShiftUnfilled():
            return replace(state, status=ShiftStatus.UNFILLED, round_ends_at=None)
        case ShiftCancelled():
            return replace(state, status=ShiftStatus.CANCELLED, round_ends_at=None)
        case ShiftExpired():
            return replace(state, status=ShiftStatus.EXPIRED, round_ends_at=None)
        case OverlapRefused() | LatenessReported() | CoordinatorAlerted():
            return state
        case _:  # pragma: no cover
            assert_never(event)
