"""The end of the web server: nothing new is taken, what is under way is answered."""

from collections.abc import Callable, Iterable
from socket import AF_INET, AF_INET6, SOCK_STREAM, AddressFamily
from threading import Event
from typing import Any

import pytest

from firstyes.web.http.wsgi import Defer, Environ, Reply
from firstyes.web.service.address import AddressTaken, ListenAddress
from support.front import GET, POST, Front, answer_of, last, rest_of
from support.patience import PATIENCE


class OutOfPatience:
    """Takes `/early` and answers it when it is looked at after `held` was cleared; is told to stop as it is looked at."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.held = True
        self.look: Callable[[], None] = lambda: None

    def begin(self, environ: Environ, reply: Reply, _: Defer) -> bool:
        if environ["PATH_INFO"] != "/early":
            return False
        self.replies.append(reply)
        return True

    def expire(self, _: float) -> None:
        self.look()
        while self.replies and not self.held:
            self.replies.pop()(too_late)


def too_late(_: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("503 Service Unavailable", [])
    return [b"no answer"]


def test_told_to_stop_while_it_looks_at_deadlines_it_finishes_what_is_under_way_and_says_what_took_too_long(
    front: Front,
) -> None:
    # given
    early = OutOfPatience()
    front.server._early = early
    asked = front.connect(GET.replace(b"livez", b"early"))
    while not early.replies:
        front.ask(last(GET))
    looked = Event()

    # when
    def stop() -> None:
        early.look = looked.set
        front.server.stop()

    early.look = stop
    assert looked.wait(PATIENCE)
    early.held = False
    # then
    assert b" 503 " in rest_of(asked)
    assert front.stop() is True


def test_told_to_stop_it_ends_what_is_not_under_way_and_finishes_what_is(front: Front) -> None:
    # given
    front.hold.clear()
    idle, half = front.connect(GET), front.connect(b"GET /half HTTP/1.1\r\nHos")
    assert b" 200 " in answer_of(idle)
    held = front.connect(GET.replace(b"livez", b"held"))
    while not any(one["PATH_INFO"] == "/held" for one in front.seen):
        front.ask(last(GET))
    # when
    front.server.stop()
    # then
    assert (rest_of(idle), rest_of(half)) == (b"", b"")
    front.hold.set()
    answer = rest_of(held)
    assert b"GET /held? 0" in answer
    assert b"Connection: close" in answer
    assert front.stop() is True


@pytest.mark.parametrize(
    ("begun", "finished"), [(POST % 100 + b"x", True), (GET.replace(b"livez", b"held"), False)]
)
def test_what_does_not_finish_is_told_of_and_what_never_arrives_is_not(begun: bytes, finished: bool) -> None:
    front = Front(drain=0.2)
    front.hold.clear()
    with front.connect(begun):
        while not finished and not front.seen:
            assert b" 200 " in front.ask(last(GET))
        assert front.stop() is finished
    front.hold.set()


def test_row_69_nobody_else_can_listen_where_it_does(front: Front) -> None:
    with pytest.raises(AddressTaken, match="in use by another program"):
        ListenAddress.find("127.0.0.1", front.port).listen()


@pytest.mark.parametrize("families", [(AF_INET6, AF_INET), (AF_INET, AF_INET6)])
def test_row_69_localhost_is_the_address_that_it_is_by_number(
    monkeypatch: pytest.MonkeyPatch, families: tuple[AddressFamily, ...]
) -> None:
    """Else of two services, one told "localhost" and one 127.0.0.1, both would be ready on one port."""
    loopback = {AF_INET: "127.0.0.1", AF_INET6: "::1"}
    found = [(family, SOCK_STREAM, 6, "", (loopback[family], 8080)) for family in families]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    assert ListenAddress.find("localhost", 8080).ip == "127.0.0.1"
