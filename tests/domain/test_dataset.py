"""A file of data."""

import json
from pathlib import Path

import pytest

from firstyes.domain.answer import Status
from firstyes.domain.data import dataset
from firstyes.domain.data.dataset import BadData, check_data, json_rows, read_data
from firstyes.domain.data.register import register
from firstyes.domain.data.rows import RawRow
from firstyes.domain.organization import Organization
from support.builders import A_SHIFT

ELSEWHERE = {**A_SHIFT, "id": "s2", "organization_id": "riverside"}
ALMA = {"id": "alma", "name": "Alma Reyes", "role": "RN", "phone": "+15550001"}


def test_the_sample_that_ships_can_be_read():
    path = Path(__file__).parents[2] / "sample" / "sample_data.json"
    data = read_data(json.loads(path.read_text()))
    assert data.shifts
    assert data.caregivers


def test_caregivers_without_an_organization_belong_to_the_one_the_shifts_name():
    data = read_data(
        {"shifts": [A_SHIFT], "caregivers": [ALMA, {**ALMA, "id": "b", "organization_id": None}]}
    )
    assert [one.organization_id for one in data.caregivers] == ["lakeside", "lakeside"]


def test_caregivers_that_name_their_organization_keep_it():
    data = read_data(
        {"shifts": [A_SHIFT, ELSEWHERE], "caregivers": [{**ALMA, "organization_id": "riverside"}]}
    )
    assert data.caregivers[0].organization_id == "riverside"


@pytest.mark.parametrize("shifts", [[], [A_SHIFT, ELSEWHERE]], ids=["none", "two"])
def test_caregivers_without_an_organization_are_refused_where_it_is_not_clear_which(shifts: list[object]):
    with pytest.raises(
        BadData, match=rf"caregiver 1 \(Alma Reyes\), organization_id: .*{len(shifts) or 'no'} organization"
    ):
        read_data({"shifts": shifts, "caregivers": [ALMA]})


def test_rows_without_an_organization_belong_to_the_only_one_there_is_or_to_the_one_that_is_named():
    alone = {key: value for key, value in A_SHIFT.items() if key != "organization_id"}
    data = read_data({"organizations": [{"id": "lakeside"}], "shifts": [alone], "caregivers": [ALMA]})
    assert {data.caregivers[0].organization_id, data.shifts[0].organization_id} == {"lakeside"}
    checked = check_data(json_rows({"shifts": [alone, ELSEWHERE]}), owner="hilltop")
    assert [one.organization_id for one in checked.data.shifts] == ["hilltop", "riverside"]


def test_organizations_that_are_only_named_are_made():
    data = read_data(
        {
            "organizations": [{"id": "lakeside", "name": "Lakeside"}],
            "shifts": [A_SHIFT, ELSEWHERE],
            "caregivers": [{**ALMA, "organization_id": "hillside"}],
        }
    )
    assert [one.id for one in data.named_organizations()] == ["riverside", "hillside"]


def test_an_empty_file_brings_nothing():
    data = read_data({})
    assert (data.organizations, data.caregivers, data.shifts) == ((), (), ())


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ([], "one JSON object"),
        (None, "one JSON object"),
        ({"shifts": "many"}, "shifts: must be a list"),
        ({"caregivers": "many"}, "caregivers: must be a list"),
        ({"caregivers": [7], "shifts": [A_SHIFT]}, "caregiver 1: is no object"),
        ({"shifts": [7], "caregivers": [ALMA]}, "shift 1: is no object"),
        ({"shifts": [{**A_SHIFT, "start_time": "noon"}]}, r"shift 1 \(s1\), start_time: .*RFC 3339"),
        ({"shift": [A_SHIFT]}, "shift: is not known here; write organizations, caregivers or shifts"),
        ({"shifts": [{**A_SHIFT, "time_zone": "EST"}]}, "write America/New_York"),
    ],
)
def test_what_cannot_be_read_is_refused_with_where_and_why(raw: object, why: str):
    with pytest.raises(BadData, match=why):
        read_data(raw)


def test_row_41_all_faults_of_a_file_are_told_with_row_person_and_remedy():
    # given
    rows = [
        {**ALMA, "id": "a", "name": "Ann", "phone": "no phone"},
        {**ALMA, "id": "b", "name": "Bea", "phone": "call her mum"},
        {**ALMA, "id": "..", "name": "Cleo"},
        {**ALMA, "id": "d", "name": "Dora", "language": "pl"},
        {**ALMA, "id": "e", "name": "Eve", "active": "perhaps"},
        {**ALMA, "id": "f", "name": "Fay", "pay": 40},
        {**ALMA, "id": "good", "name": "Gil", "phone": "+15550009"},
    ]
    shifts = [
        A_SHIFT,
        {**A_SHIFT, "id": "s2", "time_zone": "EST"},
        {**A_SHIFT, "id": "s3", "end_time": "noon"},
    ]
    # when
    checked = check_data(json_rows({"shifts": shifts, "caregivers": rows}))
    # then
    assert [str(one).partition(": ")[0] for one in checked.faults] == [
        "caregiver 1 (Ann), phone",
        "caregiver 2 (Bea), phone",
        "caregiver 3 (Cleo), id",
        "caregiver 4 (Dora), language",
        "caregiver 5 (Eve), active",
        "caregiver 6 (Fay), pay",
        "shift 2 (s2), time_zone",
        "shift 3 (s3), end_time",
    ]
    assert [one.id for one in checked.data.caregivers] == ["good"]
    assert [one.id for one in checked.data.shifts] == ["s1"]
    with pytest.raises(BadData, match="8 faults:") as refused:
        checked.refuse_faults()
    assert len(refused.value.faults) == 8


