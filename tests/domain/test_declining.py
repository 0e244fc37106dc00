"""A no, and what it means from somebody who has the shift."""

from datetime import timedelta

import pytest

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Status
from firstyes.domain.message import Purpose
from firstyes.domain.shift.commands import DeclineOffer
from firstyes.domain.shift.decide import decide
from firstyes.domain.shift.events import CoordinatorAlerted
from firstyes.domain.shift.shift import ShiftStatus
from firstyes.domain.shift.state import ShiftState
from support.builders import NOW, claimed, hours, minutes, offered


def test_a_no_is_noted_and_answered_by_no_text():
    # given
    life = offered("alma", "ben")
    # when
    decision = life.no("alma")
    # then
    assert (decision.answer.status, decision.messages) == (Status.ACKNOWLEDGED, ())
    assert life.types == ["offer_declined"]
    assert life.state.offers["alma"].declined
    assert life.state.status is ShiftStatus.OFFERING


def test_when_everybody_has_said_no_the_coordinator_is_alerted_at_once():
    # given
    life = offered("alma", "ben")
    life.no("alma")
    # when
    life.no("ben")
    # then
    assert life.types == ["offer_declined", "shift_unfilled", "coordinator_alerted"]
    alert = life.events[-1]
    assert isinstance(alert, CoordinatorAlerted)
    assert alert.kind is AlertKind.EVERYBODY_DECLINED
    assert alert.message == "RN Sun Jul 14 7am-3pm is unfilled. Everybody who was offered it said no."


@pytest.mark.fault(18)
def test_the_winner_s_no_asks_for_a_way_out_and_does_not_give_the_shift_back():
    # given
    life = claimed("alma", "ben")
    # when
    decision = life.no("alma")
    # then
    assert life.types == ["drop_requested", "coordinator_alerted"]
    assert life.state.claimed_by == "alma"
    assert "stays yours until they confirm" in decision.messages[0].body
    assert decision.messages[0].purpose is Purpose.DROP_NOTED


@pytest.mark.fault(18)
def test_row_62_the_winner_s_further_noes_are_collected_and_answered_by_no_other_text():
    # given
    life = claimed("alma")
    life.no("alma")
    # when
    decision = life.no("alma")
    # then
    assert (life.types, decision.messages) == (["coordinator_alerted"], ())
    assert "stays yours" in decision.answer.message


def test_row_60_the_winner_s_older_no_calls_the_coordinator_all_the_same():
    # given
    life = claimed("alma", "ben")
    # when
    life.no("alma", written=minutes(3))
    # then
    assert life.types == ["drop_requested", "coordinator_alerted"]
    assert life.state.claimed_by == "alma"


def test_row_62_running_late_again_and_again_is_one_text_and_one_matter():
    # given
    life = claimed("alma", "ben")
    life.late("alma")
    # when
    decision = life.late("alma")
    # then
    assert (life.types, decision.messages) == (["coordinator_alerted"], ())
    assert "running late" in decision.answer.message


def test_a_no_by_its_code_is_noted_when_the_outreach_is_over_and_ends_nothing():
    # given
    life = offered("alma", "ben")
    life.remain_unfilled()
    # when
    life.no("alma")
    life.no("ben")
    # then
    assert life.types == ["offer_declined"]
    assert life.state.offers["alma"].declined
    assert life.state.status is ShiftStatus.UNFILLED


def test_a_no_to_an_offer_of_an_earlier_fan_out_does_not_end_the_present_one():
    # given
    life = offered("alma")
    life.deadline(unreachable=(1, 0))
    life.deadline(unreachable=(1, 1))
    life.offer_to("ben")
    # when
    life.no("alma")
    # then
    assert life.types == ["offer_declined"]
    assert life.state.status is ShiftStatus.OFFERING


@pytest.mark.fault(18)
def test_the_winner_who_changes_their_mind_again_stays_and_the_coordinator_knows():
    # given
    life = claimed("alma")
    life.yes("alma")
    life.no("alma")
    # when
    decision = life.yes("alma")
    # then
    assert decision.answer.status is Status.SUCCESS
    assert life.types == ["yes_answered"]
    assert not life.state.drop_requested_at


@pytest.mark.parametrize(("explicit", "written"), [(False, minutes(0)), (True, minutes(2))])
def test_row_60_an_ok_or_an_older_yes_takes_no_calling_off_back(explicit: bool, written: timedelta):
    """Row 60: the time of writing decides between messages of one person, and "ok" only takes note."""
    # given
    life = claimed("alma")
    life.no("alma", written=minutes(1))
    # when
    decision = life.yes("alma", explicit=explicit, written=written)
    # then
    assert (decision.answer.status, decision.events, decision.messages) == (Status.ACKNOWLEDGED, (), ())
    assert life.state.drop_requested_at == NOW - minutes(1)


def test_a_no_after_the_shift_is_over_alarms_nobody():
    # given
    life = claimed("alma")
    life.now = life.shift.end_time + hours(1)
    # when
    decision = life.no("alma")
    # then
    assert (decision.answer.status, decision.events) == (Status.ACKNOWLEDGED, ())


@pytest.mark.parametrize("who", ["zoe", ""])
def test_a_no_from_somebody_who_was_not_offered_it_changes_nothing(who: str):
    # given
    life = offered("alma")
    # when
    decision = life.no(who)
    # then
    assert (decision.answer.status, decision.events) == (Status.ACKNOWLEDGED, ())


def test_a_no_to_a_shift_that_does_not_exist_changes_nothing():
    decision = decide(ShiftState(), DeclineOffer(at=NOW, by="caregiver:alma", caregiver_id="alma"))
    assert (decision.answer.shift_id, decision.events) == (None, ())
