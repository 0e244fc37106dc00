"""Offering a shift: who gets it, what goes out, and that it happens once."""

import pytest

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import LeftOut, Outcome, Refusal, Status
from firstyes.domain.policy import DEFAULT_ROUNDS, Channel, Round
from firstyes.domain.shift.commands import Outreach, StartFanOut
from firstyes.domain.shift.decide import decide
from firstyes.domain.shift.events import FanOutStarted
from firstyes.domain.shift.fan_out import refuse_fan_out
from firstyes.domain.shift.shift import ShiftStatus
from firstyes.domain.shift.state import ShiftState
from support.builders import (
    CHICAGO,
    NOW,
    Life,
    a_shift,
    an_offer,
    an_outreach,
    claimed,
    hours,
    minutes,
    offered,
)


def test_everybody_is_texted_in_the_first_round():
    # given
    life = Life()
    # when
    decision = life.offer_to("alma", "ben")
    # then
    assert decision.answer.status is Status.SUCCESS
    assert decision.answer.message == (
        "Fan-out initiated: RN Sun Jul 14 7am-3pm offered to 2 caregivers."
        " Texts go out now, phones ring after 10 min; after 20 min without a yes you are alerted."
    )
    assert (decision.answer.outcome, decision.answer.offered) == (Outcome.STARTED, 2)
    assert decision.answer.plan == DEFAULT_ROUNDS
    assert [(one.caregiver_id, one.channel, one.fanout) for one in decision.messages] == [
        ("alma", Channel.SMS, 1),
        ("ben", Channel.SMS, 1),
    ]
    assert decision.messages[0].body == (
        "Lakeside: Open shift RN Sun Jul 14 7am-3pm. Reply YES 28 to take it, NO 28 to pass."
    )
    assert life.state.next_deadline == NOW + minutes(10)


def test_a_second_request_while_the_fan_out_is_live_texts_nobody():
    # given
    life = offered("alma", "ben")
    # when
    decision = life.offer_to("alma", "ben", "carla")
    # then
    assert decision.answer.status is Status.SUCCESS
    assert decision.answer.message == (
        "Fan-out already initiated: RN Sun Jul 14 7am-3pm is being offered to 2 caregivers."
    )
    assert (decision.events, decision.messages) == ((), ())
    assert (decision.answer.outcome, decision.answer.offered) == (Outcome.ALREADY_INITIATED, 2)


def test_row_33_nobody_to_offer_is_told_apart_by_a_field():
    decision = Life().offer_to()
    assert decision.answer.status is Status.SUCCESS
    assert (decision.answer.outcome, decision.answer.offered) == (Outcome.NOBODY_TO_OFFER, 0)


def test_somebody_named_twice_is_offered_the_shift_once():
    # given
    life = Life()
    outreach = Outreach(
        offers=(an_offer("alma", "27"), an_offer("alma", "28"), an_offer("ben", "29")),
        rounds=an_outreach().rounds,
    )
    # when
    decision = life.do(StartFanOut(at=NOW, by="coordinator", outreach=outreach))
    # then
    assert [one.caregiver_id for one in decision.messages] == ["alma", "ben"]
    assert life.state.undecided == len(life.state.offers) == 2


def test_when_nobody_qualifies_the_coordinator_is_alerted_and_the_shift_is_unfilled():
    # given
    life = Life()
    # when
    decision = life.do(
        StartFanOut(at=NOW, by="coordinator", outreach=Outreach(offers=(), rounds=an_outreach().rounds))
    )
    # then
    assert decision.answer.status is Status.SUCCESS
    assert "The coordinator has been alerted." in decision.answer.message
    assert life.types == ["shift_unfilled", "coordinator_alerted"]
    assert life.state.status is ShiftStatus.UNFILLED
    assert life.events[-1].kind is AlertKind.NOBODY_QUALIFIES


def test_the_coordinator_is_told_times_in_the_organization_s_zone():
    # given
    life = Life(a_shift(time_zone=None))
    outreach = Outreach(offers=(), rounds=an_outreach().rounds, zone=CHICAGO)
    # when
    life.do(StartFanOut(at=NOW, by="coordinator", outreach=outreach))
    # then
    assert life.events[-1].message.startswith("RN Sun Jul 14 7am-3pm is unfilled.")


def test_after_an_unfilled_fan_out_a_new_one_starts():
    # given
    life = offered("alma")
    life.no("alma")
    # when
    [started] = life.offer_to("alma").events
    # then
    assert isinstance(started, FanOutStarted)
    assert (started.fanout, started.revision) == (2, 1)
    assert not life.state.offers["alma"].declined


