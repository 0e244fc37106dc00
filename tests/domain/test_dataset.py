"""A file of data."""

import json
from pathlib import Path

import pytest

from firstyes.domain.dataset import BadData, read_data

SHIFT = {
    "id": "s1",
    "organization_id": "lakeside",
    "role_required": "RN",
    "start_time": "2030-07-14T07:00:00-05:00",
    "end_time": "2030-07-14T15:00:00-05:00",
}
ELSEWHERE = {**SHIFT, "id": "s2", "organization_id": "riverside"}
ALMA = {"id": "alma", "name": "Alma Reyes", "role": "RN", "phone": "+15550001"}


def test_the_sample_that_ships_can_be_read():
    path = Path(__file__).parents[2] / "sample" / "sample_data.json"
    data = read_data(json.loads(path.read_text()))
    assert data.shifts
    assert data.caregivers


def test_caregivers_without_an_organization_belong_to_the_one_the_shifts_name():
    data = read_data({"shifts": [SHIFT], "caregivers": [ALMA, {**ALMA, "id": "b", "organization_id": None}]})
    assert [one.organization_id for one in data.caregivers] == ["lakeside", "lakeside"]


def test_caregivers_that_name_their_organization_keep_it():
    data = read_data({"shifts": [SHIFT, ELSEWHERE], "caregivers": [{**ALMA, "organization_id": "riverside"}]})
    assert data.caregivers[0].organization_id == "riverside"


@pytest.mark.parametrize("shifts", [[], [SHIFT, ELSEWHERE]], ids=["none", "two"])
def test_caregivers_without_an_organization_are_refused_where_it_is_not_clear_which(shifts: list[object]):
    with pytest.raises(BadData, match=f"1 caregivers name no organization.*name {len(shifts)}"):
        read_data({"shifts": shifts, "caregivers": [ALMA]})


def test_organizations_that_are_only_named_are_made():
    data = read_data(
        {
            "organizations": [{"id": "lakeside", "name": "Lakeside"}],
            "shifts": [SHIFT, ELSEWHERE],
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
        ({"shifts": "many"}, "shifts"),
        ({"caregivers": "many"}, "caregivers"),
        ({"caregivers": [7], "shifts": [SHIFT]}, "caregivers.0"),
        ({"shifts": [7], "caregivers": [ALMA]}, "name 0"),
        ({"shifts": "many", "caregivers": [ALMA]}, "name 0"),
        ({"shifts": [{**SHIFT, "start_time": "noon"}]}, r"shifts.0.start_time: .*RFC 3339.*\(1 problems"),
        ({"shift": [SHIFT]}, "shift: "),
    ],
)
def test_what_cannot_be_read_is_refused_with_where_and_why(raw: object, why: str):
    with pytest.raises(BadData, match=why):
        read_data(raw)
