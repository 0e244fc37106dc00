"""POST /messages/inbound before Flask: what is plain is answered as Flask would answer it, the rest is left to Flask."""

import json
import re
import socket
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from io import BytesIO
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.free_port import free_port
from firstyes.actors import inbound
from firstyes.actors.contacts import Known
from firstyes.actors.errors import UnknownPhone
from firstyes.actors.runtime.promise import Promise
from firstyes.domain.answer import Answer, Choice, Refusal, Status, refuse
from firstyes.domain.inbound.contact import Contact
from firstyes.domain.message import InboundMessage
from firstyes.web.app import create_app
from firstyes.web.http.failures import EXPECTED
from firstyes.web.middleware import Middleware
from firstyes.web.routes.inbound import TOGETHER
from firstyes.web.server.server import Server
from firstyes.web.service.address import ListenAddress
from firstyes.web.service.web_settings import WebSettings
from support.builders import NOW
from support.patience import PATIENCE
from support.scripted_desk import ScriptedDesk
from support.world import DIALLED, World, a_world

YES = {"from_phone": "+13125550104", "to_phone": "+13125550199", "body": "yes", "message_id": "SM1"}
OPEN = WebSettings(open=True)
TOKEN = "a-long-and-secret-token"
Told = tuple[str, list[tuple[str, str]], bytes]


class QuickDesk(ScriptedDesk):
    """Keeps its promises at once, while it is not held."""

    patience = 15.0

    def __init__(self) -> None:
        super().__init__()
        self.inbound = self
        self.is_quick, self.reads, self.held = True, True, False
        self.looked_up: list[int] = []
        self.promises: list[Promise[Answer]] = []

    def quick(self, _: InboundMessage) -> Known | None:
        return Known(Contact(1, ()), 0, NOW, NOW) if self.is_quick else None

    def reads_at_once(self, _: InboundMessage) -> bool:
        return self.reads

    def look_up(self, messages: Sequence[InboundMessage]) -> list[Known | None]:
        self.looked_up.append(len(messages))
        return [None] * len(messages)

    def put(self, message: InboundMessage, _: Known | None = None) -> Promise[Answer]:
        promise: Promise[Answer] = Promise()
        self.promises.append(promise)
        answer = self.receive(message)
        if not self.held:
            promise.set_result(answer)
        return promise

    def answer_in(self, promise: Promise[Answer]) -> Answer:
        return promise.wait(0)


class Front:
    """An app, asked both ways."""

    def __init__(self, settings: WebSettings = OPEN) -> None:
        self.desk = QuickDesk()
        middleware = create_app(self.desk, settings).wsgi_app  # type: ignore[arg-type]
        assert isinstance(middleware, Middleware)
        self.middleware = middleware
        self.deferred: list[Callable[[], None]] = []
        self.told: list[Told] = []

    def begins(self, environ: dict[str, Any]) -> bool:
        return self.middleware.begin(
            environ, lambda app: self.told.append(called(app, environ)), self.deferred.append
        )

    def by_flask(self, environ: dict[str, Any]) -> Told:
        return called(self.middleware, environ)


def called(app: Any, environ: dict[str, Any]) -> Told:
    begun: list[tuple[str, list[tuple[str, str]]]] = []
    body = b"".join(app(environ, lambda status, headers, _=None: begun.append((status, [*headers]))))
    [(status, headers)] = begun
    return status, headers, re.sub(rb'[0-9a-f]{16}(?=[."])', b"<error id>", body)


def a_request(body: bytes | None = None, **more: str) -> dict[str, Any]:
    data = json.dumps(YES).encode() if body is None else body
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/messages/inbound",
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(data)),
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(data),
        "wsgi.input_terminated": True,
        **more,
    }


CHOICES = (Choice(code="27", shift_id="s1", text="27 for Tue 7a-3p"),)
OUTCOMES: list[Answer | Exception] = [
    *[Answer(status=one, message="What it did.") for one in Status if one is not Status.REFUSED],
    Answer(status=Status.CLARIFY, message="¿Cuál?", choices=CHOICES, shift_id="s1"),
    *[refuse(one, "Refused.", "s1") for one in Refusal],
    *[kind("Said of +13125550104.") for kind in EXPECTED],
    ValueError("a secret"),
]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("quick", [True, False])
def test_whatever_the_desk_says_is_told_as_flask_tells_it_and_counted_as_often(outcome, quick) -> None:
    # given
    early, flask = Front(), Front()
    for one in (early, flask):
        one.desk.will(receive=outcome)
        one.desk.is_quick = quick
    # when
    assert early.begins(a_request())
    for work in early.deferred:
        work()
    # then
    [told] = early.told
    assert told == flask.by_flask(a_request())
    assert not re.search(rb"Traceback|secret|3125550104", told[2])
    assert early.desk.calls == flask.desk.calls
    assert counted(early) == counted(flask)


