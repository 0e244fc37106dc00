"""Who may do what in the console: by role, and never across the wall of an organization."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from firstyes.actors.journal.alert_port import NewAlert
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.domain.access.user import UserRole
from firstyes.domain.alert import AlertKind
from firstyes.domain.organization import Organization
from firstyes.web.app import create_app
from firstyes.web.console import console
from firstyes.web.console.sign_in import COOKIE
from firstyes.web.service.web_settings import WebSettings
from support.accounts import let_in
from support.pages import SAME_ORIGIN
from support.world import LAKESIDE, World

HILLTOP = "hilltop"
PUBLIC = {"console.sign_in", "console.join", "console.asset"}
OWN = {"console.account", "console.change_password", "console.end_sessions", "console.sign_out"}
"""What each does for themselves, whatever they may otherwise."""
MANAGING = {
    "users", "invite", "reset", "set_role", "disable", "enable", "take_back", "tokens", "make_token", "revoke",
}  # fmt: skip


@pytest.fixture
def app(world: World) -> Flask:
    """Two organizations with everything in each, and people who sign in."""
    desk = world.desk
    desk.put_organizations([Organization(id=HILLTOP)])
    world.caregivers("alma")
    world.caregivers("hal", organization=HILLTOP)
    world.offered("early")
    world.offered("ours", organization=HILLTOP)
    world.says("alma", "yes")
    world.says("alma", "I cannot come, call me")
    ann = let_in(desk, "ann").user
    let_in(desk, "there", UserRole.COORDINATOR, frozenset({LAKESIDE}))
    desk.accounts.make_token(ann, "payroll", LAKESIDE)
    desk.accounts.invite(ann, "dora", UserRole.VIEWER, frozenset({LAKESIDE}))
    desk.settle()
    return create_app(desk, WebSettings(api_token="the-operators-own-token"))


def comes(app: Flask, world: World, name: str, role: UserRole, *organizations: str) -> FlaskClient:
    """Let somebody in who comes with a cookie."""
    client = app.test_client()
    signed = let_in(world.desk, name, role, frozenset(organizations) if organizations else None)
    client.set_cookie(COOKIE, signed.token, secure=True)
    return client


def journal(world: World) -> SqliteJournal:
    kept = world.desk.journal
    assert isinstance(kept, SqliteJournal)
    return kept


def theirs(world: World) -> dict[str, Any]:
    """Lakeside's things, by the names of parameters."""
    [alert] = journal(world).one("SELECT min(id) FROM alerts WHERE organization_id = ?", (LAKESIDE,))
    [message] = journal(world).one(
        "SELECT 'out-' || min(seq) FROM outbox WHERE organization_id = ?", (LAKESIDE,)
    )
    [contact] = journal(world).one("SELECT contact_id FROM caregivers WHERE id = 'alma'")
    return {
        "shift_id": "early", "caregiver_id": "alma", "alert_id": alert, "message_id": message,
        "organization_id": LAKESIDE, "contact_id": contact, "key": 1, "rest": "nothing", "name": "nothing",
    }  # fmt: skip


