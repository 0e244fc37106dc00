"""What comes from outside becomes a typed value once, or is refused."""

import json
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from firstyes.domain.caregiver import Caregiver, role_key
from firstyes.domain.contact import called
from firstyes.domain.message import InboundMessage
from firstyes.domain.organization import Organization
from firstyes.domain.shift import Shift
from support.builders import a_shift

A_SHIFT = {
    "id": "s1",
    "organization_id": "lakeside",
    "role_required": "RN",
    "start_time": "2030-07-14T07:00:00-05:00",
    "end_time": "2030-07-14T15:00:00-05:00",
}
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
        {"id": ""},
        {"id": "a b"},
        {"id": "s1\n"},
        {"id": "x" * 129},
        {"id": 7},
        {"role_required": " "},
        {"role_required": "R\x00N"},
        {"role_required": "R\ud800N"},
        {"end_time": A_SHIFT["start_time"]},
        {"end_time": "2030-07-14T06:00:00-05:00"},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../../etc/passwd"},
        {"time_zone": "America/Chicago\x00"},
        {"area": ""},
        {"pay": 40},
    ],
    ids=str,
)
def test_a_shift_with_nonsense_in_it_is_refused(change: dict[str, object]):
    with pytest.raises(ValidationError):
        Shift.model_validate({**A_SHIFT, **change})


def test_an_end_with_another_offset_is_compared_as_an_instant():
    Shift.model_validate({**A_SHIFT, "end_time": "2030-07-14T06:30:00-07:00"})


def test_a_single_role_may_be_given_as_role():
    assert Caregiver.model_validate(A_CAREGIVER).roles == ("RN",)
    assert Caregiver.model_validate(A_CAREGIVER).phone == "+13125550105"


@pytest.mark.parametrize(
    "change",
    [
        {"roles": ["RN"]},
        {"role": ""},
        {"role": None},
        {"phone": ""},
        {"language": "pl"},
        {"name": "x" * 81},
        {"active": "perhaps"},
    ],
    ids=str,
)
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


def test_roles_are_compared_by_their_key():
    assert role_key("  Rn ") == role_key("RN")
    assert role_key("STRASSE") == role_key("straße")


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
        {"body": "x" * 2_001},
        {"body": "ye\x00s"},
        {"body": json.loads(r'"\ud800"')},
        {"body": None},
        {"from_phone": " "},
        {"message_id": ""},
        {"message_id": "has blanks"},
        {"message_id": "x" * 201},
        {"timestamp": "2030-07-14T07:00:00"},
        {"sender": "?"},
    ],
    ids=lambda change: next(iter(change)),
)
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
