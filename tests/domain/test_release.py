"""The winner cannot come after all: the shift is offered anew, without them."""

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Outcome, Refusal, Status
from firstyes.domain.shift.commands import ReleaseShift
from firstyes.domain.shift.decide import decide
from firstyes.domain.shift.releasing import refuse_release
from firstyes.domain.shift.shift import ShiftStatus
from firstyes.domain.shift.state import ShiftState
from support.builders import NOW, an_outreach, claimed, minutes, offered


def test_a_released_shift_is_offered_anew_and_the_winner_is_told():
    # given
    life = claimed("alma", "ben")
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
    life = claimed("alma", "ben")
    # when
    life.release_to("alma", "ben")
    # then
    assert {one.offer.caregiver_id for one in life.state.present()} == {"ben"}
    assert life.told_to("alma") == ["offer", "confirmation", "release"]


def test_everybody_who_ever_gave_the_shift_back_is_left_out():
    # given
    life = claimed("alma", "ben")
    life.release_to("ben")
    life.yes("ben")
    # when
    life.release_to("alma", "ben", "carla")
    # then
    assert {one.offer.caregiver_id for one in life.state.present()} == {"carla"}


def test_row_31_the_releaser_s_later_yes_does_not_win_and_calls_a_person():
    # given
    life = claimed("alma", "ben")
    life.release_to("ben")
    # when
    decision = life.yes("alma")
    # then
    assert life.state.status is ShiftStatus.OFFERING
    assert decision.answer.status is Status.NO_ACTION
    assert life.types == ["yes_answered", "coordinator_alerted"]
    assert life.events[-1].kind is AlertKind.WILLING
    assert life.events[-1].message.endswith("which nobody has: they had it and were taken off it.")
    assert len(decision.messages) == 1


def test_row_58_a_release_sent_twice_that_names_its_holder_leaves_the_next_one_alone():
    # given
    life = claimed("alma", "ben")
    life.release_to("ben", holder="alma")
    # when
    again = life.release_to("ben", holder="alma")
    life.yes("ben")
    later = life.release_to("carla", holder="alma")
    # then
    assert again.answer.refusal is later.answer.refusal is Refusal.MOVED_ON
    assert "nobody has it" in again.answer.message
    assert life.state.claimed_by == "ben"


def test_an_offer_of_an_earlier_fan_out_comes_back_to_life_with_a_release():
    # given
    life = claimed("alma", "ben")
    life.release_to("carla")
    # when
    life.yes("ben")
    # then
    assert life.state.claimed_by == "ben"


def test_the_releaser_who_had_been_reassured_is_answered_all_the_same():
    # given
    life = claimed("alma", "ben")
    life.yes("alma")
    life.release_to("ben")
    # when
    life.yes("alma")
    # then
    assert life.told_to("alma") == ["offer", "confirmation", "already_yours", "release", "too_late"]


def test_a_release_with_nobody_else_alerts_the_coordinator():
    # given
    life = claimed("alma")
    # when
    decision = life.release_to("alma")
    # then
    assert life.types == ["shift_released", "shift_unfilled", "coordinator_alerted"]
    assert [one.purpose for one in decision.messages] == ["release"]
    assert life.state.status is ShiftStatus.UNFILLED


def test_a_request_for_a_way_out_is_settled_by_the_release():
    # given
    life = claimed("alma", "ben")
    life.no("alma")
    # when
    life.release_to("ben")
    # then
    assert not life.state.drop_requested_at


def test_a_shift_that_nobody_has_cannot_be_released():
    # given
    life = offered("alma")
    # when
    decision = life.release_to("ben")
    # then
    assert (decision.answer.refusal, decision.events) == (Refusal.NOT_CLAIMED, ())


def test_row_29_a_no_show_is_released_and_offered_anew_until_the_end():
    # given
    life = claimed("alma", "ben")
    life.now = life.shift.start_time + minutes(15)
    # when
    decision = life.release_to("ben")
    # then
    assert decision.answer.outcome is Outcome.STARTED
    assert [one.purpose for one in decision.messages] == ["release", "offer"]
    assert ", has begun. Reply YES" in decision.messages[1].body
    assert life.yes("ben").answer.status is Status.SUCCESS


def test_a_shift_that_is_over_cannot_be_released():
    # given
    life = claimed("alma")
    life.now = life.shift.end_time
    # then
    assert life.release_to("ben").answer.refusal is Refusal.CLOSED
    assert refuse_release(life.state, NOW) is None


def test_an_unknown_shift_cannot_be_released():
    decision = decide(ShiftState(), ReleaseShift(at=NOW, by="coordinator", outreach=an_outreach("ben")))
    assert decision.answer.refusal is Refusal.UNKNOWN
    assert refuse_release(ShiftState(), NOW) == decision.answer