def test_row_66_a_file_of_nothing_but_faults_is_left_after_a_hundred():
    checked = check_data(json_rows({"shifts": [{}] * 10_000}))
    assert len(checked.faults) == 100
    assert checked.data.shifts == ()
    with pytest.raises(BadData, match="the first 100 faults"):
        checked.refuse_faults()


def test_row_39_an_id_given_twice_is_a_fault_of_both_rows_unless_they_are_equal():
    rows = [ALMA, {**ALMA, "name": "Bea"}, {**ALMA, "id": "c"}, {**ALMA, "id": "c"}, {**ALMA, "name": "Bea"}]
    checked = check_data(json_rows({"shifts": [A_SHIFT], "caregivers": rows}))
    assert [str(one) for one in checked.faults] == [
        "caregiver 1 (Alma Reyes), id: alma is also the id of caregiver 2 (Bea), with different data; give each their own",
        "caregiver 2 (Bea), id: alma is also the id of caregiver 1 (Alma Reyes), with different data; give each their own",
        "caregiver 5 (Bea), id: alma is also the id of caregiver 1 (Alma Reyes), with different data; give each their own",
    ]
    assert [one.id for one in checked.data.caregivers] == ["c", "c"]


@pytest.mark.parametrize(
    "other",
    [{"phone": "(312) 555-0141"}, {"role": "rn"}, {"role": " R\u200bN "}, {"name": "Alma  Reyes"}],
)
def test_row_39_what_is_written_in_two_ways_is_no_difference(other: dict[str, str]):
    rows = [{**ALMA, "phone": "+13125550141", "role": "RN"}]
    rows.append({**rows[0], **other})
    found = read_data({"shifts": [A_SHIFT], "caregivers": rows}).caregivers
    assert len(found) == 2
    kept = [one.model_copy(update={"phone": "+13125550141"}) for one in found]
    assert [one.status for one in register([], kept).answers] == [Status.SUCCESS] * 2


def test_row_39_of_one_person_with_two_roles_in_two_rows_one_row_is_asked_for():
    rows = [{**ALMA, "role": "RN"}, {**ALMA, "role": "LPN"}]
    checked = check_data(json_rows({"shifts": [A_SHIFT], "caregivers": rows}))
    assert [
        str(one).endswith("different data; give them one row, with all roles") for one in checked.faults
    ] == [True] * 2


def test_row_39_shifts_are_compared_too_and_files_are_named():
    here = json_rows({"shifts": [A_SHIFT]}, "a.json")
    there = json_rows({"shifts": [{**A_SHIFT, "role_required": "LPN"}]}, "b.json")
    checked = check_data({"shifts": [*here["shifts"], *there["shifts"]]})
    assert "b.json: shift 1 (s1), id: s1 is also the id of a.json, shift 1" in str(checked.faults[1])


def test_row_35_phones_are_read_in_the_country_that_the_file_or_the_journal_names():
    phone = {**ALMA, "phone": "0171 2345678"}
    read_data(
        {"organizations": [{"id": "lakeside", "country": "DE"}], "shifts": [A_SHIFT], "caregivers": [phone]}
    )
    known = {"lakeside": Organization(id="lakeside", country="DE")}
    read_data({"shifts": [A_SHIFT], "caregivers": [phone]}, known)
    with pytest.raises(BadData, match="in US"):
        read_data({"shifts": [A_SHIFT], "caregivers": [phone]})


def test_a_name_that_cannot_be_shown_is_not_shown():
    with pytest.raises(BadData) as refused:
        read_data({"shifts": [A_SHIFT], "caregivers": [{**ALMA, "name": "\x07", "phone": "none"}, {}]})
    assert "caregiver 1, name: write one line" in str(refused.value)
    with pytest.raises(BadData, match="a field: is not known here"):
        read_data({"\ud800": []})


@pytest.mark.parametrize(("data", "is_called"), [({"id": "n-1"}, "n-1"), ({"id": "\n"}, None), ([], None)])
def test_a_row_is_called_by_its_id_where_that_is_one(data: object, is_called: str | None):
    assert RawRow(1, data).id == is_called


def test_a_million_rows_are_the_most(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dataset, "MOST", 1)
    with pytest.raises(BadData, match="several files"):
        read_data({"shifts": [A_SHIFT, ELSEWHERE]})


@pytest.mark.parametrize(
    ("row", "place", "remedy"),
    [
        ({"roles": "RN"}, "roles", "write it as a list"),
        ({"roles": []}, "roles", "give at least 1"),
        ({"roles": [f"r{number}" for number in range(99)]}, "roles", "give at most"),
        ({"phone": 3125550141}, "phone", "write it as text"),
        ({"organization_id": None}, "organization_id", "no organization is named"),
    ],
)
def test_row_41_no_remedy_speaks_of_the_types_of_a_program(row, place, remedy):
    sound = {"id": "a", "organization_id": "lake", "name": "A", "roles": ["RN"], "phone": "+13125550141"}
    [fault] = check_data(json_rows({"caregivers": [sound | row]})).faults
    assert fault.place == (place,)
    assert remedy in fault.detail


def test_row_41_a_country_in_words_and_a_time_of_another_form_are_told_what_to_write():
    organization = {"id": "lake", "time_zone": "America/Chicago", "country": "United States"}
    shift = {"id": "s", "organization_id": "lake", "role_required": "RN", "end_time": "2030-09-09T15:00Z"}
    raw = {"organizations": [organization], "shifts": [shift | {"start_time": "2030-09-09 07:00 PM"}]}
    country, start = check_data(json_rows(raw)).faults
    assert "write for example US" in country.detail
    assert "for example 2030-07-14T07:00:00-05:00" in start.detail
