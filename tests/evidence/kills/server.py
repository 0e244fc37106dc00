"""One server that is started and killed again and again, on one journal and with one carrier."""

import http.client
import json
import os
import time
from dataclasses import asdict
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any

from firstyes.actors.carriers.port import Recovery
from support.started import Started

from ..free_port import free_port
from .doomed import Order
from .on_twilio import TOKEN, BookedTwilio

PATIENCE = 300.0
"""Seconds anything may take on a machine that is busy with other things."""


class Gone(Exception):
    """Raised when the server did not answer: it is dead, or not there yet."""


class Caller:
    """One connection to the server, for one thread."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Make one request; give status and JSON. Raises `Gone` when there was no whole answer."""
        try:
            data = None if body is None else json.dumps(body)
            headers = {} if body is None else {"Content-Type": "application/json"}
            self._connection.request(method, path, data, {**headers, **self._headers})
            answer = self._connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise Gone(type(error).__name__) from error

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


class DoomedServer:
    """Starts `firstyes serve` on a journal; carrier's books and log lie in `folder`. `close` leaves nothing running.

    The carrier is one that recovers by `recovery`; with a `seed` for one it is Twilio.
    """

    def __init__(self, folder: Path, recovery: Recovery, journal: Path, twilio: int | None = None) -> None:
        self.recovery = recovery
        self.journal = journal
        self.books = folder / "books.tsv"
        self.log = folder / "server.log"
        self.port = free_port()
        self.twilio = None if twilio is None else BookedTwilio(self.books, twilio)
        self._process: Started | None = None

    def start(self, point: str | None = None, nth: int = 1) -> None:
        """Start it; returns at once. It ends itself at the `nth` time it passes the crash point."""
        order = Order(
            self.port,
            f"sqlite:///{self.journal}",
            str(self.books),
            self.recovery.value,
            point,
            nth,
            self.twilio is not None,
        )
        ours = {name: value for name, value in os.environ.items() if not name.startswith("FIRSTYES_")}
        more = {} if self.twilio is None else self.twilio.environment(self.port)
        with Path(os.devnull).open("r+b") as nothing, self.log.open("ab") as log:
            streams = (nothing.fileno(), nothing.fileno(), log.fileno())
            self._process = Started(
                "evidence.kills.doomed", (json.dumps(asdict(order)),), streams, {**ours, **more}
            )

    def wait_ready(self) -> bool:
        """Wait until it is ready; False when it died before."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            caller = self.caller()
            try:
                if caller.call("GET", "/readyz")[0] == http.HTTPStatus.OK:
                    return True
            except Gone:
                if self.has_ended:
                    return False
            finally:
                caller.close()
            time.sleep(0.01)
        raise AssertionError(f"not ready after {PATIENCE:.0f} s: {self.last_words()}")

    def caller(self) -> Caller:
        """Give a connection to it."""
        return Caller(self.port, None if self.twilio is None else TOKEN)

    @property
    def has_ended(self) -> bool:
        """Whether it ended by itself."""
        return self._started().poll() is not None

    def signal(self, number: int) -> None:
        """Send it a signal."""
        self._started().send_signal(number)

    def wait_dead(self, timeout: float = PATIENCE) -> int | None:
        """Give how it ended (-9: by SIGKILL), None when it still runs after `timeout` seconds."""
        try:
            code = self._started().wait(timeout)
        except TimeoutExpired:
            return None
        if self.twilio is not None:
            # What it had sent is taken while nobody lives, and not behind the back of the next one.
            self.twilio.hang_up()
        return code

    def last_words(self) -> str:
        """Give the end of its log."""
        return self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""

    def close(self) -> None:
        """Kill it if it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE)
        if self.twilio is not None:
            self.twilio.close()

    def _started(self) -> Started:
        assert self._process is not None
        return self._process
