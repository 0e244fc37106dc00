"""The sockets: reads requests, and answers them, late or not at all where that is what is to happen."""

from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, SHUT_WR, create_connection, socket
from threading import Thread
from time import monotonic, sleep
from typing import Any, Protocol

from support.patience import PATIENCE

from .wire import Request, Response


class Answers(Protocol):
    """What stands behind the sockets."""

    def now(self) -> datetime:
        """Say what time it is."""
        ...

    def handle(self, request: Request) -> Response:
        """Answer a request."""
        ...

    def wait(self, response: Response) -> None:
        """Wait as long as an answer takes."""
        ...


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, *arguments: Any) -> None:
        self.connections: set[socket] = set()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away."""


class HttpServer:
    """Listens at `port` of this machine; 0 takes a free one."""

    def __init__(self, answers: Answers, host: str, port: int) -> None:
        class Handler(_Handler):
            behind = answers

        self._listener = _Listener((host, port), Handler)
        self._host, self.port = host, int(self._listener.server_port)
        self._thread = Thread(
            target=self._listener.serve_forever,
            kwargs={"poll_interval": 0.01},
            name="twilio-http",
            daemon=True,
        )
        self._thread.start()

    def hang_up(self) -> None:
        """Wait until whoever hung up has been dealt with: what they had sent is handled, however late its turn comes."""
        with create_connection((self._host, self.port), PATIENCE) as last:
            # Who came before has its thread once this one has been seen.
            last.shutdown(SHUT_WR)
            last.recv(1)
        until = monotonic() + PATIENCE
        while self._listener.connections:
            assert monotonic() < until, "somebody has not hung up"
            sleep(0.001)

    def close(self) -> None:
        """Listen no more."""
        self._listener.shutdown()
        self._listener.server_close()
        for connection in list(self._listener.connections):
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)
        self._thread.join(PATIENCE)


class _Handler(BaseHTTPRequestHandler):
    behind: Answers
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def date_time_string(self, timestamp: float | None = None) -> str:
        return format_datetime(self.behind.now(), usegmt=True)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        authorization = self.headers.get("Authorization") or ""
        response = self.behind.handle(Request.parse(self.command, self.path, body, authorization))
        self.behind.wait(response)
        if response.lost:
            self.close_connection = True
            return
        self.send_response(response.status)
        if response.status != 204:
            self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        self.wfile.write(response.body)
