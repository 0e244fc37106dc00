"""A yes: who wins, and what everybody else is told."""

import pytest

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Status
from firstyes.domain.decision import Decision
from firstyes.domain.shift.commands import AcceptOffer
from firstyes.domain.shift.decide import decide
from firstyes.domain.shift.events import (
    AnyShiftEvent,
    CoordinatorAlerted,
    OverlapRefused,
    ShiftClaimed,
    YesAnswered,
)
from firstyes.domain.shift.shift import ShiftStatus
from firstyes.domain.shift.state import ShiftState
from support.builders import NOW, a_shift, claimed, hours, minutes, offered


def willing(decision: Decision[AnyShiftEvent]) -> list[str | None]:
    """Whom the coordinator was told of as somebody who would come."""
    alerts = [one for one in decision.events if isinstance(one, CoordinatorAlerted)]
    assert all(one.message_id == "m" for one in alerts)
    return [one.caregiver_id for one in alerts if one.kind is AlertKind.WILLING]


def test_the_first_yes_wins_and_is_confirmed():
    # given
    life = offered("alma", "ben")
    # when
    decision = life.yes("ben")
    # then
    assert decision.answer.status is Status.SUCCESS
    assert life.types == ["shift_claimed"]
    assert (life.state.status, life.state.claimed_by) == (ShiftStatus.CLAIMED, "ben")
    [confirmation] = decision.messages
    assert (confirmation.caregiver_id, confirmation.purpose) == ("ben", "confirmation")
    assert confirmation.body == (
        "You have the shift: RN Sun Jul 14 7am-3pm. Thank you! If anything changes, call your coordinator."
    )
    assert decision.answer.message == confirmation.body


def test_row_12_a_question_beside_a_yes_calls_a_person_whenever_the_shift_is_theirs():
    """Row 12: with the yes that wins, with the one that is told so again, and when nothing more is told."""
    life = offered("alma", "ben")
    for _ in range(3):
        decision = life.yes("alma", asks=True)
        [alert] = [one for one in decision.events if isinstance(one, CoordinatorAlerted)]
        assert (alert.kind, alert.caregiver_id, alert.message_id) == (AlertKind.HOLDER_WROTE, "alma", "m")
    assert life.yes("ben", asks=True).answer.status is Status.ALREADY_CLAIMED


def test_a_claim_says_which_fan_out_revision_and_message_it_came_from():
    # given
    life = offered("alma")
    # when
    [claimed] = life.yes("alma").events
    # then
    assert isinstance(claimed, ShiftClaimed)
    assert (claimed.fanout, claimed.revision, claimed.message_id) == (1, 1, "m")
    assert (claimed.by, claimed.at) == ("caregiver:alma", NOW)


@pytest.mark.fault(11)
def test_of_two_yeses_the_second_is_told_that_the_shift_is_taken():
    # given
    life = claimed("alma", "ben")
    # when
    decision = life.yes("ben")
    # then
    assert decision.answer.status is Status.ALREADY_CLAIMED
    assert life.state.claimed_by == "alma"
    assert [message.body for message in decision.messages] == [
        "Thanks for answering. The shift RN Sun Jul 14 7am-3pm has been taken by someone else."
    ]


@pytest.mark.fault(17)
def test_a_late_yes_is_told_once_however_often_it_comes():
    # given
    life = claimed("alma", "ben")
    life.yes("ben")
    # when
    decision = life.yes("ben")
    # then
    assert decision.answer.status is Status.ALREADY_CLAIMED
    assert "has been taken" in decision.answer.message
    assert (decision.events, decision.messages) == ((), ())


@pytest.mark.fault(10)
def test_the_winner_s_second_yes_is_a_success_and_reassured_once():
    # given
    life = claimed("alma")
    # when
    again, and_again = life.yes("alma"), life.yes("alma")
    # then
    assert again.answer.status is and_again.answer.status is Status.SUCCESS
    assert life.told_to("alma") == ["offer", "confirmation", "already_yours"]
    assert "is already yours" in and_again.answer.message


@pytest.mark.fault(15)
def test_a_yes_after_the_shift_was_called_off_is_told_so():
    # given
    life = offered("alma")
    life.cancel()
    # when
    decision = life.yes("alma")
    # then
    assert decision.answer.status is Status.NO_ACTION
    assert "was called off" in decision.messages[0].body
    [answered] = decision.events
    assert isinstance(answered, YesAnswered)
    assert answered.outcome is ShiftStatus.CANCELLED


@pytest.mark.fault(19)
def test_a_yes_at_the_minute_the_shift_begins_is_too_late_although_the_deadline_was_not_met_yet():
    # given
    life = offered("alma")
    life.now = life.shift.start_time
    # when
    decision = life.yes("alma")
    # then
    assert life.state.status is ShiftStatus.OFFERING
    assert decision.answer.status is Status.NO_ACTION
    assert "has already begun" in decision.messages[0].body


