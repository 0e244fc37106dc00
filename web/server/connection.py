"""One connection: its requests are read whole, within their time, and answered one at a time in their order."""

import asyncio
from collections import deque
from enum import Enum, auto
from http import HTTPStatus
from io import BytesIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import httptools

from ..http.wsgi import Environ
from . import limits
from .request import Request, failed

if TYPE_CHECKING:
    from .server import Server

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Reading(Enum):
    """What the bytes that come next are taken for."""

    REQUESTS = auto()
    REFUSED_BODY = auto()
    NOTHING = auto()


class Connection(asyncio.Protocol):
    """Reads what httptools parses. All of it happens on the server's thread."""

    def __init__(self, server: "Server") -> None:
        self._server = server
        self._parser: Any = httptools.HttpRequestParser(self)
        self._reading = Reading.REQUESTS
        self._waiting: deque[Request] = deque()
        self.busy = False
        self._paused = False
        self._unread_since = 0.0
        self._idle_since = server.now
        self._expect_request()

    def _expect_request(self) -> None:
        self._since = 0.0
        self._received = 0
        self._behind_body = 0
        self._url = b""
        self._headers: Environ = {}
        self._environ: Environ | None = None
        self._body = bytearray()

    # What asyncio tells.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Join the server's connections."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        # None where the other side has gone already.
        self._address: str = (transport.get_extra_info("peername") or ("",))[0]
        self._server.join(self)

    def connection_lost(self, _: Exception | None) -> None:
        """Forget what was read; the answer to what is under way goes nowhere."""
        self._reading = Reading.NOTHING
        self._server.leave(self, len(self._body) + sum(one.size for one in self._waiting))
        self._waiting.clear()

    def data_received(self, data: bytes) -> None:
        """Read on."""
        if self._reading is Reading.NOTHING:
            return
        if not self._since:
            self._since = self._server.now
        self._received += len(data)
        self._behind_body += len(data)
        try:
            self._parse(data)
        except httptools.HttpParserError:
            self._fail(HTTPStatus.BAD_REQUEST, "This is not HTTP.")
        if self._environ is None and self._received > limits.HEAD and self._reading is Reading.REQUESTS:
            self._fail(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too long.")
        elif self._behind_body > limits.HEAD or self._received > limits.DISCARDED:
            self.abort()
        elif self._waiting and not self._paused:
            self._paused = True
            self._transport.pause_reading()

    def eof_received(self) -> bool:
        """Answer what has arrived whole, although no more comes: whoever has nothing to add may close that direction."""
        self._reading = Reading.NOTHING
        return self.busy or bool(self._waiting)

    def pause_writing(self) -> None:
        """Answer nothing more until the other side reads on."""
        self._unread_since = self._server.now

    def resume_writing(self) -> None:
        """Go on answering."""
        self._unread_since = 0.0
        if not self.busy:
            self._go_on()

    def _parse(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as asked:
            # Nothing else is spoken here: the request is answered as it is, and then the connection ends.
            if self._reading is not Reading.REQUESTS or self._environ is None:
                self._reading = Reading.NOTHING
                return
            # Its body is still to come, which httptools takes for the other protocol.
            self._parser = httptools.HttpRequestParser(
                SimpleNamespace(on_body=self.on_body, on_message_complete=self.on_message_complete)
            )
            size = self._environ.get("CONTENT_LENGTH")
            length = f"Content-Length: {size}" if size else "Transfer-Encoding: chunked"
            head = f"POST / HTTP/1.1\r\nConnection: close\r\n{length}\r\n\r\n".encode("latin-1")
            self._parser.feed_data(head + data[asked.args[0] :])

    # What httptools tells.

    def on_url(self, url: bytes) -> None:
        """Take a part of the request's target."""
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, by the name that WSGI gives it; what is given twice holds both."""
        # What comes behind a body in chunks is for nobody.
        key = self._server.header_key(name) if self._environ is None else None
        if key is not None:
            text = value.decode("latin-1")
            before = self._headers.get(key)
            self._headers[key] = text if before is None else f"{before},{text}"

    def on_headers_complete(self) -> None:
        """See who asks for what, and whether the body is worth keeping."""
        if self._reading is not Reading.REQUESTS:
            return
        url = self._url if self._url.startswith(b"/") else _in_absolute(self._url)
        path, _, query = url.partition(b"?")
        environ = self._environ = {
            **self._server.environ,
            **self._headers,
            "REMOTE_ADDR": self._address,
            "REQUEST_METHOD": self._parser.get_method().decode("latin-1"),
            "PATH_INFO": (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1"),
            "QUERY_STRING": query.decode("latin-1"),
            "SERVER_PROTOCOL": f"HTTP/{self._parser.get_http_version()}",
        }
        # That it is a number was seen to by the parser.
        size = int(environ.get("CONTENT_LENGTH") or 0)
        if size > limits.BODY or (size > limits.SMALL and not self._server.admits(environ)):
            self._refuse()
        elif "HTTP_EXPECT" in environ and not self.busy:
            self._transport.write(CONTINUE)

    def on_body(self, data: bytes) -> None:
        """Keep a part of the body, while it may become whole."""
        self._behind_body = 0
        if self._reading is not Reading.REQUESTS or self._environ is None:
            return
        before = len(self._body)
        self._body += data
        if not self._server.hold(len(data)):
            self._fail(
                HTTPStatus.SERVICE_UNAVAILABLE, "Too much is being sent just now; nothing was changed."
            )
        elif len(self._body) > limits.BODY or (
            before <= limits.SMALL < len(self._body) and not self._server.admits(self._environ)
        ):
            self._refuse()

    def on_message_complete(self) -> None:
        """Have the request answered, after those before it."""
        if self._reading is Reading.REQUESTS:
            assert self._environ is not None
            upgrade = self._parser.should_upgrade()
            if upgrade and ("CONTENT_LENGTH" in self._environ or "HTTP_TRANSFER_ENCODING" in self._environ):
                return
            self._put(keep=self._parser.should_keep_alive() and not upgrade)
            self._expect_request()
        elif self._reading is Reading.REFUSED_BODY:
            self._reading = Reading.NOTHING
            if not self.busy:
                self._transport.close()

    # Answering.

    def answer(self, data: bytes) -> None:
        """Send the answer to the request that is under way."""
        self.busy = False
        self._transport.write(data)
        self._go_on()

    def _go_on(self) -> None:
        self._idle_since = self._server.now
        if self._waiting:
            if not self._unread_since:
                self._begin(self._waiting.popleft())
        elif self._reading is Reading.NOTHING or (
            self._server.stopping and self._reading is Reading.REQUESTS and self._environ is None
        ):
            self._transport.close()
        elif self._paused:
            self._paused = False
            self._since = self._since and self._server.now
            self._transport.resume_reading()

    def _begin(self, request: Request) -> None:
        self.busy = True
        self._server.handle(request)

    def _put(self, *, keep: bool) -> None:
        assert self._environ is not None
        keep = keep and len(self._waiting) < limits.WAITING
        self._environ["wsgi.input"] = BytesIO(self._body)
        request = Request(self, self._environ, len(self._body), keep)
        if not keep:
            self._reading = Reading.NOTHING
        if self.busy or self._waiting or self._unread_since:
            self._waiting.append(request)
        else:
            self._begin(request)

    def _refuse(self) -> None:
        """Let the app say why it takes no such body, and throw the body away."""
        self._put(keep=False)
        self._body = bytearray()
        self._reading = Reading.REFUSED_BODY

    def _fail(self, status: HTTPStatus, detail: str) -> None:
        """End the connection, and say why if no other answer has to come before."""
        self._reading = Reading.NOTHING
        self._server.hold(-len(self._body))
        self._body = bytearray()
        self._behind_body = 0
        if not self.busy and not self._waiting:
            self._transport.write(failed(status, detail, self._server.date))
            # The other side may still be sending, and a connection closed before that would hide the answer from it:
            # it is closed when the other side closes it, or its time is over.
            self._transport.write_eof()

    # What the server does now and then.

    @property
    def idle_since(self) -> float | None:
        """Give the moment since which no request is on it, None when one is."""
        return None if self.busy or self._waiting or self._since else self._idle_since

    def check_deadlines(self, now: float) -> None:
        """End what has taken too long."""
        if self._unread_since:
            if now - self._unread_since > limits.UNREAD:
                self.abort()
        elif self.busy or self._waiting:
            pass
        elif not self._since:
            if now - self._idle_since > limits.IDLE:
                # Not closed: that would wait for whoever does not read the end of their answer.
                self.abort()
        elif now - self._since > limits.PATIENCE + self._received / limits.A_SECOND:
            if self._reading is Reading.REQUESTS:
                self._fail(
                    HTTPStatus.REQUEST_TIMEOUT, "The request did not arrive in time; nothing was changed."
                )
            else:
                self.abort()

    def stop(self) -> None:
        """End the connection, unless a request is on it whose head has arrived."""
        if not self.busy and not self._waiting and self._environ is None:
            self._transport.close()

    def abort(self) -> None:
        """End the connection, whatever is on it."""
        self._reading = Reading.NOTHING
        self._transport.abort()


def _in_absolute(url: bytes) -> bytes:
    """Give path and query of "http://host/path?query"; "*" has neither."""
    if url == b"*":
        return b""
    found = httptools.parse_url(url)
    return (found.path or b"/") + (b"?" + found.query if found.query else b"")
