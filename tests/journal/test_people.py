"""Organizations and caregivers: created, replaced, and refused where they are somebody else's."""

import pytest

from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.records import CaregiverRecord
from firstyes.domain.answer import Refusal, Status
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.organization import Organization, OwnNumber
from firstyes.domain.policy import DEFAULT_ROUNDS, Channel, Round
from support.kept import LAKESIDE, LAKESIDE_PHONE, Kept


def a_caregiver(caregiver_id: str = "cleo", organization_id: str = LAKESIDE, **more: object) -> Caregiver:
    fields = {"name": "Cleo", "roles": ("RN", "LPN"), "phone": "+13125550777", **more}
    return Caregiver.model_validate({"id": caregiver_id, "organization_id": organization_id, **fields})


def everybody(journal: SqliteJournal) -> dict[str, CaregiverRecord]:
    return {one.id: one for one in journal.caregivers(None, None, 100).items}


def as_put(record: CaregiverRecord) -> Caregiver:
    return Caregiver.model_validate(record.model_dump(include=set(Caregiver.model_fields)))


@pytest.mark.parametrize(
    "organization",
    [
        Organization(id="bare"),
        Organization(
            id="full",
            name="Full",
            time_zone="America/Chicago",
            phones=(OwnNumber(number="+13125550001"), OwnNumber(number="+15550002")),
        ),
        Organization(id="rounds", rounds=(*DEFAULT_ROUNDS, Round(channel=Channel.SMS, wait=5))),
    ],
)
def test_an_organization_comes_back_as_it_was_put(kept: Kept, organization: Organization) -> None:
    assert kept.put_organization(organization).status is Status.SUCCESS
    assert kept.journal.organization(organization.id) == organization


def test_an_unknown_organization_is_none(journal: SqliteJournal) -> None:
    assert journal.organization("nowhere") is None


def test_an_organization_can_be_replaced_and_gives_up_its_numbers(kept: Kept) -> None:
    # when
    renamed = Organization(id=LAKESIDE, name="New", phones=(OwnNumber(number="+13125550101"),))
    kept.put_organization(renamed)
    # then
    assert kept.journal.organization(LAKESIDE) == renamed
    assert kept.contact("alma", LAKESIDE_PHONE).dialled is None
    assert kept.contact("alma", "+13125550101").dialled == LAKESIDE


def test_a_number_of_another_organization_is_refused_and_nothing_is_changed(kept: Kept) -> None:
    # when
    answer = kept.put_organization(Organization(id="hilltop", phones=(OwnNumber(number=LAKESIDE_PHONE),)))
    # then
    assert answer.refusal is Refusal.OTHER_OWNER
    assert kept.journal.organization("hilltop") is None


def test_a_caregiver_comes_back_as_they_were_put(kept: Kept) -> None:
    cleo = a_caregiver(language="es", active=False)
    assert kept.put_caregivers(cleo)[0].status is Status.SUCCESS
    assert as_put(everybody(kept.journal)["cleo"]) == cleo


def test_a_caregiver_can_be_replaced_and_loses_old_roles(kept: Kept) -> None:
    kept.put_caregivers(a_caregiver())
    kept.put_caregivers(a_caregiver(roles=(" cna",), name="C."))
    assert everybody(kept.journal)["cleo"].name == "C."
    assert kept.candidates("LPN") == []
    assert [one.caregiver_id for one in kept.candidates("CNA")] == ["cleo"]


def test_each_caregiver_is_answered_by_itself_in_order(kept: Kept) -> None:
    # given
    kept.put_organization(Organization(id="hilltop"))
    people = [
        a_caregiver("one"),
        a_caregiver("two", "nowhere"),
        a_caregiver("alma", "hilltop"),
        a_caregiver("three", phone="+13125550778"),
    ]
    # when
    answers = kept.put_caregivers(*people)
    # then
    assert [one.refusal for one in answers] == [None, Refusal.UNKNOWN, Refusal.TAKEN, None]
    assert set(everybody(kept.journal)) == {"alma", "bea", "one", "three"}


def test_row_39_one_id_given_twice_for_two_people_is_refused_and_another_owner_too(kept: Kept) -> None:
    kept.put_organization(Organization(id="hilltop"))
    people = [
        a_caregiver(),
        a_caregiver(name="Second"),
        a_caregiver(organization_id="hilltop"),
        a_caregiver("dora"),
    ]
    answers = kept.put_caregivers(*people)
    assert [one.refusal for one in answers] == [
        Refusal.GIVEN_TWICE,
        Refusal.GIVEN_TWICE,
        Refusal.TAKEN,
        None,
    ]
    assert "Cleo; Second" in answers[0].message
    assert set(everybody(kept.journal)) == {"alma", "bea", "dora"}


def test_nobody_to_put_is_no_answer(kept: Kept) -> None:
    assert kept.put_caregivers() == []


