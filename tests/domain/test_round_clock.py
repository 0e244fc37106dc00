"""A round's clock counts from when its messages were handed over."""

from datetime import timedelta

from firstyes.domain.shift.events import RoundExtended, RoundStarted
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import NOW, Life, a_shift, an_offer, hours, minutes, offered


def test_whose_text_went_out_late_has_the_whole_round_to_answer() -> None:
    # given
    life = offered("alma", "ben")
    life.wait(minutes(10))
    # when
    decision = life.deadline(handed_over_at=NOW + minutes(4))
    # then
    [extended] = decision.events
    assert isinstance(extended, RoundExtended)
    assert extended.round_ends_at == NOW + minutes(14)
    assert life.state.next_deadline == NOW + minutes(14)
    assert decision.messages == ()
    # when
    life.wait(minutes(4))
    # then
    assert isinstance(life.deadline(handed_over_at=NOW + minutes(4)).events[0], RoundStarted)


def test_a_second_more_or_less_changes_nothing() -> None:
    life = offered("alma")
    life.wait(minutes(10))
    assert isinstance(life.deadline(handed_over_at=NOW + timedelta(seconds=3)).events[0], RoundStarted)


def test_a_round_that_reaches_nobody_ends_all_the_same() -> None:
    life = offered("alma")
    decision = life.deadline(handed_over_at=NOW + minutes(4), unreachable=(1, 0))
    assert isinstance(decision.events[0], RoundStarted)


def test_a_round_of_a_clock_that_was_set_back_ends_one_wait_from_now() -> None:
    # given
    life = offered("alma")
    life.wait(-hours(2))
    # when
    decision = life.deadline()
    # then
    assert (life.types, decision.messages) == (["round_extended"], ())
    assert life.state.next_deadline == life.now + minutes(10)
    assert life.deadline().events == ()


def test_a_round_that_reached_nobody_ends_though_the_clock_was_set_back() -> None:
    life = offered("alma")
    life.wait(-hours(2))
    assert isinstance(life.deadline(unreachable=(1, 0)).events[0], RoundStarted)


def test_a_longer_round_does_not_outlast_the_start_of_the_shift() -> None:
    life = offered("alma")
    life.deadline(after=minutes(10), handed_over_at=NOW + minutes(10))
    life.deadline(after=timedelta(days=30), handed_over_at=NOW + timedelta(days=29))
    assert life.state.status is ShiftStatus.EXPIRED


def test_a_longer_round_leaves_the_phones_their_share_before_the_start() -> None:
    # given: twenty minutes for two rounds
    life = Life(a_shift(starts=NOW + minutes(20)))
    life.offer_to("alma", "ben")
    # when: the last text went out sixteen minutes before the start
    life.deadline(after=minutes(10), handed_over_at=NOW + minutes(4))
    # then
    assert life.state.next_deadline == NOW + minutes(12)
    # when
    life.wait(minutes(2))
    assert isinstance(life.deadline(handed_over_at=NOW + minutes(4)).events[0], RoundStarted)
    # then
    assert life.state.round_ends_at == NOW + minutes(20)


def test_only_those_with_whom_a_round_began_count_for_its_clock() -> None:
    # given
    life = offered("alma")
    began = life.state.version
    # when
    life.update(joining=(an_offer("ben", "28"),))
    # then
    assert life.state.asked_in == began
    # when
    life.deadline(after=minutes(10))
    assert life.state.asked_in == life.state.version
