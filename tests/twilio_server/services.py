"""Messaging Services, as the newer API has them: list, fetch, change, and the numbers that send for one."""

from datetime import datetime

from .account import Account
from .context import Context
from .error_codes import refusal
from .instants import iso8601
from .listing import newer_page
from .service import Service
from .wire import Request, Response

SETTABLE = (
    "FriendlyName",
    "InboundRequestUrl",
    "InboundMethod",
    "FallbackUrl",
    "FallbackMethod",
    "StatusCallback",
)


class Services:
    """The services of accounts."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self, request: Request, now: datetime, account: Account) -> Response:
        """Give a page of them."""
        own = [one for one in self._context.services.values() if one.account_sid == account.sid]
        shown = [one.payload(self._context.base) for one in own]
        return newer_page(shown, request, "services", self._context.base)

    def fetch(self, request: Request, now: datetime, account: Account, sid: str) -> Response:
        """Give one."""
        return Response(200, self.own(sid, account).payload(self._context.base))

    def update(self, request: Request, now: datetime, account: Account, sid: str) -> Response:
        """Change where what it receives is told."""
        service = self.own(sid, account)
        for name in SETTABLE:
            value = request.given(name)
            if value is not None:
                service.settings[name] = value
        on_number = request.given("UseInboundWebhookOnNumber")
        if on_number is not None:
            service.use_number_webhook = on_number.lower() == "true"
        return Response(200, service.payload(self._context.base))

    def numbers(self, request: Request, now: datetime, account: Account, sid: str) -> Response:
        """Give a page of the numbers that send for one."""
        service, base = self.own(sid, account), self._context.base
        shown = []
        for phone_number in service.numbers:
            number = self._context.numbers[phone_number]
            able = {"SMS": number.texts, "Voice": number.calls}
            shown.append(
                {
                    "sid": number.sid,
                    "account_sid": number.account_sid,
                    "service_sid": sid,
                    "date_created": iso8601(number.created),
                    "date_updated": iso8601(number.created),
                    "phone_number": phone_number,
                    "country_code": "US",
                    "capabilities": [name for name, can in able.items() if can],
                    "url": f"{base}/v1/Services/{sid}/PhoneNumbers/{number.sid}",
                }
            )
        return newer_page(shown, request, "phone_numbers", base)

    def own(self, sid: str, account: Account) -> Service:
        """Give a service of this account. Raises `ApiError` where it has none such."""
        service = self._context.services.get(sid)
        if service is None or service.account_sid != account.sid:
            raise refusal(20404, f"The requested resource /Services/{sid} was not found")
        return service
