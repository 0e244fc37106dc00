"""What the auditor knows of one shift, from its committed events alone."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from firstyes.domain.alert import AlertKind
from firstyes.domain.shift.events import (
    AnyShiftEvent,
    CoordinatorAlerted,
    FanOutStarted,
    MoreTold,
    Offer,
    OfferDeclined,
    OfferMoved,
    OffersAdded,
    RoundStarted,
    ShiftCancelled,
    ShiftClaimed,
    ShiftExpired,
    ShiftPosted,
    ShiftReleased,
    ShiftUnfilled,
    YesAnswered,
)
from firstyes.domain.shift.shift import Shift, ShiftStatus
from firstyes.domain.shift.state import ShiftState, evolve

from .violation import Report, Rule

PENDING, OFFERING, CLAIMED = ShiftStatus.PENDING, ShiftStatus.OFFERING, ShiftStatus.CLAIMED
UNFILLED, CANCELLED, EXPIRED = ShiftStatus.UNFILLED, ShiftStatus.CANCELLED, ShiftStatus.EXPIRED
OPEN = frozenset({PENDING, OFFERING, UNFILLED})

LEADS = {
    ShiftPosted: (PENDING, {PENDING, UNFILLED, EXPIRED}),
    FanOutStarted: (OFFERING, {PENDING, OFFERING, UNFILLED, EXPIRED}),
    RoundStarted: (OFFERING, {OFFERING}),
    ShiftClaimed: (CLAIMED, OPEN),
    ShiftReleased: (PENDING, {CLAIMED}),
    ShiftUnfilled: (UNFILLED, {PENDING, OFFERING, UNFILLED, EXPIRED}),
    ShiftCancelled: (CANCELLED, {PENDING, OFFERING, CLAIMED, UNFILLED, EXPIRED}),
    ShiftExpired: (EXPIRED, OPEN),
}
"""Where an event leads, and from where it may come; all others leave the status as it is."""

STARTS_NOW = timedelta(minutes=5)
"""What is offered so shortly before the start, or later, can be taken until the end."""


def takeable_until(shift: Shift, at: datetime) -> datetime:
    """Say until when what is offered at `at` can be taken."""
    return shift.start_time if at < shift.start_time - STARTS_NOW else shift.end_time


@dataclass(slots=True)
class MadeOffer:
    """The latest offer to one person, by the auditor's own arithmetic."""

    fanout: int
    revision: int
    until: datetime
    contact: int


@dataclass(slots=True)
class Claim:
    """One claim as it was made."""

    caregiver_id: str
    fanout: int
    override: str | None
    open: bool = True


