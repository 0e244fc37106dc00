"""Posts as Twilio makes them, signed by the official library, to an app in the same process."""

from collections.abc import Mapping
from itertools import count
from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from firstyes.actors.desk import ShiftDesk
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings

from .world import DIALLED

ACCOUNT = "AC" + "1" * 32
TOKEN = "the-first-token"
SECOND = "the-second-token"
PUBLIC = "https://shifts.example.org"


class Accounts:
    """Two accounts: one with the number of Lakeside and two tokens, and one with none of our numbers."""

    public_url = PUBLIC

    def __init__(self, *tokens: str) -> None:
        self.known = {ACCOUNT: tokens or (TOKEN, SECOND), "AC2": ("a-token-of-another-account",)}

    def tokens(self, account: str) -> tuple[str, ...]:
        return self.known.get(account, ())

    def owns(self, account: str, number: str) -> bool:
        return account == ACCOUNT and number == DIALLED


class SignedPosts:
    """An app on a desk, and what Twilio posts to it."""

    def __init__(self, desk: ShiftDesk, accounts: Accounts | None = None) -> None:
        self.app = create_app(desk, WebSettings(api_token="a-token"), accounts or Accounts())
        self.client = self.app.test_client()
        self._numbers = count(1)

    def post(
        self, path: str, form: Mapping[str, str], *, token: str = TOKEN, url: str = PUBLIC, **request: Any
    ) -> TestResponse:
        """Post a form that `token` has signed for `url`."""
        signature = RequestValidator(token).compute_signature(f"{url}{path}", form)
        headers = {"X-Twilio-Signature": signature, **request.pop("headers", {})}
        data = urlencode(form)
        kind = "application/x-www-form-urlencoded"
        return self.client.post(path, data=data, headers=headers, content_type=kind, **request)

    def text(self, from_phone: str, body: str, *, sid: str | None = None, **more: str) -> TestResponse:
        """Have a text come in."""
        return self.post("/twilio/text", self.text_form(from_phone, body, sid=sid, **more))

    def text_form(self, from_phone: str, body: str, *, sid: str | None = None, **more: str) -> dict[str, str]:
        """The fields of a text, as Twilio posts them."""
        sid = sid or f"SM{next(self._numbers):032}"
        return {
            "MessageSid": sid,
            "SmsSid": sid,
            "AccountSid": ACCOUNT,
            "From": from_phone,
            "To": DIALLED,
            "Body": body,
            "NumMedia": "0",
            "ApiVersion": "2010-04-01",
            **more,
        }
