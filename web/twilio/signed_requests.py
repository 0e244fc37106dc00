"""Requests that an account of ours signed. Whatever else comes to Twilio's paths is refused, with 403."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from urllib.parse import parse_qs

from flask import request

from ...actors.carriers.twilio.settings import TwilioSettings
from ...actors.journal.port import Journal
from ...domain.phone import normalise
from ..http.body import take_body
from ..http.problems import RequestRefused, refuse
from .signature import Form, is_signed

logger = logging.getLogger(__name__)

LONGEST = 1 << 16
"""Bytes of a form. What Twilio posts has a few thousand."""
MOST_FIELDS = 500
SAID_EVERY = 60.0
"""Seconds between two lines in the log about requests that were refused: anybody can send them."""


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """What an account of ours has signed."""

    fields: Mapping[str, str]
    query: Mapping[str, str]

    def get(self, name: str) -> str:
        """Give a field; empty where it is not there."""
        return self.fields.get(name, "")

    def asked(self, name: str) -> str:
        """Give a parameter of the URL, which is as we gave it to Twilio; empty where it is not there."""
        return self.query.get(name, "")

    def count(self, name: str) -> int:
        """Give a parameter that counts; 0 where it is not there."""
        found = self.query.get(name, "")
        return int(found[:9]) if found.isascii() and found.isdigit() else 0


class SignedRequests:
    """Reads requests, and lets none through that is not signed by the account it names, for a number of that account."""

    def __init__(
        self, settings: TwilioSettings, journal: Callable[[], Journal], *, logs: bool = True
    ) -> None:
        self._settings = settings
        self._journal = journal
        self._logs = logs
        self._said_at: float | None = None

    def read(self, ours: str) -> SignedRequest:
        """Read the request under way, in which the field `ours` has our own number. Raises `RequestRefused`: 403."""
        environ = request.environ
        form = _form()
        account = self._settings.account(_first(form, "AccountSid"))
        query = environ.get("QUERY_STRING")
        url = f"{self._settings.public_url}{environ['PATH_INFO']}{f'?{query}' if query else ''}"
        given = environ.get("HTTP_X_TWILIO_SIGNATURE")
        if account is None or not is_signed(url, form, given, account.tokens):
            raise self._refused("no account of ours has signed it for this address")
        own = self._journal().own_number(normalise(_first(form, ours)))
        if own is None or self._settings.account(own[1]) is not account:
            raise self._refused(f"{ours} is no number of ours on the account that signed it")
        fields = {name: values[0] for name, values in form.items()}
        return SignedRequest(fields, request.args)

    def _refused(self, why: str) -> RequestRefused:
        now = monotonic()
        if self._logs and (self._said_at is None or now - self._said_at >= SAID_EVERY):
            self._said_at = now
            logger.warning(
                "Refused a request to %s: %s. If all are refused, look at FIRSTYES_PUBLIC_URL (%s), the account's token"
                " and the organization's numbers",
                request.path,
                why,
                self._settings.public_url,
            )
        return refuse("not-signed", 403, f"The request is refused: {why}.")


def _form() -> Form:
    """Give what was posted; nothing where it is no form."""
    try:
        data = take_body(request.environ, LONGEST)
        return parse_qs(
            data.decode(errors="replace"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=MOST_FIELDS,
        )
    except (RequestRefused, ValueError):
        return {}


def _first(form: Form, name: str) -> str:
    return next(iter(form.get(name, ())), "")
