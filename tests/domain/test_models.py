"""What comes from outside becomes a typed value once, or is refused."""

import json
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from firstyes.domain.caregiver import Caregiver, name_key, role_key
from firstyes.domain.data.rows import said
from firstyes.domain.inbound.contact import called
from firstyes.domain.message import InboundMessage
from firstyes.domain.organization import Organization
from firstyes.domain.shift.shift import Shift
from support.builders import A_SHIFT, a_shift

A_CAREGIVER = {
    "id": "alma",
    "organization_id": "lakeside",
    "name": "Alma Reyes",
    "role": "RN",
    "phone": "(312) 555-0105",
}
A_MESSAGE = {"from_phone": "+15550001", "to_phone": "+15550009", "body": "yes"}


def test_a_shift_is_read_and_cannot_be_changed():
    shift = Shift.model_validate(A_SHIFT)
    assert shift.start_time == datetime(2030, 7, 14, 12, tzinfo=UTC)
    with pytest.raises(ValidationError):
        shift.role_required = "LPN"


@pytest.mark.fault(51)
@pytest.mark.parametrize(
    "change",
    [
        {"id": ""}, {"id": "a b"}, {"id": "s1\n"}, {"id": "."}, {"id": ".."}, {"id": "x" * 129}, {"id": 7},
        {"role_required": " "}, {"role_required": "R\x00N"}, {"role_required": "R\ud800N"},
        {"end_time": A_SHIFT["start_time"]}, {"end_time": "2030-07-14T06:00:00-05:00"},
        {"end_time": "2030-07-14T07:14:59-05:00"}, {"end_time": "2030-07-14T07:00:00.000001-05:00"},
        {"end_time": "2030-07-21T07:00:01-05:00"}, {"end_time": "3030-07-14T07:00:00-05:00"}, {"start_time": "noon"},
        {"role_required": "\u200b"}, {"time_zone": "Mars/Olympus"}, {"time_zone": "../../etc/passwd"},
        {"time_zone": "America/Chicago\x00"}, {"area": ""}, {"pay": 40},
    ],
    ids=str,
)  # fmt: skip
def test_a_shift_with_nonsense_in_it_is_refused(change: dict[str, object]):
    with pytest.raises(ValidationError):
        Shift.model_validate({**A_SHIFT, **change})


def test_an_end_with_another_offset_is_compared_as_an_instant():
    Shift.model_validate({**A_SHIFT, "end_time": "2030-07-14T06:30:00-07:00"})


def test_a_single_role_may_be_given_as_role():
    assert Caregiver.model_validate(A_CAREGIVER).roles == ("RN",)


@pytest.mark.parametrize(
    "change",
    [
        {"roles": ["RN"]}, {"role": ""}, {"role": None}, {"phone": ""}, {"language": "pl"}, {"name": "x" * 81},
        {"active": "perhaps"}, {"phone": "no phone"}, {"phone": "call her mum"}, {"phone": "555"}, {"phone": "+1312"},
        {"phone": "3125550141 / 3125550142"},
    ],
    ids=str,
)  # fmt: skip
def test_a_caregiver_with_nonsense_in_it_is_refused(change: dict[str, object]):
    with pytest.raises(ValidationError):
        Caregiver.model_validate({**A_CAREGIVER, **change})


def test_a_caregiver_that_is_not_an_object_is_refused():
    with pytest.raises(ValidationError):
        Caregiver.model_validate(["alma"])


def test_a_caregiver_without_a_role_is_refused():
    with pytest.raises(ValidationError):
        Caregiver.model_validate({key: value for key, value in A_CAREGIVER.items() if key != "role"})


def test_a_caregiver_comes_back_from_its_own_json():
    caregiver = Caregiver.model_validate(A_CAREGIVER)
    assert Caregiver.model_validate_json(caregiver.model_dump_json()) == caregiver


def test_row_73_ids_that_a_path_cannot_hold_are_refused_and_their_neighbours_are_not():
    for name in ("...", ".a", "..a", "a.", "a..b", "x" * 128):
        assert Shift.model_validate({**A_SHIFT, "id": name}).id == name


@pytest.mark.parametrize("end", ["2030-07-14T07:15:00-05:00", "2030-07-21T07:00:00-05:00"])
def test_row_73_a_quarter_of_an_hour_and_a_week_are_shifts(end: str):
    Shift.model_validate({**A_SHIFT, "end_time": end})


@pytest.mark.parametrize(
    ("end", "says"),
    [
        ("2030-07-14T07:00:01-05:00", "shorter than 15 minutes"),
        ("2130-07-14T07:00:00-05:00", "longer than 7 days"),
    ],
)
def test_row_73_a_shift_of_a_moment_or_of_a_century_is_refused_in_words(end: str, says: str):
    with pytest.raises(ValidationError, match=says):
        Shift.model_validate({**A_SHIFT, "end_time": end})


