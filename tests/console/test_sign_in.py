"""Signing in to the console, and out."""

import re
from typing import Any
from unittest.mock import Mock

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from firstyes.actors.accounts.managed import Made
from firstyes.actors.journal.errors import JournalUnavailable
from firstyes.domain.access.session import IDLE, INVITED_FOR
from firstyes.domain.access.throttle import OF_ADDRESS
from firstyes.domain.access.user import UserRole
from firstyes.web.app import create_app
from firstyes.web.console.browser_name import browser_of
from firstyes.web.console.sign_in import COOKIE, address_of
from firstyes.web.service.web_settings import WebSettings
from support.accounts import ANOTHER, PASSWORD, cheap, let_in
from support.pages import SAME_ORIGIN, Pages
from support.world import LAKESIDE, World

TOKEN = "the-operators-own-token"


@pytest.fixture
def app(world: World) -> Flask:
    """An app that is not open."""
    cheap(world.desk)
    return create_app(world.desk, WebSettings(api_token=TOKEN))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def signs_in(client: FlaskClient, name: str = "ann", password: str = PASSWORD, **more: Any) -> TestResponse:
    """Fill in the form that stands in the place of a page."""
    token = token_in(client.get("/console/sign-in").get_data(as_text=True))
    data = {"name": name, "password": password, "token": token, **more}
    return client.post("/console/sign-in", data=data, headers=SAME_ORIGIN)


def token_in(text: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', text)
    assert found is not None, text
    return found[1]


def secret_in(text: str) -> str:
    found = re.search(r'id="secret" readonly value="([^"]+)"', text)
    assert found is not None, text
    return found[1]


def test_without_signing_in_nothing_is_shown_but_where_to_sign_in(world, client) -> None:
    world.asked("alma")
    for path in ("/", "/console/users", "/console/account", "/console/nothing"):
        response = client.get(path)
        assert response.status_code == 401
        text = response.get_data(as_text=True)
        assert 'action="/console/sign-in"' in text and f'name="next" value="{path}"' in text
        # Whoever types is not disturbed by a page that looks for news.
        assert "<script" not in text
        assert "early" not in text


def test_who_signs_in_sees_the_page_they_came_for(world, client) -> None:
    let_in(world.desk, "ann")
    response = signs_in(client, name=" ANN ", next="/console/account")
    assert (response.status_code, response.headers["Location"]) == (303, "/console/account")
    assert "signed in as" in client.get("/console/account").get_data(as_text=True)
    for elsewhere in (
        "https://evil.example/",
        "//evil.example/console/",
        "/shifts",
        "/\\evil.example",
        "http://[",
        "",
    ):
        assert signs_in(client, next=elsewhere).headers["Location"] == "/"


def test_the_cookie_is_the_host_s_alone_and_no_script_reads_it(world, client) -> None:
    let_in(world.desk, "ann")
    cookie = signs_in(client).headers["Set-Cookie"]
    name, _, rest = cookie.partition("=")
    assert name == COOKIE == "__Host-firstyes"
    said = {one.strip() for one in rest.split(";")[1:]}
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= said
    assert not any(one.startswith("Domain") for one in said)


@pytest.mark.parametrize(
    ("name", "password"), [("ann", "wrong"), ("eve", PASSWORD), ("<b>", PASSWORD), ("", "")]
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(world, client, name, password) -> None:
    let_in(world.desk, "ann")
    response = signs_in(client, name, password)
    assert response.status_code == 403
    assert "Name or password is not right." in response.get_data(as_text=True)
    assert "Set-Cookie" not in response.headers


def test_after_too_many_attempts_it_says_how_long_to_wait(world, client) -> None:
    let_in(world.desk, "ann")
    for _ in range(OF_ADDRESS.most):
        signs_in(client, password="wrong")
    response = signs_in(client)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "30")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ],
)
def test_no_other_site_signs_anybody_in(world, client, headers) -> None:
    let_in(world.desk, "ann")
    token = token_in(client.get("/console/sign-in").get_data(as_text=True))
    data = {"name": "ann", "password": PASSWORD, "token": token}
    assert client.post("/console/sign-in", data=data, headers=headers).status_code == 403
    assert (
        client.post("/console/sign-in", data={**data, "token": "0" * 128}, headers=SAME_ORIGIN).status_code
        == 403
    )
    assert client.post("/console/sign-in", data=data, headers=SAME_ORIGIN).status_code == 303