@pytest.mark.fault(19)
def test_a_yes_to_an_unfilled_shift_that_has_begun_is_told_that_it_is_over():
    # given
    life = offered("alma")
    life.no("alma")
    life.now = life.shift.start_time + hours(1)
    # when
    answered, _ = life.yes("alma").events
    # then
    assert isinstance(answered, YesAnswered)
    assert answered.outcome is ShiftStatus.EXPIRED


def test_a_yes_to_a_shift_that_was_called_off_hears_that_even_after_its_start():
    # given
    life = offered("alma")
    life.cancel()
    life.now = life.shift.start_time
    # when
    decision = life.yes("alma")
    # then
    assert "was called off" in decision.messages[0].body


def test_a_yes_the_moment_before_the_start_wins():
    # given
    life = offered("alma")
    life.now = life.shift.start_time - minutes(1)
    # when
    life.yes("alma")
    # then
    assert life.state.claimed_by == "alma"


def test_a_yes_for_a_shift_taken_before_it_began_says_taken_and_not_over():
    # given
    life = claimed("alma", "ben")
    life.now = life.shift.end_time
    # when
    decision = life.yes("ben")
    # then
    assert decision.answer.status is Status.ALREADY_CLAIMED


def test_a_yes_from_somebody_who_was_never_offered_it_changes_nothing_and_names_the_shift():
    # given
    life = offered("alma")
    # when
    decision = life.yes("zoe")
    # then
    assert decision.answer.status is Status.NO_ACTION
    assert decision.answer.message.startswith("RN Sun Jul 14 7am-3pm is not being offered to you.")
    assert (decision.messages, decision.answer.shift_id) == ((), "s1")
    assert willing(decision) == ["zoe"]


def test_a_yes_to_a_shift_that_does_not_exist_changes_nothing():
    decision = decide(ShiftState(), AcceptOffer(at=NOW, by="caregiver:alma", caregiver_id="alma"))
    assert (decision.answer.status, decision.events) == (Status.REFUSED, ())


def test_somebody_told_in_an_earlier_fan_out_is_offered_and_told_anew_in_the_next():
    # given
    life = claimed("alma", "ben")
    life.yes("ben")
    life.release_to("ben", "carla")
    life.yes("carla")
    # when
    life.yes("ben")
    # then
    assert life.told_to("ben") == ["offer", "too_late", "offer", "too_late"]


def test_somebody_left_out_of_two_fan_outs_is_still_remembered():
    # given
    life = claimed("alma", "ben")
    life.release_to("ben")
    life.yes("ben")
    life.release_to("carla")
    # when
    life.yes("alma")
    # then
    assert life.told_to("alma") == ["offer", "confirmation", "release", "too_late"]


@pytest.mark.fault(23)
def test_a_yes_that_overlaps_a_shift_they_hold_is_refused_with_both_named():
    # given
    life = offered("alma", "ben")
    held = a_shift("other", starts=NOW + hours(3), role="LPN")
    # when
    decision = life.yes("alma", held=held)
    # then
    assert decision.answer.status is Status.NO_ACTION
    [refused] = decision.events
    assert isinstance(refused, OverlapRefused)
    assert refused.held_shift_id == "other"
    assert decision.messages[0].body == (
        "You already have LPN Sun Jul 14 8am-4pm, which overlaps RN Sun Jul 14 7am-3pm."
        " That one stays open to others."
    )


def test_the_loser_who_also_overlaps_is_told_that_it_is_taken():
    # given
    life = offered("alma", "ben")
    life.yes("ben")
    # when
    decision = life.yes("alma", held=a_shift("other"))
    # then
    assert decision.answer.status is Status.ALREADY_CLAIMED


def test_the_winner_who_is_running_late_is_thanked_and_the_coordinator_told():
    # given
    life = claimed("alma")
    # when
    decision = life.late("alma")
    # then
    assert life.types == ["lateness_reported", "coordinator_alerted"]
    assert "running late for RN Sun Jul 14" in decision.messages[0].body
    assert life.state.claimed_by == "alma"


@pytest.mark.parametrize("who", ["ben", "zoe"])
def test_somebody_else_who_is_running_late_alarms_nobody(who: str):
    # given
    life = claimed("alma", "ben")
    # when
    decision = life.late(who)
    # then
    assert (decision.answer.status, decision.events) == (Status.ACKNOWLEDGED, ())


def test_running_late_for_a_shift_that_is_over_alarms_nobody():
    # given
    life = claimed("alma")
    life.now = life.shift.end_time
    # when
    decision = life.late("alma")
    # then
    assert decision.events == ()


def test_the_winner_s_yes_after_the_shift_s_end_is_told_that_it_is_over():
    # given
    life = claimed("alma")
    life.no("alma")
    life.now = life.shift.end_time
    # when
    decision, again = life.yes("alma"), life.yes("alma")
    # then
    assert decision.answer.status is Status.NO_ACTION
    assert "is over" in decision.messages[0].body
    assert (again.answer, again.events) == (decision.answer, ())
    # and what they called off stays called off
    assert life.state.drop_requested_at is not None
