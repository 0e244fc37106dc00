"""`firstyes serve`: stopping, in every way it can be stopped."""

import http.client
import json
import os
import shlex
import signal
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from bench.servers import answers_ok
from evidence.free_port import free_port
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.web.commands.exit_codes import ExitCode
from firstyes.web.commands.serve import CLOSING, DRAIN
from firstyes.web.service.stopping import STOP
from support.data_to_load import ALMA, SHIFT, written
from support.kept import wait_until
from support.patience import PATIENCE
from support.service import FIRSTYES, PATIENT, SAMPLE, Service, environment, firstyes, serving

pytestmark = pytest.mark.server

TOKEN = "a-token-for-this-test"
KEY = {"Authorization": f"Bearer {TOKEN}"}
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


def stuck_carrier(folder: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> dict[str, Any]:
    """Settings with a carrier that never comes back from this method."""
    (folder / "stuck.py").write_text(
        "import pathlib, threading\n"
        "from firstyes import Simulator\n"
        "class Carrier(Simulator):\n"
        f"    def {where}(self, *_):\n"
        f"        pathlib.Path({str(folder / 'stuck')!r}).touch()\n"
        "        threading.Event().wait()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return {"carrier": "stuck:Carrier", "api_token": TOKEN}


@pytest.mark.fault(48)
def test_row_71_told_to_stop_with_texts_on_their_way_it_ends_with_0(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert DRAIN + CLOSING < STOP < 10
    stuck = stuck_carrier(tmp_path, monkeypatch, "send_text")
    with serving(tmp_path / "a.db", "--load", str(SAMPLE), close_within=0.2, **stuck) as service:
        assert service.call("POST", "/shifts/shift-rn-monday/fanout", headers=KEY)[0] == 200
        wait_until((tmp_path / "stuck").exists)
        assert service.stop() == 0
    assert any("messages still on their way" in line for line in service.log)


@pytest.mark.fault(48)
def test_row_71_told_to_stop_with_a_great_outbox_it_ends_with_0_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    many = [
        {**ALMA, "id": f"rn-{number}", "phone": f"+1312{5_560_000 + number}", "organization_id": "lakeside"}
        for number in range(2_000)
    ]
    data = {"organizations": [{"id": "lakeside"}], "caregivers": many, "shifts": [SHIFT]}
    stuck = stuck_carrier(tmp_path, monkeypatch, "send_text")
    with serving(tmp_path / "a.db", "--load", written(tmp_path, data), close_within=0.2, **stuck) as service:
        assert service.call("POST", "/shifts/s1/fanout", headers=KEY)[0] == 200
        wait_until((tmp_path / "stuck").exists)
        # when
        assert service.stop() == 0
    # then
    journal = SqliteJournal.open_read_only(f"sqlite:///{tmp_path}/a.db")
    counts = journal.health().counts
    journal.close()
    assert (
        sum(counts[f"outbox.{state}"] for state in ("planned", "sending") if f"outbox.{state}" in counts)
        == 2_000
    )


@pytest.mark.fault(48)
def test_row_71_told_to_stop_with_half_a_header_it_ends_with_0(tmp_path: Path) -> None:
    with (
        serving(tmp_path / "a.db") as service,
        socket.create_connection(("127.0.0.1", service.port), PATIENCE) as connection,
    ):
        connection.sendall(b"GET /livez HTTP/1.1\r\nHos")
        assert service.call("GET", "/livez")[0] == 200
        assert service.stop() == 0


@pytest.mark.fault(48)
def test_whatever_holds_it_up_it_ends_in_less_than_ten_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = stuck_carrier(tmp_path, monkeypatch, "close")
    with serving(tmp_path / "a.db", stop_within=0.5, **stuck) as service:
        assert service.stop() == ExitCode.REFUSED
    assert "ending all the same" in service.log[-1]


def test_row_71_under_nohup_a_closed_terminal_does_not_stop_it(tmp_path: Path) -> None:
    port = free_port()
    command = f"trap '' HUP; exec {shlex.join(PATIENT)} serve --port {port}"
    with subprocess.Popen(
        ["/bin/sh", "-c", command],
        env=environment(store=f"sqlite:///{tmp_path}/a.db"),
        stdout=subprocess.DEVNULL,
    ) as process:
        wait_until(lambda: answers_ok(port, "/livez"))
        # when
        process.send_signal(signal.SIGHUP)
        # then
        wait_until(lambda: answers_ok(port, "/livez"))
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


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
    # What is started under nohup ignores a hang-up, and so does what that starts.
    before = signal.signal(number, signal.SIG_DFL)
    try:
        with serving(tmp_path / "a.db") as service:
            assert service.stop(number) == 0
    finally:
        signal.signal(number, before)


def test_killed_it_leaves_nobody_behind_and_the_next_one_starts(tmp_path: Path) -> None:
    """There is one process: none is orphaned that serves on and keeps the journal."""
    with serving(tmp_path / "a.db", "--load", str(SAMPLE)) as service:
        service.call("POST", "/shifts/shift-rn-monday/fanout")
        service.stop(signal.SIGKILL)
        service.wait_refused()
    with serving(tmp_path / "a.db") as service:
        assert service.says(MARTA, "yes")["status"] == "success"
