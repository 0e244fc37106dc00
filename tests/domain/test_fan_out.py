"""Offering a shift: who gets it, what goes out, and that it happens once."""

import pytest

from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Refusal, Status
from firstyes.domain.fan_out import make_offers, refuse_fan_out, who_is_offered
from firstyes.domain.policy import Channel, Round
from firstyes.domain.shift import ShiftStatus
from firstyes.domain.shift_commands import Outreach, StartFanOut
from firstyes.domain.shift_decide import decide
from firstyes.domain.shift_events import CoordinatorAlerted, FanOutStarted
from firstyes.domain.shift_state import ShiftState
from support.builders import (
    CHICAGO,
    NOW,
    Life,
    a_candidate,
    a_caregiver,
    a_shift,
    an_offer,
    an_outreach,
    hours,
    minutes,
)


def test_everybody_is_texted_in_the_first_round():
    # given
    life = Life()
    # when
    decision = life.offer_to("alma", "ben")
    # then
    assert decision.answer.status is Status.SUCCESS
    assert decision.answer.message == "Fan-out initiated: RN Sun Jul 14 7am-3pm offered to 2 caregivers."
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
    life = Life()
    life.offer_to("alma", "ben")
    # when
    decision = life.offer_to("alma", "ben", "carla")
    # then
    assert decision.answer.status is Status.SUCCESS
    assert decision.answer.message == (
        "Fan-out already initiated: RN Sun Jul 14 7am-3pm is being offered to 2 caregivers."
    )
    assert (decision.events, decision.messages) == ((), ())


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
    life = Life()
    life.offer_to("alma")
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
        "Lakeside. There is an open shift: RN Sun Jul 14 7am-3pm. Press 1 to take it, 2 to pass."
    )


def test_a_shift_that_has_begun_is_offered_to_nobody():
    # given
    life = Life()
    life.now = life.shift.start_time
    # when
    decision = life.offer_to("alma")
    # then
    assert decision.answer.refusal is Refusal.ALREADY_BEGUN
    assert decision.events == ()


def test_a_shift_that_began_while_it_was_being_offered_is_not_called_under_way():
    # given
    life = Life()
    life.offer_to("alma")
    life.now = life.shift.start_time
    # when
    decision = life.offer_to("alma")
    # then
    assert decision.answer.refusal is Refusal.ALREADY_BEGUN


@pytest.mark.fault(34)
def test_an_expired_shift_is_not_offered_again_when_the_clock_jumps_back():
    # given
    life = Life()
    life.now = life.shift.start_time
    life.deadline()
    life.now = NOW
    # when
    decision = life.offer_to("alma")
    # then
    assert decision.answer.refusal is Refusal.ALREADY_BEGUN


def test_a_shift_that_is_taken_is_not_offered_again():
    # given
    life = Life()
    life.offer_to("alma")
    life.yes("alma")
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


@pytest.mark.parametrize(
    ("caregiver", "opted_out"),
    [
        (a_caregiver(roles=("LPN",)), False),
        (a_caregiver(active=False), False),
        (a_caregiver(organization_id="riverside"), False),
        (a_caregiver(), True),
    ],
    ids=["other role", "inactive", "other organization", "opted out"],
)
def test_who_does_not_qualify_is_not_offered_the_shift(caregiver, opted_out):
    candidates = [a_candidate(caregiver, opted_out=opted_out)]
    assert who_is_offered(Life().state, candidates) == []


@pytest.mark.parametrize("role", ["RN", "rn", " Rn "])
def test_roles_are_compared_without_case_and_blanks(role: str):
    # given
    life = Life(a_shift(role=" rN  "))
    candidate = a_candidate(a_caregiver(roles=("CNA", role)))
    # then
    assert who_is_offered(life.state, [candidate]) == [candidate]


def test_a_shift_that_does_not_exist_is_offered_to_nobody():
    assert who_is_offered(ShiftState(), [a_candidate(a_caregiver())]) == []


def test_whoever_gave_the_shift_back_is_not_offered_it_again():
    # given
    life = Life()
    life.offer_to("alma", "ben")
    life.yes("alma")
    alma, ben = a_candidate(a_caregiver("alma")), a_candidate(a_caregiver("ben"))
    # then
    assert who_is_offered(life.state, [alma, ben], leave_out="alma") == [ben]
    life.release_to("ben")
    assert who_is_offered(life.state, [alma, ben]) == [ben]


@pytest.mark.fault(22)
def test_offers_say_whom_they_are_for_where_several_share_the_phone():
    # given
    chosen = [
        a_candidate(a_caregiver("alma", name="Alma Reyes"), contact_id=1),
        a_candidate(a_caregiver("ivo", name="Ivo Reyes"), contact_id=1),
        a_candidate(a_caregiver("ben", name="Ben Okafor", language="es"), contact_id=2),
    ]
    # when
    offers = make_offers(chosen, {"alma": "27", "ivo": "31", "ben": "40"})
    # then
    assert [(one.code, one.initials, one.language) for one in offers] == [
        ("27", "AR", "en"),
        ("31", "IR", "en"),
        ("40", None, "es"),
    ]
    # when
    life = Life()
    outreach = Outreach(offers=offers, rounds=an_outreach().rounds)
    decision = life.do(StartFanOut(at=NOW, by="coordinator", outreach=outreach))
    # then
    assert [one.body for one in decision.messages] == [
        "AR: Open shift RN Sun Jul 14 7am-3pm. Reply YES 27 to take it, NO 27 to pass.",
        "IR: Open shift RN Sun Jul 14 7am-3pm. Reply YES 31 to take it, NO 31 to pass.",
        "Turno RN dom 14 jul 7am-3pm. Responda SI 40 para aceptar, NO 40 para pasar.",
    ]


def test_the_alert_is_of_the_shift_and_by_whoever_asked():
    # given
    life = Life()
    life.wait(hours(1))
    # when
    life.do(StartFanOut(at=life.now, by="token:x", outreach=Outreach(offers=(), rounds=an_outreach().rounds)))
    # then
    alert = life.events[-1]
    assert isinstance(alert, CoordinatorAlerted)
    assert (alert.by, alert.at) == ("token:x", NOW + hours(1))
