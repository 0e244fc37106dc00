"""`firstyes serve`: stopping, in every way it can be stopped."""

import http.client
import json
import os
import signal
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from evidence.free_port import free_port
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.web.commands.exit_codes import ExitCode
from firstyes.web.service.server import DRAIN, STOP
from support.patience import PATIENCE
from support.service import FIRSTYES, SAMPLE, Service, environment, firstyes, serving

pytestmark = pytest.mark.server

MARTA, TOMAS = "+13125550141", "+13125550105"


def request_under_way(service: Service, phone: str, text: str) -> tuple[socket.socket, bytes]:
    """Begin a request that our code is already reading; give its connection and the rest of it."""
    body = json.dumps({"from_phone": phone, "body": text}).encode()
    connection = socket.create_connection(("127.0.0.1", service.port), PATIENCE)
    connection.settimeout(PATIENCE)
    connection.sendall(
        b"POST /messages/inbound HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n" % len(body)
    )
    # The server sends this when the body is asked for, by us.
    assert connection.recv(1000).startswith(b"HTTP/1.1 100")
    return connection, body


@pytest.mark.fault(48)
def test_told_to_stop_it_finishes_what_is_under_way_and_ends_with_0(tmp_path: Path) -> None:
    with serving(tmp_path / "a.db", "--load", str(SAMPLE)) as service:
        # given
        service.call("POST", "/shifts/shift-rn-monday/fanout")
        connection, rest = request_under_way(service, MARTA, "yes")
        # when
        service.process.send_signal(signal.SIGTERM)
        service.wait_refused()
        with connection:
            connection.sendall(rest)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        # then
        assert answer.startswith(b"HTTP/1.1 200")
        assert b'"success"' in answer
        assert service.process.wait(PATIENCE) == 0
    # and what was answered is in the journal
    replayed = firstyes("replay", "shift-rn-monday", store=f"sqlite:///{tmp_path}/a.db")
    assert "claimed by Marta Ilves" in replayed.stdout.decode()


@pytest.mark.fault(48)
def test_told_to_stop_under_load_every_answer_it_gave_is_in_the_journal(tmp_path: Path) -> None:
    answered: set[str] = set()
    enough = Event()
    with serving(tmp_path / "a.db", "--load", str(SAMPLE)) as service:

        def keep_asking(who: int) -> None:
            for number in range(10_000):
                text = f"question {who} {number}?"
                try:
                    status, _ = service.call("POST", "/messages/inbound", {"from_phone": MARTA, "body": text})
                except (ConnectionError, http.client.HTTPException):
                    return
                assert status == 200
                answered.add(text)
                if len(answered) >= 100:
                    enough.set()

        with ThreadPoolExecutor(8) as pool:
            # when
            under_way = [pool.submit(keep_asking, who) for who in range(8)]
            assert enough.wait(PATIENCE)
            assert service.stop() == 0
            # then
            assert [one.result(PATIENCE) for one in under_way] == [None] * 8
    journal = SqliteJournal.open_read_only(f"sqlite:///{tmp_path}/a.db")
    kept = {one.body for one in journal.messages(None, MARTA, None, 100_000).items if one.direction == "in"}
    journal.close()
    assert answered - kept == set()


@pytest.mark.fault(48)
def test_told_to_stop_twice_it_ends_at_once(tmp_path: Path) -> None:
    with serving(tmp_path / "a.db", "--load", str(SAMPLE)) as service:
        # given
        connection, _ = request_under_way(service, MARTA, "yes")
        service.process.send_signal(signal.SIGTERM)
        service.wait_refused()
        # when
        assert service.stop(signal.SIGTERM) == 128 + signal.SIGTERM
        connection.close()
    assert firstyes("check", store=f"sqlite:///{tmp_path}/a.db").returncode == 0


@pytest.mark.fault(48)
def test_a_request_that_never_ends_keeps_it_for_less_than_ten_seconds(tmp_path: Path) -> None:
    assert DRAIN < STOP < 10
    with serving(tmp_path / "a.db", "--load", str(SAMPLE), stop_within=0.5) as service:
        # given
        connection, _ = request_under_way(service, MARTA, "yes")
        # when
        code = service.stop()
        # then
        assert code == ExitCode.REFUSED
        assert "ending all the same" in service.log[-1]
        connection.close()


def test_told_to_stop_while_it_still_starts_it_ends_with_0(tmp_path: Path) -> None:
    # given a start that waits for its data
    data = tmp_path / "data.json"
    os.mkfifo(data)
    command = [FIRSTYES, "serve", "--port", str(free_port()), "--load", str(data)]
    with subprocess.Popen(
        command, env=environment(store=f"sqlite:///{tmp_path}/a.db"), stderr=subprocess.PIPE, text=True
    ) as process:
        with data.open("wb"):  # opens when the service does
            # when
            process.send_signal(signal.SIGTERM)
            # then
            assert process.wait(PATIENCE) == 0
        assert process.stderr is not None
        assert "before the service was ready" in process.stderr.read()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_closed_terminal_and_ctrl_c_stop_it_like_sigterm(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path / "a.db") as service:
        assert service.stop(number) == 0


def test_killed_it_leaves_nobody_behind_and_the_next_one_starts(tmp_path: Path) -> None:
    """There is one process: none is orphaned that serves on and keeps the journal."""
    with serving(tmp_path / "a.db", "--load", str(SAMPLE)) as service:
        service.call("POST", "/shifts/shift-rn-monday/fanout")
        service.stop(signal.SIGKILL)
        service.wait_refused()
    with serving(tmp_path / "a.db") as service:
        assert service.says(MARTA, "yes")["status"] == "success"
