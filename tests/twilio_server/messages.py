"""The Messages resource: create, fetch, list, redact, delete."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from .account import Account
from .context import Context
from .error_codes import refusal
from .instants import span
from .listing import page
from .message import Message
from .sending import Sending
from .wire import Request, Response

E164 = re.compile(r"\+[1-9]\d{6,14}")
LONGEST = 1600
"""Characters that a text may have."""
QUEUE = 36_000
"""Seconds of a number's rate that may wait at it."""
OVER = {"delivered", "undelivered", "failed", "received", "canceled", "sent"}


class Messages:
    """Every text of every account, by its sid."""

    def __init__(self, context: Context, sending: Sending) -> None:
        self.all: dict[str, Message] = {}
        self._context = context
        self._sending = sending

    def create(self, request: Request, now: datetime, account: Account) -> Response:
        """Take a text. Raises `ApiError` where the real one refuses it."""
        to, body = request.given("To"), request.given("Body")
        sender, service_sid = request.given("From"), request.given("MessagingServiceSid")
        if not to:
            raise refusal(21604)
        if not sender and not service_sid:
            raise refusal(21603)
        if not body and "MediaUrl" not in request.form:
            raise refusal(21602)
        if len(body or "") > LONGEST:
            raise refusal(21617)
        callback = request.given("StatusCallback")
        if callback and urlsplit(callback).scheme not in {"http", "https"}:
            raise refusal(21609)
        validity = request.given("ValidityPeriod") or "36000"
        if not validity.isdecimal() or not 1 <= int(validity) <= 36_000:
            raise refusal(90007)
        self._recipient(to, account)
        message = Message(
            self._context.sids.new("SM"),
            account.sid,
            sender,
            to,
            body or "",
            "outbound-api",
            "queued",
            now,
            now,
            service_sid=service_sid,
            callback=callback,
            validity=int(validity),
            discards=request.given("ContentRetention") == "discard",
        )
        number = self._sender(message, account)
        if self._context.may_not_write(number, to):
            raise refusal(21610)
        rate = self._context.numbers[number].rate
        if self._sending.waiting(number) + message.segments > QUEUE * rate:
            raise refusal(21611)
        self.all[message.sid] = message
        if sender:
            self._sending.take(message, number, now)
        else:
            message.status = "accepted"
            self._context.agenda.at(now, lambda when: self._choose(message, number, when))
        return Response(201, message.payload())

    def reply(self, incoming: Message, body: str, now: datetime, by_carrier: bool = False) -> None:
        """Send what a webhook answered, or what the carrier itself answers, to whoever wrote."""
        sid = self._context.sids.new("SM")
        message = Message(
            sid,
            incoming.account_sid,
            incoming.to,
            incoming.sender or "",
            body,
            "outbound-reply",
            "queued",
            now,
            now,
            by_carrier=by_carrier,
        )
        self.all[sid] = message
        self._sending.take(message, incoming.to, now)

    def fetch(self, request: Request, now: datetime, account: Account, sid: str) -> Response:
        """Give one."""
        return Response(200, self._own(sid, account).payload())

    def list(self, request: Request, now: datetime, account: Account) -> Response:
        """Give a page of them, newest first."""
        wanted = [
            one for one in self.all.values() if one.account_sid == account.sid and _asked_for(one, request)
        ]
        return page([one.payload() for one in reversed(wanted)], request, "messages")

    def update(self, request: Request, now: datetime, account: Account, sid: str) -> Response:
        """Redact the body of one that is over. One that waits cannot be canceled: only scheduled ones can."""
        message = self._own(sid, account)
        body, status = request.given("Body"), request.given("Status")
        if (body is None) is (status is None) or body or status not in {None, "canceled"}:
            raise refusal(30400)
        if status:
            raise refusal(30409)
        if message.status not in OVER:
            raise refusal(20009)
        message.body = ""
        message.updated = now
        return Response(200, message.payload())

    def delete(self, request: Request, now: datetime, account: Account, sid: str) -> Response:
        """Take one that is over off the books."""
        if self._own(sid, account).status not in OVER:
            raise refusal(20009)
        del self.all[sid]
        return Response(204)

    def _own(self, sid: str, account: Account) -> Message:
        message = self.all.get(sid)
        if message is None or message.account_sid != account.sid:
            raise refusal(20404, f"The requested resource /Messages/{sid}.json was not found")
        return message

    def _recipient(self, to: str, account: Account) -> None:
        if account.refuses:
            raise refusal(account.refuses)
        if not E164.fullmatch(to):
            raise refusal(21211, f"Invalid 'To' Phone Number: {to}")
        if account.kind == "Trial" and to not in account.verified:
            raise refusal(21608)
        refused = self._context.phones.of(to).refused
        if refused:
            raise refusal(refused)

    def _sender(self, message: Message, account: Account) -> str:
        """Choose the number that sends: the one asked for, or of a service always the same one for a phone."""
        if message.sender:
            if not self._context.owned(message.sender, account, 21606).texts:
                raise refusal(21606)
            return message.sender
        service = self._context.services.get(message.service_sid or "")
        if service is None or service.account_sid != account.sid:
            raise refusal(20404, f"The Messaging Service {message.service_sid} was not found")
        if not service.numbers:
            raise refusal(21703)
        return service.numbers[int(message.to[-4:]) % len(service.numbers)]

    def _choose(self, message: Message, number: str, now: datetime) -> None:
        message.sender = number
        self._sending.move(message, "queued", now)
        self._sending.take(message, number, now)


def _asked_for(message: Message, request: Request) -> bool:
    to, sender = request.asked("To"), request.asked("From")
    return (
        to in {None, message.to}
        and sender in {None, message.sender}
        and in_time(message.sent, request, "DateSent")
    )


def in_time(when: datetime | None, request: Request, name: str) -> bool:
    """Whether an instant is within the bounds that a list asks for; what has none yet is within no bounds.

    `DateSent=` is a day, `DateSent<=` and `DateSent>=` are days or instants, both inclusive. Raises `ApiError`.
    """
    tests: list[tuple[str, Callable[[datetime, datetime, datetime], bool]]] = [
        (name, lambda at, first, after: first <= at < after),
        (f"{name}<", lambda at, first, after: at < after),
        (f"{name}>", lambda at, first, after: at >= first),
    ]
    for asked, holds in tests:
        said = request.asked(asked)
        if said is None:
            continue
        bounds = span(said)
        if bounds is None:
            raise refusal(20404, f"{asked}: {said} is neither a day nor an instant")
        first, after = bounds
        if asked == name and len(said) > 10:
            first = first.replace(hour=0, minute=0, second=0)
            after = first + timedelta(days=1)
        if when is None or not holds(when, first, after):
            return False
    return True
