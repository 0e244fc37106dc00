"""Time passes: the next round, the end of the last one, the start of the shift; once each, and never twice."""

import pytest

from firstyes.domain.alert import AlertKind
from firstyes.domain.policy import Channel, Round
from firstyes.domain.shift.commands import MeetDeadline
from firstyes.domain.shift.decide import decide
from firstyes.domain.shift.events import RoundStarted
from firstyes.domain.shift.shift import ShiftStatus
from firstyes.domain.shift.state import ShiftState
from support.builders import NOW, Life, a_shift, hours, minutes, offered


def alert(life: Life) -> AlertKind:
    return life.events[-1].kind


def test_when_ten_minutes_pass_without_a_yes_the_phones_ring():
    # given
    life = offered("alma", "ben")
    life.wait(minutes(10))
    # when
    decision = life.deadline()
    # then
    [started] = decision.events
    assert isinstance(started, RoundStarted)
    assert (started.round, started.reached, started.round_ends_at) == (1, 2, NOW + minutes(20))
    assert [(one.caregiver_id, one.channel) for one in decision.messages] == [
        ("alma", Channel.VOICE),
        ("ben", Channel.VOICE),
    ]
    assert life.state.next_deadline == NOW + minutes(20)


@pytest.mark.fault(29)
def test_whoever_opted_out_or_left_is_not_called():
    # given
    life = offered("alma", "ben")
    life.wait(minutes(10))
    # when
    decision = life.deadline(unavailable={"ben"})
    # then
    assert [one.caregiver_id for one in decision.messages] == ["alma"]


def test_when_nobody_is_left_to_call_the_coordinator_is_alerted_at_once():
    # given
    life = offered("alma", "ben")
    life.no("alma")
    life.wait(minutes(10))
    # when
    life.deadline(unavailable={"ben"})
    # then
    assert life.types == ["shift_unfilled", "coordinator_alerted"]
    assert alert(life) is AlertKind.NOBODY_REACHABLE


def test_when_the_last_round_is_over_the_shift_is_unfilled():
    # given
    life = offered("alma")
    life.deadline(after=minutes(10))
    life.wait(minutes(10))
    # when
    life.deadline()
    # then
    assert life.state.status is ShiftStatus.UNFILLED
    assert alert(life) is AlertKind.UNFILLED
    assert life.state.next_deadline == life.shift.start_time


def test_a_round_that_reached_nobody_ends_at_once():
    # given
    life = offered("alma")
    # when
    life.deadline(unreachable=(1, 0))
    # then
    assert (life.state.round, life.state.status) == (1, ShiftStatus.OFFERING)


def test_a_last_round_that_reached_nobody_leaves_the_shift_unfilled():
    # given
    life = offered("alma", rounds=(Round(channel=Channel.SMS, wait=600),))
    # when
    life.deadline(unreachable=(1, 0))
    # then
    assert life.state.status is ShiftStatus.UNFILLED
    assert alert(life) is AlertKind.NOBODY_REACHABLE


@pytest.mark.fault(19)
def test_when_the_shift_begins_with_nobody_on_it_it_expires_and_the_coordinator_is_alerted():
    # given
    life = offered("alma")
    life.now = life.shift.start_time
    # when
    decision = life.deadline()
    # then
    assert life.types == ["shift_expired", "coordinator_alerted"]
    assert decision.messages == ()
    assert alert(life) is AlertKind.EXPIRED
    assert life.state.next_deadline is None


@pytest.mark.fault(37)
def test_after_hours_of_darkness_a_shift_that_began_meanwhile_expires_without_another_text():
    """Both the round and the shift are overdue: nobody is called for what has begun."""
    # given
    life = offered("alma")
    life.wait(hours(6))
    # when
    decision = life.deadline()
    # then
    assert life.state.status is ShiftStatus.EXPIRED
    assert decision.messages == ()


@pytest.mark.fault(36)
def test_after_an_hour_of_darkness_one_round_starts_and_is_given_its_full_time():
    """Two rounds' worth of time has passed, but nobody has been called yet."""
    # given
    life = offered("alma")
    life.wait(hours(1))
    # when
    life.deadline()
    # then
    assert life.types == ["round_started"]
    assert life.state.round_ends_at == NOW + hours(1) + minutes(10)
    assert life.deadline().events == ()


