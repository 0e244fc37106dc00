"""The winner cannot come after all: the shift is offered anew, without them."""

from firstyes.domain.answer import Refusal, Status
from firstyes.domain.claiming import refuse_release
from firstyes.domain.shift import ShiftStatus
from firstyes.domain.shift_commands import ReleaseShift
from firstyes.domain.shift_decide import decide
from firstyes.domain.shift_state import ShiftState
from support.builders import NOW, Life, an_outreach


def test_a_released_shift_is_offered_anew_and_the_winner_is_told():
    # given
    life = Life()
    life.offer_to("alma", "ben")
    life.yes("alma")
    # when
    decision = life.release_to("ben", "carla")
    # then
    assert decision.answer.status is Status.SUCCESS
    assert life.types == ["shift_released", "fan_out_started"]
    assert [(one.caregiver_id, one.purpose) for one in decision.messages] == [
        ("alma", "release"),
        ("ben", "offer"),
        ("carla", "offer"),
    ]
    assert (life.state.status, life.state.fanout, life.state.claimed_by) == (ShiftStatus.OFFERING, 2, None)


def test_the_releaser_is_left_out_whatever_was_looked_up():
    # given
    life = Life()
    life.offer_to("alma", "ben")
    life.yes("alma")
    # when
    life.release_to("alma", "ben")
    # then
    assert set(life.state.offers.keys()) == {"ben"}
    assert life.told_to("alma") == ["offer", "confirmation", "release"]


def test_everybody_who_ever_gave_the_shift_back_is_left_out():
    # given
    life = Life()
    life.offer_to("alma", "ben")
    life.yes("alma")
    life.release_to("ben")
    life.yes("ben")
    # when
    life.release_to("alma", "ben", "carla")
    # then
    assert set(life.state.offers.keys()) == {"carla"}


def test_the_releaser_s_later_yes_does_not_win_and_is_answered():
    # given
    life = Life()
    life.offer_to("alma", "ben")
    life.yes("alma")
    life.release_to("ben")
    # when
    decision = life.yes("alma")
    # then
    assert life.state.status is ShiftStatus.OFFERING
    assert decision.answer.status is Status.NO_ACTION
    assert len(decision.messages) == 1


def test_the_releaser_who_had_been_reassured_is_answered_all_the_same():
    # given
    life = Life()
    life.offer_to("alma", "ben")
    life.yes("alma")
    life.yes("alma")
    life.release_to("ben")
    # when
    life.yes("alma")
    # then
    assert life.told_to("alma") == ["offer", "confirmation", "already_yours", "release", "too_late"]


def test_a_release_with_nobody_else_alerts_the_coordinator():
    # given
    life = Life()
    life.offer_to("alma")
    life.yes("alma")
    # when
    decision = life.release_to("alma")
    # then
    assert life.types == ["shift_released", "shift_unfilled", "coordinator_alerted"]
    assert [one.purpose for one in decision.messages] == ["release"]
    assert life.state.status is ShiftStatus.UNFILLED


def test_a_request_for_a_way_out_is_settled_by_the_release():
    # given
    life = Life()
    life.offer_to("alma", "ben")
    life.yes("alma")
    life.no("alma")
    # when
    life.release_to("ben")
    # then
    assert not life.state.drop_requested


def test_a_shift_that_nobody_has_cannot_be_released():
    # given
    life = Life()
    life.offer_to("alma")
    # when
    decision = life.release_to("ben")
    # then
    assert (decision.answer.refusal, decision.events) == (Refusal.NOT_CLAIMED, ())


def test_a_shift_that_has_begun_cannot_be_released():
    # given
    life = Life()
    life.offer_to("alma")
    life.yes("alma")
    life.now = life.shift.start_time
    # then
    assert life.release_to("ben").answer.refusal is Refusal.ALREADY_BEGUN
    assert refuse_release(life.state, NOW) is None


def test_an_unknown_shift_cannot_be_released():
    decision = decide(ShiftState(), ReleaseShift(at=NOW, by="coordinator", outreach=an_outreach("ben")))
    assert decision.answer.refusal is Refusal.UNKNOWN
