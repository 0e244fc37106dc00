"""Webhooks to whoever is on call, signed as Standard Webhooks has it."""

import base64
import hmac
import http.client
import json
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Timer
from urllib.parse import urlsplit

from standardwebhooks import Webhook

from ...domain.policy import Channel
from ..carriers.port import (
    Capabilities,
    OutboundMessage,
    PermanentFailure,
    Recovery,
    TransientFailure,
)
from .addresses import Network, is_allowed

PATIENCE = 5.0
"""Seconds that each step of a request may take."""

WHOLE = 10.0
"""Seconds that a whole request may take, once its address is known; whoever sends a byte now and then is cut off."""

TRY_AGAIN = frozenset({408, 425, 429})
"""Statuses below 500 that say that it may work later."""


def secret_for(key: str, organization_id: str) -> str:
    """Give the secret that an organization's webhooks are signed with: made from the operator's key, so that none is kept,
    and whoever knows one knows no other."""
    digest = hmac.digest(key.encode(), f"webhook/{organization_id}".encode(), "sha256")
    return f"whsec_{base64.b64encode(digest).decode()}"


class Webhooks:
    """Posts what the body holds to an https URL.

    The address that is checked is the one that is connected to: private, loopback, link-local and reserved ones are refused
    unless they lie in `allowed`. No redirect is followed, and nothing of the answer is read but its status. A message may
    arrive twice, with the same `webhook-id`. Finding the address of a name takes as long as the machine's resolver lets it.
    """

    capabilities = Capabilities(
        channels=frozenset({Channel.WEBHOOK}), recovery=Recovery.RESEND, settles_in=WHOLE
    )

    def __init__(
        self, key: str, allowed: Sequence[Network] = (), context: ssl.SSLContext | None = None
    ) -> None:
        self._key = key
        self._allowed = tuple(allowed)
        self._context = context or ssl.create_default_context()

    def send_text(self, outbound: OutboundMessage) -> str:
        """Post the body, which is JSON; gives the id that the receiver knows it by."""
        name, now = f"msg_{outbound.key}", datetime.now(UTC)
        organization_id = json.loads(outbound.body)["data"]["organization_id"]
        signature = Webhook(secret_for(self._key, organization_id)).sign(name, now, outbound.body)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "firstyes",
            "webhook-id": name,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signature,
        }
        status = self._post(outbound.to_phone, outbound.body.encode(), headers)
        if 200 <= status < 300:
            return name
        if status >= 500 or status in TRY_AGAIN:
            raise TransientFailure(f"the webhook answered {status}")
        raise PermanentFailure(f"the webhook answered {status}")

    def place_call(self, outbound: OutboundMessage) -> str:
        """Refuse: a webhook cannot ring."""
        raise PermanentFailure("a webhook carries no calls")

    def cancel(self, carrier_id: str) -> bool:
        """Nothing that was posted can be had back."""
        return False

    def look_up(self, outbound: OutboundMessage) -> str | None:
        """A receiver cannot be asked."""
        return None

    def look_at(self, url: str) -> str:
        """Say that its host is there and is who it says; nothing is posted. Raises a kind of `SendFailed` when it is not."""
        with self._connected(url) as host:
            return f"{host.host} answers, with a certificate that is good"

    def close(self) -> None:
        """There is nothing to let go of: each request has a connection of its own."""

    def _post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        parts = urlsplit(url)
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        with self._connected(url) as connection:
            connection.request("POST", path, body, {"Connection": "close", **headers})
            with connection.getresponse() as answer:
                return answer.status

    @contextmanager
    def _connected(self, url: str) -> Iterator[http.client.HTTPConnection]:
        """Give a connection to the host of a URL, by TLS; what goes wrong in the block is told as what it means."""
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
        try:
            with socket.create_connection((self._address(host, port), port), timeout=PATIENCE) as plain:
                # The TLS socket takes the plain one over; this one stays to end both.
                both = plain.dup()
                whole = Timer(WHOLE, _end, [both])
                whole.start()
                try:
                    with self._context.wrap_socket(plain, server_hostname=host) as secure:
                        connection = http.client.HTTPConnection(host, port)
                        connection.sock = secure
                        yield connection
                finally:
                    whole.cancel()
                    both.close()
        except ssl.SSLCertVerificationError as error:
            raise PermanentFailure("the webhook's certificate is not good") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise TransientFailure(f"the webhook cannot be reached ({type(error).__name__})") from error

    def _address(self, host: str, port: int) -> str:
        """Give an address of the host that may be connected to."""
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        for address in found:
            if is_allowed(address, self._allowed):
                return address
        raise PermanentFailure(
            "the webhook's address is not one of the public internet, nor one that is allowed"
        )


def _end(plain: socket.socket) -> None:
    try:
        plain.shutdown(socket.SHUT_RDWR)
    except OSError:
        # It has ended by itself.
        return
