"""The commands as users start them: real processes, on free ports, with nothing of our environment's settings."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, TextIO

from click.testing import CliRunner, Result

from evidence.free_port import free_port
from firstyes.run import main

from .patience import PATIENCE
from .started import Started, ran

FIRSTYES = str(Path(sys.executable).with_name("firstyes"))
ROOT = Path(__file__).resolve().parents[2]
PATIENT = (sys.executable, "-P", str(Path(__file__).with_name("patient_service.py")))
SAMPLE = ROOT / "sample" / "sample_data.json"


def environment(**settings: str) -> dict[str, str]:
    """Our environment without settings of the service and without wishes for colour, plus these."""
    unwanted = ("FIRSTYES_", "FORCE_COLOR", "TTY_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return {
        **kept,
        "COLUMNS": "100",
        **{f"FIRSTYES_{name.upper()}": value for name, value in settings.items()},
    }


def firstyes(*arguments: str, stdin: bytes = b"", **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run one command to its end."""
    return ran("firstyes.run", *arguments, environment=environment(**settings), stdin=stdin)


def asked(*arguments: str, **settings: str) -> Result:
    """Run one command inside this process: for what ends before it starts a thread or handles a signal."""
    forgotten = {name: None for name in os.environ if name.startswith("FIRSTYES_")}
    given = {f"FIRSTYES_{name.upper()}": value for name, value in settings.items()}
    return CliRunner(env={**forgotten, **given}).invoke(main, arguments)


class Service:
    """A running `firstyes serve`."""

    def __init__(self, process: Started, port: int, said: TextIO, logged: TextIO) -> None:
        self.process = process
        self.port = port
        self.welcome = ""
        self.log: list[str] = []
        self._said = said
        # Read all along: a full pipe would stop the service.
        self._reader = Thread(target=lambda: self.log.extend(logged), daemon=True)
        self._reader.start()

    def wait_ready(self) -> None:
        """Read what it says until it says how to stop it."""
        for line in self._said:
            self.welcome += line
            if line.startswith("Stop with"):
                return
        self._reader.join(PATIENCE)
        raise AssertionError(f"ended with {self.process.wait(PATIENCE)}: {''.join(self.log)}")

    def call(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """Make one request; give status and JSON (or text)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            data = None if body is None else json.dumps(body)
            sent = {"Content-Type": "application/json"} if body is not None else {}
            connection.request(method, path, data, {**sent, **(headers or {})})
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        try:
            return answer.status, json.loads(text)
        except ValueError:
            return answer.status, text

    def says(self, phone: str, text: str) -> Any:
        """Have somebody text it; give the answer."""
        return self.call("POST", "/messages/inbound", {"from_phone": phone, "body": text})[1]

    def wait_logged(self, text: str) -> str:
        """Wait until it has logged a line with this text, and give that."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for line in [*self.log]:
                if text in line:
                    return line
            time.sleep(0.01)
        raise AssertionError(f"never logged: {''.join(self.log)}")

    def wait_refused(self) -> None:
        """Wait until it takes no new connections."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1.0).close()
            except ConnectionError:
                return
            time.sleep(0.01)
        raise AssertionError("it still takes connections")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send it a signal and give its exit code."""
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code


@contextmanager
def serving(
    store: Path,
    *arguments: str,
    stop_within: float = PATIENCE,
    close_within: float = PATIENCE,
    port: int | None = None,
    **settings: str,
) -> Iterator[Service]:
    """Serve on a journal at `store`, at `port` or at a free one, until the end of the block."""
    port = port or free_port()
    said, says = os.pipe()
    logged, logs = os.pipe()
    process = Started(
        "support.patient_service",
        ("serve", "--port", str(port), *arguments),
        (0, says, logs),
        {
            **environment(store=f"sqlite:///{store}", **settings),
            "STOP_WITHIN": str(stop_within),
            "CLOSE_WITHIN": str(close_within),
        },
    )
    os.close(says)
    os.close(logs)
    with os.fdopen(said) as welcome, os.fdopen(logged) as log:
        service = Service(process, port, welcome, log)
        try:
            service.wait_ready()
            yield service
        finally:
            process.kill()
            service.stop()
