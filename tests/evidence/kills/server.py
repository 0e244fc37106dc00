"""One server that is started and killed again and again, on one journal and with one carrier."""

import http.client
import json
import os
import queue
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from threading import Thread
from typing import Any, Final

from firstyes.actors.carriers.port import Recovery

from ..free_port import free_port
from .doomed import Order
from .on_twilio import TOKEN, BookedTwilio

ROOT: Final = Path(__file__).resolve().parents[3]
PATIENCE = 300.0
"""Seconds anything may take on a machine that is busy with other things."""

STARTS = 25
"""Starts from one process that has read the modules; then another one reads them anew."""


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
        self._starter: subprocess.Popen[str] | None = None
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._started = 0
        self.pid: int | None = None

    def start(self, point: str | None = None, nth: int = 1) -> None:
        """Start it; returns at once. It ends itself at the `nth` time it passes the crash point."""
        if self._starter is None or self._started % STARTS == 0:
            self._renew()
        assert self._starter is not None
        assert self._starter.stdin is not None
        self._started += 1
        order = Order(
            self.port,
            f"sqlite:///{self.journal}",
            str(self.books),
            str(self.log),
            self.recovery.value,
            point,
            nth,
            {} if self.twilio is None else self.twilio.environment(self.port),
        )
        self._starter.stdin.write(json.dumps(asdict(order)) + "\n")
        self._starter.stdin.flush()
        self.pid = int(self._lines.get(timeout=PATIENCE))

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
        return not self._lines.empty()

    def signal(self, number: int) -> None:
        """Send it a signal."""
        assert self.pid is not None
        os.kill(self.pid, number)

    def wait_dead(self, timeout: float = PATIENCE) -> int | None:
        """Give how it ended (-9: by SIGKILL), None when it still runs after `timeout` seconds."""
        try:
            code = int(self._lines.get(timeout=timeout))
        except queue.Empty:
            return None
        self.pid = None
        return code

    def last_words(self) -> str:
        """Give the end of its log."""
        return self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""

    def close(self) -> None:
        """Kill it if it runs."""
        if self.pid is not None:
            self.signal(signal.SIGKILL)
            self.wait_dead()
        self._end_starter()
        if self.twilio is not None:
            self.twilio.close()

    def _renew(self) -> None:
        self._end_starter()
        self._starter = subprocess.Popen(
            [sys.executable, "-m", "evidence.kills.doomed"],
            cwd=ROOT / "tests",
            env={name: value for name, value in os.environ.items() if not name.startswith("FIRSTYES_")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        Thread(target=self._read, args=(self._starter,), daemon=True).start()

    def _read(self, starter: "subprocess.Popen[str]") -> None:
        assert starter.stdout is not None
        with starter.stdout:
            for line in starter.stdout:
                self._lines.put(line)

    def _end_starter(self) -> None:
        if self._starter is not None:
            assert self._starter.stdin is not None
            self._starter.stdin.close()
            self._starter.wait(PATIENCE)
            self._starter = None
