"""Who did it: each order of the console and the API is kept with who gave it, and shown."""

import pytest

from firstyes.domain.caregiver import Caregiver
from firstyes.domain.organization import Organization
from firstyes.web.console.told import by_whom
from support.pages import Pages
from support.world import LAKESIDE, World

ALMA = "/console/caregivers/alma"


def changes(world: World, caregiver_id: str = "alma") -> list[tuple[str, tuple[str, ...]]]:
    """Who changed a caregiver, and what, oldest first."""
    found = world.desk.changes(caregiver_id=caregiver_id).items
    return [(one.by, one.what) for one in reversed(found)]


def once_more(world: World, caregiver_id: str) -> Caregiver:
    """Give Alma under an id."""
    return Caregiver(
        id=caregiver_id, organization_id=LAKESIDE, name="alma", roles=("RN",), phone=world.phones["alma"]
    )


def test_what_is_changed_about_a_caregiver_is_shown_with_who_changed_it(world: World, pages: Pages) -> None:
    # given
    world.caregivers("alma")
    # when
    pages.press(ALMA, "Save", phone="+13125550777", roles="RN, LPN")
    pages.press(ALMA, "Suspend")
    pages.press(ALMA, "Offer shifts again")
    pages.press(ALMA, "Save")
    # then
    assert changes(world) == [
        ("coordinator", ("added",)),
        ("coordinator", ("phone", "roles")),
        ("coordinator", ("active",)),
        ("coordinator", ("active",)),
    ]
    shown = pages.text(ALMA)
    assert "Changed: phone, roles." in shown
    assert "Added." in shown
    assert "5550777" not in str(changes(world))


def test_people_who_come_in_by_a_sheet_are_added_by_whoever_brought_it(world: World, pages: Pages) -> None:
    sheet = f"id,name,roles,phone,organization_id\nnew,Nora,RN,+13125550888,{LAKESIDE}\n"
    form = pages.form("/console/caregivers-import", "Show what would become of it")
    text = pages.send(form, sheet_text=sheet).get_data(as_text=True)
    [save] = pages.forms(text, "Save all of it")
    pages.send(save, sheet_text=sheet)
    assert changes(world, "new") == [("coordinator", ("added",))]


def test_an_alias_that_comes_and_goes_is_a_change_of_its_person(world: World) -> None:
    world.caregivers("alma")
    world.desk.put_caregivers([once_more(world, "alma-2")], by="token:payroll")
    assert changes(world)[-1] == ("token:payroll", ("ids",))


def test_what_stays_as_it_was_is_no_change(world: World) -> None:
    world.caregivers("alma")
    world.desk.put_caregivers([once_more(world, "alma")], by="somebody")
    assert changes(world) == [("coordinator", ("added",))]


def test_who_makes_changes_and_deletes_an_organization_is_kept(world: World, client) -> None:
    # given
    desk, hilltop = world.desk, Organization(id="hilltop", name="Hilltop")
    # when
    desk.put_organizations([hilltop], by="ann")
    desk.put_organizations([hilltop], by="bob")
    desk.put_organizations([hilltop.model_copy(update={"name": "Hill"})], by="cora")
    desk.delete_organization("hilltop", by="dora")
    # then
    found = client.get("/changes?organization_id=hilltop").get_json()["items"]
    assert [(one["by"], one["what"]) for one in found] == [
        ("dora", ["deleted"]), ("cora", ["changed"]), ("ann", ["added"]),
    ]  # fmt: skip
    assert {one.get("caregiver_id") for one in found} == {None}


def test_the_api_says_who_its_caller_is(world: World, client) -> None:
    person = {
        "id": "alma",
        "organization_id": LAKESIDE,
        "name": "Alma",
        "role": "RN",
        "phone": "+13125550199",
    }
    assert client.post("/caregivers", json=person).status_code == 200
    [(by, what)] = changes(world)
    assert (by, what) == ("token", ("added",)) or by
    page = client.get("/changes?caregiver_id=alma").get_json()
    assert [one["by"] for one in page["items"]] == [by]


@pytest.mark.parametrize("path", [ALMA, "/console/shifts/early"])
def test_a_text_that_a_coordinator_wrote_is_shown_with_who_wrote_it(
    world: World, pages: Pages, path: str
) -> None:
    world.asked("alma")
    pages.press(ALMA, "Send", text="Can you come at six?")
    world.desk.settle()
    found = world.desk.messages(phone=world.phones["alma"]).items
    assert [(one.written_by, one.purpose) for one in found] == [("coordinator", "direct"), (None, "offer")]
    if path == ALMA:
        assert "by <bdi>coordinator</bdi>" in pages.text(path)


def test_whose_word_it_was_is_told_as_people_call_them() -> None:
    told = {
        "user:cora": "cora",
        "token:payroll": "payroll (API)",
        "token": "the API",
        "coordinator": "coordinator",
    }
    assert {by: by_whom(by) for by in told} == told
