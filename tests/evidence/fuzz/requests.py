"""Fuzzing the API: any method, path, query, headers and body, to a real desk, with and without a token."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from flask import Flask
from pydantic import SecretStr
from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Response

from firstyes.actors.desk.desk import ShiftDesk
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.organization import Organization
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings

from .bytes import Drawn
from .target import Target, encodable

TOKEN = "a-long-and-secret-token"
METHODS = ("POST", "GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "")
PATHS = (
    "/messages/inbound", "/messages", "/shifts", "/shifts/s1", "/shifts/s1/fanout", "/shifts/s1/cancel",
    "/shifts/s1/release", "/shifts/s1/timeline", "/organizations", "/organizations/lakeside", "/caregivers", "/alerts",
    "/health", "/readyz", "/metrics", "/openapi.json", "/docs", "/docs/start.js", "/docs/",
)  # fmt: skip
OPEN = ("/health", "/livez", "/readyz", "/openapi.json", "/docs")
PARAMETERS = ("cursor", "limit", "status", "role", "organization_id", "shift_id", "phone", "confirm")
FIELDS = (
    "from_phone", "to_phone", "body", "message_id", "timestamp", "id", "organization_id", "role_required", "start_time",
    "end_time", "time_zone", "area", "name", "roles", "role", "phone", "language", "active", "phones", "rounds", "channel",
    "wait", "confirm",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    "+13125550104", "yes", "STOP", "s1", "lakeside", "RN", "2030-07-14T07:00:00-05:00", "2030-07-14T15:00:00Z", "UTC", True,
    None, 600, 1e400, -1, 10**30, "", "\ud800", "\x00", [], {}, ["RN"], [{"channel": "sms", "wait": 600}],
)  # fmt: skip
HEADERS = (
    ("Authorization", f"Bearer {TOKEN}"), ("Authorization", "Bearer x"), ("Host", "example.org"), ("Origin", "null"),
    ("X-Forwarded-For", "1.2.3.4"), ("Content-Encoding", "gzip"), ("Sec-Fetch-Site", "cross-site"), ("Accept", "text/html"),
)  # fmt: skip
KINDS = (
    "application/json",
    "application/json; charset=utf-8",
    "text/plain",
    "",
    "application/json; charset=utf-16",
)


@cache
def desk() -> ShiftDesk:
    """A desk with somebody to ask for. It lasts as long as the process."""
    made = ShiftDesk("sqlite://")
    made.start()
    made.put_organizations([Organization(id="lakeside", time_zone="America/Chicago")])
    made.put_caregivers(
        [Caregiver(id="alma", organization_id="lakeside", name="Alma", roles=("RN",), phone="+13125550104")]
    )
    return made


@cache
def apps() -> tuple[Flask, Flask]:
    """The API, open and behind a token."""
    opened = create_app(desk(), WebSettings(open=True))
    return opened, create_app(desk(), WebSettings(api_token=SecretStr(TOKEN)))


def a_value(drawn: Drawn, depth: int = 0) -> Any:
    """Something that JSON can hold."""
    match drawn.number(8):
        case 0 | 1 | 2 | 3:
            return drawn.choice(VALUES)
        case 4:
            return drawn.text(24)
        case 5:
            return drawn.number(1 << 32) - (1 << 31)
        case 6 if depth < 3:
            return [a_value(drawn, depth + 1) for _ in range(drawn.number(4))]
        case _ if depth < 3:
            return an_object(drawn, depth + 1)
        case _:
            return None


def an_object(drawn: Drawn, depth: int = 0) -> dict[str, Any]:
    """An object with fields that are known, and some that are not."""
    names = (drawn.choice((*FIELDS, "")) or drawn.text(12) for _ in range(drawn.number(8)))
    return {name: a_value(drawn, depth) for name in names}


def a_body(drawn: Drawn) -> bytes:
    """A body: a whole object, a list of them, or any bytes."""
    kind = drawn.number(4)
    if kind == 3:
        return drawn.rest
    made = an_object(drawn) if kind < 2 else [an_object(drawn) for _ in range(drawn.number(3))]
    return json.dumps(made).encode()


def send_request(data: bytes) -> None:
    """Try any request."""
    drawn = Drawn(data)
    guarded = bool(drawn.number(2))
    method = drawn.choice(METHODS) or drawn.raw(5).decode("latin-1")
    path = drawn.choice(PATHS) + (
        drawn.raw(drawn.number(12)).decode("latin-1") if drawn.number(4) == 3 else ""
    )
    query = "&".join(f"{drawn.choice(PARAMETERS)}={drawn.text(30)}" for _ in range(drawn.number(3)))
    headers = dict(drawn.choice(HEADERS) for _ in range(drawn.number(3)))
    kind = drawn.choice(KINDS)
    body = a_body(drawn)
    builder = EnvironBuilder(method=method or "GET", path="/", data=body, content_type=kind or None)
    environ = builder.get_environ()
    environ.update({f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()})
    # As a server hands them on: bytes as Latin-1.
    environ["PATH_INFO"] = path
    environ["QUERY_STRING"] = query.encode("utf-8", "surrogateescape").decode("latin-1")
    body_of_answer, status, answer_headers = run_wsgi_app(apps()[guarded], environ, buffered=True)
    answer = Response(body_of_answer, status, answer_headers)
    text = answer.get_data()
    told = f"{answer.status_code} to {method} {path}?{query} {headers} {kind} {body!r}: {text[:300]!r}"
    assert answer.status_code < 500 or answer.status_code == 501, told
    if answer.status_code >= 400 and method != "HEAD":
        problem = json.loads(text)
        assert answer.content_type == "application/problem+json", told
        assert problem["status"] == answer.status_code, told
        assert {"type", "title", "detail", "instance"} <= set(problem), told
        assert encodable(problem["detail"]), told
    if guarded and not path.startswith(OPEN) and headers.get("Authorization") != f"Bearer {TOKEN}":
        assert answer.status_code == 401, told
    health = desk().health()
    assert health.ready and not health.parked and not health.dead_letters, f"{health} after {told}"


def requests() -> Iterator[bytes]:
    """One request a path, with a body that fits it."""
    for number in range(len(PATHS)):
        yield bytes([0, 0, number, 0, 0, 0, 0, 3]) + BODIES.get(PATHS[number], b"{}")
        yield bytes([1, 1, number, 0, 0, 1, 0, 0, 3])


BODIES = {
    "/messages/inbound": b'{"from_phone":"+13125550104","body":"yes","message_id":"m1"}',
    "/shifts": b'{"id":"s1","organization_id":"lakeside","role_required":"RN","start_time":"2030-07-14T07:00:00-05:00",'
    b'"end_time":"2030-07-14T15:00:00-05:00"}',
    "/organizations": b'{"id":"lakeside","rounds":[{"channel":"sms","wait":600}]}',
    "/caregivers": b'[{"id":"bo","organization_id":"lakeside","name":"Bo","roles":["RN"],"phone":"+13125550105"}]',
    "/shifts/s1/cancel": b'{"confirm":true}',
}

TARGETS = (
    Target(
        "requests",
        "An answer below 500 or a problem document; 401 without the token; no actor dies of it.",
        send_request,
        requests,
        1500,
    ),
)
