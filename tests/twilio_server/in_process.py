"""The server in one process with the program under test, on a clock that is a number: no thread, no socket, no waiting."""

from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import format_datetime

from urllib3.exceptions import ProtocolError
from werkzeug.test import Client
from werkzeug.wrappers import Response

from firstyes.web.http.wsgi import Wsgi

from .core import Core
from .webhook import Outcome, Webhook
from .wire import Request

Ask = Callable[[Webhook], Outcome]


def asks(app: Wsgi) -> Ask:
    """Ask a WSGI application, as it were at the address that a webhook names."""
    client = Client(app, Response)

    def ask(webhook: Webhook) -> Outcome:
        answer = client.open(
            webhook.url, method=webhook.method, data=webhook.body, headers=list(webhook.headers.items())
        )
        return Outcome(answer.status_code, answer.get_data(as_text=True), answer.content_type or "")

    return ask


def run(core: Core, ask: Ask, now: datetime) -> None:
    """Let everything happen that is due by `now`, one thing after the other, each webhook answered at once."""
    while True:
        due = core.next_due()
        at = min(due, now) if due else now
        webhooks = core.due(at)
        for webhook in webhooks:
            core.came_back(webhook, ask(webhook), at)
        if not webhooks and (due is None or due > now):
            return


class InProcessPool:
    """Stands where a program has its pool of connections (of urllib3) to the API: what it asks is answered by `core`.

    `now` says what time it is. An answer that would come late comes at once; one that never comes raises what a connection that
    breaks raises.
    """

    def __init__(self, core: Core, now: Callable[[], datetime]) -> None:
        self._core = core
        self._now = now

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: str | bytes | None = None,
        **_: object,
    ) -> "InProcessAnswer":
        """Ask `core`. Raises `ProtocolError`."""
        form = body.encode() if isinstance(body, str) else body or b""
        authorization = {name.lower(): value for name, value in headers.items()}["authorization"]
        response = self._core.handle(Request.parse(method, url, form, authorization), self._now())
        if response.lost:
            raise ProtocolError("the connection broke")
        return InProcessAnswer(response.status, response.body, self._now())

    def clear(self) -> None:
        """Nothing to let go of."""


class InProcessAnswer:
    """An answer whose body can be read once."""

    def __init__(self, status: int, body: bytes, now: datetime) -> None:
        self.status = status
        self.headers = {"Date": format_datetime(now, usegmt=True)}
        self._body = body

    def read1(self, amount: int = -1) -> bytes:
        """Give all of the body, then nothing."""
        body, self._body = self._body, b""
        return body

    def release_conn(self) -> None:
        """Nothing to let go of."""

    def close(self) -> None:
        """Nothing to let go of."""
