"""Row 48: "try it out" on the page, executed as it stands, works on the sample data and leaves nothing behind."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from firstyes import ManualClock, ShiftDesk, WebSettings, create_app, read_data
from support.service import SAMPLE
from support.world import FIVE_AM

NEEDS_MORE = {"acknowledge_alert", "assign_shift", "close_alert", "release_shift"}
"""What is refused truthfully where nobody has the shift yet, somebody already has, or no alert was raised."""


@pytest.fixture
def desk() -> Iterator[ShiftDesk]:
    with ShiftDesk("sqlite://", clock=ManualClock(FIVE_AM)) as opened:
        opened.load(read_data(json.loads(SAMPLE.read_bytes())))
        yield opened


@pytest.fixture
def client(desk: ShiftDesk) -> FlaskClient:
    return create_app(desk, WebSettings(open=True)).test_client()


def as_it_stands(client: FlaskClient, path: str, method: str, operation: dict[str, Any]) -> Any:
    """Do what "Execute" does: parameters and body as the examples have them, what has none left out."""
    for one in operation.get("parameters", ()):
        assert one["in"] == "query" or "example" in one, (path, one["name"])
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(one["example"]))
    body = operation.get("requestBody")
    if body is None:
        return client.open(path, method=method.upper())
    return client.open(path, method=method.upper(), json=body["content"]["application/json"]["example"])


def saved(desk: ShiftDesk) -> set[str]:
    """The ids of everything there is."""
    lists = (desk.organizations, desk.caregivers, desk.shifts)
    return {one.id for rows in lists for one in rows(limit=500).items}


def test_row_48_every_example_works_as_it_stands_and_saves_nothing_new(
    client: FlaskClient, desk: ShiftDesk
) -> None:
    # given
    before = saved(desk)
    document = client.get("/openapi.json").get_json()
    # when
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            answer = as_it_stands(client, path, method, operation)
            # then
            name = operation["operationId"]
            if name in NEEDS_MORE:
                assert answer.status_code in (200, 404, 409), (name, answer.get_data(as_text=True))
            elif name == "delete_organization":
                assert answer.status_code == 409
            else:
                assert answer.status_code == 200, (name, answer.get_data(as_text=True))
    assert saved(desk) == before


def test_row_48_in_the_order_of_the_story_the_examples_fill_a_shift(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    by_name = {
        operation["operationId"]: (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    answers = [
        as_it_stands(client, *by_name[name]).get_json()
        for name in ("fan_out", "receive_message", "show_shift", "release_shift", "cancel_shift")
    ]
    assert answers[1]["message"].startswith("You have the shift")
    assert answers[2]["claimed_by"] == "cg-marta"
    assert [one["status"] for one in (answers[0], *answers[3:])] == ["success"] * 3


def test_row_48_what_was_saved_by_mistake_can_be_deleted_or_switched_off(
    client: FlaskClient, desk: ShiftDesk
) -> None:
    # given
    client.post("/organizations", json={"id": "slip", "phones": ["+13125550199"]})
    # when
    assert client.delete("/organizations/slip").get_json()["status"] == "success"
    # then
    assert client.get("/organizations/slip").status_code == 404
    assert client.delete("/organizations/slip").get_json()["type"].endswith("unknown")
    # and its number is free again
    assert client.post("/organizations", json={"id": "other", "phones": ["+13125550199"]}).status_code == 200
    # and what others count on stays
    refused = client.delete("/organizations/org-harbor-home")
    assert (refused.status_code, refused.get_json()["type"]) == (409, "urn:firstyes:problem:in-use")
    assert desk.organization("org-harbor-home") is not None
    # and a caregiver is switched off
    marta = next(one for one in client.get("/caregivers").get_json()["items"] if one["id"] == "cg-marta")
    fields = ("id", "organization_id", "name", "roles", "phone")
    off = {**{name: marta[name] for name in fields}, "active": False}
    assert client.post("/caregivers", json=off).status_code == 200
    assert client.post("/shifts/shift-rn-monday/fanout").status_code == 200
    offers = client.get("/shifts/shift-rn-monday").get_json()["offers"]
    assert "cg-marta" not in {one["caregiver_id"] for one in offers}
