"""Caregivers on pages and in sheets."""

import html
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.test import TestResponse

from firstyes.domain.caregiver import Caregiver
from firstyes.domain.consent import Consent, ConsentWay
from firstyes.domain.organization import Organization
from firstyes.domain.policy import Channel
from firstyes.web.console.import_page import as_text
from support.pages import SAME_ORIGIN, Pages
from support.world import LAKESIDE, World

LIST, IMPORT = "/console/caregivers", "/console/caregivers-import"
HEAD = "id,name,roles,phone,organization_id,language,active\n"


def looked_at(pages: Pages, sheet: str | bytes) -> TestResponse:
    """Choose a sheet."""
    form = pages.form(IMPORT, "Show what would become of it")
    content = sheet.encode() if isinstance(sheet, str) else sheet
    data: dict[str, Any] = {**form.fields, "sheet": (io.BytesIO(content), "people.csv")}
    return pages.client.post(form.action, data=data, headers=SAME_ORIGIN)


def save_all(pages: Pages, shown: TestResponse, sheet: str) -> str:
    form = pages.forms(shown.get_data(as_text=True), "Save all of it")[0]
    return pages.text(pages.send(form, sheet_text=sheet).headers["Location"])


def test_people_are_found_by_name_phone_and_role(world: World, pages: Pages) -> None:
    world.caregivers("Alma Reyes".split(maxsplit=1)[0], "Bea")
    world.caregivers("Carl", role="CNA")
    assert "Alma" in pages.text(f"{LIST}?q=alm")
    assert "Bea" not in pages.text(f"{LIST}?q=alm")
    assert "Carl" in pages.text(f"{LIST}?q=cna")
    assert "Nobody matches." in pages.text(f"{LIST}?q=zzz")


def test_somebody_is_added_changed_and_suspended(world: World, pages: Pages) -> None:
    # when
    added = pages.press(
        LIST, "Add them", name="Dora Lund", roles="RN, LPN", phone="(312) 555-0177", id="dora"
    )
    # then
    assert "Dora Lund" in added
    person = world.desk.caregiver("dora")
    assert person is not None
    assert (person.roles, person.phone) == (("RN", "LPN"), "+13125550177")
    # when
    pages.press(f"{LIST}/dora", "Save", name="Dora Lund-Berg", roles="RN", language="es")
    pages.press(f"{LIST}/dora", "Suspend")
    # then
    person = world.desk.caregiver("dora")
    assert person is not None
    assert (person.name, person.roles, person.language, person.active) == (
        "Dora Lund-Berg",
        ("RN",),
        "es",
        False,
    )
    assert "Suspended" in pages.text(f"{LIST}/dora")
    pages.press(f"{LIST}/dora", "Offer shifts again")
    assert "Can be reached" in pages.text(f"{LIST}/dora")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"phone": "12"}, "Phone: "),
        ({"phone": ""}, "Phone: write something here."),
        ({"name": " "}, "Name: write something here."),
        ({"name": "x" * 81}, "Name: write at most 80 characters."),
        ({"roles": ""}, "Roles: give at least 1."),
        ({"name": "", "roles": ""}, "Name: write something here. Roles: give at least 1."),
        ({"language": "fr"}, "Language: write &#39;en&#39; or &#39;es&#39;."),
        ({"id": "alma"}, "The id alma is taken: choose another."),
        ({"id": "a/b"}, "Id: use only A-Z"),
        ({"id": "50%"}, "Id: use only A-Z"),
        ({"id": "two words"}, "Id: use only A-Z"),
        ({"id": ".."}, "Id: use only A-Z"),
        ({"id": "x" * 129}, "Id: write at most 128 characters."),
        ({"organization_id": "elsewhere"}, "organization"),
    ],
)
def test_what_cannot_be_saved_is_said(world: World, pages: Pages, typed: dict[str, str], told: str) -> None:
    world.caregivers("alma")
    row: dict[str, Any] = {"name": "Dora", "roles": "RN", "phone": "+13125550177", **typed}
    shown = pages.press(LIST, "Add them", **row)
    assert 'class="said refused"' in shown
    assert told in shown.partition('id="said">')[2][:200]
    assert len(world.desk.caregivers().items) == 1


