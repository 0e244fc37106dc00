"""A server that speaks like a language model's: well, badly, slowly or never, as it is told."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .patience import PATIENCE


class ModelServer:
    """Serves on a free port of this machine until `close`. `asked` holds the requests, path and body."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.answer: Callable[[BaseHTTPRequestHandler], None] = says("unclear")
        self.over = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                owner.asked.append((self.path, dict(self.headers), body))
                try:
                    owner.answer(self)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self._thread.start()

    def never(self, _: BaseHTTPRequestHandler) -> None:
        """Take the request and say nothing until the test is over."""
        self.over.wait(PATIENCE)

    def drips(self, handler: BaseHTTPRequestHandler) -> None:
        """Send a byte now and then, for ever."""
        handler.send_response(200)
        handler.end_headers()
        while not self.over.wait(0.02):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(PATIENCE)


def sends(data: bytes, status: int = 200) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer with these bytes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("content-length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def writes(text: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer as chat completions do, with `text` as the model's turn."""
    return sends(json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode())


def says(intent: str, confidence: float = 0.95) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer as a good model does."""
    return writes(json.dumps({"intent": intent, "confidence": confidence}))
