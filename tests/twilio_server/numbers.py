"""The IncomingPhoneNumbers resource: list, fetch, change."""

from datetime import datetime

from .account import Account
from .context import Context
from .error_codes import refusal
from .listing import page
from .number import SETTABLE, Number
from .wire import Request, Response


class Numbers:
    """The numbers that accounts own."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self, request: Request, now: datetime, account: Account) -> Response:
        """Give a page of them, newest first. `PhoneNumber` may be a part of one."""
        part, name = request.asked("PhoneNumber") or "", request.asked("FriendlyName")
        own = [one for one in self._context.numbers.values() if one.account_sid == account.sid]
        shown = [one.payload() for one in reversed(own) if part.strip("*") in one.phone_number]
        return page(
            [one for one in shown if name in {None, one["friendly_name"]}], request, "incoming_phone_numbers"
        )

    def fetch(self, request: Request, now: datetime, account: Account, sid: str) -> Response:
        """Give one."""
        return Response(200, self._own(sid, account).payload())

    def update(self, request: Request, now: datetime, account: Account, sid: str) -> Response:
        """Change where its texts and calls are told."""
        number = self._own(sid, account)
        for name in SETTABLE:
            value = request.given(name)
            if value is not None:
                number.settings[name] = value
        return Response(200, number.payload())

    def _own(self, sid: str, account: Account) -> Number:
        for number in self._context.numbers.values():
            if number.sid == sid and number.account_sid == account.sid:
                return number
        raise refusal(20404, f"The requested resource /IncomingPhoneNumbers/{sid}.json was not found")