@pytest.mark.parametrize("caregiver_id", ["import", "add", "carry-out", "...", "a.b", "-x", "x:y", "z" * 128])
def test_whatever_id_somebody_has_their_page_opens_and_its_forms_work(
    world: World, pages: Pages, caregiver_id: str
) -> None:
    added = pages.press(LIST, "Add them", name="Dora", roles="RN", phone="+13125550177", id=caregiver_id)
    assert f"{LIST}/{caregiver_id}/suspend" in added
    assert "Suspended" in pages.press(f"{LIST}/{caregiver_id}", "Suspend")


def test_who_is_suspended_while_having_a_shift_still_has_it_and_that_is_said(
    world: World, pages: Pages
) -> None:
    # given
    world.asked("alma", "bea")
    world.says("alma", "yes")
    # when
    said = pages.press(f"{LIST}/alma", "Suspend")
    # then
    assert "alma is offered no more shifts. They still have RN Tue Jul 16 7am-3pm: release" in said
    assert "They still have" not in pages.press(f"{LIST}/bea", "Suspend")
    # when
    world.desk.release("early")
    # then
    assert "They still have" not in pages.press(f"{LIST}/alma", "Offer shifts again")
    assert "They still have" not in pages.press(f"{LIST}/alma", "Suspend")


def test_who_loses_the_role_of_a_shift_they_have_still_has_it_and_that_is_said(world: World) -> None:
    # given
    world.asked("alma")
    world.says("alma", "yes")
    # when
    in_both_roles, in_another = (
        world.desk.put_caregivers(
            [
                Caregiver(
                    id="alma", organization_id=LAKESIDE, name="alma", roles=roles, phone=world.phones["alma"]
                )
            ]
        )[0].message
        for roles in (("RN", "CNA"), ("CNA",))
    )
    # then
    assert "They still have" not in in_both_roles
    assert "They still have RN Tue Jul 16 7am-3pm: release" in in_another


def test_a_yes_that_came_too_late_stands_as_one_on_the_person_s_page(world: World, pages: Pages) -> None:
    # given
    world.asked("alma", "bea")
    # when
    world.says("alma", "yes")
    world.says("bea", "yes")
    # then
    assert "said yes too late" in pages.text("/console/caregivers/bea")


def test_a_person_s_page_has_their_offers_their_state_and_their_messages(world: World, pages: Pages) -> None:
    world.asked("alma", "bea")
    world.says("alma", "yes")
    world.says("bea", "STOP")
    text = pages.text(f"{LIST}/alma")
    assert "has it" in text and "You have the shift" in text
    assert "Wants no texts" in pages.text(f"{LIST}/bea")
    assert "They want no texts" not in text
    refused = pages.press(f"{LIST}/bea", "Send", text="Hello")
    assert 'class="said refused"' in refused
    assert pages.client.get(f"{LIST}/nobody").status_code == 404


def test_a_number_in_doubt_is_confirmed(world: World, pages: Pages) -> None:
    world.asked("alma")
    world.says("alma", "wrong number")
    assert "Number in doubt" in pages.text(f"{LIST}/alma")
    pages.press(f"{LIST}/alma", "The number is right")
    assert "Can be reached" in pages.text(f"{LIST}/alma")


def test_a_sheet_is_shown_row_by_row_before_anything_is_saved(world: World, pages: Pages) -> None:
    # given
    world.caregivers("alma")
    sheet = f"{HEAD}alma,Alma Reyes,RN,+13125550200,{LAKESIDE},en,yes\nben,Ben Osei,RN;LPN,(312) 555-0188,{LAKESIDE},es,yes\n"
    # when
    shown = looked_at(pages, sheet)
    # then
    text = shown.get_data(as_text=True)
    assert "1 new, 1 changed." in text
    assert world.desk.caregiver("ben") is None
    # when
    assert "2 rows are saved" in save_all(pages, shown, sheet)
    ben = world.desk.caregiver("ben")
    assert ben is not None and ben.language == "es"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (f"ben,Ben,RN,3.13E+09,{LAKESIDE},en,yes", "phone"),
        (f"ben,,RN,+13125550188,{LAKESIDE},en,yes", "name"),
        ("ben,Ben,RN,+13125550188,elsewhere,en,yes", "no such organization"),
        (f"ben,Ben,RN,+13125550188,{LAKESIDE},en,perhaps", "yes or no"),
    ],
)
def test_one_faulty_row_and_nothing_is_saved(world: World, pages: Pages, row: str, told: str) -> None:
    sheet = f"{HEAD}good,Good One,RN,+13125550187,{LAKESIDE},en,yes\n{row}\n"
    text = looked_at(pages, sheet).get_data(as_text=True)
    assert told in text
    assert "Save all of it" not in text
    form = pages.form(IMPORT, "Show what would become of it")
    form.action = f"{IMPORT}/carry-out"
    assert 'class="said refused"' in pages.text(
        pages.send(form, sheet_text=sheet, back=LIST).headers["Location"]
    )
    assert world.desk.caregivers().items == ()