@dataclass(slots=True, eq=False)
class ShiftBook:
    """One shift. `status` and what stands beside `state` are kept by the auditor's own rules, not by the code under
    trial; times are true seconds, `closed_at` and `until` (when it expires) are the service's instants.

    `declined` is by caregiver since when, `winners` everybody who ever won, `untold` who was offered the shift (or
    lost it) and has had no answer to a late yes since, `early` the rounds that ended before their time, `assigned` whom
    a coordinator has named, `asked_at` when the last fan-out began, `asking` since when it is to go on because not
    everybody was asked (0 when all were), `fanouts` the revision of each and whether its offers may come back, `lost` and
    `held_since` when somebody lost the shift, and when the one who has it got it.
    """

    shift_id: str
    report: Report
    state: ShiftState = field(default_factory=ShiftState)
    status: ShiftStatus = PENDING
    revision: int = 0
    posted_at: datetime | None = None
    until: datetime | None = None
    offers: dict[str, MadeOffer] = field(default_factory=dict)
    fanouts: dict[int, tuple[int, bool]] = field(default_factory=dict)
    untils: dict[int, datetime] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    closed: dict[int, float] = field(default_factory=dict)
    closed_at: datetime | None = None
    moved_at: datetime | None = None
    declined: dict[tuple[int, str], float] = field(default_factory=dict)
    released: set[str] = field(default_factory=set)
    assigned: set[str] = field(default_factory=set)
    winners: list[str] = field(default_factory=list)
    lost: dict[str, float] = field(default_factory=dict)
    held_since: float = 0.0
    asked_at: float = 0.0
    asking: float = 0.0
    told_as: dict[str, ShiftStatus] = field(default_factory=dict)
    contacts: dict[int, set[str]] = field(default_factory=dict)
    codes: dict[str, set[str]] = field(default_factory=dict)
    untold: set[str] = field(default_factory=set)
    early: list[tuple[int, int]] = field(default_factory=list)
    withdraw: frozenset[str] = frozenset()
    needs_alert: bool = False

    @property
    def open(self) -> bool:
        """Whether the shift still waits for something."""
        return self.status in OPEN

    @property
    def holder(self) -> str | None:
        """Who has the shift."""
        return self.winners[-1] if self.status is CLAIMED else None

    def live(self, caregiver_id: str, at: datetime) -> bool:
        """Whether a yes of theirs can take the shift at `at`."""
        mine = self.offers.get(caregiver_id)
        return (
            mine is not None
            and self.status in OPEN
            and mine.revision == self.revision
            and at < mine.until
            and caregiver_id not in self.released
        )

    def passed(self, caregiver_id: str) -> bool:
        """Whether they said no to their latest offer."""
        mine = self.offers.get(caregiver_id)
        return mine is not None and (mine.fanout, caregiver_id) in self.declined

    def take(self, version: int, event: AnyShiftEvent, true: float) -> None:
        """Take in the next event."""
        if version != self.state.version + 1:
            self.report(Rule.VERSIONS, f"{self.shift_id} goes from {self.state.version} to {version}")
        self._check(event)
        leads = LEADS.get(type(event))
        if leads is not None:
            status, before = leads
            if version > 1 and self.status not in before and not self._by_hand(event):
                self.report(Rule.STATUS, f"{event.type} while {self.shift_id} is {self.status}")
            if self.status is OFFERING and not isinstance(event, RoundStarted):
                self.closed[self.state.fanout] = true
            self._note_end(event, true)
            self.status, self.moved_at = status, event.at
        self._note(event, true)
        self.state = evolve(self.state, event)
        if self.state.status is not self.status:
            self.report(Rule.STATUS, f"{self.shift_id} is {self.state.status}, should be {self.status}")

    def _by_hand(self, event: AnyShiftEvent) -> bool:
        """Whether somebody is assigned a shift that had begun with nobody."""
        return isinstance(event, ShiftClaimed) and event.message_id is None and self.status is EXPIRED

    def _stuck(self, now: datetime) -> bool:
        """Whether its round ends later than any lasts: it was begun by a clock that ran ahead, and may be begun anew."""
        state = self.state
        longest = timedelta(seconds=max((one.wait for one in state.rounds), default=0))
        return state.round_ends_at is not None and state.round_ends_at - now > longest

    def _check(self, event: AnyShiftEvent) -> None:
        state, shift = self.state, self.state.shift
        if shift is None:
            return
        match event:
            case ShiftClaimed():
                self._check_claim(event, shift)
            case FanOutStarted():
                if (
                    self.status is OFFERING
                    and self.until
                    and event.at < self.until
                    and not self._stuck(event.at)
                ):
                    self.report(Rule.STATUS, f"a second fan-out of {self.shift_id}")
                names = [one.caregiver_id for one in event.offers]
                self._check_offered(event, shift, names)
                if len(set(names)) != len(names):
                    self.report(Rule.OFFERED_ONCE, f"{self.shift_id}: {names}")
            case OffersAdded():
                self._check_offered(event, shift, [one.caregiver_id for one in event.offers])
                if event.round_ends_at is not None and self.status is not OFFERING:
                    self.report(Rule.STATUS, f"{self.shift_id} is {self.status}, and more are asked")
            case RoundStarted():
                left = sum(
                    one.fanout == state.fanout and (one.fanout, who) not in self.declined
                    for who, one in self.offers.items()
                )
                if event.reached > left:
                    self.report(Rule.DECLINED, f"round {event.round} of {self.shift_id}")
                if event.round != state.round + 1 or event.fanout != state.fanout:
                    self.report(
                        Rule.OFFERED_ONCE, f"{self.shift_id}: round {event.round} after {state.round}"
                    )
                self._end_round(event.at)
            case ShiftExpired() if self.until is not None and event.at < self.until:
                self.report(Rule.NOT_EARLY, f"{self.shift_id} expired early")
            case ShiftUnfilled(reason=AlertKind.UNFILLED | AlertKind.NOBODY_REACHABLE):
                self._end_round(event.at)
            case MoreTold() if not self.asking:
                self.report(Rule.STATUS, f"more are told of {self.shift_id}, {self.status}")
            case ShiftUnfilled(reason=AlertKind.EVERYBODY_DECLINED) if self.asking:
                self.report(Rule.ALL_ASKED, f"{self.shift_id}: all have declined, and all were not asked")
            case YesAnswered():
                self._check_answer(event, shift)
            case _:
                pass

    def _check_claim(self, event: ShiftClaimed, shift: Shift) -> None:
        who, mine = event.caregiver_id, self.offers.get(event.caregiver_id)
        if mine is None or event.fanout != mine.fanout or mine.revision != self.revision:
            self.report(Rule.OFFERED, f"{who} won {self.shift_id}")
            return
        by_hand = event.message_id is None
        if event.at >= (shift.end_time if by_hand else mine.until):
            self.report(Rule.IN_TIME, f"{who} won {self.shift_id}")
        if who in self.released and not by_hand:
            self.report(Rule.GAVE_IT_BACK, f"{who} won {self.shift_id} again")
        if by_hand and who not in self.assigned:
            self.report(Rule.ONLY_A_YES, f"{who} was not assigned {self.shift_id}")

    def _check_offered(self, event: FanOutStarted | OffersAdded, shift: Shift, names: list[str]) -> None:
        again = self.released & set(names)
        if isinstance(event, OffersAdded):
            again -= self.assigned
        elif event.open_until != takeable_until(shift, event.at):
            self.report(Rule.IN_TIME, f"{self.shift_id} can be taken until {event.open_until}")
        if again:
            self.report(Rule.GAVE_IT_BACK, f"{again}: {self.shift_id}")

    def _check_answer(self, event: YesAnswered, shift: Shift) -> None:
        """See that a yes which won nothing is told where the shift stands, and only once."""
        who, outcome, mine = event.caregiver_id, event.outcome, self.offers.get(event.caregiver_id)
        if who == self.holder:
            return
        over = shift.end_time <= event.at or (mine is not None and mine.until <= event.at)
        possible = {self.status}
        if self.status not in {CLAIMED, CANCELLED} and over:
            possible = {EXPIRED, self.status}
        if outcome not in possible:
            self.report(Rule.TOLD, f"{who} hears {outcome} of {self.shift_id}, which is {self.status}")
        if self.told_as.get(who) is outcome:
            self.report(Rule.TOLD_ONCE, f"{who} about {self.shift_id}")
        self.told_as[who] = outcome

    def _end_round(self, at: datetime) -> None:
        """Note a round that was ended early: it may be, when nothing of it can reach anybody."""
        if self.asking:
            self.report(Rule.ALL_ASKED, f"{self.shift_id}: a round ends before all were asked")
        due = self.state.round_ends_at
        if self.status is OFFERING and due is not None and at < due:
            self.early.append((self.state.fanout, self.state.round))

    def _note_end(self, event: AnyShiftEvent, true: float) -> None:
        shift = self.state.shift
        match event:
            case ShiftCancelled():
                self._note_cancelled(event.at, true)
            case ShiftUnfilled():
                self.needs_alert = True
                if self.status is not OFFERING and shift is not None:
                    self.until = takeable_until(shift, event.at)
            case ShiftExpired():
                record = shift and self.posted_at and self.posted_at >= shift.start_time
                self.needs_alert = bool(self.fanouts) or not record
            case _:
                pass

    def _note(self, event: AnyShiftEvent, true: float) -> None:
        match event:
            case ShiftPosted():
                self._close(event.at)
                self.revision, self.posted_at, self.until = event.revision, event.at, event.shift.start_time
                self._reopen()
            case FanOutStarted():
                assert self.state.shift is not None
                self.asking = self.asked_at = true
                if event.goes_on_after is None:
                    self.asking = 0.0
                self.until = takeable_until(self.state.shift, event.at)
                self._add(event, self.until)
                self._reopen()
            case OffersAdded():
                assert self.state.shift is not None
                running = self.until if self.status is OFFERING else None
                if event.round_ends_at is not None:
                    self.asking = 0.0 if event.goes_on_after is None else true
                self._add(event, running or takeable_until(self.state.shift, event.at))
            case OfferMoved():
                self.offers[event.offer.caregiver_id].contact = event.offer.contact_id
                self.untold.add(event.offer.caregiver_id)
                self.told_as.pop(event.offer.caregiver_id, None)
                self._know(event.offer)
            case RoundStarted() | MoreTold():
                self.asking = 0.0 if event.goes_on_after is None else true
            case OfferDeclined():
                self.declined[event.fanout, event.caregiver_id] = true
            case ShiftClaimed():
                self._close(event.at)
                self.winners.append(event.caregiver_id)
                self.claims.append(Claim(event.caregiver_id, event.fanout, event.override))
                self.released.discard(event.caregiver_id)
                self.lost.pop(event.caregiver_id, None)
                self.held_since = true
            case ShiftReleased():
                self.released.add(event.caregiver_id)
                self._note_loss(event.caregiver_id, true)
                self._reopen()
            case ShiftCancelled() | ShiftExpired():
                telling = isinstance(event, ShiftCancelled) and event.goes_on_after is not None
                self.asking = true if telling else 0.0
                self._close(event.at)
            case CoordinatorAlerted():
                self.needs_alert = False
            case _:
                pass

    def _add(self, event: FanOutStarted | OffersAdded, until: datetime) -> None:
        self.fanouts.setdefault(event.fanout, (event.revision, True))
        self.untils.setdefault(event.fanout, until)
        for offer in event.offers:
            who = offer.caregiver_id
            self.offers[who] = MadeOffer(event.fanout, event.revision, until, offer.contact_id)
            self.untold.add(who)
            self.told_as.pop(who, None)
            self._know(offer)

    def _know(self, offer: Offer) -> None:
        self.codes.setdefault(offer.caregiver_id, set()).add(offer.code)
        self.contacts.setdefault(offer.contact_id, set()).add(offer.caregiver_id)

    def _close(self, at: datetime) -> None:
        self.fanouts = {number: (revision, False) for number, (revision, _) in self.fanouts.items()}
        self.closed_at = self.closed_at or at

    def _reopen(self) -> None:
        self.closed_at = None
        self.fanouts = {
            number: (revision, open_ or revision == self.revision)
            for number, (revision, open_) in self.fanouts.items()
        }

    def _note_cancelled(self, at: datetime, true: float) -> None:
        if self.status is CLAIMED:
            self.withdraw = frozenset({self.winners[-1]})
            self._note_loss(self.winners[-1], true)
        else:
            self.withdraw = frozenset(
                one for one in self.offers if self.live(one, at) and not self.passed(one)
            )

    def _note_loss(self, caregiver_id: str, true: float) -> None:
        self.claims[-1].open = False
        self.lost[caregiver_id] = true
        self.untold.add(caregiver_id)
        self.told_as.pop(caregiver_id, None)