@pytest.mark.fault(34)
def test_a_clock_that_jumps_back_fires_nothing_twice():
    # given
    life = offered("alma")
    life.deadline(after=minutes(10))
    life.now = NOW
    # when
    decision = life.deadline()
    # then
    assert (life.state.round, decision.messages) == (1, ())


def test_the_start_of_the_shift_comes_before_the_end_of_a_long_round():
    # given
    life = offered("alma", rounds=(Round(channel=Channel.SMS, wait=24 * 3600),))
    # then
    assert life.state.next_deadline == life.shift.start_time


def test_row_61_a_shift_that_was_never_offered_expires_with_an_alert():
    # given
    life = Life()
    life.now = life.shift.start_time
    # when
    life.deadline()
    # then
    assert life.types == ["shift_expired", "coordinator_alerted"]
    assert life.events[-1].message == "RN Sun Jul 14 7am-3pm has begun and it was never offered to anybody."


def test_a_shift_that_had_begun_when_it_was_posted_expires_in_silence():
    # given
    life = Life(a_shift(starts=NOW))
    # when
    life.deadline()
    # then
    assert life.types == ["shift_expired"]


@pytest.mark.parametrize("starts", [NOW + hours(2), NOW], ids=["begins later", "had begun"])
def test_a_shift_that_is_changed_after_it_began_still_calls_the_coordinator(starts):
    # given
    life = Life(a_shift(starts=starts))
    life.now = starts
    life.offer_to()
    life.deadline(after=minutes(1))
    # when
    life.post(a_shift(starts=starts, area="North"))
    life.deadline()
    # then
    assert life.types == ["shift_expired", "coordinator_alerted"]


@pytest.mark.parametrize(
    ("starts_in", "reminded_after"),
    [(26 * 60, 24 * 60), (121, 5), (125, 5), (60, 5), (8, 4)],
    ids=["a day before", "two hours before", "soon", "an hour before", "minutes before"],
)
def test_row_61_in_time_before_the_start_the_coordinator_hears_that_nobody_was_asked(
    starts_in, reminded_after
):
    # given
    life = Life(a_shift(starts=NOW + minutes(starts_in)))
    # then
    assert life.state.next_deadline == NOW + minutes(reminded_after)
    # when
    life.now = NOW + minutes(reminded_after)
    life.deadline()
    # then
    assert life.types == ["coordinator_alerted"]
    assert alert(life) is AlertKind.NOT_OFFERED
    assert life.state.next_deadline == life.shift.start_time
    assert life.deadline().events == ()


def test_row_61_new_times_are_a_new_reason_to_remind():
    # given
    life = Life()
    life.deadline(after=minutes(5))
    # when
    life.post(a_shift(starts=life.now + hours(5)))
    # then
    assert life.state.next_deadline == life.now + hours(3)


def test_row_18_when_nothing_ever_went_out_the_reason_says_so():
    # given
    life = offered("alma")
    life.deadline(after=minutes(10))
    life.wait(minutes(10))
    # when
    life.deadline(reached=False)
    # then
    assert alert(life) is AlertKind.NOBODY_REACHABLE
    assert life.events[-1].message.endswith("is unfilled. No text and no call has gone out to anybody.")


def test_a_shift_for_which_nobody_qualified_expires_with_an_alert():
    # given
    life = offered()
    life.now = life.shift.start_time
    # when
    life.deadline()
    # then
    assert life.types == ["shift_expired", "coordinator_alerted"]


def test_a_posted_shift_waits_for_somebody_to_fan_it_out():
    # given
    life = Life()
    life.wait(minutes(4))
    # then
    assert life.deadline().events == ()
    assert life.state.next_deadline == NOW + minutes(5)


def test_a_shift_that_does_not_exist_waits_for_nothing():
    assert ShiftState().next_deadline is None
    assert decide(ShiftState(), MeetDeadline(at=NOW, by="timer")).events == ()
