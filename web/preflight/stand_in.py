"""What answers Twilio where the service would, while `firstyes preflight` looks and no service runs."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socket import socket

from flask import Flask, Response
from werkzeug.serving import WSGIRequestHandler, make_server

from ...actors.carriers.twilio.callbacks import STATUS
from ...actors.carriers.twilio.settings import TwilioSettings
from ...actors.journal.port import Journal
from ..http.problems import RequestRefused
from ..twilio.routes import TEXT
from ..twilio.signed_requests import SignedRequest, SignedRequests
from ..twilio.twiml import respond


class StandIn:
    """Takes status callbacks and texts that an account of ours has signed.

    A text of anybody but `expected` is answered with 503, so that Twilio tells it again; and the service looks for it in
    Twilio's books at its next start. `refused` counts the requests that nobody of ours had signed.
    """

    def __init__(self, settings: TwilioSettings, journal: Journal) -> None:
        self.expected: str | None = None
        self.statuses: list[SignedRequest] = []
        self.texts: list[SignedRequest] = []
        self.refused = 0
        self._changed = threading.Condition()
        signed = SignedRequests(settings, lambda: journal, logs=False)
        self.app = Flask(__name__)

        @self.app.errorhandler(RequestRefused)
        def refuse(error: RequestRefused) -> Response:
            with self._changed:
                self.refused += 1
                self._changed.notify_all()
            return Response(status=error.problem.status)

        @self.app.post(f"{STATUS}/<key>")
        def status(key: str) -> Response:  # noqa: ARG001 - of which message it is, its id says
            return self._keep(self.statuses, signed.read("From"))

        @self.app.post(TEXT)
        def text() -> Response:
            came = signed.read("To")
            return self._keep(self.texts, came) if came.get("From") == self.expected else Response(status=503)

    def wait(self, done: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is so, as long as this; say whether it is."""
        with self._changed:
            return self._changed.wait_for(done, seconds)

    @contextmanager
    def listening(self, listener: socket) -> Iterator[None]:
        """Answer at an address until the block ends."""
        host, port = listener.getsockname()[:2]
        server = make_server(host, port, self.app, True, request_handler=_Quiet, fd=listener.fileno())
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def _keep(self, kept: list[SignedRequest], came: SignedRequest) -> Response:
        with self._changed:
            kept.append(came)
            self._changed.notify_all()
        return respond()


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - as werkzeug has it
        """Leave standard error to the command."""
