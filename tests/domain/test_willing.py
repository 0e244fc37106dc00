"""A yes that no longer finds its fan-out: it takes the shift while that stands empty, or a person hears of it."""

import pytest

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Choice, Status
from firstyes.domain.decision import Decision
from firstyes.domain.shift.commands import Obstacle
from firstyes.domain.shift.events import AnyShiftEvent, CoordinatorAlerted, ShiftClaimed
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import NOW, Life, a_shift, hours, minutes, offered


def willing(decision: Decision[AnyShiftEvent]) -> list[str | None]:
    """Whom the coordinator was told of as somebody who would come."""
    alerts = [one for one in decision.events if isinstance(one, CoordinatorAlerted)]
    assert all(one.message_id == "m" for one in alerts)
    return [one.caregiver_id for one in alerts if one.kind is AlertKind.WILLING]


def test_row_16_whoever_was_the_only_one_asked_and_said_no_has_the_shift_by_a_later_yes():
    # given
    life = offered("alma")
    life.no("alma")
    # when
    decision = life.yes("alma")
    # then
    assert decision.answer.status is Status.SUCCESS
    assert (life.state.status, life.state.claimed_by) == (ShiftStatus.CLAIMED, "alma")


def test_row_15_an_unfilled_shift_goes_to_the_first_yes_of_anybody_who_was_offered_it():
    # given
    life = Life(a_shift(starts=NOW + hours(26)))
    life.offer_to("alma", "ben")
    life.remain_unfilled()
    # when
    first, second = life.yes("ben"), life.yes("alma")
    # then
    assert (first.answer.status, second.answer.status) == (Status.SUCCESS, Status.ALREADY_CLAIMED)
    assert life.state.claimed_by == "ben"


def test_row_15_an_offer_of_an_earlier_fan_out_stands_beside_a_new_one():
    # given
    life = Life(a_shift(starts=NOW + hours(26)))
    life.offer_to("alma")
    life.no("alma")
    life.offer_to("ben")
    # when
    life.yes("alma")
    # then
    assert life.state.claimed_by == "alma"
    [claimed] = life.last.events
    assert isinstance(claimed, ShiftClaimed)
    assert claimed.fanout == 1


def test_row_15_an_offer_of_data_that_were_replaced_takes_nothing_and_somebody_hears_of_it():
    # given
    life = offered("alma")
    life.no("alma")
    life.post(a_shift(starts=NOW + hours(3)))
    # when
    first, second = life.yes("alma"), life.yes("alma")
    # then
    assert first.answer.status is second.answer.status is Status.NO_ACTION
    assert first.messages[0].body == (
        "Thanks for answering. The shift RN Sun Jul 14 8am-4pm was changed to this since our offer."
        " We told your coordinator you can come."
    )
    assert willing(first) == willing(second) == ["alma"]
    assert second.messages == ()


@pytest.mark.parametrize("obstacle", [Obstacle.ROLE, Obstacle.INACTIVE])
def test_row_26_whoever_does_not_qualify_any_more_is_refused_and_a_person_decides(obstacle: Obstacle):
    # given
    life = offered("alma", "ben")
    # when
    decision = life.yes("alma", obstacle=obstacle)
    # then
    assert (decision.answer.status, life.state.claimed_by) == (Status.NO_ACTION, None)
    assert "not being offered to you any more" in decision.messages[0].body
    assert willing(decision) == ["alma"]


def test_row_26_once_somebody_else_has_it_nobody_is_called():
    # given
    life = offered("alma", "ben")
    life.yes("ben")
    # when
    decision = life.yes("alma", obstacle=Obstacle.ROLE)
    # then
    assert decision.answer.status is Status.ALREADY_CLAIMED
    assert willing(decision) == []


def test_row_24_a_yes_from_a_former_phone_only_calls_a_person():
    # given
    life = offered("alma")
    # when
    decision = life.yes("alma", obstacle=Obstacle.FORMER_PHONE)
    # then
    assert (decision.answer.status, decision.messages) == (Status.NO_ACTION, ())
    assert willing(decision) == ["alma"]


