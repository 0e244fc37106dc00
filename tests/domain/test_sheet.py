"""Row 42: sheets, as spreadsheets save them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstyes.domain.data.dataset import NOT_IN_SHEETS, BadData, check_data, json_rows
from firstyes.domain.data.sheet import COLUMNS, Sheet, read_sheet
from firstyes.domain.organization import Organization, OwnNumber
from firstyes.domain.own_texts import OwnText, OwnTexts
from firstyes.domain.policy import Channel, Round

HEADER = "id,name,roles,phone,organization_id"
ANN = 'n-1,"Núñez, Ann",RN,+13125550141,lakeside'
HOMES = {"lakeside": Organization(id="lakeside", time_zone="America/Chicago")}


def read(text: str, encoding: str = "utf-8") -> Sheet:
    return read_sheet(text.encode(encoding), "a.csv")


def names(sheet: Sheet) -> list[object]:
    return [row.data["name"] for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_row_42_a_sheet_is_read_in_each_form_that_spreadsheets_save(encoding: str, end: str):
    sheet = read(end.join([HEADER, "", ANN, ",,,,", ""]), encoding)
    assert (sheet.kind, names(sheet), [row.number for row in sheet.rows]) == (
        "caregivers",
        ["Núñez, Ann"],
        [3],
    )
    assert bool(sheet.notes) == (encoding == "cp1252")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_row_42_cells_are_parted_by_whatever_the_first_line_uses(delimiter: str):
    text = f"sep={delimiter}\n" if delimiter in ",;" else "\n"
    text += (
        HEADER.replace(",", delimiter)
        + "\n"
        + delimiter.join(["n-1", "Ann", '"RN;LPN"', "+13125550141", "lakeside"])
    )
    sheet = read(text)
    assert sheet.rows[0].data["roles"] == ["RN", "LPN"]
    assert sheet.rows[0].number == 3


@pytest.mark.parametrize("roles", ["RN; LPN", "RN/LPN", '"RN, LPN"', "RN|LPN;"])
def test_row_42_several_roles_stand_in_one_cell(roles: str):
    assert read(f"{HEADER}\nn-1,Ann,{roles},+1,o").rows[0].data["roles"] == ["RN", "LPN"]


def test_row_42_columns_have_other_names_and_unknown_ones_are_left_out_and_named():
    sheet = read("Employee ID,Full Name,Role,Cell Phone,Notes,\nn-1,Ann,RN,+13125550141,likes cats,\n")
    assert sheet.rows[0].data == {"id": "n-1", "name": "Ann", "roles": ["RN"], "phone": "+13125550141"}
    assert sheet.notes == ("columns that are not known here were left out: notes",)


@pytest.mark.parametrize("header", ["Employee-ID,NAME,Role(s),Cell #", "id., name ,Roles:,(Phone)"])
def test_row_42_marks_in_a_column_s_name_do_not_count(header: str):
    assert list(read(f"{header}\nn-1,Ann,RN,+13125550141\n").rows[0].data) == ["id", "name", "roles", "phone"]


@pytest.mark.parametrize("parting", [",,,,", "---,---,,,", " ; ", "\x1a", "=====,,,,"])
def test_row_42_a_row_without_a_letter_parts_others(parting: str):
    assert [row.number for row in read(f"{HEADER}\n{parting}\n{ANN}\n").rows] == [3]


@pytest.mark.parametrize("name", ["Núñez", "Zoë – Mc’Fee", "Øyvind"])
def test_row_42_letters_that_were_encoded_twice_are_read_as_they_were(name: str):
    once = f"{HEADER}\nn-1,{name},RN,+13125550141,o\n"
    sheet = read(once.encode().decode("cp1252"))
    assert names(sheet) == [name]
    assert "encoded twice" in sheet.notes[0]
    assert read(once).notes == ()


@pytest.mark.parametrize("failed", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "########"])
def test_row_42_what_a_spreadsheet_could_not_reckon_is_a_fault(failed: str):
    sheet = read(f"{HEADER}\nn-1,{failed},RN,+13125550141,o\nn-2,#1 Ann,RN,+13125550142,o\n")
    checked = check_data({sheet.kind: sheet.rows})
    assert [(one.row and one.row.number, one.place) for one in checked.faults] == [(2, ("name",))]


@pytest.mark.parametrize(("word", "value"), [("Yes", True), ("no", False), ("1", True), ("FALSE", False)])
def test_row_42_yes_and_no_are_words(word: str, value: bool):
    assert read(f"{HEADER},active,language\n{ANN},{word},ES").rows[0].data["active"] is value


def test_row_42_faults_of_a_sheet_name_file_line_person_and_column():
    sheet = read(
        f"{HEADER},active\n{ANN},perhaps\n"
        "n-2,Bea,RN,call her mum,lakeside,,\nn-3,Cleo,RN,+13125550142,lakeside,,too,many\n"
    )
    checked = check_data({sheet.kind: sheet.rows})
    assert [str(one).partition(": it has")[0] for one in checked.faults] == [
        "a.csv: caregiver 2 (Núñez, Ann), active: write yes or no",
        "a.csv: caregiver 3 (Bea), phone: this is no phone number; write it with its country code, as +13125550141",
        "a.csv: caregiver 4 (Cleo), row",
    ]


def test_row_42_times_are_on_the_clock_of_the_shift_or_its_organization():
    header = "id,role,start,end,organization,time_zone\n"
    rows = (
        "a,RN,2030-07-14 07:00,2030-07-14 15:00,lakeside,\n"
        "b,RN,2030-07-14 07:00,2030-07-14 15:00,lakeside,America/New_York\n"
        "c,RN,2030-07-14T07:00Z,2030-07-14T15:00Z,nowhere,\n"
        "d,RN,2030-07-14 07:00,,nowhere,\n"
    )
    checked = check_data({"shifts": read(header + rows).rows}, HOMES)
    assert [one.start_time.isoformat()[-6:] for one in checked.data.shifts] == ["-05:00", "-04:00", "+00:00"]
    assert [str(one)[:40] for one in checked.faults] == [
        "a.csv: shift 5 (d), start_time: the time",
        "a.csv: shift 5 (d), end_time: is require",
    ]


def test_an_organization_s_sheet():
    sheet = read("organization,time zone,phones\nlakeside,America/Chicago,312 555 0100; 312 555 0101\n")
    checked = check_data({sheet.kind: sheet.rows})
    assert [one.number for one in checked.data.organizations[0].phones] == ["+13125550100", "+13125550101"]


def test_who_is_on_call_stands_in_one_cell_in_order():
    # given
    header = "organization,time zone,on call\n"
    row = "lakeside,America/Chicago,SMS (312) 555-0199; voice: +13125550198 wait 600 ;email ned@example.org;webhook https://example.org/in\n"
    sheet = read(header + row)
    # when
    checked = check_data({sheet.kind: sheet.rows})
    # then
    assert checked.faults == ()
    assert [(str(one.channel), one.to, one.wait) for one in checked.data.organizations[0].on_call] == [
        ("sms", "+13125550199", 300),
        ("voice", "+13125550198", 600),
        ("email", "ned@example.org", 300),
        ("webhook", "https://example.org/in", 300),
    ]


@pytest.mark.parametrize(
    "cell", ["+13125550199", "sms", "pigeon loft", "sms 12", "voice +13125550198 wait 9999999"]
)
def test_who_cannot_be_on_call_is_a_fault_of_that_column(cell: str):
    sheet = read(f"organization,time zone,on_call\nlakeside,America/Chicago,{cell}\n")
    checked = check_data({sheet.kind: sheet.rows})
    assert checked.data.organizations == ()
    assert all("on_call" in str(one) for one in checked.faults)
    assert checked.faults != ()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04rest", "workbook"),
        (b"", "nothing in it"),
        (b"\xef\xbb\xbf\r\n", "nothing in it"),
        (b"id,name,roles\nn-1,Ann,RN\n", "caregivers needs a column phone or phone_number or"),
        (
            b"roles,First Name\nRN,Ann\n",
            "column id or .* and a column name or .* and a column phone.*first_name",
        ),
        (b"start,role\n", "shifts needs a column id or shift_id and a column end_time or end"),
        (b"name,colour\nAnn,blue\n", "does not name the columns"),
        (f"{HEADER},Role\n".encode(), "two columns are roles"),
        (f'{HEADER}\nn-1,"Ann,RN,+1,o\n'.encode(), "line 2.*quotation marks"),
        (f"{HEADER}\nn-1,Łucja,RN,+1,o\n".encode("cp1250"), "CSV UTF-8"),
        (f"{HEADER}\nn-1,\0,RN,+1,o\n".encode(), "no text"),
        (b"\xff\xfe\x00", "CSV UTF-8"),
    ],
)
def test_row_42_what_is_no_sheet_of_ours_is_refused_with_what_to_do(content: bytes, says: str):
    with pytest.raises(BadData, match=says):
        read_sheet(content, "a.csv")


@given(st.binary(max_size=80))
def test_whatever_follows_the_first_line_is_read_or_refused(content: bytes):
    try:
        sheet = read_sheet(f"{HEADER}\n".encode() + content, "")
    except BadData:
        return
    check_data({sheet.kind: sheet.rows})


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("yes", {"gives": True}),
        ("no", {"gives": False}),
        ("form", {"gives": True, "how": "form"}),
        (
            "Form; 2030-07-14; I agree; to texts",
            {
                "gives": True,
                "how": "form",
                "given_at": "2030-07-14T00:00:00-05:00",
                "words": "I agree; to texts",
            },
        ),
        (
            "no; spoken; 2030-07-14T09:30-04:00",
            {"gives": False, "how": "spoken", "given_at": "2030-07-14T09:30:00-04:00"},
        ),
        ("no;; 2030-07-14", {"gives": False, "given_at": "2030-07-14T23:59:00-05:00"}),
        ("yes;; 2030-07-14 09:30", {"gives": True, "given_at": "2030-07-14T09:30:00-05:00"}),
    ],
)
def test_consent_is_read_from_a_cell(cell: str, meant: dict[str, object]):
    sheet = read(f'{HEADER},text_consent,voice_consent\n{ANN},"{cell}",yes\n')
    [person] = check_data({sheet.kind: sheet.rows}, HOMES).refuse_faults().caregivers
    told = person.consents[0].model_dump(mode="json", exclude_unset=True)
    assert told == {"channel": "sms", **meant}
    assert person.consents[1].model_dump(exclude_unset=True) == {"channel": "voice", "gives": True}


@pytest.mark.parametrize("cell", ["maybe", "form; yesterday", "form; 9/10/2030 07:00", "form; 2030-02-30"])
def test_a_consent_that_cannot_be_read_is_a_fault(cell: str):
    sheet = read(f'{HEADER},text_consent\n{ANN},"{cell}"\n')
    [fault] = check_data({sheet.kind: sheet.rows}, HOMES).faults
    assert "consents" in str(fault)


AS_SAVED = Organization(
    id="lakeside",
    name="Lakeside",
    phones=(OwnNumber(number="+13125550100", account="second", channels=(Channel.SMS,)),),
    rounds=(Round(channel=Channel.SMS, wait=60),),
    releases_call_offs=True,
    consent_required=True,
    welcomes=True,
    texts=OwnTexts(taken=OwnText(en="Gone: {shift}", es="Ya no: {shift}")),
)


def test_row_42_an_organization_keeps_what_a_sheet_cannot_say():
    """Its next sheet would let people be texted who have not agreed."""
    # given
    assert set(Organization.model_fields) == NOT_IN_SHEETS | COLUMNS["organizations"].keys()
    rows = read("id,name,time_zone,phones\nlakeside,By the Lake,America/Chicago,312 555 0100;312 555 0101\n")
    # when
    [found] = check_data({"organizations": rows.rows}, {"lakeside": AS_SAVED}).refuse_faults().organizations
    # then
    assert found == AS_SAVED.model_copy(
        update={
            "name": "By the Lake",
            "time_zone": "America/Chicago",
            "phones": (*AS_SAVED.phones, OwnNumber(number="+13125550101")),
        }
    )
    [anew] = check_data({"organizations": rows.rows}).refuse_faults().organizations
    assert not anew.consent_required
    as_json = json_rows({"organizations": [{"id": "lakeside"}]})
    [replaced] = check_data(as_json, {"lakeside": AS_SAVED}).refuse_faults().organizations
    assert replaced == Organization(id="lakeside")
