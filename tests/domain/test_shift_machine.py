"""One shift, many caregivers, anything at any time: what must hold holds after every step."""

from datetime import datetime, timedelta
from functools import reduce

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Status
from firstyes.domain.message import Purpose
from firstyes.domain.policy import PHONES, Round, Rounds
from firstyes.domain.shift.events import (
    SHIFT_EVENT,
    CoordinatorAlerted,
    FanOutStarted,
    OfferDeclined,
    OffersAdded,
    OverlapRefused,
    RoundStarted,
    ShiftClaimed,
    ShiftPosted,
    ShiftReleased,
    YesAnswered,
)
from firstyes.domain.shift.shift import ShiftStatus
from firstyes.domain.shift.state import ShiftState, evolve
from support.builders import Life, a_shift, an_offer, hours, minutes

NAMES = ("alma", "ben", "carla", "dora", "eli")
names = st.sampled_from(NAMES)
some_names = st.lists(names, unique=True)
rounds = st.lists(
    st.builds(Round, channel=st.sampled_from(sorted(PHONES)), wait=st.integers(60, 3600)),
    min_size=1,
    max_size=3,
).map(tuple)


class OneShift(RuleBasedStateMachine):
    """Holds the shift beside a record of its own, kept in the plainest way from events and messages alone."""

    @initialize(starts_in=st.integers(1, 6))
    def post(self, starts_in: int) -> None:
        self.life = Life(a_shift(starts=Life().now + hours(starts_in)))
        self.before = 0
        self.offered: dict[str, int] = {}
        self.live: dict[str, datetime] = {}
        self.declined: set[str] = set()
        self.told: dict[tuple[str, int], ShiftStatus | None] = {}
        self.revision = 1
        self.holder: str | None = None
        self.released: set[str] = set()

    # What people do.

    def winnable(self, who: str) -> bool:
        """Whether a plain yes wins: offered, not over, nobody has it, and not given back by them."""
        state = self.life.state
        open_ = state.status not in {ShiftStatus.CLAIMED, ShiftStatus.CANCELLED, ShiftStatus.EXPIRED}
        in_time = who in self.live and self.life.now < self.live[who]
        return open_ and in_time and who not in self.released

    @rule(who=names)
    def says_yes(self, who: str) -> None:
        # given
        status, winnable = self.life.state.status, self.winnable(who)
        # when
        decision = self.life.yes(who)
        # then
        if winnable:
            assert decision.answer.status is Status.SUCCESS
            assert self.life.state.claimed_by == who
        elif self.holder == who:
            assert decision.answer.status is Status.SUCCESS
        elif status is ShiftStatus.CLAIMED:
            assert decision.answer.status in {Status.ALREADY_CLAIMED, Status.NO_ACTION}
        else:
            assert decision.answer.status is Status.NO_ACTION
            empty = status is not ShiftStatus.CANCELLED and self.life.now < self.life.state.shift.end_time
            alerted = [one.kind for one in decision.events if isinstance(one, CoordinatorAlerted)]
            assert alerted == [AlertKind.WILLING] * empty
        self.check()

    @rule(who=names)
    def says_ok_or_an_older_yes(self, who: str) -> None:
        winnable = self.winnable(who) and who not in self.declined
        decision = self.life.yes(who, explicit=False)
        assert (self.life.types == ["shift_claimed"]) is winnable
        if self.winnable(who):
            assert decision.answer.status is Status.CLARIFY
            assert len(self.life.yes(who, explicit=False).messages) == 0, "asked twice"
        self.check()

    @rule(who=names, reachable=st.booleans())
    def is_assigned(self, who: str, reachable: bool) -> None:
        # given
        state, holder = self.life.state, self.holder
        possible = state.status is not ShiftStatus.CANCELLED and self.life.now < state.shift.end_time
        role_keys = (state.shift.role_required.casefold(),)
        # when
        decision = self.life.assign(who, reachable=reachable, role_keys=role_keys)
        # then
        if holder is None and possible:
            assert self.life.state.claimed_by == who
            self.released.discard(who)
            assert [one.purpose for one in decision.messages] == [Purpose.CONFIRMATION] * reachable
        else:
            assert (decision.events, self.life.state.claimed_by) == ((), holder)
        self.check()

    @rule(who=some_names)
    def people_join(self, who: list[str]) -> None:
        offering, before = self.life.state.status is ShiftStatus.OFFERING, set(self.life.state.offers.keys())
        decision = self.life.update(joining=tuple(an_offer(name, "70", contact_id=7) for name in who))
        told = [one.caregiver_id for one in decision.messages]
        assert not set(told) & self.released
        assert len(told) == len(set(told))
        assert offering or not told
        assert set(who) - self.released - before <= set(told) or not offering or not decision.events
        self.check()

    @rule(who=names, contact=st.integers(100, 103))
    def moves_to_another_phone(self, who: str, contact: int) -> None:
        mine, wins = self.life.state.offers.get(who), self.winnable(who)
        decision = self.life.update(moved=(an_offer(who, "80", contact_id=contact),))
        assert all(one.contact_id == contact for one in decision.messages)
        if mine is not None and mine.offer.contact_id != contact:
            assert bool(decision.messages) is (
                wins or (self.holder == who and self.life.now < self.life.state.shift.end_time)
            )
        self.check()

    @rule(who=names)
    def says_yes_but_overlaps(self, who: str) -> None:
        won = self.life.state.claimed_by
        self.life.yes(who, held=a_shift("other"))
        assert self.life.state.claimed_by == won
        self.check()

    @rule(who=names)
    def says_no(self, who: str) -> None:
        self.life.no(who)
        self.check()

    @rule(who=names)
    def runs_late(self, who: str) -> None:
        self.life.late(who)
        self.check()

    # What coordinators do.

    @rule(who=some_names, rounds=rounds)
    def fans_out(self, who: list[str], rounds: Rounds) -> None:
        state = self.life.state
        live = state.status is ShiftStatus.OFFERING and self.life.now < (state.open_until or self.life.now)
        decision = self.life.offer_to(*who, rounds=rounds)
        assert not (live and decision.messages)
        self.check()

    @rule(confirm=st.booleans())
    def calls_off(self, confirm: bool) -> None:
        self.life.cancel(confirm=confirm)
        self.check()

    @rule(who=some_names)
    def releases(self, who: list[str]) -> None:
        self.life.release_to(*who)
        self.check()

    @rule(role=st.sampled_from(["RN", "LPN"]), starts_in=st.integers(-1, 6))
    def changes_the_shift(self, role: str, starts_in: int) -> None:
        self.life.post(a_shift(role=role, starts=self.life.now + hours(starts_in)))
        self.check()

    # What time does.

    @rule(time=st.integers(1, 90).map(minutes))
    def time_passes(self, time: timedelta) -> None:
        self.life.wait(time)

    @rule(unavailable=st.sets(names), unreachable=st.none() | st.tuples(st.integers(0, 3), st.integers(0, 2)))
    def a_deadline_is_reported(self, unavailable: set[str], unreachable: tuple[int, int] | None) -> None:
        # given
        state = self.life.state
        due = state.next_deadline is not None and state.next_deadline <= self.life.now
        failed = state.status is ShiftStatus.OFFERING and unreachable == (state.fanout, state.round)
        # when
        decision = self.life.deadline(unavailable=unavailable, unreachable=unreachable)
        # then
        assert bool(decision.events) is (due or failed)
        assert not {one.caregiver_id for one in decision.messages} & (self.declined | unavailable)
        self.check()

    @precondition(lambda self: self.life.state.next_deadline is not None)
    @rule()
    def the_next_deadline_comes(self) -> None:
        deadline = self.life.state.next_deadline
        assert deadline is not None
        self.life.now = max(self.life.now, deadline)
        self.life.deadline()
        assert self.life.deadline().events == (), "met twice"
        self.check()

    # What the record says, from what has just happened.

    def check(self) -> None:
        for event in self.life.events[self.before :]:
            match event:
                case FanOutStarted():
                    who = [offer.caregiver_id for offer in event.offers]
                    assert len(who) == len(set(who)), "offered twice in one fan-out"
                    assert not set(who) & self.released, "offered to whoever gave it back"
                    self.offer(who, event)
                    self.declined -= set(who)
                case OffersAdded():
                    self.offer([offer.caregiver_id for offer in event.offers], event)
                    self.declined -= {offer.caregiver_id for offer in event.offers}
                case ShiftPosted():
                    if event.revision != self.revision:
                        self.live, self.revision = {}, event.revision
                case OfferDeclined():
                    self.declined.add(event.caregiver_id)
                case ShiftClaimed():
                    assert self.holder is None, "two winners"
                    assert event.caregiver_id in self.live, "won without a live offer"
                    assert event.revision == self.life.state.revision, "won another revision"
                    assert event.at < self.life.state.shift.end_time, "won after the end"
                    if event.by == f"caregiver:{event.caregiver_id}":
                        assert event.at < self.live[event.caregiver_id], "won after the start"
                    self.holder = event.caregiver_id
                case ShiftReleased():
                    assert event.caregiver_id == self.holder
                    self.forget_told(event.caregiver_id)
                    self.holder = None
                    self.released.add(event.caregiver_id)
                case YesAnswered() if event.caregiver_id != self.holder:
                    assert event.fanout == self.offered[event.caregiver_id]
                    key = (event.caregiver_id, event.fanout)
                    assert self.told.get(key) is not event.outcome, "told the same twice"
                    self.told[key] = event.outcome
                case OverlapRefused():
                    assert event.caregiver_id in self.live
                case RoundStarted():
                    assert event.reached > 0
                case _:
                    pass
        self.before = len(self.life.events)
        if self.life.state.status is ShiftStatus.CANCELLED:
            if self.holder is not None:
                self.forget_told(self.holder)
            self.holder = None

    def offer(self, who: list[str], event: FanOutStarted | OffersAdded) -> None:
        self.live |= dict.fromkeys(who, event.open_until)
        self.offered |= dict.fromkeys(who, event.fanout)
        for name in who:
            self.told.pop((name, event.fanout), None)

    def forget_told(self, who: str) -> None:
        self.told.pop((who, self.offered[who]), None)

    @invariant()
    def the_winner_is_who_the_events_say(self) -> None:
        assert self.life.state.claimed_by == self.holder
        assert (self.life.state.status is ShiftStatus.CLAIMED) is (self.holder is not None)

    @invariant()
    def what_is_replayed_is_what_lives(self) -> None:
        read = [SHIFT_EVENT.validate_json(event.model_dump_json()) for event in self.life.events]
        assert reduce(evolve, self.life.events, ShiftState()) == self.life.state
        assert reduce(evolve, read, ShiftState()) == self.life.state
        assert self.life.state.version == len(self.life.events)

    @invariant()
    def an_open_shift_waits_for_something_and_a_settled_one_for_nothing(self) -> None:
        settled = {ShiftStatus.CLAIMED, ShiftStatus.CANCELLED, ShiftStatus.EXPIRED}
        assert (self.life.state.next_deadline is None) is (self.life.state.status in settled)

    @invariant()
    def the_count_of_the_undecided_is_right(self) -> None:
        undecided = [one for one in self.life.state.present() if not one.declined]
        assert self.life.state.undecided == len(undecided)

    @invariant()
    def the_shift_is_said_to_be_somebody_s_only_to_its_winners(self) -> None:
        confirmed = [one.caregiver_id for one in self.life.told if one.purpose is Purpose.CONFIRMATION]
        winners = [one.caregiver_id for one in self.life.events if isinstance(one, ShiftClaimed)]
        assert set(confirmed) <= set(winners)


TestOneShift = pytest.mark.fault(11)(pytest.mark.fault(13)(pytest.mark.fault(16)(OneShift.TestCase)))
TestOneShift.settings = settings(stateful_step_count=30)
