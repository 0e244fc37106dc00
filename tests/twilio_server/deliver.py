"""Makes one request over the network and says what came of it."""

from urllib3 import PoolManager, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from .webhook import Outcome, Webhook

LONGEST = 1 << 20
"""Bytes of an answer that are read."""


def deliver(pool: PoolManager, webhook: Webhook) -> Outcome:
    """Ask a webhook, once. Never raises: what fails is an outcome without a status."""
    try:
        answer = pool.request(
            webhook.method,
            webhook.url,
            body=webhook.body or None,
            headers=webhook.headers,
            timeout=Timeout(connect=webhook.connect_timeout, read=webhook.read_timeout),
            retries=False,
            preload_content=False,
        )
        try:
            body = answer.read(LONGEST).decode("utf-8", "replace")
        finally:
            answer.release_conn()
    except (NewConnectionError, ConnectTimeoutError):
        return Outcome(None, connected=False)
    except HTTPError:
        return Outcome(None)
    return Outcome(answer.status, body, answer.headers.get("Content-Type", ""))
