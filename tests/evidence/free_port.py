"""A port for a server that is about to start."""

import os
import socket
from collections.abc import Iterator
from contextlib import suppress

FIRST, LAST = 12_000, 32_000
"""Below those that the system gives to connections that go out: one of them may take a port while a server is starting, or
dead and about to be started again."""
EACH = 50


def free_port() -> int:
    """Give a port nobody listens on; this process does not give it again soon, and others begin elsewhere."""
    for port in _PORTS:
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("the numbers never end")


def _from_here() -> Iterator[int]:
    port = FIRST + os.getpid() * EACH % (LAST - FIRST)
    while True:
        yield port
        port = port + 1 if port < LAST else FIRST


_PORTS = _from_here()
