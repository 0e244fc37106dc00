"""Organizations and caregivers: created, replaced, and refused where they are somebody else's."""

import pytest

from firstyes.actors.journal.port import Journal
from firstyes.domain.answer import Refusal, Status
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.organization import Organization
from firstyes.domain.policy import DEFAULT_ROUNDS, Channel, Round
from support.kept import LAKESIDE, LAKESIDE_PHONE, NOW, Kept


def a_caregiver(caregiver_id: str = "cleo", organization_id: str = LAKESIDE, **more: object) -> Caregiver:
    fields = {"name": "Cleo", "roles": ("RN", "LPN"), "phone": "+13125550777", **more}
    return Caregiver.model_validate({"id": caregiver_id, "organization_id": organization_id, **fields})


def everybody(journal: Journal) -> dict[str, Caregiver]:
    return {one.id: one for one in journal.caregivers(None, None, 100).items}


@pytest.mark.parametrize(
    "organization",
    [
        Organization(id="bare"),
        Organization(
            id="full", name="Full", time_zone="America/Chicago", phones=("+13125550001", "+15550002")
        ),
        Organization(id="rounds", rounds=(*DEFAULT_ROUNDS, Round(channel=Channel.SMS, wait=5))),
    ],
)
def test_an_organization_comes_back_as_it_was_put(journal: Journal, organization: Organization) -> None:
    assert journal.put_organization(organization, NOW).status is Status.SUCCESS
    assert journal.organization(organization.id) == organization


def test_an_unknown_organization_is_none(journal: Journal) -> None:
    assert journal.organization("nowhere") is None


def test_an_organization_can_be_replaced_and_gives_up_its_numbers(kept: Kept) -> None:
    # when
    renamed = Organization(id=LAKESIDE, name="New", phones=("+13125550101",))
    kept.journal.put_organization(renamed, NOW)
    # then
    assert kept.journal.organization(LAKESIDE) == renamed
    assert kept.contact("alma", LAKESIDE_PHONE).dialled is None
    assert kept.contact("alma", "+13125550101").dialled == LAKESIDE


def test_a_number_of_another_organization_is_refused_and_nothing_is_changed(kept: Kept) -> None:
    # when
    answer = kept.journal.put_organization(Organization(id="hilltop", phones=(LAKESIDE_PHONE,)), NOW)
    # then
    assert answer.refusal is Refusal.OTHER_OWNER
    assert kept.journal.organization("hilltop") is None


def test_a_caregiver_comes_back_as_they_were_put(kept: Kept) -> None:
    cleo = a_caregiver(language="es", active=False)
    assert kept.journal.put_caregivers([cleo], NOW)[0].status is Status.SUCCESS
    assert everybody(kept.journal)["cleo"] == cleo


def test_a_caregiver_can_be_replaced_and_loses_old_roles(kept: Kept) -> None:
    kept.journal.put_caregivers([a_caregiver()], NOW)
    kept.journal.put_caregivers([a_caregiver(roles=(" cna",), name="C.")], NOW)
    assert everybody(kept.journal)["cleo"].name == "C."
    assert [one.caregiver.id for one in kept.journal.candidates(LAKESIDE, "lpn")] == []
    assert [one.caregiver.id for one in kept.journal.candidates(LAKESIDE, "cna")] == ["cleo"]


def test_each_caregiver_is_answered_by_itself_in_order(kept: Kept) -> None:
    # given
    kept.journal.put_organization(Organization(id="hilltop"), NOW)
    people = [
        a_caregiver("one"),
        a_caregiver("two", "nowhere"),
        a_caregiver("alma", "hilltop"),
        a_caregiver("three", phone="+13125550778"),
    ]
    # when
    answers = kept.journal.put_caregivers(people, NOW)
    # then
    assert [one.refusal for one in answers] == [None, Refusal.UNKNOWN, Refusal.OTHER_OWNER, None]
    assert set(everybody(kept.journal)) == {"alma", "bea", "one", "three"}


def test_of_one_id_given_twice_the_last_is_kept_and_another_owner_is_refused(kept: Kept) -> None:
    kept.journal.put_organization(Organization(id="hilltop"), NOW)
    people = [a_caregiver(), a_caregiver(name="Second"), a_caregiver(organization_id="hilltop")]
    answers = kept.journal.put_caregivers(people, NOW)
    assert [one.refusal for one in answers] == [None, None, Refusal.OTHER_OWNER]
    assert everybody(kept.journal)["cleo"].name == "Second"


def test_nobody_to_put_is_no_answer(journal: Journal) -> None:
    assert journal.put_caregivers([], NOW) == []


def test_thousands_are_put_in_several_commits(kept: Kept, gate) -> None:
    # given
    commits = gate.commits
    people = [a_caregiver(f"c{number}", phone=f"+1312{number:07}") for number in range(2_500)]
    # when
    answers = kept.journal.put_caregivers(people, NOW)
    # then
    assert len(answers) == 2_500
    assert gate.commits == commits + 3
    assert len(kept.journal.candidates(LAKESIDE, "lpn")) == 2_500


def test_candidates_have_the_role_whatever_its_case_and_come_by_contact(kept: Kept) -> None:
    kept.journal.put_caregivers([a_caregiver(roles=("rn", "Wound care"))], NOW)
    kept.employ("alma", phone="+13125550999")
    found = kept.journal.candidates(LAKESIDE, "rn")
    assert [one.caregiver.id for one in found] == ["bea", "cleo", "alma"]
    assert found[1].caregiver == a_caregiver(roles=("rn", "Wound care"))
    assert kept.journal.candidates(LAKESIDE, "wound care") == [found[1]]
    assert kept.journal.candidates("nowhere", "rn") == []


def test_row_35_a_phone_is_kept_as_the_number_in_the_organization_s_country(kept: Kept) -> None:
    # given
    kept.journal.put_organization(Organization(id="berlin", country="DE"), NOW)
    people = [
        a_caregiver("home", "berlin", phone="0171 2345678"),
        a_caregiver("abroad", "berlin", phone="+1 (312) 555-0141"),
        a_caregiver("us", phone="312 555 0142 (cell)"),
        a_caregiver("lost", phone="0171 2345678"),
    ]
    # when
    answers = kept.journal.put_caregivers(people, NOW)
    # then
    numbers = {one.id: one.phone for one in everybody(kept.journal).values()}
    assert (numbers["home"], numbers["abroad"]) == ("+491712345678", "+13125550141")
    assert numbers["us"] == "+13125550142"
    assert "lost" not in numbers
    assert answers[3].refusal is Refusal.NOT_A_PHONE
    assert "in US" in answers[3].message
    assert [one.message for one in answers[:3]] == [
        "Saved. The phone is read as +491712345678.",
        "Saved.",
        "Saved. The phone is read as +13125550142.",
    ]
