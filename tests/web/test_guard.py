"""Who may come in."""

import re

import pytest
from pydantic import SecretStr

from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.desk.desk import ShiftDesk
from firstyes.domain.errors import InvalidArgument
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import Unguarded, WebSettings
from support.held_carrier import HeldCarrier
from support.service import ROOT

OPEN = ("/health", "/livez", "/readyz", "/openapi.json", "/docs", "/docs/start.js")
CLOSED = ("/shifts", "/messages", "/metrics", "/nothing")


def test_an_app_without_a_token_must_be_said_to_be_open(desk) -> None:
    with pytest.raises(Unguarded, match="api_token"):
        create_app(desk, WebSettings())


@pytest.mark.parametrize("token", ["", " ", "two words", "caf\u00e9", "line\n"])
def test_a_token_that_cannot_be_sent_is_refused(token) -> None:
    with pytest.raises(InvalidArgument, match=r"api_token: .*visible ASCII"):
        WebSettings(api_token=SecretStr(token))


def test_settings_do_not_show_the_token() -> None:
    assert "hush" not in repr(WebSettings(api_token=SecretStr("hush")))


@pytest.mark.parametrize("path", CLOSED)
def test_without_the_token_nothing_is_told(guarded, desk, problem_of, path) -> None:
    response = guarded.get(path)
    assert (response.status_code, problem_of(response)["type"]) == (401, "urn:firstyes:problem:unauthorized")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="firstyes"'
    assert desk.calls == []


@pytest.mark.parametrize(
    "header",
    [
        "Bearer wrong", "Bearer", "Bearer ", "Basic YTpi", "a-long-and-secret-token", "Bearer a-long-and-secret-tokenx",
        "Bearer \xe9",
    ],
)  # fmt: skip
def test_a_wrong_token_is_refused(guarded, desk, header) -> None:
    response = guarded.post("/shifts/s1/fanout", headers={"Authorization": header})
    assert response.status_code == 401
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]
    assert desk.calls == []


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_token_opens_every_door_from_everywhere(guarded, token, scheme) -> None:
    headers = {
        "Authorization": token["Authorization"].replace("Bearer", scheme),
        "Host": "shifts.example.org",
        "X-Forwarded-For": "203.0.113.9",
    }
    assert guarded.get("/shifts", headers=headers).status_code == 200


@pytest.mark.parametrize("path", OPEN)
def test_probes_and_documentation_need_no_token(guarded, path) -> None:
    assert guarded.get(path).status_code == 200


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.0.0.2", "[::1]:8080", "[::1]"]
)
def test_an_open_app_answers_to_the_names_of_this_machine(client, host) -> None:
    assert client.get("/shifts", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "localhost.evil.example:8080", "127.0.0.1.evil.example", "10.0.0.5:8080", "0.0.0.0:8080",
        "localhost:", "localhost:80:80", "localhost:\u0663", "user@localhost", "[::1", "",
    ],
)  # fmt: skip
def test_an_open_app_answers_to_no_other_name(client, desk, problem_of, host) -> None:
    response = client.get("/shifts", headers={"Host": host.encode().decode("latin-1")})
    assert (response.status_code, problem_of(response)["type"]) == (403, "urn:firstyes:problem:not-from-here")
    assert desk.calls == []


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example", "null", "http://localhost:3000", "https://localhost:8080", "http://127.0.0.1:8080",
    ],
)  # fmt: skip
def test_an_open_app_takes_nothing_of_other_origins(client, desk, origin) -> None:
    response = client.post("/shifts/s1/fanout", headers={"Host": "localhost:8080", "Origin": origin})
    assert response.status_code == 403
    assert desk.calls == []


def test_an_open_app_takes_requests_of_its_own_page(client) -> None:
    headers = {"Host": "localhost:8080", "Origin": "http://localhost:8080", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/shifts/s1/fanout", headers=headers).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_an_open_app_takes_no_orders_that_a_browser_marks_as_another_site_s(client, desk, site) -> None:
    headers = {"Sec-Fetch-Site": site}
    assert client.post("/shifts/s1/fanout", headers=headers).status_code == 403
    assert desk.calls == []
    # A link somebody follows to the page changes nothing.
    assert client.get("/docs", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Else", "X-Real-IP",
        "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "Via",
    ],
)  # fmt: skip
def test_row_49_an_open_app_refuses_what_a_proxy_sends_on(client, desk, header) -> None:
    assert client.get("/shifts", headers={header: "for=203.0.113.9"}).status_code == 403
    assert desk.calls == []


def test_row_49_with_a_real_carrier_an_app_is_never_open() -> None:
    desk = ShiftDesk("sqlite://", carrier=HeldCarrier(Simulator()))
    with pytest.raises(Unguarded, match="real phones"):
        create_app(desk, WebSettings(open=True))
    create_app(desk, WebSettings(api_token="a-long-and-secret-token"))
    # The word is for the simulator, named or not.
    for simulated in (ShiftDesk("sqlite://"), ShiftDesk("sqlite://", carrier=Simulator())):
        create_app(simulated, WebSettings(open=True))


def test_row_49_the_pages_say_in_bold_what_a_bare_nginx_does() -> None:
    for page in ("docs/api.md", "docs/settings.md"):
        bold = re.findall(r"\*\*(.*?)\*\*", (ROOT / page).read_text(), re.DOTALL)
        assert any("nginx" in one and "open to everybody" in " ".join(one.split()) for one in bold), page


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
@pytest.mark.parametrize("body", [b"{}", b""])
def test_what_a_page_can_send_elsewhere_without_asking_is_no_order(
    client, desk, problem_of, kind, body
) -> None:
    response = client.post("/shifts/s1/fanout", data=body, content_type=kind)
    assert (response.status_code, problem_of(response)["type"]) == (415, "urn:firstyes:problem:body-not-json")
    assert desk.calls == []


@pytest.mark.parametrize("path", ["/health", "/nothing", "/shifts?x=1", "/docs"])
def test_every_answer_tells_browsers_to_be_careful(client, path) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers
