"""Requests that an account of ours signed. Whatever else comes to Twilio's paths is refused, with 403."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Protocol
from urllib.parse import parse_qs

from flask import request

from ..http.body import take_body
from ..http.problems import RequestRefused, refuse
from .signature import Form, is_signed

logger = logging.getLogger(__name__)

LONGEST = 1 << 16
"""Bytes of a form. What Twilio posts has a few thousand."""
MOST_FIELDS = 500
SAID_EVERY = 60.0
"""Seconds between two lines in the log about requests that were refused: anybody can send them."""


class TwilioAccounts(Protocol):
    """The accounts whose word counts here."""

    @property
    def public_url(self) -> str:
        """The address at which Twilio reaches us, without a slash at its end."""
        ...

    def tokens(self, account: str) -> tuple[str, ...]:
        """Give the tokens that may have signed what this account sends; none of an account that is not ours."""
        ...

    def owns(self, account: str, number: str) -> bool:
        """Whether the number is one of ours, on this account."""
        ...


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

    def __init__(self, accounts: TwilioAccounts) -> None:
        self._accounts = accounts
        self._said_at: float | None = None

    def read(self, ours: str) -> SignedRequest:
        """Read the request under way, in which the field `ours` has our own number. Raises `RequestRefused`: 403."""
        environ = request.environ
        form = _form()
        account = _first(form, "AccountSid")
        query = environ.get("QUERY_STRING")
        url = f"{self._accounts.public_url}{environ['PATH_INFO']}{f'?{query}' if query else ''}"
        given = environ.get("HTTP_X_TWILIO_SIGNATURE")
        if not is_signed(url, form, given, self._accounts.tokens(account)):
            raise self._refused("no account of ours has signed it for this address")
        if not self._accounts.owns(account, _first(form, ours)):
            raise self._refused(f"{ours} is no number of ours on the account that signed it")
        fields = {name: values[0] for name, values in form.items()}
        return SignedRequest(fields, request.args)

    def _refused(self, why: str) -> RequestRefused:
        now = monotonic()
        if self._said_at is None or now - self._said_at >= SAID_EVERY:
            self._said_at = now
            logger.warning(
                "Refused a request to %s: %s. If all are refused, look at FIRSTYES_PUBLIC_URL (%s), the account's token"
                " and the organization's numbers",
                request.path,
                why,
                self._accounts.public_url,
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
