"""The web server, spoken to over sockets; the app behind it is the test's own."""

import socket
from asyncio import Transport
from contextlib import suppress
from threading import Event
from unittest.mock import Mock

import pytest

from firstyes.web.server import limits
from firstyes.web.server.connection import Connection
from support.front import GET, POST, Front, answer_of, last, rest_of
from support.patience import PATIENCE

UPGRADING = (
    b"POST /messages HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
)
"""What clients of Java begin with, which would speak HTTP/2 if somebody else did."""

# Row 65: deadlines.


def test_row_65_slow_bodies_take_no_thread_and_everybody_else_is_answered(front: Front) -> None:
    # given
    for _ in range(32):
        front.connect(POST % 100, b"x")
    # when
    answer = front.ask(last(GET))
    # then
    assert answer.startswith(b"HTTP/1.1 200")
    assert len(front.seen) == 1


@pytest.mark.parametrize(
    "begun", [POST % 100 + b"x", b"POST /messages HT", b"GET / HTTP/1.1\r\nHost: local", b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"]
)  # fmt: skip
def test_row_65_a_request_that_does_not_arrive_in_time_is_told_so_and_its_connection_ends(
    front: Front, begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 0.05)
    answer = front.ask(begun)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in answer
    assert b"nothing was changed" in answer
    assert front.seen == []


def test_a_connection_without_requests_ends_when_it_was_idle_long_enough(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    with front.connect(GET) as used, front.connect() as fresh:
        assert b" 200 OK" in answer_of(used)
        monkeypatch.setattr(limits, "IDLE", 0.05)
        assert (rest_of(used), rest_of(fresh)) == (b"", b"")


def test_a_request_under_way_has_all_the_time_it_needs(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 0.02)
    front.hold.clear()
    with front.connect(last(GET.replace(b"livez", b"held"))) as connection:
        for _ in range(20):
            assert b" 200 " in front.ask(last(GET))
        front.hold.set()
        assert b"GET /held? 0" in rest_of(connection)


def test_an_answer_that_nobody_reads_ends_the_connection(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UNREAD", 0.05)
    with front.connect() as connection:
        connection.settimeout(0.01)
        assert _cut_off(connection, GET * 1000)


def test_an_answer_of_which_nobody_reads_the_end_ends_the_connection_in_its_time(front: Front) -> None:
    # given
    connection, transport, closing = Connection(front.server), Mock(spec=Transport), Event()
    transport.get_extra_info.return_value = None
    transport.close.side_effect = closing.set
    connection.connection_made(transport)
    front.hold.clear()
    connection.data_received(last(GET.replace(b"livez", b"held")))
    connection._idle_since -= 2 * limits.IDLE
    # when
    front.hold.set()
    assert closing.wait(PATIENCE)
    # then
    connection.check_deadlines(front.server.now)
    aborted_early = transport.abort.called
    connection.check_deadlines(front.server.now + 2 * limits.IDLE)
    connection.connection_lost(None)
    assert (aborted_early, transport.abort.called) == (False, True)


def _cut_off(connection: socket.socket, data: bytes) -> bool:
    """Send for ever; True when the other side ends it."""
    while True:
        try:
            connection.sendall(data)
        except TimeoutError:
            continue
        except ConnectionError:
            return True


# What is taken, and in which order.


def test_requests_that_come_at_once_are_answered_one_by_one_in_their_order(front: Front) -> None:
    paths = [b"/held", b"/2", b"/held", *(b"/%d" % number for number in range(3, 50))]
    answers = front.ask(*(GET.replace(b"/livez", path) for path in paths), last(GET))
    told = [part.split(b"?")[0].split()[1] for part in answers.split(b"\r\n\r\n")[1:]]
    assert told == [*paths, b"/livez"]


def test_one_that_has_ended_may_be_told_to_stop(front: Front) -> None:
    assert front.stop()
    front.server.stop()


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (POST % 5 + b"12345", b"POST /messages? 5"),
        (b"POST /a%20b%C3%A9?c=%20d HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "POST /a b\xc3\xa9?c=%20d 5".encode()),
        (b"GET http://there:1/path?q HTTP/1.1\r\nHost: there\r\n\r\n", b"GET /path?q 0"),
        (b"OPTIONS * HTTP/1.1\r\nHost: there\r\n\r\n", b"OPTIONS ? 0"),
        (b"GET /livez HTTP/1.0\r\n\r\n", b"GET /livez? 0"),
        (b"GET /livez HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\nwhat?", b"GET /livez? 0"),
        (UPGRADING + b"Content-Length: 5\r\n\r\n12345", b"POST /messages? 5"),
        (UPGRADING + b"Content-Length: 0\r\n\r\nwhat?", b"POST /messages? 0"),
        (UPGRADING + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\nGET", b"POST /messages? 5"),
        (b"HEAD /livez HTTP/1.1\r\nHost: a\r\n\r\n", b"Content-Length: 0\r\n"),
    ],
)  # fmt: skip
def test_what_http_allows_is_understood(front: Front, request_: bytes, told: bytes) -> None:
    assert told in front.ask(last(request_) if b"Upgrade" not in request_ else request_)


def test_a_body_behind_an_offer_to_speak_otherwise_may_come_in_pieces(front: Front) -> None:
    with front.connect(UPGRADING + b"Content-Length: 5\r\n\r\n", b"12") as connection:
        assert front.ask(last(GET)).startswith(b"HTTP/1.1 200 ")
        connection.sendall(b"345")
        assert b"POST /messages? 5" in rest_of(connection)


@pytest.mark.parametrize("request_", [GET, GET * 3, last(GET), POST % 2 + b"12"])
def test_whoever_sends_nothing_more_and_says_so_is_answered(front: Front, request_: bytes) -> None:
    front.hold.clear()
    with front.connect(request_.replace(b"/livez", b"/held")) as connection:
        connection.shutdown(socket.SHUT_WR)
        assert front.ask(last(GET)).startswith(b"HTTP/1.1 200 ")
        front.hold.set()
        assert rest_of(connection).count(b"HTTP/1.1 200 ") == request_.count(b"HTTP/1.1")


@pytest.mark.parametrize(
    "sent",
    [b"hello\r\n\r\n", UPGRADING + b"Transfer-Encoding: chunked\r\n\r\nz\r\n", b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
     b"POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"GET / HTTP/1.1\r\nA b: c\r\n\r\n", b"CONNECT there:1 HTTP/1.1\r\n\r\n",
     b"GET http:// HTTP/1.1\r\n\r\n"],
)  # fmt: skip
def test_what_is_no_http_is_refused(front: Front, sent: bytes) -> None:
    answer = front.ask(sent)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"Connection: close" in answer
    assert front.seen == []


def test_headers_are_named_as_wsgi_wants_and_one_that_could_be_taken_for_another_is_dropped(
    front: Front,
) -> None:
    front.ask(
        b"GET / HTTP/1.1\r\nContent-Type: a/b\r\nX-Two: 1\r\nx-two: 2\r\nX_Forwarded_For: me\r\nConnection: close\r\n\r\n"
    )
    [environ] = front.seen
    assert environ["CONTENT_TYPE"] == "a/b"
    assert environ["HTTP_X_TWO"] == "1,2"
    assert not any("FORWARDED" in name for name in environ)


def test_who_waits_for_leave_to_send_a_body_gets_it(front: Front) -> None:
    with front.connect(
        last(POST % 3).replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n")
    ) as connection:
        assert connection.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"abc")
        assert rest_of(connection).endswith(b"POST /messages? 3")


def test_an_app_that_fails_is_a_500_and_the_server_goes_on(front: Front) -> None:
    for _ in range(3):
        assert b" 500 " in front.ask(last(GET.replace(b"livez", b"broken")))
    assert b" 200 " in front.ask(last(GET))


# What is too much.


def test_more_requests_than_may_wait_are_not_read_and_the_connection_ends(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WAITING", 3)
    front.hold.clear()
    with front.connect(GET.replace(b"livez", b"held") + GET * 100) as connection:
        front.ask(last(GET))
        front.hold.set()
        answers = rest_of(connection)
    assert answers.count(b" 200 OK") == 5
    assert answers.count(b"Connection: close") == 1


def test_what_is_no_http_and_too_long_as_well_is_refused_once(
    front: Front, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(limits, "HEAD", 5)
    answer = front.ask(b"hello there\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1") == 1
    assert caplog.messages == []


CHUNK = b"POST /messages HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"


def test_headers_behind_a_body_in_chunks_are_not_kept(front: Front) -> None:
    # given
    connection, transport = Connection(front.server), Mock(spec=Transport)
    transport.get_extra_info.return_value = None
    connection.connection_made(transport)
    # when
    connection.data_received(CHUNK + b"0\r\n" + b"X-Behind: x\r\n" * 10)
    connection.connection_lost(None)
    # then
    assert "HTTP_X_BEHIND" not in connection._headers
    assert b"X-Behind" not in front.server._keys


@pytest.mark.parametrize("behind", [b"0\r\nX: ", b"0\r\nX", b"1;x="])
def test_what_comes_without_end_behind_a_body_ends_the_connection(front: Front, behind: bytes) -> None:
    with front.connect(CHUNK, behind) as connection, suppress(ConnectionError):
        connection.sendall(b"x" * 3 * limits.HEAD)
        assert b"nothing was changed" not in rest_of(connection)


def test_names_of_headers_are_remembered_only_where_they_are_short(front: Front) -> None:
    assert b" 200 " in front.ask(last(GET).replace(b"Host", b"X" * 1_000))
    assert max(map(len, front.server._keys)) < 100


def test_a_head_without_end_is_refused(front: Front) -> None:
    assert b" 431 " in front.ask(b"GET / HTTP/1.1\r\nX: ", *[b"x" * 4096] * 17)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_long_is_thrown_away_and_its_sender_hears_why(front: Front, chunked: bool) -> None:
    # given
    size = limits.BODY + 100_000
    begin, end = POST % size, b""
    if chunked:
        begin = b"POST /messages HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % size
        end = b"\r\n0\r\n\r\n"
    # when
    answer = front.ask(begin, b"x" * size, end)
    # then
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"Connection: close" in answer
    assert len(front.seen) == 1
    assert front.server._held == 0


def test_a_body_that_never_ends_is_cut_off(front: Front) -> None:
    with front.connect(POST % (1 << 40)) as connection:
        assert _cut_off(connection, b"x" * (1 << 20))


def test_a_long_body_of_somebody_who_may_not_come_in_is_not_kept(front: Front) -> None:
    front.admits = lambda environ: "HTTP_AUTHORIZATION" in environ
    assert b"POST /messages? 0" in front.ask(POST % 100_000, b"x" * 100_000)
    assert b"POST /messages? 100" in front.ask(last(POST % 100), b"x" * 100)
    known = last(POST % 100_000).replace(b"\r\n\r\n", b"\r\nAuthorization: x\r\n\r\n")
    assert b"POST /messages? 100000" in front.ask(known, b"x" * 100_000)


def test_bodies_are_kept_only_up_to_a_sum(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    monkeypatch.setattr(limits, "HELD", 150_000)
    with front.connect(POST % 100_001, b"x" * 100_000) as first:
        answer_of(front.connect(GET))
        # when
        assert front.ask(POST % 100_000, b"x" * 100_000).startswith(b"HTTP/1.1 503")
        first.sendall(b"x")
        # then
        assert b"POST /messages? 100001" in answer_of(first)
    assert b" 200 " in front.ask(last(POST % 100_000), b"x" * 100_000)


def test_of_too_many_connections_the_one_that_was_idle_longest_makes_room(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a busy machine the begun request may wait longer than one may.
    monkeypatch.setattr(limits, "PATIENCE", 600.0)
    front.server._most = 3
    asking = (POST % 2).replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n")
    with front.connect(asking) as begun, front.connect(GET) as idle:
        assert b" 100 " in begun.recv(1000)
        assert b" 200 " in answer_of(idle)
        since = front.server.now
        while front.server.now == since:
            # Its clock moves on now and then.
            pass
        # when
        for _ in range(3):
            assert b" 200 " in answer_of(front.connect(GET))
        # then
        with suppress(ConnectionError):
            assert rest_of(idle) == b""
        begun.sendall(b"ab")
        assert b"POST /messages? 2" in answer_of(begun)
