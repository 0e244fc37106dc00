"""Somebody's webhook: keeps what it is asked and answers as a test says."""

from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qsl

from support.patience import PATIENCE

EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that came. `url` is the whole of it, as it was signed."""

    method: str
    url: str
    fields: dict[str, str]
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say. `cut` closes the connection instead."""

    status: int = 200
    body: str = EMPTY
    kind: str = "text/xml"
    cut: bool = False


class Listener:
    """Listens on a free port of this machine until `close`."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answer: Callable[[Asked], Answer] = lambda asked: Answer()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                owner._take(self)

            def do_GET(self) -> None:
                owner._take(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def hold(self) -> Event:
        """Answer nothing until the event is set."""
        held = Event()

        def wait(asked: Asked) -> Answer:
            held.wait(PATIENCE)
            return Answer(cut=True)

        self.answer = wait
        return held

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(PATIENCE)

    def _take(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0)).decode()
        fields = dict(parse_qsl(body, keep_blank_values=True))
        asked = Asked(handler.command, self.url + handler.path, fields, dict(handler.headers))
        self.asked.append(asked)
        answer = self.answer(asked)
        if answer.cut:
            handler.close_connection = True
            return
        handler.send_response(answer.status)
        if answer.kind:
            handler.send_header("Content-Type", answer.kind)
        data = b"" if answer.status == 204 else answer.body.encode()
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)