@pytest.mark.parametrize(
    "sheet",
    [b"", b"PK\x03\x04", b"what is this", b"start_time,role\n1,2\n", HEAD.encode(), b"id,name,phone\n,,\n"],
)
def test_what_is_no_sheet_of_caregivers_is_said(pages: Pages, sheet: bytes) -> None:
    text = looked_at(pages, sheet).get_data(as_text=True)
    assert "Something is to be mended first." in text
    assert 'class="said refused"' in text


def test_the_rows_that_keep_a_sheet_out_stand_first_in_it(pages: Pages) -> None:
    sheet = f"{HEAD}a,Ann,RN,+13125550187,{LAKESIDE},en,yes\nb,Ben,RN,+13125550188,elsewhere,en,yes\n"
    text = looked_at(pages, sheet).get_data(as_text=True)
    assert text.index("Ben") < text.index("Ann")


def test_what_is_exported_can_be_imported_and_nothing_has_changed(world: World, pages: Pages) -> None:
    # given
    odd = ('=HYPERLINK("x")', "'=quoted", "-dash", "@at", 'say "hi", she', "plain")
    people = [
        Caregiver(
            id=f"p{number}",
            organization_id=LAKESIDE,
            name=name,
            roles=("RN/ICU", "A|B") if number % 2 else ("RN",),
            phone=f"+1312555{300 + number:04}",
            active=bool(number % 3),
        )
        for number, name in enumerate(odd)
    ]
    world.desk.put_caregivers(people)
    before = world.desk.caregivers().items
    # when
    sheet = pages.client.get("/console/caregivers.csv").get_data(as_text=True)
    # then
    assert not any(
        cell.startswith(("=", "+", "-", "@")) for line in sheet.splitlines() for cell in line.split(",")
    )
    shown = looked_at(pages, sheet)
    assert "6 as before." in shown.get_data(as_text=True)
    version = world.desk.version()
    assert "0 rows are saved, and 6 are as before." in save_all(pages, shown, sheet)
    assert world.desk.caregivers().items == before
    assert world.desk.version() == version


def test_a_cell_that_would_be_a_formula_is_text() -> None:
    assert [as_text(one) for one in ("+1", "'+1", "Ann", "'Ann")] == ["'+1", "''+1", "Ann", "'Ann"]


@pytest.mark.parametrize("letters", ["utf-8-sig", "utf-16", "cp1252"])
def test_what_was_shown_of_a_sheet_is_what_is_saved_whatever_its_letters(
    world: World, pages: Pages, letters: str
) -> None:
    # given
    row = f"z,Zoë Núñez,RN,+13125550187,{LAKESIDE},en,yes"
    shown = looked_at(pages, f"{HEAD}{row}\n".encode(letters)).get_data(as_text=True)
    assert "Zoë Núñez" in shown
    # when
    [form] = pages.forms(shown, "Save all of it")
    sheet = html.unescape(
        shown.partition('name="sheet_text"')[2].partition(">")[2].partition("</textarea>")[0]
    )
    pages.send(form, sheet_text=sheet)
    # then
    assert [one.name for one in world.desk.caregivers().items] == ["Zoë Núñez"]


def test_consent_is_stated_and_shown_with_who_stated_it(world: World, pages: Pages) -> None:
    # given
    world.caregivers("Ana")
    # when
    shown = pages.press(
        f"{LIST}/Ana", "Keep", states="sms-yes", how="form", day="2030-07-01", words="<b>Texts</b> are fine"
    )
    # then
    assert "Agrees to texts (signed a form)." in shown
    assert "&lt;b&gt;Texts&lt;/b&gt; are fine" in shown
    [person] = world.desk.caregivers().items
    assert [one.given_at for one in person.consents] == [datetime(2030, 7, 1, 5, tzinfo=UTC)]
    # when
    shown = pages.press(f"{LIST}/Ana", "Keep", states="sms-no", how="spoken", words="no more, please")
    # then
    assert "Wants no texts and no calls (said so)." in shown
    assert world.desk.caregivers().items[0].opted_out