def test_a_form_of_another_session_is_refused(world, app) -> None:
    # given
    clients = [app.test_client(), app.test_client()]
    for name, client in zip(("ann", "bea"), clients, strict=True):
        let_in(world.desk, name)
        signs_in(client, name)
    form = Pages(clients[0]).form("/console/account", "Sign out")
    # then
    assert Pages(clients[1]).send(form).status_code == 403
    assert Pages(clients[0]).send(form).status_code == 303


def test_who_signs_out_is_out_and_the_browser_is_still_known(world, client) -> None:
    let_in(world.desk, "ann")
    signs_in(client)
    Pages(client).send(Pages(client).form("/console/account", "Sign out"))
    assert client.get("/").status_code == 401
    # and
    for number in range(60):
        world.desk.accounts.sign_in("ann", "wrong", address=f"198.51.100.{number}")
    assert signs_in(client).status_code == 303


def test_who_was_shut_out_is_asked_to_sign_in_again_and_cannot(world, client) -> None:
    ann = let_in(world.desk, "ann").user
    bea = let_in(world.desk, "bea").user
    signs_in(client, "bea")
    assert client.get("/").status_code == 200
    world.desk.accounts.disable(ann, bea.key)
    assert client.get("/").status_code == 401
    assert signs_in(client, "bea").status_code == 403


def test_a_board_that_is_left_open_keeps_nobody_signed_in(world, client) -> None:
    let_in(world.desk, "ann")
    signs_in(client)
    half = IDLE.total_seconds() / 2 + 1
    world.later(half)
    assert client.get("/", headers={"X-Poll": "1"}).status_code == 200
    world.later(half)
    assert client.get("/", headers={"X-Poll": "1"}).status_code == 401


def test_who_uses_it_stays_signed_in(world, client) -> None:
    let_in(world.desk, "ann")
    signs_in(client)
    half = IDLE.total_seconds() / 2 + 1
    for _ in range(3):
        world.later(half)
        assert client.get("/").status_code == 200
        world.desk.settle()


def test_a_link_lets_one_person_in_once_and_reading_it_uses_nothing_up(world, client) -> None:
    # given
    ann = let_in(world.desk, "ann").user
    made = world.desk.accounts.invite(ann, "bea", UserRole.VIEWER, None)
    assert isinstance(made, Made)
    path = f"/console/join?link={made.token}"
    # when
    page = [client.get(path).get_data(as_text=True) for _ in range(3)][-1]
    data = {"link": made.token, "name": "bea", "token": token_in(page)}
    weak = client.post("/console/join", data={**data, "password": "bea12345"}, headers=SAME_ORIGIN)
    joined = client.post("/console/join", data={**data, "password": PASSWORD}, headers=SAME_ORIGIN)
    # then
    assert (weak.status_code, joined.status_code) == (422, 303)
    assert client.get("/").status_code == 200
    assert client.get(path).status_code == 410


def test_a_link_that_is_too_old_says_so(world, client) -> None:
    ann = let_in(world.desk, "ann").user
    made = world.desk.accounts.invite(ann, "bea", UserRole.VIEWER, None)
    world.later(INVITED_FOR.total_seconds())
    response = client.get(f"/console/join?link={made.token}")
    assert response.status_code == 410
    assert "lets nobody in" in response.get_data(as_text=True)
    assert client.get("/console/join").status_code == 410


def test_who_resets_a_password_keeps_the_name(world, client) -> None:
    ann = let_in(world.desk, "ann").user
    made = world.desk.accounts.reset(ann, ann.key)
    page = client.get(f"/console/join?link={made.token}").get_data(as_text=True)
    data = {"link": made.token, "name": "eve", "password": ANOTHER, "token": token_in(page)}
    assert client.post("/console/join", data=data, headers=SAME_ORIGIN).status_code == 303
    assert [one.name for one in world.desk.accounts.users(None)] == ["ann"]
    assert signs_in(client, password=ANOTHER).status_code == 303


