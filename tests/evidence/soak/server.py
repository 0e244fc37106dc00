"""A real server under load, with connections that come and go: what it holds, seen from outside."""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..free_port import free_port
from . import agency
from .level import Sample

PATIENCE = 300.0
REQUESTS_A_CONNECTION = 2
ROUNDS = "sms:2,voice:2"
"""The phones ring after two seconds instead of ten minutes."""


class Service:
    """A running `firstyes serve`; `messages` counts what was handed in."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, journal: Path) -> None:
        self._process = process
        self._port = port
        self._journal = journal
        self._connection: http.client.HTTPConnection | None = None
        self._asked = 0
        self._turns = 0
        self.messages = 0

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Make one request, every other on a new connection. Raises OSError when nobody answers."""
        if self._connection is None or self._asked % REQUESTS_A_CONNECTION == 0:
            self.hang_up()
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        self._asked += 1
        data = None if body is None else json.dumps(body)
        self._connection.request(method, path, data, {"Content-Type": "application/json"} if data else {})
        return json.loads(self._connection.getresponse().read())

    def hang_up(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def wait_ready(self) -> None:
        """Read what it says until it says how to stop it. Raises AssertionError when it ends."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(b"Stop with"):
                return
        raise AssertionError("the server did not start")

    def turn(self) -> None:
        """Bring shifts, offer them, and say what people say."""
        turn = agency.Turn(self._turns, datetime.now(UTC))
        self._turns += 1
        self.call("POST", "/shifts", turn.shifts())
        for shift_id in turn.shift_ids:
            self.call("POST", f"/shifts/{shift_id}/fanout")
        for saying in turn.sayings({}):
            for _ in range(saying.times):
                body = {"from_phone": saying.phone, "body": saying.body, "message_id": saying.message_id}
                self.call("POST", "/messages/inbound", body)
                self.messages += 1
        for shift_id in turn.cancelled():
            self.call("POST", f"/shifts/{shift_id}/cancel", {"confirm": True})

    def sample(self) -> Sample:
        """Look at the server while no connection of ours is open."""
        self.hang_up()
        return Sample.of(self._process.pid, self.messages, self._journal)


@contextmanager
def serving(folder: Path) -> Iterator[Service]:
    """Serve the agency from a new journal in `folder`, until the end of the block."""
    port = free_port()
    data = folder / "agency.json"
    rows = {"organizations": [agency.organization()], "caregivers": agency.caregivers()}
    data.write_text(json.dumps(rows))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FIRSTYES_")}
    journal = folder / "journal.db"
    settings = {
        "FIRSTYES_STORE": f"sqlite:///{journal}",
        "FIRSTYES_ROUNDS": ROUNDS,
        "FIRSTYES_LOG_LEVEL": "error",
    }
    command = [
        str(Path(sys.executable).with_name("firstyes")),
        "serve",
        "--port",
        str(port),
        "--load",
        str(data),
    ]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env={**kept, **settings}, stdout=subprocess.PIPE, stderr=log)
        service = Service(process, port, journal)
        try:
            service.wait_ready()
            yield service
        finally:
            service.hang_up()
            process.terminate()
            process.communicate(timeout=PATIENCE)
