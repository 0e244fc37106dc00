"""A coordinator holds a fan-out, lets it go on, or does not wait for its next round."""

from dataclasses import replace
from typing import Any

import pytest

from firstyes.domain.answer import Answer, Refusal
from firstyes.domain.policy import Channel, Round, lasting
from firstyes.domain.shift.commands import NextRound, Order, PauseFanOut, ResumeFanOut
from firstyes.domain.shift.shift import ShiftStatus
from support.builders import NOW, Life, an_offer, claimed, hours, minutes, offered


def told(life: Life, order: type[Order], **more: Any) -> Answer:
    return life.do(order(at=life.now, by="coordinator", **more)).answer


def paused(*names: str) -> Life:
    """Offered to these, and held four minutes later."""
    life = offered(*names)
    life.wait(minutes(4))
    told(life, PauseFanOut)
    return life


def test_nothing_goes_out_while_a_fan_out_is_held():
    # given
    life = paused("alma", "ben")
    assert (life.state.paused, life.state.round_ends_at) == (360, None)
    # when
    life.wait(minutes(30))
    # then
    assert life.deadline().events == ()
    assert life.deadline(unreachable=(1, 0)).messages == ()
    assert life.update(joining=(an_offer("carla"),)).events == ()


def test_a_yes_takes_a_shift_that_is_held():
    life = paused("alma", "ben")
    life.yes("alma")
    assert (life.state.status, life.state.paused) == (ShiftStatus.CLAIMED, None)


def test_a_fan_out_goes_on_with_what_was_left_of_its_round():
    # given
    life = paused("alma", "ben")
    life.wait(minutes(30))
    # when
    answer = told(life, ResumeFanOut)
    # then
    assert "6 min left" in answer.message
    assert life.state.next_deadline == life.now + minutes(6)
    life.deadline(after=minutes(6))
    assert life.types == ["round_started"]


def test_what_is_held_still_ends_at_its_start():
    life = paused("alma")
    assert life.state.next_deadline == NOW + hours(2)
    life.deadline(after=hours(2))
    assert life.state.status is ShiftStatus.EXPIRED
    assert life.state.paused is None


def test_to_hold_or_resume_twice_changes_nothing():
    life = paused("alma")
    assert "paused already" in told(life, PauseFanOut).message
    assert life.types == []
    told(life, ResumeFanOut)
    assert "not paused" in told(life, ResumeFanOut).message
    assert life.types == []


def test_what_is_held_is_not_offered_a_second_time():
    life = paused("alma")
    assert "It is paused." in life.offer_to("alma", "ben").answer.message
    assert life.types == []


def test_everybody_who_declines_ends_what_is_held():
    life = paused("alma")
    life.no("alma")
    assert (life.state.status, life.state.paused) == (ShiftStatus.UNFILLED, None)


def test_what_is_held_can_be_called_off():
    life = paused("alma")
    life.cancel()
    assert (life.state.status, life.state.paused) == (ShiftStatus.CANCELLED, None)


def test_the_next_round_begins_at_once():
    # given
    life = offered("alma", "ben")
    life.no("ben")
    # when
    answer = told(life, NextRound)
    # then
    assert "next round now" in answer.message
    assert [(one.caregiver_id, one.channel) for one in life.last.messages] == [("alma", Channel.VOICE)]
    assert life.state.next_deadline == NOW + minutes(10)


def test_the_next_round_with_nobody_left_for_it_says_that_the_shift_is_unfilled():
    # given
    life = offered("alma")
    # when
    answer = told(life, NextRound, unavailable=frozenset({"alma"}))
    # then
    assert life.state.status is ShiftStatus.UNFILLED
    assert answer.message == "RN Sun Jul 14 7am-3pm is unfilled. Nobody is left who can be reached."


def test_the_next_round_of_what_is_held_lets_it_go_on():
    life = paused("alma")
    told(life, NextRound)
    assert (life.state.round, life.state.paused) == (1, None)


def test_after_the_last_round_there_is_none():
    life = offered("alma", rounds=(Round(channel=Channel.SMS, wait=600),))
    answer = told(life, NextRound)
    assert answer.refusal is Refusal.NOT_OFFERED
    assert "last round" in answer.message


def test_a_round_that_has_not_reached_everybody_is_not_cut_short():
    life = offered("alma")
    life.state = replace(life.state, goes_on_after=1)
    answer = told(life, NextRound)
    assert answer.refusal is Refusal.NOT_OFFERED
    assert "try again in a moment" in answer.message


def test_a_fan_out_that_goes_on_waits_while_it_is_held():
    life = offered("alma")
    life.state = replace(life.state, goes_on_after=1)
    assert life.state.goes_on
    told(life, PauseFanOut)
    assert not life.state.goes_on


def test_only_what_is_being_offered_is_held():
    life = claimed("alma")
    for order in (PauseFanOut, ResumeFanOut, NextRound):
        answer = told(life, order)
        assert answer.refusal is Refusal.NOT_OFFERED
        assert "not being offered" in answer.message


def test_an_order_that_means_another_version_changes_nothing():
    life = offered("alma")
    assert told(life, PauseFanOut, version=1).refusal is Refusal.MOVED_ON
    assert told(life, PauseFanOut, holder="alma").refusal is Refusal.MOVED_ON


def test_what_is_held_in_the_middle_is_not_ended_by_the_noes_of_those_asked_so_far():
    # given: not everybody was asked when it was held
    life = offered("alma")
    life.state = replace(life.state, goes_on_after=1)
    told(life, PauseFanOut)
    # when
    life.no("alma")
    # then
    assert life.types == ["offer_declined"]
    assert life.state.status is ShiftStatus.OFFERING


@pytest.mark.parametrize(
    ("before_start", "left"),
    [(16, 6), (8, 3), (1.5, 0.5), (0.5, 0)],
    ids=["as it was", "in proportion", "a minute for the phones", "phones ring at once"],
)
def test_what_goes_on_near_the_start_leaves_the_phones_their_time(before_start: float, left: float):
    # given: six of ten minutes are left
    life = paused("alma", "ben")
    life.wait(NOW + hours(2) - minutes(before_start) - life.now)
    # when
    answer = told(life, ResumeFanOut)
    # then
    assert life.state.next_deadline == life.now + minutes(left)
    assert f"its round has {lasting(int(left * 60))} left" in answer.message
    life.deadline(after=minutes(left))
    assert life.types == ["round_started"]
    ends_at = life.state.round_ends_at
    assert ends_at is not None
    assert ends_at <= NOW + hours(2)
