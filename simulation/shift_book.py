"""What the auditor knows of one shift, from its committed events alone."""

from dataclasses import dataclass, field
from datetime import datetime

from ..domain.shift import ShiftStatus
from ..domain.shift_events import (
    AlertKind,
    AnyShiftEvent,
    CoordinatorAlerted,
    FanOutStarted,
    OfferDeclined,
    RoundStarted,
    ShiftCancelled,
    ShiftClaimed,
    ShiftExpired,
    ShiftPosted,
    ShiftReleased,
    ShiftUnfilled,
)
from ..domain.shift_state import ShiftState, evolve
from .violation import Violation

PENDING, OFFERING, CLAIMED = ShiftStatus.PENDING, ShiftStatus.OFFERING, ShiftStatus.CLAIMED
UNFILLED, CANCELLED, EXPIRED = ShiftStatus.UNFILLED, ShiftStatus.CANCELLED, ShiftStatus.EXPIRED

LEADS = {
    ShiftPosted: (PENDING, {PENDING, UNFILLED, EXPIRED}),
    FanOutStarted: (OFFERING, {PENDING, UNFILLED}),
    RoundStarted: (OFFERING, {OFFERING}),
    ShiftClaimed: (CLAIMED, {OFFERING}),
    ShiftReleased: (PENDING, {CLAIMED}),
    ShiftUnfilled: (UNFILLED, {PENDING, OFFERING, UNFILLED}),
    ShiftCancelled: (CANCELLED, {PENDING, OFFERING, CLAIMED, UNFILLED}),
    ShiftExpired: (EXPIRED, {PENDING, OFFERING, UNFILLED}),
}
"""Where an event leads, and from where it may come; all others leave the status as it is."""


@dataclass(slots=True)
class ShiftBook:
    """One shift. `status` and what stands beside `state` are kept by the auditor's own rules, not by the code under
    trial; times are true seconds. `declined` is by caregiver since when, `winners` everybody who ever won."""

    shift_id: str
    state: ShiftState = field(default_factory=ShiftState)
    status: ShiftStatus = PENDING
    closed: dict[int, float] = field(default_factory=dict)
    declined: dict[tuple[int, str], float] = field(default_factory=dict)
    released: set[str] = field(default_factory=set)
    winners: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    offered: dict[str, int] = field(default_factory=dict)
    codes: dict[str, set[str]] = field(default_factory=dict)
    withdraw: frozenset[str] = frozenset()
    alerted: bool = False

    @property
    def open(self) -> bool:
        """Whether the shift still waits for something."""
        return self.status in {PENDING, OFFERING, UNFILLED}

    def take(self, version: int, event: AnyShiftEvent, true: float) -> None:
        """Take in the next event. Raises `Violation`."""
        if version != self.state.version + 1:
            raise Violation(
                "versions without gaps", f"{self.shift_id} goes from {self.state.version} to {version}"
            )
        leads = LEADS.get(type(event))
        if leads is not None:
            status, before = leads
            if version > 1 and self.status not in before:
                raise Violation("status", f"{event.type} while {self.shift_id} is {self.status}")
            if self.status is OFFERING and status is not OFFERING:
                self.closed[self.state.fanout] = true
            self._check(event)
            if isinstance(event, ShiftCancelled):
                self._note_cancelled()
            self.status = status
        self._note(event, true)
        self.state = evolve(self.state, event)
        if self.state.status is not self.status:
            raise Violation("status", f"{self.shift_id} is {self.state.status}, should be {self.status}")

    def _check(self, event: AnyShiftEvent) -> None:
        state, shift = self.state, self.state.shift
        if shift is None:
            return
        match event:
            case ShiftClaimed():
                offer = state.offers.get(event.caregiver_id)
                if offer is None or event.fanout != state.fanout or event.revision != state.revision:
                    raise Violation("winner was offered it", f"{event.caregiver_id} won {self.shift_id}")
                if event.at >= shift.start_time:
                    raise Violation("claimed before it begins", self.shift_id)
                if event.caregiver_id in self.released:
                    raise Violation("who gave it back", f"{event.caregiver_id} won {self.shift_id} again")
            case FanOutStarted():
                names = [one.caregiver_id for one in event.offers]
                if self.released & set(names):
                    raise Violation("who gave it back", f"is offered {self.shift_id} again")
                if len(set(names)) != len(names):
                    raise Violation("offered once", f"{self.shift_id}: {names}")
            case RoundStarted():
                left = sum((state.fanout, one) not in self.declined for one in state.offers)
                if event.reached > left:
                    raise Violation("declined are left alone", f"round {event.round} of {self.shift_id}")
            case ShiftExpired() if event.at < shift.start_time:
                raise Violation("not before its time", f"{self.shift_id} expired early")
            case ShiftUnfilled(reason=AlertKind.UNFILLED) if _early(event.at, state.round_ends_at):
                raise Violation("not before its time", f"{self.shift_id} given up early")
            case _:
                pass

    def _note(self, event: AnyShiftEvent, true: float) -> None:
        match event:
            case FanOutStarted():
                for offer in event.offers:
                    self.offered[offer.caregiver_id] = self.offered.get(offer.caregiver_id, 0) + 1
                    self.codes.setdefault(offer.caregiver_id, set()).add(offer.code)
            case OfferDeclined():
                self.declined[event.fanout, event.caregiver_id] = true
            case ShiftClaimed():
                self.winners.append(event.caregiver_id)
            case ShiftReleased():
                self.released.add(event.caregiver_id)
                self.losses.append(event.caregiver_id)
            case CoordinatorAlerted():
                self.alerted = True
            case _:
                pass

    def _note_cancelled(self) -> None:
        state = self.state
        if self.status is CLAIMED:
            self.withdraw = frozenset({self.winners[-1]})
            self.losses.append(self.winners[-1])
        elif self.status is OFFERING:
            self.withdraw = frozenset(one for one in state.offers if (state.fanout, one) not in self.declined)


def _early(at: datetime, due: datetime | None) -> bool:
    return due is not None and at < due
