"""The state of one shift, and how events change it. `evolve` is the only way state comes about."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import assert_never

from rpds import HashTrieMap

from ..alert import AlertKind
from ..own_texts import OURS, OwnTexts
from ..policy import GOES_ON_WITHIN, Rounds
from . import events
from .events import AnyShiftEvent, Offer
from .shift import Shift, ShiftStatus

OPEN = frozenset({ShiftStatus.PENDING, ShiftStatus.OFFERING, ShiftStatus.UNFILLED})
"""Where a yes can win the shift."""

WARN_BEFORE_START = timedelta(hours=2)
WARN_AFTER_POSTING = timedelta(minutes=5)
"""A shift that nobody fans out is brought to mind so long before its start, but not sooner after it was posted."""


@dataclass(frozen=True, slots=True)
class OfferState:
    """One caregiver's latest offer.

    `made_at` is when they were first offered this revision. `declined_at` is when they wrote their no, while that is
    their last word. `told` is the last outcome they were told of a yes that won nothing, `overlap` the shift they
    were told is in the way, `asked` that they were asked whether they mean their yes. `ahead` is the round up to which they have
    been told, where that is later than the present one. `last`: they want to be asked last.
    """

    offer: Offer
    fanout: int
    revision: int
    made_at: datetime
    open_until: datetime
    declined_at: datetime | None = None
    told: ShiftStatus | None = None
    overlap: str | None = None
    asked: bool = False
    ahead: int = 0
    last: bool = False

    @property
    def declined(self) -> bool:
        """Whether their last word is no."""
        return self.declined_at is not None


@dataclass(frozen=True, slots=True)
class ShiftState:
    """Everything `decide` needs to know of a shift.

    `version` counts its events. `fanout` numbers the present or last fan-out from 1, `round` its rounds from 0.
    `offers` has the latest offer of everybody who was ever offered the shift, as a persistent map, so that the
    ten-thousandth reply costs what the first one did. `undecided` counts the offers of the last fan-out that nobody
    has said no to. `open_until` is when the shift expires unless somebody takes it. `claimed_by` is set while the
    shift is claimed, and only then. `reminded` says that the coordinator was told that nobody was asked.
    `asked_in` is the version at which the last of those were asked with whom its round began, not who joined it later.
    `goes_on_after` is set while not everybody was asked or told whom a round, or a calling off, concerns: that goes on at
    once, in the first round behind the person with that key, else behind the phone. `wanted` counts those who qualified
    when the fan-out began. `paused` is how many seconds of the round are left, while a coordinator holds the fan-out. Of a
    shift that is called off, `round_ends_at` is when it was. `called_in`: the claim was made by a call to us, and whoever has
    the phone has not said yes to it otherwise.
    """

    shift: Shift | None = None
    status: ShiftStatus = ShiftStatus.PENDING
    version: int = 0
    revision: int = 0
    posted_at: datetime | None = None
    reminded: bool = False
    fanout: int = 0
    rounds: Rounds = ()
    round: int = 0
    round_ends_at: datetime | None = None
    asked_in: int = 0
    open_until: datetime | None = None
    sender: str | None = None
    texts: OwnTexts = OURS
    zone: str | None = None
    offers: "HashTrieMap[str, OfferState]" = HashTrieMap()
    undecided: int = 0
    claimed_by: str | None = None
    released: frozenset[str] = frozenset()
    drop_requested_at: datetime | None = None
    lateness_reported: bool = False
    wanted: int = 0
    goes_on_after: int | None = None
    called_in: bool = False
    paused: int | None = None

    @property
    def posted(self) -> Shift:
        """The shift as it is posted now. Only asked once there is one: see `decide`."""
        assert self.shift is not None
        return self.shift

    @property
    def next_deadline(self) -> datetime | None:
        """The next instant at which something must happen, or None when the shift waits for nothing."""
        if self.shift is None or self.open_until is None:
            return None
        match self.status:
            case ShiftStatus.PENDING:
                remind_at = self.remind_at
                return self.open_until if remind_at is None else min(remind_at, self.open_until)
            case ShiftStatus.UNFILLED:
                return self.open_until
            case ShiftStatus.OFFERING:
                return min(self.round_ends_at or self.open_until, self.open_until)
            case ShiftStatus.CANCELLED:
                called_off_at = self.round_ends_at
                return called_off_at + GOES_ON_WITHIN if called_off_at and self.goes_on else None
            case ShiftStatus.CLAIMED | ShiftStatus.EXPIRED:
                return None
            case _:  # pragma: no cover
                assert_never(self.status)

    @property
    def remind_at(self) -> datetime | None:
        """When the coordinator is told that nobody was asked yet; None when they were, or it had begun when posted."""
        shift, posted_at = self.shift, self.posted_at
        if shift is None or posted_at is None or self.reminded or posted_at >= shift.start_time:
            return None
        patience = min(WARN_AFTER_POSTING, (shift.start_time - posted_at) / 2)
        return max(shift.start_time - WARN_BEFORE_START, posted_at + patience)

    @property
    def goes_on(self) -> bool:
        """Whether there are more to be asked or told at once."""
        if self.status is ShiftStatus.OFFERING:
            return self.goes_on_after is not None and self.paused is None
        return self.goes_on_after is not None and self.status is ShiftStatus.CANCELLED

    def may_disown(self, caregiver_id: str, at: datetime) -> bool:
        """Whether a no of somebody frees the shift, which they have by a call to us: until it begins."""
        return self.called_in and self.claimed_by == caregiver_id and at < self.posted.start_time

    def asked(self, caregiver_id: str) -> bool:
        """Whether somebody has an offer of the present or last fan-out."""
        mine = self.offers.get(caregiver_id)
        return mine is not None and mine.fanout == self.fanout

    def present(self) -> list[OfferState]:
        """Give the offers of the present or last fan-out."""
        return [one for one in self.offers.values() if one.fanout == self.fanout]

    def live(self, one: OfferState, at: datetime) -> bool:
        """Whether a yes to this offer can still win the shift at `at`."""
        return (
            self.status in OPEN
            and one.revision == self.revision
            and at < one.open_until
            and one.offer.caregiver_id not in self.released
        )


def evolve(state: ShiftState, event: AnyShiftEvent) -> ShiftState:
    """Give the state after `event`. Total: whatever was committed can be replayed."""
    after = partial(replace, state, version=state.version + 1)
    match event:
        case events.ShiftPosted():
            return after(
                shift=event.shift,
                revision=event.revision,
                posted_at=event.at,
                zone=event.zone or state.zone,
                reminded=False,
                open_until=event.shift.start_time,
                status=ShiftStatus.PENDING,
            )
        case events.FanOutStarted():
            return after(
                status=ShiftStatus.OFFERING,
                fanout=event.fanout,
                rounds=event.rounds,
                round=0,
                round_ends_at=event.round_ends_at,
                asked_in=state.version + 1,
                open_until=event.open_until,
                sender=event.sender,
                texts=event.texts or OURS,
                zone=event.zone,
                offers=_offered(state, event),
                undecided=len(event.offers),
                reminded=True,
                wanted=event.wanted,
                goes_on_after=event.goes_on_after,
                paused=None,
            )
        case events.OffersAdded():
            undecided = state.undecided if event.fanout == state.fanout else 0
            goes_on = event.round_ends_at is not None
            return after(
                round_ends_at=event.round_ends_at if goes_on else state.round_ends_at,
                asked_in=state.version + 1 if goes_on else state.asked_in,
                goes_on_after=event.goes_on_after if goes_on else state.goes_on_after,
                fanout=event.fanout,
                sender=event.sender or state.sender,
                texts=event.texts or state.texts,
                zone=event.zone,
                offers=_offered(state, event),
                undecided=undecided + len(event.offers),
            )
        case events.OfferMoved():
            # What the former phone was told, they may never have read.
            who = event.offer.caregiver_id
            return after(offers=_note(state, who, offer=event.offer, told=None, overlap=None, asked=False))
        case events.RoundStarted():
            return after(
                round=event.round,
                round_ends_at=event.round_ends_at,
                asked_in=state.version + 1,
                goes_on_after=event.goes_on_after,
                paused=None,
            )
        case events.MoreTold():
            ends_at = event.round_ends_at or state.round_ends_at
            return after(round_ends_at=ends_at, asked_in=state.version + 1, goes_on_after=event.goes_on_after)
        case events.FanOutPaused():
            return after(paused=event.left, round_ends_at=None)
        case events.FanOutResumed():
            return after(paused=None, round_ends_at=event.round_ends_at)
        case events.RoundExtended():
            return after(round_ends_at=event.round_ends_at)
        case events.ReachedAhead():
            told = {one: replace(state.offers[one], ahead=event.round) for one in event.caregiver_ids}
            return after(offers=state.offers.update(told))
        case events.ShiftClaimed():
            return after(
                status=ShiftStatus.CLAIMED,
                claimed_by=event.caregiver_id,
                called_in=event.called_in,
                released=state.released - {event.caregiver_id},
                lateness_reported=False,
                round_ends_at=None,
                paused=None,
            )
        case events.OfferDeclined():
            offers = _note(state, event.caregiver_id, declined_at=event.written_at, asked=False)
            return after(offers=offers, undecided=state.undecided - (event.fanout == state.fanout))
        case events.OfferPutOff():
            last = event.until is None or state.offers[event.caregiver_id].last
            return after(offers=_note(state, event.caregiver_id, last=last))
        case events.YesAnswered():
            # The winner who says yes again after having asked for a way out stays on.
            stays = event.caregiver_id == state.claimed_by and event.outcome is ShiftStatus.CLAIMED
            return after(
                offers=_note(state, event.caregiver_id, told=event.outcome),
                drop_requested_at=None if stays else state.drop_requested_at,
                called_in=state.called_in and not stays,
            )
        case events.YesQuestioned():
            return after(offers=_note(state, event.caregiver_id, asked=True))
        case events.OverlapRefused():
            return after(offers=_note(state, event.caregiver_id, overlap=event.held_shift_id))
        case events.DropRequested():
            return after(drop_requested_at=event.written_at)
        case events.LatenessReported():
            return after(lateness_reported=True)
        case events.ShiftReleased():
            return after(
                status=ShiftStatus.PENDING,
                claimed_by=None,
                drop_requested_at=None,
                offers=_forget_echo(state),
                released=state.released | {event.caregiver_id},
            )
        case events.ShiftUnfilled():
            return after(
                status=ShiftStatus.UNFILLED, round_ends_at=None, paused=None, open_until=event.open_until
            )
        case events.ShiftCancelled():
            return after(
                status=ShiftStatus.CANCELLED,
                claimed_by=None,
                drop_requested_at=None,
                offers=_forget_echo(state),
                round_ends_at=event.at,
                goes_on_after=event.goes_on_after,
                paused=None,
            )
        case events.ShiftExpired():
            return after(status=ShiftStatus.EXPIRED, round_ends_at=None, paused=None)
        case events.CoordinatorAlerted():
            return after(reminded=state.reminded or event.kind is AlertKind.NOT_OFFERED)
        case _:  # pragma: no cover
            assert_never(event)


def _offered(
    state: ShiftState, event: events.FanOutStarted | events.OffersAdded
) -> "HashTrieMap[str, OfferState]":
    offers = state.offers
    new: dict[str, OfferState] = {}
    for one in event.offers:
        before = offers.get(one.caregiver_id)
        again = before is not None and before.revision == event.revision
        made_at = before.made_at if before is not None and again else event.at
        new[one.caregiver_id] = OfferState(one, event.fanout, event.revision, made_at, event.open_until)
    return offers.update(new)


def _note(state: ShiftState, caregiver_id: str, **change: object) -> "HashTrieMap[str, OfferState]":
    noted = replace(state.offers[caregiver_id], **change)  # type: ignore[arg-type]
    return state.offers.insert(caregiver_id, noted)


def _forget_echo(state: ShiftState) -> "HashTrieMap[str, OfferState]":
    # "It is already yours" is no answer to a yes that comes once it is theirs no more.
    if state.claimed_by is None:
        return state.offers
    return _note(state, state.claimed_by, told=None)