def test_thousands_are_put_at_once(kept: Kept) -> None:
    people = [a_caregiver(f"c{number}", phone=f"+1312{number:07}") for number in range(2_500)]
    assert {one.status for one in kept.put_caregivers(*people)} == {Status.SUCCESS}
    assert len(kept.candidates("LPN")) == 2_500


def test_candidates_have_the_role_whatever_its_case_and_come_in_the_order_they_were_saved(kept: Kept) -> None:
    kept.put_caregivers(a_caregiver(roles=("rn", "Wound care")))
    kept.employ("alma", phone="+13125550999")
    found = kept.candidates()
    assert [one.caregiver_id for one in found] == ["alma", "bea", "cleo"]
    assert found[2].role_keys == ["rn", "wound care"]
    assert kept.candidates("Wound care") == [found[2]]
    assert kept.candidates(organization_id="nowhere") == []


def test_row_35_a_phone_is_kept_as_the_number_in_the_organization_s_country(kept: Kept) -> None:
    # given
    kept.put_organization(Organization(id="berlin", country="DE"))
    people = [
        a_caregiver("home", "berlin", phone="0171 2345678"),
        a_caregiver("abroad", "berlin", phone="+1 (312) 555-0141"),
        a_caregiver("us", phone="312 555 0142 (cell)"),
        a_caregiver("lost", phone="0171 2345678"),
    ]
    # when
    answers = kept.put_caregivers(*people)
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


def test_row_23_the_same_nurse_under_two_ids_is_one_person_with_an_alias(kept: Kept) -> None:
    # when
    rows = [
        a_caregiver(name="José  Núñez"),
        a_caregiver("c-2", name="jose nunez", roles=("CNA",), phone="(312) 555-0777", language="es"),
    ]
    answers = kept.put_caregivers(*rows)
    # then
    assert "c-2 is the same person as cleo" in answers[1].message
    [cleo] = [one for one in everybody(kept.journal).values() if one.id not in ("alma", "bea")]
    assert (cleo.id, cleo.aliases, cleo.roles, cleo.language) == (
        "cleo",
        ("c-2",),
        ("RN", "LPN", "CNA"),
        "en",
    )
    assert [one.caregiver_id for one in kept.candidates("CNA")] == ["cleo"]
    assert kept.journal.caregiver("c-2") == kept.journal.caregiver("cleo") == cleo
    assert kept.journal.caregiver("nobody") is None


def test_row_23_put_again_under_the_alias_the_person_is_changed(kept: Kept) -> None:
    # given
    kept.put_caregivers(a_caregiver(), a_caregiver("c-2", roles=("CNA",)))
    # when
    [answer] = kept.put_caregivers(a_caregiver("c-2", roles=("PT",), phone="+13125550778"))
    # then
    cleo = everybody(kept.journal)["cleo"]
    assert (cleo.phone, cleo.roles, cleo.aliases) == ("+13125550778", ("RN", "LPN", "PT"), ("c-2",))
    assert answer.message == "Saved for cleo: c-2 is another id of the same person."


def test_row_23_distinct_keeps_namesakes_apart_and_parts_who_was_joined(kept: Kept) -> None:
    # given
    kept.put_caregivers(a_caregiver(), a_caregiver("c-2", roles=("CNA",)))
    # when
    kept.put_caregivers(a_caregiver("c-2", roles=("CNA",), distinct=True))
    kept.put_caregivers(a_caregiver("c-3", distinct=True))
    # then
    people = everybody(kept.journal)
    assert people["cleo"].roles == ("RN", "LPN")
    assert (people["c-2"].roles, people["c-2"].distinct, people["cleo"].aliases) == (("CNA",), True, ())
    assert "c-3" in people
    # when
    [again] = kept.put_caregivers(a_caregiver("c-2", roles=("CNA",)))
    # then
    assert again.refusal is Refusal.SAME_PERSON
    assert "cleo" in again.message


def test_row_23_an_update_that_makes_one_person_of_two_is_refused(kept: Kept) -> None:
    # given
    kept.put_caregivers(a_caregiver(), a_caregiver("c-2", phone="+13125550778"))
    # when
    [answer] = kept.put_caregivers(a_caregiver("c-2"))
    # then
    assert answer.refusal is Refusal.SAME_PERSON
    assert everybody(kept.journal)["c-2"].phone == "+13125550778"


def test_row_23_the_same_name_and_phone_in_another_organization_is_another_record(kept: Kept) -> None:
    kept.put_organization(Organization(id="hilltop"))
    kept.put_caregivers(a_caregiver(), a_caregiver("c-2", "hilltop"))
    assert {"cleo", "c-2"} <= set(everybody(kept.journal))


def test_row_23_an_alias_of_one_organization_is_no_id_for_another(kept: Kept) -> None:
    kept.put_organization(Organization(id="hilltop"))
    kept.put_caregivers(a_caregiver(), a_caregiver("c-2"))
    [answer] = kept.put_caregivers(a_caregiver("c-2", "hilltop", name="Dora"))
    assert answer.refusal is Refusal.TAKEN