@pytest.mark.parametrize(
    "role", ["  Rn ii ", "RN  II", "RN\u00a0II", "ＲＮ II", "rn\u2009ii", "RN \u200bII", "RN\u3000II"]
)
def test_row_38_roles_are_compared_without_case_and_kinds_of_blanks(role: str):
    assert role_key(role) == role_key("RN II")
    assert Shift.model_validate({**A_SHIFT, "role_required": role}).role_required in (
        "Rn ii",
        "RN II",
        "ＲＮ II",
        "rn ii",
    )


@pytest.mark.parametrize("role", ["RN, LPN", "RN;LPN", "CNA,"])
def test_row_38_two_roles_in_one_are_refused_since_no_shift_would_ever_match(role: str):
    with pytest.raises(ValidationError, match="more than one role"):
        Shift.model_validate({**A_SHIFT, "role_required": role})


def test_row_38_roles_that_differ_in_a_letter_are_two():
    assert role_key("RN") != role_key("RNII")
    assert role_key("STRASSE") == role_key("straße")


def test_names_are_compared_without_accents():
    assert name_key(" JOSÉ  Nuñez") == name_key("Jose\u0301 Nunez") == name_key("jose nunez")
    assert name_key("Jose Nunez") != name_key("Josa Nunez")


def test_row_35_an_organization_s_numbers_are_read_in_its_country():
    there = Organization.model_validate({"id": "a", "country": "de", "phones": ["030 1234567", "32100"]})
    assert there.country == "DE"
    assert [one.number for one in there.phones] == ["+49301234567", "32100"]
    with pytest.raises(ValidationError, match="no phone number"):
        Organization.model_validate({"id": "a", "phones": ["front desk"]})
    with pytest.raises(ValidationError, match="for example GB"):
        Organization.model_validate({"id": "a", "country": "UK", "phones": ["+13125550105"]})


def test_row_35_with_the_countries_known_a_phone_must_be_readable_at_home():
    homes = {"lakeside": "DE"}
    Caregiver.model_validate({**A_CAREGIVER, "phone": "0171 2345678"}, context=homes)
    with pytest.raises(ValidationError, match="no complete number in US"):
        Caregiver.model_validate({**A_CAREGIVER, "phone": "0171 2345678"}, context={"lakeside": "US"})
    with pytest.raises(ValidationError):
        Caregiver.model_validate({**A_CAREGIVER, "organization_id": "."}, context=homes)


def test_an_organization_s_rounds_are_data():
    organization = Organization.model_validate(
        {"id": "lakeside", "time_zone": "America/Chicago", "rounds": [{"channel": "sms", "wait": 60}]}
    )
    assert organization.rounds is not None
    assert organization.rounds[0].wait == 60
    with pytest.raises(ValidationError):
        Organization.model_validate({"id": "lakeside", "rounds": [{"channel": "sms", "wait": -60}]})


@pytest.mark.parametrize("body", ["", "yes", "👍", "x" * 2_000, "line\nbreak"])
def test_any_text_that_a_carrier_can_bring_is_a_message(body: str):
    assert InboundMessage.model_validate({**A_MESSAGE, "body": body}).body == body


@pytest.mark.fault(51)
@pytest.mark.parametrize(
    "change",
    [
        {"body": "x" * 2_001}, {"body": "ye\x00s"}, {"body": json.loads(r'"\ud800"')}, {"body": None}, {"from_phone": " "},
        {"message_id": ""}, {"message_id": "has blanks"}, {"message_id": "x" * 201}, {"timestamp": "2030-07-14T07:00:00"},
        {"sender": "?"},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_a_message_with_nonsense_in_it_is_refused(change: dict[str, object]):
    with pytest.raises(ValidationError):
        InboundMessage.model_validate({**A_MESSAGE, **change})


@pytest.mark.parametrize(
    ("name", "short"), [("Alma Reyes", "Alma R."), ("Ivo", "Ivo"), ("Ana de la Cruz", "Ana C."), (" ", " ")]
)
def test_what_somebody_is_called_beside_others(name: str, short: str):
    assert called(name) == short


def test_a_shift_comes_back_from_its_own_json_with_the_offset_it_was_given():
    shift = Shift.model_validate(A_SHIFT)
    again = Shift.model_validate_json(shift.model_dump_json())
    assert again == shift
    assert again.start_time.utcoffset() == shift.start_time.utcoffset()
    assert a_shift() == Shift.model_validate_json(a_shift().model_dump_json())


def test_a_fault_of_a_kind_that_nobody_has_met_is_told_all_the_same() -> None:
    fault = ErrorDetails(type="odd", loc=("id",), msg="Input should be even", input="odd")
    assert said(fault) == "input should be even"