def test_who_may_only_look_may_change_their_own_password(world, client) -> None:
    let_in(world.desk, "ann")
    let_in(world.desk, "bea", UserRole.VIEWER)
    signs_in(client, "bea")
    said = Pages(client).press("/console/account", "Change password", old=PASSWORD, new=ANOTHER)
    assert "Your password is changed." in said
    assert signs_in(client, "bea", ANOTHER).status_code == 303


def test_no_page_with_a_secret_is_compressed_and_nobody_keeps_it(world, client) -> None:
    ann = let_in(world.desk, "ann").user
    made = world.desk.accounts.invite(ann, "bea", UserRole.VIEWER, None)
    packed = {"Accept-Encoding": "gzip"}
    shown = [
        client.get(f"/console/join?link={made.token}", headers=packed),
        client.get("/console/sign-in", headers=packed),
    ]
    signs_in(client)
    pages = Pages(client)
    for path, button, typed in (
        ("/console/users", "Make a link", {"name": "cleo", "role": "viewer", "all": "1"}),
        ("/console/tokens", "Make a token", {"name": "payroll", "organization_id": LAKESIDE}),
    ):
        shown.append(pages.send(pages.form(path, button), headers={**SAME_ORIGIN, **packed}, **typed))
    for response in shown:
        assert response.status_code == 200
        assert "Content-Encoding" not in response.headers
        assert response.headers["Cache-Control"] == "no-store"


def test_a_token_made_on_the_page_opens_the_api_until_it_is_revoked_there(world, client) -> None:
    # given
    let_in(world.desk, "ann")
    signs_in(client)
    pages = Pages(client)
    made = pages.send(pages.form("/console/tokens", "Make a token"), name="payroll", organization_id=LAKESIDE)
    bearer = {"Authorization": f"Bearer {secret_in(made.get_data(as_text=True))}"}
    # then
    assert client.get("/shifts", headers=bearer).status_code == 200
    pages.press("/console/tokens", "Revoke")
    assert client.get("/shifts", headers=bearer).status_code == 401
    # A session opens no door of the API: no other site may use it there.
    assert client.get("/shifts").status_code == 401


def test_an_open_console_is_everybody_s_until_the_first_was_let_in(world) -> None:
    # given
    cheap(world.desk)
    client = create_app(world.desk, WebSettings(open=True)).test_client()
    pages = Pages(client)
    assert "whoever sits at this machine" in pages.text("/console/users").lower()
    # when
    less = pages.press("/console/users", "Make a link", name="ann", role="viewer", all="1")
    assert "first user must be an admin" in less
    made = pages.send(pages.form("/console/users", "Make a link"), name="ann", role="admin", all="1")
    link = secret_in(made.get_data(as_text=True))
    assert client.get("/").status_code == 200
    page = client.get(link).get_data(as_text=True)
    data = {"link": link.partition("link=")[2], "name": "ann", "password": PASSWORD, "token": token_in(page)}
    assert client.post("/console/join", data=data, headers=SAME_ORIGIN).status_code == 303
    # then
    assert client.get("/").status_code == 200
    client.delete_cookie(COOKIE)
    assert client.get("/").status_code == 401


def test_a_long_body_is_taken_only_from_whom_the_console_knows(world, app, client) -> None:
    let_in(world.desk, "ann")
    signs_in(client)
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    head = {"PATH_INFO": "/console/users/invite", "REQUEST_METHOD": "POST"}
    assert not app.wsgi_app.admits(head)
    assert app.wsgi_app.admits({**head, "HTTP_COOKIE": f"{COOKIE}={cookie.value}"})


def test_a_long_body_is_not_taken_while_it_cannot_be_told_who_sends_it(world, app, monkeypatch) -> None:
    let_in(world.desk, "ann")
    monkeypatch.setattr(world.desk.accounts, "user_of", Mock(side_effect=JournalUnavailable("gone")))
    head = {"PATH_INFO": "/", "REQUEST_METHOD": "POST", "HTTP_COOKIE": f"{COOKIE}=x"}
    assert not app.wsgi_app.admits(head)