def counted(front: Front) -> list[str]:
    _, _, text = front.by_flask(a_request(b"", REQUEST_METHOD="GET", PATH_INFO="/metrics"))
    lines = text.decode().splitlines()
    return [one for one in lines if re.match(r"firstyes_(http_requests|inbound_answers)_total", one)]


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "from_phone": st.sampled_from(["+13125550104", "+15550001", "", "5", 5, None, " +1312 555 0104"]),
        "to_phone": st.sampled_from(["+13125550199", None, "x"]),
        "body": st.text(max_size=40) | st.sampled_from(["yes", "\0", "y" * 2001, 7, ["yes"]]),
        "timestamp": st.sampled_from(["2030-07-14T07:00:00-05:00", "2030-07-14", "soon", 1e99, True]),
        "message_id": st.sampled_from(["SM1", "", "a b", "x" * 201, 1]),
        "more": st.none(),
    },
)
BODIES = (
    st.just(YES).map(lambda one: json.dumps(one).encode())
    | FIELDS.map(lambda one: json.dumps(YES | one).encode())
    | FIELDS.map(lambda one: json.dumps(one, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    | st.binary(max_size=40)
    | st.sampled_from(
        [
            b'{"from_phone":"+13125550104","body":"yes","body":"no"}',
            b'{"from_phone":"+13125550104","body":"\\ud800"}',
            b'\xef\xbb\xbf{"from_phone":"+13125550104","body":"yes"}',
            b"[" * 5000,
            b'{"from_phone":"+13125550104","body":NaN}',
            json.dumps(YES).encode() + b" " * 70_000,
        ]
    )
)
ODD_HEADS: dict[str, list[str]] = {
    "REQUEST_METHOD": ["GET", "PUT", "OPTIONS", "HEAD"],
    "PATH_INFO": ["/messages/inbound/", "//messages/inbound", "/messages", "/caf\xc3\xa9"],
    "QUERY_STRING": ["a=b", "%"],
    "CONTENT_TYPE": ["application/json; charset=utf-8", "text/plain", "", "application/JSON"],
    "CONTENT_LENGTH": ["", "1", "99999999", "007"],
    "HTTP_CONTENT_ENCODING": ["gzip", "identity"],
    "HTTP_TRANSFER_ENCODING": ["chunked"],
    "HTTP_HOST": ["evil.example", "127.0.0.1:80", "[::1]:8000", "localhost:x", ""],
    "HTTP_ORIGIN": ["http://localhost", "https://evil.example", "null"],
    "HTTP_X_FORWARDED_FOR": ["1.2.3.4"],
    "HTTP_COOKIE": ['a="b; ;;='],
    "HTTP_ACCEPT": ["text/html"],
    "HTTP_IF_NONE_MATCH": ["*"],
    "HTTP_RANGE": ["bytes=0-1"],
}
HEADS = st.fixed_dictionaries({}, optional={name: st.sampled_from(odd) for name, odd in ODD_HEADS.items()})


@given(body=BODIES, head=st.just({}) | HEADS)
def test_whatever_is_sent_is_left_to_flask_untouched_or_answered_as_flask_does(body, head) -> None:
    told_alike(body, head)


@pytest.mark.parametrize(("name", "odd"), [(name, odd) for name, them in ODD_HEADS.items() for odd in them])
def test_a_plain_message_under_one_odd_header_is_answered_as_flask_does(name, odd) -> None:
    told_alike(json.dumps(YES).encode(), {name: odd})


def told_alike(body: bytes, head: dict[str, str]) -> None:
    # given
    early, flask = Front(), Front()
    request = a_request(body, **head)
    # when
    taken = early.begins(request)
    # then
    expected = flask.by_flask(a_request(body, **head))
    assert (early.told if taken else [early.by_flask(request)]) == [expected]
    assert early.desk.calls == flask.desk.calls
    assert counted(early) == counted(flask)


def test_what_is_plain_is_not_left_to_flask() -> None:
    assert Front().begins(a_request())


def test_who_may_not_come_in_is_left_to_flask_and_with_the_token_is_not() -> None:
    front = Front(WebSettings(api_token=TOKEN))
    assert not front.begins(a_request())
    assert front.begins(a_request(HTTP_AUTHORIZATION=f"Bearer {TOKEN}"))


def test_what_takes_a_look_at_the_disk_is_put_on_a_thread_that_may_wait() -> None:
    # given
    front = Front()
    front.desk.is_quick = False
    # when
    assert front.begins(a_request())
    # then
    assert (front.desk.calls, front.told) == ([], [])
    front.deferred[0]()
    assert front.told[0][0] == "200 OK"


def test_those_who_write_together_are_looked_up_together_so_many_on_a_thread() -> None:
    # given
    front = Front()
    front.desk.is_quick = False
    # when
    assert all(front.begins(a_request()) for _ in range(2 * TOGETHER + 1))
    for work in front.deferred:
        work()
    # then
    assert front.desk.looked_up == [TOGETHER, TOGETHER, 1]
    assert [one[0] for one in front.told] == ["200 OK"] * (2 * TOGETHER + 1)


def test_where_they_cannot_be_looked_up_together_each_is_answered_by_itself(monkeypatch) -> None:
    # given
    front = Front()
    front.desk.is_quick = False
    monkeypatch.setattr(front.desk, "look_up", lambda _: int("x"))
    # when
    assert front.begins(a_request()) and front.begins(a_request())
    front.deferred[0]()
    # then
    assert [one[0] for one in front.told] == ["200 OK"] * 2


def test_what_takes_long_to_read_keeps_nobody_waiting() -> None:
    front = Front()
    front.desk.is_quick = front.desk.reads = False
    assert front.begins(a_request()) and front.begins(a_request())
    assert len(front.deferred) == 2


def test_after_the_desks_patience_it_is_said_that_no_answer_came_and_a_later_one_is_not_sent() -> None:
    # given
    front = Front()
    front.desk.held = True
    assert front.begins(a_request())
    # when
    front.middleware.expire(0.0)
    assert front.told == []
    front.middleware.expire(float("inf"))
    # then
    [(status, _, body)] = front.told
    assert (status[:3], json.loads(body)["type"]) == ("503", "urn:firstyes:problem:no-answer")
    assert not front.desk.promises[0].set_result(Answer(status=Status.SUCCESS, message="Late."))
    assert len(front.told) == 1


def test_a_desk_that_fails_before_it_takes_the_message_leaves_it_to_flask(monkeypatch) -> None:
    front = Front()
    monkeypatch.setattr(front.desk, "quick", lambda _: int("x"))
    assert not front.begins(a_request())


# On the server, with a real desk.

MANY = [f"one-{number}" for number in range(64)]


@pytest.fixture
def world() -> Iterator[World]:
    with a_world() as made:
        made.caregivers(*MANY)
        yield made


@pytest.fixture
def port(world: World) -> Iterator[int]:
    """A server with one thread for the app."""
    middleware = create_app(world.desk, OPEN).wsgi_app
    assert isinstance(middleware, Middleware)
    number, ready = free_port(), Event()
    listener = ListenAddress.find("127.0.0.1", number).listen()
    server = Server(middleware, listener, 1, middleware.admits, middleware)
    thread = Thread(target=lambda: server.run(ready.set, PATIENCE), daemon=True)
    thread.start()
    assert ready.wait(PATIENCE)
    yield number
    server.stop()
    thread.join(PATIENCE)


def request_of(message: dict[str, str]) -> bytes:
    body = json.dumps(message).encode()
    head = "POST /messages/inbound HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close"
    return f"{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def read(connection: socket.socket) -> tuple[int, dict[str, Any]]:
    head, _, body = b"".join(iter(lambda: connection.recv(65536), b"")).partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


def test_of_64_connections_one_gets_the_shift_and_while_all_wait_one_thread_answers_others(
    world, port
) -> None:
    # given
    world.offered()
    with ExitStack() as stack:
        with world.busy():
            waiting = []
            for name in MANY:
                connection = socket.create_connection(("127.0.0.1", port), PATIENCE)
                stack.enter_context(connection)
                connection.sendall(
                    request_of({"from_phone": world.phones[name], "to_phone": DIALLED, "body": "yes"})
                )
                waiting.append(connection)
            # when
            with socket.create_connection(("127.0.0.1", port), PATIENCE) as other:
                other.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                assert other.recv(65536).startswith(b"HTTP/1.1 200")
        answers = [read(one) for one in waiting]
    # then
    assert Counter((code, told["status"]) for code, told in answers) == {
        (200, "success"): 1,
        (200, "already_claimed"): 63,
    }


def test_a_phone_is_quick_when_it_is_remembered_its_text_and_offers_few_and_nothing_of_it_changed(
    world, monkeypatch
) -> None:
    # given
    said = InboundMessage(from_phone=world.phones["one-0"], body="who is this?")
    quick = world.desk.inbound.quick
    before = quick(said)
    # when
    world.desk.receive(said)
    world.desk.settle()
    world.desk._working.contacts.find([(said.from_phone, None)], world.clock.now())
    # then
    assert before is None and quick(said) is not None
    assert quick(said.model_copy(update={"body": "y" * 321})) is None
    with monkeypatch.context() as patched:
        patched.setattr(inbound, "FEW", -1)
        assert quick(said) is None
    world.offered()
    assert not quick(said)


def test_a_stranger_is_told_so_on_the_server_too(world, port) -> None:
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.sendall(request_of({"from_phone": "+13125559999", "body": "yes"}))
        code, told = read(connection)
    assert (code, told["type"]) == (404, "urn:firstyes:problem:unknown-phone")
    with pytest.raises(UnknownPhone):
        world.desk.inbound.put(InboundMessage(from_phone="+13125559999", body="yes"))
