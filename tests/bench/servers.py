"""Starting and stopping what is measured: (a), (b), (c) and (d), each a process of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from .load_generator import LoadError
from .pinning import kept_on
from .sizes import Size

ROOT: Final = Path(__file__).resolve().parents[2]
START_S: Final = 60.0
STOP_S: Final = 15.0


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@dataclass(frozen=True, slots=True)
class Launch:
    """How a server is started: its command line and what it needs in its environment."""

    command: tuple[str, ...]
    environment: Mapping[str, str]


def flask_route(port: int, threads: int) -> Launch:
    """Rival (a)."""
    return Launch((sys.executable, "-m", "bench.rivals.flask_route", str(port), str(threads)), {})


def in_memory(kind: str, port: int, size: Size) -> Launch:
    """Rival (c), `kind` classic, or (d), `kind` indexed."""
    arguments = (kind, str(port), str(size.caregivers), str(size.shifts))
    return Launch((sys.executable, "-m", "bench.rivals.in_memory", *arguments), {})


class ServerProcess:
    """A running server, ready when the constructor returns; a context manager that stops it.

    Raises LoadError when it is not ready within a minute, or dies before; its standard error goes to `log`.
    """

    def __init__(self, launch: Launch, port: int, processors: frozenset[int], log: Path) -> None:
        self.port = port
        self._log = log
        environment = {key: value for key, value in os.environ.items() if not key.startswith("FIRSTYES_")}
        with kept_on(processors), log.open("ab") as errors:
            self._process = subprocess.Popen(
                launch.command,
                cwd=ROOT / "tests",
                env={**environment, "PYTHONHASHSEED": "0", **launch.environment},
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The process that was started; the server may work in a child of it."""
        return self._process.pid

    def wait_ready(self, path: str = "/health", timeout_s: float = START_S) -> float:
        """Wait until `path` answers 200, and give the moment on the monotonic clock at which it did."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise LoadError(f"{self._name} ended with {self._process.returncode}:\n{self._last_words()}")
            if answers_ok(self.port, path):
                return time.monotonic()
            time.sleep(0.02)
        raise LoadError(f"{self._name} was not ready after {timeout_s:.0f} s:\n{self._last_words()}")

    def stop(self) -> None:
        """End the server: SIGTERM, and SIGKILL to all of its session when it takes longer than fifteen seconds."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(STOP_S)

    @property
    def _name(self) -> str:
        return (
            " ".join(map(str, self._process.args)) if isinstance(self._process.args, Sequence) else "server"
        )

    def _last_words(self) -> str:
        return self._log.read_text(errors="replace")[-2000:]


def answers_ok(port: int, path: str) -> bool:
    """Whether a GET of `path` is answered with 200 at the moment."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2.0)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
