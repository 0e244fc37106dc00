"""The coordinator posts a shift, changes it, calls it off."""

from datetime import timedelta, timezone

import pytest

from firstyes.domain.answer import Refusal, Status
from firstyes.domain.shift.commands import CancelShift
from firstyes.domain.shift.decide import decide
from firstyes.domain.shift.events import ShiftPosted
from firstyes.domain.shift.shift import ShiftStatus
from firstyes.domain.shift.state import ShiftState
from support.builders import NOW, Life, a_shift, claimed, hours, offered


def test_a_new_shift_is_pending_at_revision_one():
    life = Life()
    assert (life.state.status, life.state.revision, life.state.version) == (ShiftStatus.PENDING, 1, 1)
    assert life.last.answer.message == "Saved."


def test_a_shift_that_is_over_is_saved_and_pointed_out():
    shift = a_shift()
    life = Life()
    over = shift.model_copy(update={"start_time": NOW - hours(9), "end_time": NOW - hours(1)})
    assert life.post(over).answer.message == "Saved, but it is over already: look at its dates."


def test_the_same_data_again_change_nothing():
    # given
    life = Life()
    # when
    decision = life.post(a_shift())
    # then
    assert (decision.answer.status, decision.events) == (Status.SUCCESS, ())


@pytest.mark.parametrize("field", ["start_time", "end_time"])
def test_the_same_instant_with_another_offset_is_a_change_because_people_are_told_it(field: str):
    # given
    life = Life()
    moved = getattr(life.shift, field).astimezone(timezone(timedelta(hours=-5)))
    # when
    life.post(life.shift.model_copy(update={field: moved}))
    # then
    assert life.state.revision == 2


def test_other_data_make_a_new_revision():
    # given
    life = Life()
    # when
    [posted] = life.post(a_shift(role="LPN")).events
    # then
    assert isinstance(posted, ShiftPosted)
    assert posted.revision == 2
    assert life.state.shift is not None
    assert life.state.shift.role_required == "LPN"


def test_a_shift_is_never_handed_to_another_organization():
    # given
    life = Life()
    # when
    decision = life.post(a_shift(organization_id="riverside"))
    # then
    assert (decision.answer.refusal, decision.events) == (Refusal.TAKEN, ())


def test_a_shift_is_not_changed_while_it_is_being_offered():
    # given
    life = offered("alma")
    # when
    decision = life.post(a_shift(role="LPN"))
    # then
    assert (decision.answer.refusal, decision.events) == (Refusal.BEING_OFFERED, ())
    told = "RN Sun Jul 14 7am-3pm is being offered: cancel it, and post it with a new id."
    assert decision.answer.message == told


def test_a_shift_that_somebody_has_is_not_changed_and_how_to_change_it_all_the_same_is_told():
    # given
    life = claimed("alma")
    # when
    answer = life.post(a_shift(role="LPN")).answer
    # then
    assert answer.refusal is Refusal.ALREADY_CLAIMED
    assert answer.message.endswith("is claimed: cancel it, and post it with a new id.")


def test_a_shift_that_was_called_off_is_not_revived():
    # given
    life = Life()
    life.cancel()
    # then
    assert life.post(a_shift(role="LPN")).answer.refusal is Refusal.CLOSED
    assert life.post(a_shift()).answer.status is Status.SUCCESS
    assert life.state.status is ShiftStatus.CANCELLED


def test_an_expired_shift_that_is_given_new_times_can_be_offered_again():
    # given
    life = Life()
    life.now = life.shift.start_time
    life.deadline()
    # when
    life.post(a_shift(starts=life.now + hours(5)))
    life.offer_to("alma")
    # then
    assert life.state.status is ShiftStatus.OFFERING


def test_calling_off_tells_those_who_might_still_come():
    # given
    life = offered("alma", "ben")
    life.no("ben")
    # when
    decision = life.cancel()
    # then
    assert life.state.status is ShiftStatus.CANCELLED
    assert [(one.caregiver_id, one.purpose, one.fanout) for one in decision.messages] == [
        ("alma", "withdrawal", 1)
    ]
    assert decision.messages[0].body == (
        "Lakeside: The shift RN Sun Jul 14 7am-3pm was called off. No answer is needed."
    )


@pytest.mark.fault(16)
def test_a_shift_that_somebody_has_is_called_off_only_with_a_word_of_confirmation():
    # given
    life = claimed("alma", "ben")
    # when
    refused = life.cancel()
    confirmed = life.cancel(confirm=True)
    # then
    assert (refused.answer.refusal, refused.events) == (Refusal.NEEDS_CONFIRMATION, ())
    assert '"confirm": true' in refused.answer.message
    assert confirmed.answer.status is Status.SUCCESS
    assert [(one.caregiver_id, one.body) for one in confirmed.messages] == [
        ("alma", "Lakeside: The shift RN Sun Jul 14 7am-3pm was called off. Please do not come.")
    ]
    assert (life.state.status, life.state.claimed_by) == (ShiftStatus.CANCELLED, None)


def test_a_winner_who_had_been_reassured_and_was_called_off_is_answered_all_the_same():
    # given
    life = claimed("alma")
    life.yes("alma")
    life.cancel(confirm=True)
    # when
    life.yes("alma")
    # then
    assert life.told_to("alma") == ["offer", "confirmation", "already_yours", "withdrawal", "too_late"]


def test_calling_off_twice_is_fine_and_tells_nobody_again():
    # given
    life = offered("alma")
    life.cancel()
    # when
    decision = life.cancel()
    # then
    assert (decision.answer.status, decision.events) == (Status.SUCCESS, ())


def test_row_15_calling_off_an_unfilled_shift_tells_all_who_could_still_take_it():
    # given
    life = offered("alma", "ben")
    life.no("ben")
    life.remain_unfilled()
    life.offer_to("carla")
    # when
    decision = life.cancel()
    # then
    assert [(one.caregiver_id, one.fanout) for one in decision.messages] == [("alma", 1), ("carla", 2)]


def test_row_29_a_shift_that_began_with_nobody_can_be_called_off_until_its_end():
    # given
    life = Life()
    life.now = life.shift.start_time
    life.deadline()
    # then
    assert life.cancel().answer.status is Status.SUCCESS
    assert life.state.status is ShiftStatus.CANCELLED


def test_row_70_a_shift_that_expired_by_a_clock_that_jumped_is_revived_by_posting_it_again():
    # given
    life = offered("alma")
    life.now = life.shift.start_time
    life.deadline()
    assert life.post(a_shift()).events == ()
    life.now = NOW
    # when
    life.post(a_shift())
    # then
    assert (life.state.status, life.state.revision) == (ShiftStatus.PENDING, 1)
    assert life.yes("alma").answer.status is Status.SUCCESS


def test_row_58_calling_off_names_the_holder_it_means():
    # given
    life = claimed("alma", "ben")
    # when
    decision = life.cancel(confirm=True, holder="ben")
    # then
    assert (decision.answer.refusal, decision.events) == (Refusal.MOVED_ON, ())
    assert life.cancel(confirm=True, holder="alma").answer.status is Status.SUCCESS


def test_a_shift_that_was_worked_cannot_be_called_off_afterwards():
    # given
    life = claimed("alma")
    life.now = life.shift.end_time
    # when
    decision = life.cancel(confirm=True)
    # then
    assert (decision.answer.refusal, decision.messages) == (Refusal.CLOSED, ())


def test_an_unknown_shift_cannot_be_called_off():
    decision = decide(ShiftState(), CancelShift(at=NOW, by="coordinator"))
    assert decision.answer.refusal is Refusal.UNKNOWN