@pytest.mark.parametrize(
    ("lasts", "told", "called"),
    [
        (hours(8), "has already begun. We told your coordinator you can come.", True),
        (minutes(15), "is over: its start time has passed.", False),
    ],
)
def test_row_17_a_yes_after_the_start_hears_the_truth_and_the_coordinator_of_the_willing(lasts, told, called):
    # given
    life = Life(a_shift(lasts=lasts))
    life.offer_to("alma", language="en")
    life.now = life.shift.start_time + minutes(20)
    life.deadline()
    # when
    decision = life.yes("alma")
    # then
    assert decision.messages[0].body.endswith(told)
    assert willing(decision) == ["alma"] * called


def test_row_17_in_spanish():
    # given
    life = offered("alma", language="es")
    life.now = life.shift.start_time + minutes(1)
    # then
    assert life.yes("alma").messages[0].body.endswith("ya empezo. Avisamos a su coordinador que usted puede.")


def test_row_19_the_answer_that_tells_what_closed_names_what_is_open():
    # given
    life = offered("alma", "ben")
    life.yes("ben")
    # when
    decision = life.yes("alma", open=(Choice(code="11", shift_id="s2", text="RN Wed Jul 17 7am-3pm"),))
    # then
    [message] = decision.messages
    assert message.body == (
        "Thanks for answering. The shift RN Sun Jul 14 7am-3pm has been taken by someone else."
        " Still open: reply YES 11 (RN Wed Jul 17 7am-3pm)."
    )
    assert message.opens == ("11",)
    assert [one.code for one in decision.answer.choices] == ["11"]


def test_row_60_a_mere_ok_after_ones_own_no_is_asked_about_once():
    # given
    life = offered("alma", "ben")
    life.no("alma")
    # when
    first, second = life.yes("alma", explicit=False), life.yes("alma", explicit=False)
    # then
    assert first.answer.status is second.answer.status is Status.CLARIFY
    assert [one.code for one in first.answer.choices] == ["28"]
    [message] = first.messages
    assert message.opens == ("28",)
    assert message.body == (
        "Do you want the shift RN Sun Jul 14 7am-3pm? Reply YES 28 to take it, NO 28 to pass."
    )
    assert (second.events, second.messages) == ((), ())
    assert life.yes("alma").answer.status is Status.SUCCESS


def test_row_60_an_older_yes_that_comes_after_a_newer_no_is_asked_about():
    # given
    life = offered("alma", "ben", language="es")
    life.wait(minutes(5))
    life.no("alma", written=minutes(1))
    # when
    decision = life.yes("alma", written=minutes(2))
    # then
    assert decision.answer.status is Status.CLARIFY
    assert decision.messages[0].body.startswith("Quiere el turno")
    assert life.yes("alma", written=minutes(1)).answer.status is Status.SUCCESS


@pytest.mark.parametrize(("ahead", "status"), [(2, Status.SUCCESS), (2.1, Status.CLARIFY)])
def test_row_60_a_yes_written_over_two_minutes_before_its_offer_is_asked_about(ahead: float, status: Status):
    # given
    life = offered("alma")
    # then
    assert life.yes("alma", written=minutes(ahead)).answer.status is status


def test_row_60_a_yes_to_the_first_of_two_offers_of_the_same_shift_was_not_written_too_early():
    # given
    life = Life(a_shift(starts=NOW + hours(26)))
    life.offer_to("alma")
    life.no("alma")
    life.wait(hours(1))
    life.offer_to("alma")
    life.wait(minutes(1))
    # then
    assert life.yes("alma", written=minutes(30)).answer.status is Status.SUCCESS


def test_row_62_an_overlapping_yes_is_answered_by_one_text():
    # given
    life = offered("alma", "ben")
    # when
    answers = [life.yes("alma", held=a_shift("other")).answer for _ in range(40)]
    # then
    assert life.told_to("alma") == ["offer", "overlap"]
    assert len(set(answers)) == 1
    # when
    life.yes("alma", held=a_shift("another"))
    # then
    assert life.told_to("alma") == ["offer", "overlap", "overlap"]
