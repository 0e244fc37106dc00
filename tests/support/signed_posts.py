"""Posts as Twilio makes them, signed by the official library, to an app in the same process."""

from collections.abc import Mapping
from itertools import count
from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from firstyes.actors.carriers.twilio.settings import TwilioSettings
from firstyes.actors.desk.desk import ShiftDesk
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings

from .scripted_desk import ScriptedDesk
from .world import DIALLED

ACCOUNT = "AC" + "1" * 32
TOKEN = "the-first-token"
SECOND = "the-second-token"
PUBLIC = "https://shifts.example.org"


def accounts(token: str = TOKEN, second: str | None = SECOND) -> TwilioSettings:
    """Two accounts: the first has the number of Lakeside and two tokens, the other none of our numbers."""
    ours = {"sid": ACCOUNT, "auth_token": token, "auth_token_secondary": second}
    other = {"sid": "AC2", "auth_token": "a-token-of-another-account"}
    return TwilioSettings.model_validate({"accounts": (ours, other), "public_url": PUBLIC})


class DeskWithNumber(ScriptedDesk):
    """Has Lakeside's number, on the first account."""

    def __init__(self) -> None:
        super().__init__()
        self.journal = self

    def own_number(self, number: str) -> tuple[str, str | None] | None:
        return (number, None) if number == DIALLED else None


class SignedPosts:
    """An app on a desk, and what Twilio posts to it."""

    def __init__(self, desk: ShiftDesk, settings: TwilioSettings | None = None) -> None:
        self.app = create_app(desk, WebSettings(api_token="a-token"), settings or accounts())
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