def routes(app: Flask) -> list[tuple[str, str, str]]:
    """Endpoint, method and path of each page and form, its parameters in braces."""
    return [
        (rule.endpoint, method, re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("console.")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def ask(client: FlaskClient, method: str, path: str, **fields: Any) -> Any:
    """Ask for a page, or send a form as a page of ours would."""
    if method == "GET":
        return client.get(path)
    found = re.search(r'name="token" value="(\w+)"', client.get("/console/account").get_data(as_text=True))
    assert found is not None
    return client.post(path, data={"token": found[1], **fields}, headers=SAME_ORIGIN)


def state(world: World) -> list[Any]:
    """All that anybody could have changed."""
    tables = ("events", "caregivers", "organizations", "users", "links", "api_tokens", "alerts", "outbox")
    return [journal(world).all(f"SELECT * FROM {table}") for table in tables]


def test_no_route_leads_to_another_organization(app, world) -> None:
    # given
    client = comes(app, world, "eve", UserRole.ADMIN, HILLTOP)
    values, before = theirs(world), state(world)
    # then
    for endpoint, method, path in routes(app):
        if endpoint in PUBLIC | OWN:
            continue
        fields = {**values, "name": "x", "role": "admin", "all": "1", "override": "because", "body": "Hello"}
        response = ask(client, method, path.format(**values), **fields)
        text = response.get_data(as_text=True)
        if "{" in path and method == "GET":
            assert response.status_code == 404, (endpoint, text)
        assert response.status_code in (200, 303, 400, 403, 404, 409, 422), (endpoint, text)
        if response.status_code == 303:
            text = client.get(response.headers["Location"]).get_data(as_text=True)
        for hidden in ("Lakeside", "Alma", world.phones["alma"], "payroll", "dora", "there</"):
            assert hidden not in text, (endpoint, hidden)
    assert state(world) == before


def test_who_may_only_look_changes_nothing(app, world) -> None:
    # given
    client = comes(app, world, "vic", UserRole.VIEWER)
    values, before = theirs(world), state(world)
    # then
    for endpoint, method, path in routes(app):
        if method == "POST" and endpoint not in PUBLIC | OWN:
            assert ask(client, method, path.format(**values)).status_code == 403, endpoint
    assert state(world) == before


@pytest.mark.parametrize("role", [UserRole.VIEWER, UserRole.COORDINATOR])
def test_only_an_admin_manages_anybody(app, world, role) -> None:
    client = comes(app, world, "cora", role)
    seen = set()
    for endpoint, method, path in routes(app):
        name = endpoint.removeprefix("console.")
        if name in MANAGING:
            seen.add(name)
            assert ask(client, method, path.format(**theirs(world))).status_code == 403, endpoint
    assert seen == MANAGING
    assert "/console/users" not in client.get("/").get_data(as_text=True)


def test_nobody_comes_anywhere_without_signing_in(app, world) -> None:
    client, values = app.test_client(), theirs(world)
    for endpoint, method, path in routes(app):
        if endpoint not in PUBLIC:
            response = client.open(path.format(**values), method=method, headers=SAME_ORIGIN)
            assert response.status_code == 401, endpoint


def test_the_phone_wall_is_only_for_who_sees_everybody(app, world) -> None:
    own = comes(app, world, "eve", UserRole.ADMIN, HILLTOP)
    every = comes(app, world, "vic", UserRole.VIEWER)
    assert own.get("/console/phones").status_code == 404
    assert "/console/phones" not in own.get("/").get_data(as_text=True)
    assert every.get("/console/phones").status_code == 200
    assert "/console/phones" in every.get("/").get_data(as_text=True)


def test_there_is_no_phone_wall_where_real_phones_are_reached(world, monkeypatch) -> None:
    monkeypatch.setattr(type(world.desk), "simulated", property(lambda _: False))
    app = create_app(world.desk, WebSettings(api_token="secret"))
    assert [path for _, _, path in routes(app) if path.startswith("/console/phones")] == []


def test_of_a_phone_that_is_somebody_s_of_two_organizations_each_reads_its_own(app, world) -> None:
    # given
    world.caregivers("alma-too", organization=HILLTOP, phone=world.phones["alma"])
    here = comes(app, world, "eve", UserRole.COORDINATOR, HILLTOP)
    there = comes(app, world, "cora", UserRole.COORDINATOR, LAKESIDE)
    # then
    for said in ("I cannot come, call me", "You have the shift"):
        assert said not in here.get("/console/caregivers/alma-too").get_data(as_text=True)
        assert said in there.get("/console/caregivers/alma").get_data(as_text=True)


def test_whose_organization_is_beyond_the_most_that_are_shown_sees_no_other(app, world, monkeypatch) -> None:
    monkeypatch.setattr(console, "MOST_ORGANIZATIONS", 1)
    world.caregivers("hugo", organization=HILLTOP, role="CNA")
    text = (
        comes(app, world, "eve", UserRole.COORDINATOR, LAKESIDE).get("/console/post").get_data(as_text=True)
    )
    assert "CNA" not in text
    assert '<option value="RN">' in text


def test_an_id_that_is_in_use_is_taken_whoever_has_it(app, world) -> None:
    # given
    client, said, before = comes(app, world, "eve", UserRole.ADMIN, HILLTOP), [], state(world)
    for caregiver_id in ("alma", "hal"):
        row = {"name": "Zoe", "roles": "RN", "phone": "+13125550177", "organization_id": HILLTOP}
        # when
        answer = ask(client, "POST", "/console/caregivers/add", **row, id=caregiver_id)
        shown = client.get(answer.headers["Location"]).get_data(as_text=True)
        # then
        found = re.search(r'class="said refused"[^>]*>([^<]+)', shown)
        assert found is not None
        said.append(found[1].replace(caregiver_id, "X"))
    assert said == ["The id X is taken: choose another."] * 2
    # when
    sheet = f"id,name,roles,phone,organization_id\nalma,Zoe,RN,+13125550177,{HILLTOP}\n"
    shown = ask(client, "POST", "/console/caregivers-import", sheet_text=sheet).get_data(as_text=True)
    # then
    assert "The id alma is taken: choose another." in shown
    assert state(world) == before


def test_what_concerns_everybody_is_shown_and_not_closed_by_one_organization(app, world) -> None:
    # given
    for kind, about in ((AlertKind.CARRIER_DOWN, "sms"), (AlertKind.UNKNOWN_PHONE, "+13125550177")):
        world.desk._working.record_alert(
            NewAlert(kind, f"It is about {about}.", world.clock.now(), about=about)
        )
    world.desk.settle()
    client, before = comes(app, world, "eve", UserRole.ADMIN, HILLTOP), state(world)
    # then
    shown = client.get("/console/alerts").get_data(as_text=True)
    assert "It is about sms." in shown
    assert "+13125550177" not in shown
    for one in world.desk.alerts(open=True).items:
        if one.organization_id is None:
            assert f"/console/alerts/{one.id}/close" not in shown
            for order in ("close", "acknowledge"):
                assert ask(client, "POST", f"/console/alerts/{one.id}/{order}").status_code == 404
    assert state(world) == before


def test_whose_order_it_was_stands_in_the_history(app, world) -> None:
    client = comes(app, world, "cora", UserRole.COORDINATOR, LAKESIDE)
    ask(client, "POST", "/console/shifts/early/release", version=world.record().version)
    assert "user:cora" in {one.by for one in world.desk.timeline("early")}
