"""Walls between organizations: who comes for one sees it, and nothing of others, whatever is asked."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import create_environ

from firstyes.actors.accounts.managed import Made
from firstyes.actors.journal.alert_port import NewAlert
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.marking import NOTED
from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Answer
from firstyes.domain.organization import Organization, OwnNumber
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings
from support.accounts import let_in
from support.world import DIALLED, LAKESIDE, World, a_world

HILLTOP = "hilltop"
HILLTOP_NUMBER = "+13125550190"
OPERATOR = "the-operators-own-token"
OPEN = {"health", "livez", "readyz", "openapi", "docs", "docs_asset"}
EVERYWHERE = {"receive_message", "metrics", "put_organizations", "delete_organization"}
SHIFT = {
    "id": "new", "organization_id": LAKESIDE, "role_required": "RN", "start_time": "2030-07-17T07:00:00-05:00",
    "end_time": "2030-07-17T15:00:00-05:00",
}  # fmt: skip
BODIES: dict[str, Any] = {
    "post_shifts": SHIFT,
    "put_caregivers": {"id": "new", "organization_id": LAKESIDE, "name": "Eve", "role": "RN", "phone": "+13125550199"},
    "write_to_caregiver": {"caregiver_id": "alma", "body": "Hello"},
    "assign_shift": {"caregiver_id": "alma"},
    "cancel_shift": {"confirm": True},
    "state_consent": {"channel": "sms", "how": "form"},
}  # fmt: skip
"""What is sent to operations that need a body: about Lakeside."""


@pytest.fixture
def world() -> Iterator[World]:
    """Two organizations, with everything in each; Zoe works for both, from one phone."""
    with a_world() as world:
        world.desk.put_organizations(
            [Organization(id=HILLTOP, name="Hilltop", phones=(OwnNumber(number=HILLTOP_NUMBER),))]
        )
        world.caregivers("alma", "bea")
        world.caregivers("hal", organization=HILLTOP)
        world.caregivers("zoe", role="LPN")
        world.caregivers("zoe-too", role="LPN", organization=HILLTOP, phone=world.phones["zoe"])
        world.offered("early")
        world.offered("ours", organization=HILLTOP)
        world.says("alma", "yes", to=DIALLED)
        world.says("alma", "I cannot come, call me", to=DIALLED)
        world.says("hal", "yes", to=HILLTOP_NUMBER)
        world.says("hal", "I cannot come, call me", to=HILLTOP_NUMBER)
        world.says("zoe", "greetings to lakeside", to=DIALLED)
        for kind, about in ((AlertKind.CARRIER_DOWN, "sms"), (AlertKind.UNKNOWN_PHONE, "+13125550177")):
            world.desk._working.record_alert(
                NewAlert(kind, f"It is about {about}.", world.clock.now(), about=about)
            )
        world.desk.settle()
        yield world


@pytest.fixture
def token(world: World) -> str:
    """What opens the API of Hilltop."""
    ann = let_in(world.desk, "ann").user
    made = world.desk.accounts.make_token(ann, "payroll", HILLTOP)
    assert isinstance(made, Made)
    return made.token


@pytest.fixture
def app(world: World) -> Flask:
    return create_app(world.desk, WebSettings(api_token=OPERATOR))


@pytest.fixture
def client(app: Flask, token: str) -> FlaskClient:
    return comes_with(app, token)


@pytest.fixture
def operator(app: Flask) -> FlaskClient:
    return comes_with(app, OPERATOR)


def comes_with(app: Flask, token: str) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def kept(world: World) -> SqliteJournal:
    journal = world.desk.journal
    assert isinstance(journal, SqliteJournal)
    return journal


def ids(world: World, organization: str) -> dict[str, str]:
    """What there is of an organization, by the names of parameters."""
    journal = kept(world)
    own = {LAKESIDE: ("early", "alma"), HILLTOP: ("ours", "hal")}[organization]
    [alert] = journal.one("SELECT min(id) FROM alerts WHERE organization_id = ?", (organization,))
    return {
        "organization_id": organization,
        "shift_id": own[0],
        "caregiver_id": own[1],
        "alert_id": str(alert),
    }


def messages(world: World, organization: str) -> list[str]:
    sent = kept(world).all("SELECT 'out-' || seq FROM outbox WHERE organization_id = ?", (organization,))
    name = {LAKESIDE: "alma", HILLTOP: "hal"}[organization]
    heard = [one.id for one in world.desk.messages(phone=world.phones[name]).items if one.direction == "in"]
    return [*(one for (one,) in sent), *heard]


def operations(app: Flask) -> list[tuple[str, str, str]]:
    """Name, method and path of each operation of the API, its parameters in braces."""
    return [
        (rule.endpoint, method, re.sub(r"<[\w()]+:(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if "." not in rule.endpoint
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def test_no_operation_of_the_api_leads_to_another_organization(app, client, world) -> None:
    theirs = ids(world, LAKESIDE)
    before = kept(world).one("SELECT max(id) FROM events")
    for name, method, path in operations(app):
        if name in OPEN:
            continue
        for message in messages(world, LAKESIDE) if "{message_id}" in path else [""]:
            asked = path.format(**theirs, message_id=message)
            body = BODIES.get(name, {}) if method == "POST" and name not in EVERYWHERE else None
            response = client.open(asked, method=method, json=body)
            said = response.get_data(as_text=True)
            if name in EVERYWHERE:
                assert response.status_code == 403, (name, said)
            elif "{" in path or body is not None:
                assert response.status_code == 404, (name, said)
            else:
                assert response.status_code == 200, (name, said)
            told = said.replace(asked, "").replace(str(theirs["shift_id"]), "")
            for hidden in ("Lakeside", world.phones["alma"], "greetings", "+13125550177"):
                assert hidden not in told, (name, hidden)
            for other in messages(world, LAKESIDE):
                assert f'"{other}"' not in told, (name, other)
    assert kept(world).one("SELECT max(id) FROM events") == before


def test_what_is_another_s_is_answered_as_what_is_not_there(app, client, world) -> None:
    theirs = {**ids(world, LAKESIDE), "message_id": messages(world, LAKESIDE)[0]}
    nowhere = {
        "organization_id": "nowhere", "shift_id": "nowhere", "caregiver_id": "nowhere", "alert_id": "99999",
        "message_id": "out-99999",
    }  # fmt: skip
    for name, method, path in operations(app):
        if name in OPEN | EVERYWHERE or "{" not in path:
            continue
        answers = []
        for values in (theirs, nowhere):
            said = client.open(
                path.format(**values), method=method, json=BODIES.get(name, {}) if method == "POST" else None
            ).get_data(as_text=True)
            for value in values.values():
                said = said.replace(value, "X")
            answers.append(said)
        assert answers[0] == answers[1], name


def test_a_filter_that_names_another_organization_finds_none(app, client) -> None:
    for path in ("/shifts", "/caregivers", "/alerts", "/messages", "/organizations"):
        assert client.get(f"{path}?organization_id={LAKESIDE}").status_code == 404
        assert client.get(f"{path}?organization_id={HILLTOP}").status_code == 200


@pytest.mark.parametrize("query", ["shift_id=early", "phone=%2B13125550200"])
def test_no_other_filter_gets_around_it(client, query: str) -> None:
    for path in ("/messages", "/alerts") if query.startswith("shift") else ("/messages",):
        assert client.get(f"{path}?{query}").get_json()["items"] == []


def test_what_is_its_own_it_sees_and_orders(client, world) -> None:
    own = {**ids(world, HILLTOP), "message_id": messages(world, HILLTOP)[0]}
    assert [one["id"] for one in client.get("/shifts").get_json()["items"]] == ["ours"]
    assert [one["id"] for one in client.get("/caregivers").get_json()["items"]] == ["hal", "zoe-too"]
    assert [one["id"] for one in client.get("/organizations").get_json()["items"]] == [HILLTOP]
    heard = [one["body"] for one in client.get("/messages").get_json()["items"] if one["direction"] == "in"]
    assert heard == ["I cannot come, call me", "yes"]
    kinds = {one["kind"] for one in client.get("/alerts").get_json()["items"]}
    assert "carrier_down" in kinds and "drop_requested" in kinds
    for path in (
        "/shifts/{shift_id}",
        "/shifts/{shift_id}/timeline",
        "/messages/{message_id}",
        "/organizations/{organization_id}",
    ):
        assert client.get(path.format(**own)).status_code == 200, path
    assert client.post("/shifts", json={**SHIFT, "organization_id": HILLTOP}).status_code == 200
    assert client.post(f"/alerts/{own['alert_id']}/close").get_json()["closed_by"] == "token:payroll"
    assert client.post("/shifts/new/cancel", json={}).status_code == 200
    assert world.desk.timeline("new")[-1].by == "token:payroll"


def test_of_a_list_its_own_rows_are_taken_and_the_others_are_of_nobody(client, operator) -> None:
    # when
    rows = [{**SHIFT, "id": f"row-{one}", "organization_id": one} for one in (LAKESIDE, HILLTOP, "nowhere")]
    items = client.post("/shifts", json=rows).get_json()["items"]
    # then
    assert [one["status"] for one in items] == ["refused", "success", "refused"]
    said = [items[number]["message"].replace(one, "X") for number, one in ((0, LAKESIDE), (2, "nowhere"))]
    assert said[0] == said[1]
    assert operator.get(f"/shifts/row-{LAKESIDE}").status_code == 404


def test_an_id_in_use_elsewhere_is_taken_and_nothing_says_where(client, problem_of) -> None:
    caregiver = {**BODIES["put_caregivers"], "id": "alma", "organization_id": HILLTOP}
    shift = {**SHIFT, "id": "early", "organization_id": HILLTOP}
    for path, row in (("/caregivers", caregiver), ("/shifts", shift)):
        response = client.post(path, json=row)
        told = problem_of(response)
        assert (response.status_code, told["type"]) == (409, "urn:firstyes:problem:taken")
        assert told["detail"] == f"The id {row['id']} is taken: choose another."


def test_a_token_marks_a_reply_in_its_own_name_and_for_its_own_shifts(client, world, monkeypatch) -> None:
    # given
    given: dict[str, Any] = {}

    def mark(*_: object, **more: Any) -> Answer:
        given.update(more)
        return NOTED

    monkeypatch.setattr(world.desk, "mark", mark)
    [mine] = [one for one in messages(world, HILLTOP) if one.startswith("in-")][:1]
    # when
    client.post(f"/messages/{mine}/mark", json={"meaning": "other", "by": "user:cora"})
    # then
    assert given == {"by": "token:payroll, user:cora", "organization_ids": frozenset({HILLTOP})}


def test_nobody_of_another_organization_can_be_assigned(client, operator) -> None:
    there = client.post("/shifts/ours/assign", json={"caregiver_id": "bea"})
    nobody = client.post("/shifts/ours/assign", json={"caregiver_id": "nobody"})
    said = [one.get_json()["detail"].replace(who, "X") for one, who in ((there, "bea"), (nobody, "nobody"))]
    assert there.status_code == 404
    assert said[0] == said[1]
    assert operator.post("/shifts/ours/assign", json={"caregiver_id": "bea"}).status_code == 404


def test_whom_a_request_names_stands_beside_the_token(client, operator, world) -> None:
    for sender, said in ((operator, "Ann"), (client, "token:payroll, Ann")):
        world.desk._working.record_alert(
            NewAlert(AlertKind.NEEDS_READING, "Look.", world.clock.now(), organization_id=HILLTOP, about=said)
        )
        world.desk.settle()
        newest = world.desk.alerts().items[0].id
        assert sender.post(f"/alerts/{newest}/close", json={"by": "Ann"}).get_json()["closed_by"] == said


def test_the_operator_s_token_sees_all_as_before(operator, world) -> None:
    assert {one["organization_id"] for one in operator.get("/shifts").get_json()["items"]} == {
        LAKESIDE,
        HILLTOP,
    }
    assert operator.get("/metrics").status_code == 200
    assert operator.get(f"/messages/{messages(world, LAKESIDE)[0]}").status_code == 200


def test_the_quick_way_of_messages_is_not_for_a_token_of_one_organization(app, token, world) -> None:
    # given
    body = json.dumps({"from_phone": world.phones["bea"], "body": "no"}).encode()
    replies: list[Any] = []

    def begins(bearer: str) -> bool:
        head = create_environ(
            "/messages/inbound",
            method="POST",
            data=body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {bearer}"},
        )
        return bool(
            app.wsgi_app.begin({**head, "wsgi.input": BytesIO(body)}, replies.append, lambda work: work())
        )

    # then
    assert not begins(token)
    assert begins(OPERATOR)


def test_a_token_that_was_revoked_opens_nothing(app, world) -> None:
    ben = let_in(world.desk, "ben").user
    made = world.desk.accounts.make_token(ben, "old", HILLTOP)
    client = comes_with(app, made.token)
    assert client.get("/shifts").status_code == 200
    world.desk.accounts.revoke(ben, world.desk.accounts.tokens(ben)[-1].key)
    assert client.get("/shifts").status_code == 401


def test_an_open_service_wants_a_token_as_soon_as_somebody_was_let_in() -> None:
    with a_world() as world:
        client = create_app(world.desk, WebSettings(open=True)).test_client()
        assert client.get("/shifts").status_code == 200
        assert "security" not in client.get("/openapi.json").get_json()
        # when
        ann = let_in(world.desk, "ann").user
        # then
        assert client.get("/shifts").status_code == 401
        assert client.get("/health").status_code == 200
        assert client.get("/openapi.json").get_json()["security"] == [{"token": []}]
        made = world.desk.accounts.make_token(ann, "payroll", LAKESIDE)
        assert client.get("/shifts", headers={"Authorization": f"Bearer {made.token}"}).status_code == 200


def test_a_text_from_a_phone_of_two_organizations_is_of_the_one_it_is_taken_to_be_for() -> None:
    with a_world() as world:
        for name in (HILLTOP, "third"):
            world.desk.put_organizations([Organization(id=name)])
        world.caregivers("zoe")
        world.caregivers("zoe-too", organization=HILLTOP, phone=world.phones["zoe"])
        world.caregivers("tim", organization="third")
        world.offered("ours", organization=HILLTOP)
        # when
        world.says("zoe", "who is this?")
        # then
        for organization, count in ((LAKESIDE, 0), (HILLTOP, 1), ("third", 0)):
            found = world.desk.messages(organization_id=organization).items
            assert len([one for one in found if one.direction == "in"]) == count
