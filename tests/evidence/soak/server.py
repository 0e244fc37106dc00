"""A real server under load, with connections that come and go: what it holds, seen from outside."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from support.patience import PATIENCE
from support.service import serving as served

from . import agency
from .level import Sample

REQUESTS_A_CONNECTION = 2
ROUNDS = "sms:2,voice:2"
"""The phones ring after two seconds instead of ten minutes."""


class Service:
    """A running `firstyes serve`; `messages` counts what was handed in."""

    def __init__(self, process: int, port: int, journal: Path) -> None:
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
        return Sample.of(self._process, self.messages, self._journal)


@contextmanager
def serving(folder: Path) -> Iterator[Service]:
    """Serve the agency from a new journal in `folder`, until the end of the block."""
    data, journal = folder / "agency.json", folder / "journal.db"
    rows = {"organizations": [agency.organization()], "caregivers": agency.caregivers()}
    data.write_text(json.dumps(rows))
    with served(journal, "--load", str(data), rounds=ROUNDS, log_level="error") as process:
        service = Service(process.process.pid, process.port, journal)
        yield service
        service.hang_up()