def test_a_first_round_by_voice_is_a_call():
    # given
    life = Life()
    # when
    [message] = life.offer_to("alma", rounds=(Round(channel=Channel.VOICE, wait=60),)).messages
    # then
    assert message.channel is Channel.VOICE
    assert message.body == (
        "This is Lakeside, about an open R N shift. Today, Sunday, July 14, from 7 AM to 3 PM."
        " Press 1 to take it, 2 to pass, 3 to hear it again."
    )


def test_a_shift_that_is_over_is_offered_to_nobody():
    # given
    life = Life()
    life.now = life.shift.end_time
    # when
    decision = life.offer_to("alma")
    # then
    assert decision.answer.refusal is Refusal.CLOSED
    assert decision.events == ()


def test_row_29_a_shift_that_began_while_it_was_being_offered_can_be_offered_anew_at_once():
    # given
    life = offered("alma")
    life.now = life.shift.start_time
    # when
    decision = life.offer_to("alma")
    # then
    assert decision.answer.outcome is Outcome.STARTED
    assert life.yes("alma").answer.status is Status.SUCCESS


@pytest.mark.fault(34)
def test_row_70_a_shift_that_expired_by_a_clock_that_jumped_can_be_offered_again():
    # given
    life = offered("alma")
    life.now = life.shift.start_time
    life.deadline()
    assert life.state.status is ShiftStatus.EXPIRED
    life.now = NOW
    # when
    decision = life.offer_to("alma")
    # then
    assert decision.answer.outcome is Outcome.STARTED
    assert life.state.next_deadline == NOW + minutes(10)
    assert life.yes("alma").answer.status is Status.SUCCESS


def test_row_70_a_fan_out_that_a_clock_began_which_ran_ahead_can_be_begun_anew():
    # given
    life = Life(a_shift(starts=NOW + hours(50)))
    life.wait(hours(24))
    life.offer_to("alma")
    life.no("alma")
    life.offer_to("alma", "bea")
    # when
    life.now = NOW + hours(24) - minutes(2)
    again = life.offer_to("alma", "bea")
    life.now = NOW
    anew = life.offer_to("alma", "bea")
    # then
    assert (again.answer.outcome, anew.answer.outcome) == (Outcome.ALREADY_INITIATED, Outcome.STARTED)
    assert life.yes("alma").answer.status is Status.SUCCESS


def test_row_58_a_fan_out_that_names_an_older_version_does_nothing():
    # given
    life = Life()
    command = StartFanOut(at=NOW, by="coordinator", outreach=an_outreach("alma"), version=2)
    # when
    decision = life.do(command)
    # then
    assert (decision.answer.refusal, decision.events) == (Refusal.MOVED_ON, ())
    assert life.do(command.model_copy(update={"version": 1})).answer.outcome is Outcome.STARTED


def test_row_31_those_left_out_are_named_with_the_reason():
    # given
    life = Life()
    told = tuple(
        LeftOut(caregiver_id=name, name=name.title(), reason="wants no texts") for name in ("bo", "cy")
    )
    outreach = an_outreach("alma").model_copy(update={"told": told})
    # when
    decision = life.do(StartFanOut(at=NOW, by="coordinator", outreach=outreach))
    # then
    assert decision.answer.message.endswith(" Left out: Bo (wants no texts), Cy (wants no texts).")
    assert decision.answer.left_out == told


def test_row_31_of_many_left_out_a_few_are_named_in_the_words():
    # given
    life = Life()
    told = tuple(LeftOut(caregiver_id=name, name=name, reason="is not active") for name in "abcde")
    outreach = Outreach(offers=(), rounds=an_outreach().rounds, told=told)
    # when
    decision = life.do(StartFanOut(at=NOW, by="coordinator", outreach=outreach))
    # then
    assert (
        "Left out: a (is not active), b (is not active), c (is not active), 2 more."
        in decision.answer.message
    )


def test_a_shift_that_is_taken_is_not_offered_again():
    # given
    life = claimed("alma")
    # when
    decision = life.offer_to("ben")
    # then
    assert decision.answer.refusal is Refusal.ALREADY_CLAIMED
    assert decision.answer.message == "RN Sun Jul 14 7am-3pm is already claimed."


def test_a_shift_that_was_called_off_is_not_offered_again():
    # given
    life = Life()
    life.cancel()
    # when
    decision = life.offer_to("ben")
    # then
    assert decision.answer.refusal is Refusal.CLOSED


def test_an_unknown_shift_cannot_be_offered():
    decision = decide(ShiftState(), StartFanOut(at=NOW, by="coordinator", outreach=an_outreach("alma")))
    assert decision.answer.refusal is Refusal.UNKNOWN
    assert refuse_fan_out(ShiftState(), NOW) == decision.answer


def test_a_fan_out_that_can_start_is_not_refused():
    assert refuse_fan_out(Life().state, NOW) is None
