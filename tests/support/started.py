"""A program of ours that `starter.py` has started, with what tests use of `subprocess.Popen`."""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile

from .patience import PATIENCE


@cache
def _starter() -> socket.socket:
    """Start it once in a process; it ends with this one."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with its:
        command = [sys.executable, "-P", str(Path(__file__).with_name("starter.py"))]
        starter = subprocess.Popen(command, stdin=its.fileno())

    @atexit.register
    def end() -> None:
        ours.close()
        starter.wait()

    return ours


class Started:
    """A process that runs `main` of the module `program`, with `arguments` on its command line."""

    def __init__(
        self,
        program: str,
        arguments: tuple[str, ...],
        streams: tuple[int, int, int],
        environment: Mapping[str, str],
    ) -> None:
        order = {
            "program": program,
            "arguments": arguments,
            "environment": dict(environment),
            "folder": str(Path.cwd()),
        }
        self._told, telling = os.pipe()
        socket.send_fds(_starter(), [json.dumps(order).encode()], [telling, *streams])
        os.close(telling)
        self.returncode: int | None = None
        self.pid = self._number()

    def poll(self) -> int | None:
        """Give how it ended, None while it runs."""
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            self.returncode = self._number()
            os.close(self._told)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Wait for its end and give how that was. Raises `TimeoutExpired` after so many seconds."""
        if self.returncode is None and not select.select([self._told], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("firstyes", timeout)
        code = self.poll()
        assert code is not None
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def _number(self) -> int:
        return int.from_bytes(os.read(self._told, 4), "little", signed=True)


def ran(
    program: str, *arguments: str, environment: Mapping[str, str], stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end."""
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        streams = (given.fileno(), out.fileno(), err.fileno())
        code = Started(program, arguments, streams, environment).wait(PATIENCE)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(arguments, code, out.read(), err.read())
