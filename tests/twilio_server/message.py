"""A text, going out or come in, as the account's books have it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from firstyes.domain.gsm7 import segments

from .error_codes import UNDELIVERED
from .instants import rfc2822
from .webhook import Fields


@dataclass(slots=True)
class Message:
    """One text. `sender` is None until a Messaging Service has chosen a number. `validity` is seconds.

    With `discards` its body is forgotten once it is delivered. One that is `by_carrier` reaches even those who said STOP.
    """

    sid: str
    account_sid: str
    sender: str | None
    to: str
    body: str
    direction: str
    status: str
    created: datetime
    updated: datetime
    sent: datetime | None = None
    service_sid: str | None = None
    error_code: int | None = None
    callback: str | None = None
    validity: float = 36_000
    discards: bool = False
    by_carrier: bool = False

    @property
    def segments(self) -> int:
        """Count the segments it goes out in."""
        return segments(self.body)

    def payload(self) -> dict[str, Any]:
        """Give it as the API shows it."""
        uri = f"/2010-04-01/Accounts/{self.account_sid}/Messages/{self.sid}"
        return {
            "account_sid": self.account_sid,
            "api_version": "2010-04-01",
            "body": self.body,
            "date_created": rfc2822(self.created),
            "date_sent": rfc2822(self.sent),
            "date_updated": rfc2822(self.updated),
            "direction": self.direction,
            "error_code": self.error_code,
            "error_message": self._error_message,
            "from": self.sender,
            "messaging_service_sid": self.service_sid,
            "num_media": "0",
            "num_segments": str(self.segments) if self.sender else "0",
            "price": f"-{0.0079 * self.segments:.5f}" if self.sent else None,
            "price_unit": "USD",
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": self.to,
            "uri": f"{uri}.json",
        }

    def callback_fields(self) -> Fields:
        """Give what its status callback says."""
        fields = [
            ("AccountSid", self.account_sid),
            ("ApiVersion", "2010-04-01"),
            ("From", self.sender or ""),
            ("MessageSid", self.sid),
            ("MessageStatus", self.status),
            ("SmsSid", self.sid),
            ("SmsStatus", self.status),
            ("To", self.to),
        ]
        if self.service_sid:
            fields.append(("MessagingServiceSid", self.service_sid))
        if self.error_code:
            fields += [("ErrorCode", str(self.error_code)), ("ErrorMessage", self._error_message or "")]
        if self.status in {"delivered", "undelivered"}:
            fields.append(("RawDlrDoneDate", self.updated.strftime("%y%m%d%H%M")))
        return tuple(fields)

    @property
    def _error_message(self) -> str | None:
        return UNDELIVERED.get(self.error_code, "Unknown error") if self.error_code else None
