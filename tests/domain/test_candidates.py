"""Who with the role is offered a shift, who is left out, and what is said about it."""

from dataclasses import replace

import pytest

from firstyes.domain.shift.candidates import (
    choose,
    describe_left_out,
    make_offers,
    omissions,
    reason,
)
from firstyes.domain.shift.commands import Outreach, StartFanOut
from firstyes.domain.shift.events import WhyLeftOut
from firstyes.domain.shift.state import ShiftState
from support.builders import (
    CHICAGO,
    NOW,
    Life,
    a_candidate,
    a_caregiver,
    a_shift,
    an_outreach,
    claimed,
)


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
    assert choose(Life().state, candidates).chosen == []


@pytest.mark.parametrize("role", ["RN", "rn", " Rn "])
def test_roles_are_compared_without_case_and_blanks(role: str):
    # given
    life = Life(a_shift(role=" rN  "))
    candidate = a_candidate(a_caregiver(roles=("CNA", role)))
    # then
    assert choose(life.state, [candidate]).chosen == [candidate]


def test_a_shift_that_does_not_exist_is_offered_to_nobody():
    assert choose(ShiftState(), [a_candidate(a_caregiver())]).chosen == []


def test_whoever_gave_the_shift_back_is_not_offered_it_again():
    # given
    life = claimed("alma", "ben")
    alma, ben = a_candidate(a_caregiver("alma")), a_candidate(a_caregiver("ben"))
    # then
    assert choose(life.state, [alma, ben], leave_out="alma").chosen == [ben]
    life.release_to("ben")
    assert choose(life.state, [alma, ben]).chosen == [ben]


@pytest.mark.fault(22)
def test_offers_say_whom_they_are_for_where_several_share_the_phone():
    # given
    chosen = [
        a_candidate(a_caregiver("alma", name="Alma Reyes"), contact_id=1, shares=True),
        a_candidate(a_caregiver("ivo", name="Ivo Reyes"), contact_id=1, shares=True),
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


def test_row_28_whoever_has_an_overlapping_shift_is_left_out_with_the_reason_shown():
    # given
    held = a_shift("other", role="LPN")
    busy, free = a_candidate(a_caregiver("alma"), held=held), a_candidate(a_caregiver("ben"))
    # when
    selected = choose(Life().state, [busy, free])
    # then
    assert selected.chosen == [free]
    assert [(one.caregiver_id, one.reason) for one in describe_left_out(selected.left_out, CHICAGO)] == [
        ("alma", "has LPN Sun Jul 14 7am-3pm at that time")
    ]
    [kept] = omissions(selected.left_out)
    assert (kept.caregiver_id, kept.why, kept.held_shift_id) == ("alma", WhyLeftOut.OTHER_SHIFT, "other")


def test_row_31_each_reason_is_the_true_one():
    # given
    life = claimed("gone", "ben")
    life.release_to("ben")
    people = [
        a_candidate(a_caregiver("gone")),
        a_candidate(a_caregiver("off", active=False)),
        a_candidate(a_caregiver("deaf"), opted_out=True),
        replace(a_candidate(a_caregiver("silent")), consented=False),
        a_candidate(a_caregiver("lost"), doubted=True),
        a_candidate(a_caregiver("other", organization_id="riverside")),
        a_candidate(a_caregiver("aide", roles=("CNA",))),
    ]
    # when
    selected = choose(life.state, people)
    # then
    assert selected.chosen == []
    assert {one.caregiver_id: one.why for one in omissions(selected.left_out)} == {
        "gone": WhyLeftOut.GAVE_IT_BACK,
        "off": WhyLeftOut.INACTIVE,
        "deaf": WhyLeftOut.OPTED_OUT,
        "silent": WhyLeftOut.NO_CONSENT,
        "lost": WhyLeftOut.NUMBER_IN_DOUBT,
    }
    assert all(one.reason for one in describe_left_out(selected.left_out, None))


@pytest.mark.parametrize("why", WhyLeftOut)
def test_every_reason_has_words(why: WhyLeftOut):
    assert reason(why)


def test_row_68_whoever_has_no_code_is_made_no_offer():
    chosen = [a_candidate(a_caregiver("alma")), a_candidate(a_caregiver("ben"))]
    assert [one.caregiver_id for one in make_offers(chosen, {"ben": "27"})] == ["ben"]