def test_who_wants_no_more_on_the_day_that_they_agreed_gets_no_more(world: World, pages: Pages) -> None:
    # given
    world.caregivers("Ana")
    world.says("Ana", "START")
    # when
    pages.press(f"{LIST}/Ana", "Keep", states="sms-no", how="spoken", day="2030-07-16")
    # then
    assert world.desk.caregivers().items[0].opted_out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"states": "sms-yes", "how": "by dove"}, "How: write "),
        ({"states": "fax-yes", "how": "form"}, "Channel: write "),
        ({"states": "sms-yes", "how": "form", "day": "the first"}, "does not say day and hour"),
        ({"states": "sms-yes", "how": "form", "day": "2030-02-30"}, "there is no such day"),
    ],
)
def test_a_consent_that_cannot_be_kept_says_why(
    world: World, pages: Pages, typed: dict[str, Any], said: str
) -> None:
    world.caregivers("Ana")
    assert said in pages.press(f"{LIST}/Ana", "Keep", **typed)
    assert world.desk.consents("Ana") == ()


def test_who_has_agreed_to_nothing_is_marked_where_that_is_asked_for(world: World, pages: Pages) -> None:
    world.caregivers("Ana")
    mark = "Has not agreed to texts or calls"
    assert mark not in pages.text(f"{LIST}/Ana")
    world.lakeside(consent_required=True)
    assert mark in pages.text(f"{LIST}/Ana")


def test_consent_goes_out_with_a_sheet_and_comes_in_again_as_it_was(world: World, pages: Pages) -> None:
    # given
    world.caregivers("Ana", "Ben", "Cleo", "Dora")
    given_at = world.clock.now()
    agrees = Consent(channel=Channel.SMS, how=ConsentWay.FORM, given_at=given_at, words="Yes; texts are fine")
    world.desk.state_consent("Ana", agrees)
    world.desk.state_consent("Ana", Consent(channel=Channel.VOICE, how=ConsentWay.SPOKEN))
    world.says("Ben", "STOP")
    world.says("Cleo", "do not call me, text is fine")
    before = world.desk.caregivers().items
    # when
    sheet = pages.client.get("/console/caregivers.csv").get_data(as_text=True)
    shown = looked_at(pages, sheet)
    # then
    assert f"form; {given_at.isoformat()}; Yes; texts are fine" in sheet
    assert "4 as before." in shown.get_data(as_text=True)
    save_all(pages, shown, sheet)
    assert world.desk.caregivers().items == before
    # when: it goes to another desk
    world.desk.put_organizations([Organization(id="other", time_zone="America/Chicago")])
    moved = sheet.replace(LAKESIDE, "other")
    for name in ("Ana", "Ben", "Cleo", "Dora"):
        moved = moved.replace(f"\n{name},", f"\n{name}-2,")
    save_all(pages, looked_at(pages, moved), moved)
    # then
    found = {one.id: one for one in world.desk.caregivers("other").items}
    assert [one.words for one in found["Ana-2"].consents] == ["Yes; texts are fine", None]
    assert (found["Ben-2"].opted_out, found["Cleo-2"].no_calls, found["Dora-2"].opted_out) == (
        True,
        True,
        False,
    )


def test_a_consent_that_is_new_in_a_sheet_is_shown_as_a_change(world: World, pages: Pages) -> None:
    world.caregivers("Ana")
    row = f"Ana,Ana,RN,{world.phones['Ana']},{LAKESIDE},en,yes"
    head = HEAD.replace("active", "active,text_consent,voice_consent")
    assert "1 as before." in looked_at(pages, f"{HEAD}{row}\n").get_data(as_text=True)
    for cells in ("yes,", "no,", ",no", "form; 2030-07-01,"):
        assert "1 changed." in looked_at(pages, f"{head}{row},{cells}\n").get_data(as_text=True)
    world.says("Ana", "STOP")
    assert "1 as before." in looked_at(pages, f"{head}{row},yes,no\n").get_data(as_text=True)
