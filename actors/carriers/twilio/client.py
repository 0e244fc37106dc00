"""Requests to the API of one account: each ends in time, and what went wrong is told by its kind."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ssl import SSLCertVerificationError
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    EmptyPoolError,
    HTTPError,
    NewConnectionError,
    SSLError,
)

from ...runtime.clock import Clock, SystemClock
from ..port import OutcomeUnknown, Throttled
from .settings import TwilioAccount, TwilioSettings

CONNECTIONS = 32
"""Connections that are kept: no fewer than the threads that send texts and calls."""

LONGEST_ANSWER = 4 << 20
"""Bytes of an answer that are read."""

VERSION = "2010-04-01"


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """What the API answered: the status, and the object in its body."""

    status: int
    body: Mapping[str, Any]
    ahead: timedelta | None = None
    """How much its clock is ahead of ours, to a second and the time the answer took; None when it does not say."""

    @property
    def code(self) -> int | None:
        """Twilio's number of the error."""
        found = self.body.get("code")
        return found if isinstance(found, int) else None

    def instant(self, told: str) -> datetime:
        """Give by our clock what it tells by its own, as mail writes it. Raises `ValueError`, or `TypeError` for what is no text.

        Ours may be wrong: what is compared must be of one clock.
        """
        return parsedate_to_datetime(told) - (self.ahead or timedelta())


class TwilioClient:
    """Makes requests in the name of an account. Several threads may use it at once.

    Raises `Throttled` when no connection came about: the request surely had no effect. Raises `OutcomeUnknown` when nobody
    knows whether it had: a timeout, a connection that broke, an error of the server, an answer that is none. What the API
    refused comes back as its answer.
    """

    def __init__(self, settings: TwilioSettings, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._patience = settings.read_timeout
        self._base = f"{settings.base_url}/{VERSION}/Accounts"
        self._pool = urllib3.PoolManager(
            num_pools=2,
            maxsize=CONNECTIONS,
            timeout=urllib3.Timeout(connect=settings.connect_timeout, read=settings.read_timeout),
            # What is asked again is for the outbox to say. An address that moved is no reason to send secrets there.
            retries=False,
        )

    def get(self, account: TwilioAccount, path: str, query: Mapping[str, str]) -> ApiAnswer:
        """Ask for something."""
        return self.ask(account, f"{self._base}/{account.sid}/{path}?{urlencode(query)}")

    def pages(self, account: TwilioAccount, path: str, query: Mapping[str, str]) -> Iterator[ApiAnswer]:
        """Give a list page by page, the newest first; each is asked for when it is wanted."""
        following: object = f"?{urlencode(query)}"
        while isinstance(following, str):
            answer = self.get(account, path, dict(parse_qsl(urlsplit(following).query)))
            yield answer
            following = answer.body.get("next_page_uri")

    def ask(self, account: TwilioAccount, url: str) -> ApiAnswer:
        """Ask for what lies at a URL of the API."""
        return self._request("GET", account, url)

    def post(self, account: TwilioAccount, path: str, form: Mapping[str, Any]) -> ApiAnswer:
        """Have something made or changed. A value of the form may be a list."""
        return self.change(account, f"{self._base}/{account.sid}/{path}", form)

    def change(self, account: TwilioAccount, url: str, form: Mapping[str, Any]) -> ApiAnswer:
        """Have something made or changed that lies at a URL of the API."""
        return self._request("POST", account, url, urlencode(form, doseq=True))

    def close(self) -> None:
        """Let go of connections."""
        self._pool.clear()

    def _request(self, method: str, account: TwilioAccount, url: str, form: str | None = None) -> ApiAnswer:
        try:
            answer = self._pool.request(
                method,
                url,
                body=form,
                headers={
                    **urllib3.make_headers(basic_auth=":".join(account.login)),
                    **({} if form is None else {"Content-Type": "application/x-www-form-urlencoded"}),
                },
                redirect=False,
                preload_content=False,
            )
            body = _read(answer, monotonic() + self._patience)
        except (ConnectTimeoutError, NewConnectionError, EmptyPoolError) as error:
            raise Throttled(f"No connection to Twilio: {type(error).__name__}.") from error
        except SSLError as error:
            # Only a certificate that is not trusted is surely from before anything was sent.
            if isinstance(error.args[0], SSLCertVerificationError):
                raise Throttled("No connection to Twilio: its certificate is not trusted.") from error
            raise OutcomeUnknown("Twilio's answer did not come: SSLError.") from error
        except (HTTPError, OSError) as error:
            raise OutcomeUnknown(f"Twilio's answer did not come: {type(error).__name__}.") from error
        if answer.status >= 500:
            raise OutcomeUnknown(f"Twilio answered {answer.status}.")
        ahead = self._ahead(answer.headers.get("Date"))
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            if answer.status >= 400:
                return ApiAnswer(answer.status, {}, ahead)
            raise OutcomeUnknown(f"Twilio answered {answer.status} with what is no JSON.")
        return ApiAnswer(answer.status, found, ahead)

    def _ahead(self, date: str | None) -> timedelta | None:
        try:
            return parsedate_to_datetime(date or "").astimezone(UTC) - self._clock.now()
        except (ValueError, OverflowError):
            return None


def _read(answer: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    """Give the whole body. Raises `OutcomeUnknown` when it is too long, or still comes after the deadline."""
    parts: list[bytes] = []
    while part := answer.read1(1 << 16):
        parts.append(part)
        if sum(map(len, parts)) > LONGEST_ANSWER or monotonic() > deadline:
            answer.close()
            raise OutcomeUnknown("Twilio's answer was too long, or too slow.")
    answer.release_conn()
    return b"".join(parts)
