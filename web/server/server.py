"""The web server: reads whole requests on one thread, answers them with a WSGI app on others.

A request gets a thread when all of it has arrived, never before: whoever sends slowly holds a connection and nothing else.
"""

import asyncio
import logging
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from email.utils import formatdate
from functools import partial
from http import HTTPStatus
from queue import SimpleQueue
from resource import RLIMIT_NOFILE, getrlimit
from socket import socket
from threading import Thread
from time import monotonic
from typing import Any, Protocol

from ..http.wsgi import Defer, Environ, Reply, Wsgi
from . import limits
from .connection import Connection
from .request import Request, failed, response

logger = logging.getLogger(__name__)

LOOKS_EVERY = 0.5
"""Seconds after which deadlines are looked at. The server knows the time no more exactly than this."""


class Early(Protocol):
    """Answers some requests before the app does."""

    def begin(self, environ: Environ, reply: Reply, defer: Defer) -> bool:
        """Take a request whose body has arrived; False when the app shall. Must neither wait nor raise."""

    def expire(self, now: float) -> None:
        """Answer what has waited too long; `now` is monotonic. Must neither wait nor raise."""


class Server:
    """Serves one app on `threads` threads, at a socket that listens.

    `admits` says from a request's head who may send a long body; the app tells the others no before it has come. `early`
    is asked first, and may answer a request without a thread that waits.
    """

    def __init__(
        self,
        app: Wsgi,
        listener: socket,
        threads: int,
        admits: Callable[[Environ], bool] = lambda _: True,
        early: Early | None = None,
    ) -> None:
        self.admits = admits
        self.stopping = False
        self._app = app
        self._early = early
        self._listener = listener
        self._threads = threads
        host, port = listener.getsockname()[:2]
        self.environ: Environ = {
            "SCRIPT_NAME": "",
            "SERVER_NAME": host,
            "SERVER_PORT": str(port),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "wsgi.input_terminated": True,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        self._connections: set[Connection] = set()
        self._most = min(limits.CONNECTIONS, getrlimit(RLIMIT_NOFILE)[0] // 2)
        self._held = 0
        self._keys: dict[bytes, str | None] = {}
        self._work: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._answers: deque[Callable[[], None]] = deque()
        self._woken = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told = False
        self._look_at_clock()

    # Its life.

    def run(self, on_ready: Callable[[], None], drain: float) -> bool:
        """Serve until `stop` is called; True if all that was under way then could finish within `drain` seconds."""
        for number in range(self._threads):
            # A daemon: one that never comes back must not keep the process.
            Thread(target=self._run_work, name=f"web-{number}", daemon=True).start()
        return asyncio.run(self._serve(on_ready, drain))

    def stop(self) -> None:
        """Accept nothing more, from any thread or a signal's handler."""
        self._told = True
        if self._loop is not None:
            # It may have seen that it is told, and ended, before it could be woken.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._wake.set)

    async def _serve(self, on_ready: Callable[[], None], drain: float) -> bool:
        self._loop, self._wake = asyncio.get_running_loop(), asyncio.Event()
        accepting = await self._loop.create_server(
            lambda: Connection(self), sock=self._listener, backlog=1024
        )
        on_ready()
        while not self._told:
            await self._see_to_deadlines(LOOKS_EVERY)
        self.stopping = True
        accepting.close()
        for one in [*self._connections]:
            one.stop()
        until = monotonic() + drain
        while self._connections and (left := until - monotonic()) > 0:
            self._wake.clear()
            await self._see_to_deadlines(min(LOOKS_EVERY, left))
        under_way = any(one.busy for one in self._connections)
        for one in [*self._connections]:
            one.abort()
        return not under_way

    async def _see_to_deadlines(self, seconds: float) -> None:
        """Wait so long, unless woken before; then end and answer what has taken too long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)
        self._look_at_clock()
        if self._early is not None:
            self._early.expire(self.now)
        for one in [*self._connections]:
            one.check_deadlines(self.now)

    def _look_at_clock(self) -> None:
        self.now = monotonic()
        self.date = formatdate(usegmt=True)

    # What connections ask.

    def join(self, connection: Connection) -> None:
        """Count a new connection; where there are too many, the one that was idle longest makes room."""
        self._connections.add(connection)
        if len(self._connections) > self._most:
            others = [
                one for one in self._connections if one is not connection and one.idle_since is not None
            ]
            min(others, key=lambda one: one.idle_since or 0.0, default=connection).abort()

    def leave(self, connection: Connection, size: int) -> None:
        """Forget a connection and `size` bytes that were kept for it."""
        self._connections.discard(connection)
        self._held -= size
        if self.stopping and not self._connections:
            self._wake.set()

    def hold(self, size: int) -> bool:
        """Count bytes that are kept; False when that is too much."""
        self._held += size
        return self._held <= limits.HELD

    def header_key(self, name: bytes) -> str | None:
        """Give WSGI's name of a header; None for one with an underscore, which could be taken for another."""
        try:
            return self._keys[name]
        except KeyError:
            pass
        key = None
        if b"_" not in name:
            key = name.decode("latin-1").upper().replace("-", "_")
            if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
                key = f"HTTP_{key}"
        if len(self._keys) < 256 and len(name) < 100:
            self._keys[name] = key
        return key

    # The threads of the app.

    def handle(self, request: Request) -> None:
        """Have a request answered, early or by the app on a thread of its own."""
        if self._early is None or not self._early.begin(
            request.environ, lambda app: self._soon(partial(self._send, request, app)), self._work.put
        ):
            self._work.put(partial(self._answer_by_app, request))

    def _run_work(self) -> None:
        while True:
            work = self._work.get()
            work()

    def _answer_by_app(self, request: Request) -> None:
        data = self._answer(request, self._app)
        self._soon(lambda: self._deliver(request, data))

    def _send(self, request: Request, app: Wsgi) -> None:
        self._deliver(request, self._answer(request, app))

    def _deliver(self, request: Request, data: bytes) -> None:
        self._held -= request.size
        request.connection.answer(data)

    def _soon(self, answer: Callable[[], None]) -> None:
        """Have an answer given on the server's thread; from any thread."""
        self._answers.append(answer)
        if not self._woken:
            self._woken = True
            assert self._loop is not None
            # The loop is closed when the process ends and nobody listens any more.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._hand_out)

    def _answer(self, request: Request, app: Wsgi) -> bytes:
        try:
            return self._called(request, app)
        except Exception:
            logger.exception("The app failed")
            return failed(HTTPStatus.INTERNAL_SERVER_ERROR, "Something here is broken.", self.date)

    def _called(self, request: Request, app: Wsgi) -> bytes:
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        chunks = app(request.environ, lambda status, headers, _=None: begun.append((status, headers)))
        try:
            body = b"".join(chunks)
        finally:
            close: Any = getattr(chunks, "close", None)
            if close is not None:
                close()
        status, headers = begun[-1]
        return response(status, headers, body, self.date, keep=request.keep and not self.stopping)

    def _hand_out(self) -> None:
        """Send what was answered, all at once: that is one wake-up for many."""
        self._woken = False
        while self._answers:
            self._answers.popleft()()
