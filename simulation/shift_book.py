"""What the auditor knows of one shift, from its committed events alone."""

from dataclasses import dataclass, field
from datetime import datetime

from ..domain.alert import AlertKind
from ..domain.shift import ShiftStatus
from ..domain.shift_events import (
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
from .violation import Report, Rule

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


@dataclass(slots=True, eq=False)
class ShiftBook:
    """One shift. `status` and what stands beside `state` are kept by the auditor's own rules, not by the code under
    trial; times are true seconds, `closed_at` is the service's instant.

    `declined` is by caregiver since when, `winners` everybody who ever won, `untold` who was offered the shift (or
    lost it) and has had no answer to a late yes since, `early` the rounds that ended before their time.
    """

    shift_id: str
    report: Report
    state: ShiftState = field(default_factory=ShiftState)
    status: ShiftStatus = PENDING
    closed: dict[int, float] = field(default_factory=dict)
    closed_at: datetime | None = None
    declined: dict[tuple[int, str], float] = field(default_factory=dict)
    released: set[str] = field(default_factory=set)
    winners: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    offered: dict[str, int] = field(default_factory=dict)
    contacts: dict[int, set[str]] = field(default_factory=dict)
    codes: dict[str, set[str]] = field(default_factory=dict)
    untold: set[str] = field(default_factory=set)
    early: list[tuple[int, int]] = field(default_factory=list)
    withdraw: frozenset[str] = frozenset()
    needs_alert: bool = False

    @property
    def open(self) -> bool:
        """Whether the shift still waits for something."""
        return self.status in {PENDING, OFFERING, UNFILLED}

    def take(self, version: int, event: AnyShiftEvent, true: float) -> None:
        """Take in the next event."""
        if version != self.state.version + 1:
            self.report(Rule.VERSIONS, f"{self.shift_id} goes from {self.state.version} to {version}")
        leads = LEADS.get(type(event))
        if leads is not None:
            status, before = leads
            if version > 1 and self.status not in before:
                self.report(Rule.STATUS, f"{event.type} while {self.shift_id} is {self.status}")
            if self.status is OFFERING and status is not OFFERING:
                self.closed[self.state.fanout], self.closed_at = true, event.at
            self._check(event)
            self._note_end(event)
            self.status = status
        self._note(event, true)
        self.state = evolve(self.state, event)
        if self.state.status is not self.status:
            self.report(Rule.STATUS, f"{self.shift_id} is {self.state.status}, should be {self.status}")

    def _check(self, event: AnyShiftEvent) -> None:
        state, shift = self.state, self.state.shift
        if shift is None:
            return
        match event:
            case ShiftClaimed():
                offer = state.offers.get(event.caregiver_id)
                if offer is None or event.fanout != state.fanout or event.revision != state.revision:
                    self.report(Rule.OFFERED, f"{event.caregiver_id} won {self.shift_id}")
                if event.at >= shift.start_time:
                    self.report(Rule.IN_TIME, f"{event.caregiver_id} won {self.shift_id}")
                if event.caregiver_id in self.released:
                    self.report(Rule.GAVE_IT_BACK, f"{event.caregiver_id} won {self.shift_id} again")
            case FanOutStarted():
                names = [one.caregiver_id for one in event.offers]
                if self.released & set(names):
                    self.report(Rule.GAVE_IT_BACK, f"{self.released & set(names)}: {self.shift_id}")
                if len(set(names)) != len(names):
                    self.report(Rule.OFFERED_ONCE, f"{self.shift_id}: {names}")
            case RoundStarted():
                left = sum((state.fanout, one) not in self.declined for one in state.offers)
                if event.reached > left:
                    self.report(Rule.DECLINED, f"round {event.round} of {self.shift_id}")
                if event.round != state.round + 1 or event.fanout != state.fanout:
                    self.report(
                        Rule.OFFERED_ONCE, f"{self.shift_id}: round {event.round} after {state.round}"
                    )
                self._end_round(event.at)
            case ShiftExpired() if event.at < shift.start_time:
                self.report(Rule.NOT_EARLY, f"{self.shift_id} expired early")
            case ShiftUnfilled(reason=AlertKind.UNFILLED | AlertKind.NOBODY_REACHABLE):
                self._end_round(event.at)
            case _:
                pass

    def _end_round(self, at: datetime) -> None:
        """Note a round that was ended early: it may be, when nothing of it can reach anybody."""
        due = self.state.round_ends_at
        if self.status is OFFERING and due is not None and at < due:
            self.early.append((self.state.fanout, self.state.round))

    def _note_end(self, event: AnyShiftEvent) -> None:
        match event:
            case ShiftCancelled():
                self._note_cancelled()
            case ShiftUnfilled():
                self.needs_alert = True
            case ShiftExpired():
                self.needs_alert = self.status is not PENDING
            case _:
                pass

    def _note(self, event: AnyShiftEvent, true: float) -> None:
        match event:
            case FanOutStarted():
                for offer in event.offers:
                    self.offered[offer.caregiver_id] = self.offered.get(offer.caregiver_id, 0) + 1
                    self.codes.setdefault(offer.caregiver_id, set()).add(offer.code)
                    self.contacts.setdefault(offer.contact_id, set()).add(offer.caregiver_id)
                    self.untold.add(offer.caregiver_id)
            case OfferDeclined():
                self.declined[event.fanout, event.caregiver_id] = true
            case ShiftClaimed():
                self.winners.append(event.caregiver_id)
            case ShiftReleased():
                self.released.add(event.caregiver_id)
                self._note_loss(event.caregiver_id)
            case CoordinatorAlerted():
                self.needs_alert = False
            case _:
                pass

    def _note_cancelled(self) -> None:
        state = self.state
        if self.status is CLAIMED:
            self.withdraw = frozenset({self.winners[-1]})
            self._note_loss(self.winners[-1])
        elif self.status is OFFERING:
            self.withdraw = frozenset(one for one in state.offers if (state.fanout, one) not in self.declined)

    def _note_loss(self, caregiver_id: str) -> None:
        self.losses.append(caregiver_id)
        self.untold.add(caregiver_id)
