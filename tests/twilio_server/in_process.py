"""The server in one process with the program under test, on a clock that is a number: no thread, no socket, no waiting."""

from collections.abc import Callable
from datetime import datetime

from werkzeug.test import Client
from werkzeug.wrappers import Response

from firstyes.web.http.wsgi import Wsgi

from .core import Core
from .webhook import Outcome, Webhook

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
