"""A web server, spoken to over sockets."""

import socket
from collections.abc import Callable, Iterable
from threading import Event, Thread
from typing import Any

from evidence.free_port import free_port
from firstyes.web.http.wsgi import Wsgi
from firstyes.web.server import limits
from firstyes.web.server.server import Server
from firstyes.web.service.address import ListenAddress

from .patience import PATIENCE

Environ = dict[str, Any]
POST = b"POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
GET = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Front:
    """A server on two threads, whose app answers with method, path, query and the length of the body."""

    def __init__(self, drain: float = PATIENCE, app: Wsgi | None = None) -> None:
        self.seen: list[Environ] = []
        self.connections: list[socket.socket] = []
        self.hold = Event()
        self.hold.set()
        self.admits: Callable[[Environ], bool] = lambda _: True
        self.port = free_port()
        listener = ListenAddress.find("127.0.0.1", self.port).listen()
        self.server = Server(app or self.app, listener, 2, self.may_send)
        self.finished: list[bool] = []
        ready = Event()
        self.thread = Thread(
            target=lambda: self.finished.append(self.server.run(ready.set, drain)), daemon=True
        )
        self.thread.start()
        assert ready.wait(PATIENCE)

    def may_send(self, environ: Environ) -> bool:
        return self.admits(environ)

    def app(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.seen.append(environ)
        if environ["PATH_INFO"] == "/broken":
            raise ValueError("broken")
        if environ["PATH_INFO"] == "/held":
            assert self.hold.wait(PATIENCE)
        size = len(environ["wsgi.input"].read())
        told = int(environ.get("CONTENT_LENGTH") or size)
        body = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ['QUERY_STRING']} {size}".encode()
        start_response("200 OK" if told <= limits.BODY else "413 Too Long", [("Content-Type", "text/plain")])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def connect(self, *sent: bytes) -> socket.socket:
        """Connect and send."""
        connection = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        self.connections.append(connection)
        for data in sent:
            connection.sendall(data)
        return connection

    def ask(self, *sent: bytes) -> bytes:
        """Send, and give all that comes until the server closes."""
        with self.connect(*sent) as connection:
            return rest_of(connection)

    def stop(self) -> bool:
        """Stop it, and say whether all could finish."""
        if self.thread.is_alive():
            self.server.stop()
        self.thread.join(PATIENCE)
        for one in self.connections:
            one.close()
        return self.finished[0]


def rest_of(connection: socket.socket) -> bytes:
    """Give what comes until the server closes."""
    return b"".join(iter(lambda: connection.recv(65536), b""))


def answer_of(connection: socket.socket) -> bytes:
    """Give one answer with a body."""
    data = b""
    while (end := data.find(b"\r\n\r\n")) < 0 or len(data) == end + 4:
        data += connection.recv(65536)
    return data


def last(request: bytes) -> bytes:
    """Give a request after which the connection shall end."""
    return request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