@pytest.mark.parametrize(
    ("sender", "forwarded", "taken"),
    [
        ("203.0.113.7", None, "203.0.113.7"), ("203.0.113.7", "198.51.100.9", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.9", "198.51.100.9"), ("10.1.2.3", "192.0.2.1, 198.51.100.9", "198.51.100.9"),
        ("127.0.0.1", None, "127.0.0.1"), ("127.0.0.1", "nonsense", "127.0.0.1"), ("", None, ""),
        ("2600:1f18:1:2:3:4:5:6", None, "2600:1f18:0001:0002"), ("::ffff:127.0.0.1", "::ffff:1.2.3.4", "1.2.3.4"),
    ],
)  # fmt: skip
def test_a_stranger_s_address_is_what_a_proxy_of_ours_says_and_nobody_else(sender, forwarded, taken) -> None:
    environ = {"REMOTE_ADDR": sender} | ({} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded})
    assert address_of(environ) == taken


def test_somebody_sees_where_they_are_signed_in_and_ends_it_there(app, world) -> None:
    # given
    let_in(world.desk, "ann")
    let_in(world.desk, "bob", UserRole.VIEWER)
    here, there, others = app.test_client(), app.test_client(), app.test_client()
    for client, name in ((here, "ann"), (there, "ann"), (others, "bob")):
        assert signs_in(client, name).status_code == 303
    pages = Pages(here)
    assert pages.text("/console/account").count("Another browser") == 2
    # when
    shown = pages.press("/console/account", "Sign out there")
    # then
    assert "Signed out there." in shown
    assert shown.count("Another browser") == 1
    # when
    assert "Signed out everywhere else." in pages.press("/console/account", "Sign out everywhere else")
    assert "Another browser" not in pages.text("/console/account")
    assert (here.get("/").status_code, there.get("/").status_code) == (200, 401)
    assert others.get("/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) Version/17.5 Mobile/15E148 Safari/604.1", "Safari on an iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on a Mac"),
        ("<script>alert(1)</script> on Windows", "A browser on Windows"),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_browser_is_called_what_people_call_it(agent: str, told: str) -> None:
    assert browser_of(agent) == told


def test_each_place_where_somebody_is_signed_in_is_named_by_its_browser(app, world) -> None:
    # given
    let_in(world.desk, "ann")
    phone, office = app.test_client(), app.test_client()
    phone.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone) Version/17.5 Mobile/15E148 Safari/604.1"
    office.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/128.0"
    for client in (phone, office):
        signs_in(client)
    # then
    shown = Pages(office).text("/console/account")
    assert "<strong>This browser</strong>, Firefox on Windows" in shown
    assert "<li>Safari on an iPhone" in shown


def test_whoever_has_to_sign_in_before_an_order_comes_back_to_its_page(client, world) -> None:
    world.asked("alma")
    asked = client.post(
        "/console/shifts/early/pause", data={"back": "/console/shifts/early"}, headers=SAME_ORIGIN
    )
    assert asked.status_code == 401
    assert 'name="next" value="/console/shifts/early"' in asked.get_data(as_text=True)


def test_nobody_ends_the_session_of_somebody_else(app, world) -> None:
    # given
    ann = let_in(world.desk, "ann")
    bob = let_in(world.desk, "bob", UserRole.VIEWER)
    [theirs] = world.desk.accounts.sessions(bob.token)
    # when
    answer = world.desk.accounts.end_sessions(ann.token, theirs.digest)
    # then
    assert "has ended already" in answer.message
    assert world.desk.accounts.sessions(bob.token) == [theirs]
    assert world.desk.accounts.sessions("no session") == []


@pytest.mark.parametrize("path", ["/console/sign-in", "/console/join"])
def test_what_only_asks_for_the_head_of_a_page_is_answered_as_for_the_page(client, path: str) -> None:
    assert client.head(path).status_code == client.get(path).status_code
