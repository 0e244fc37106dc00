"""What becomes of a text after it was taken: it waits for its turn, leaves, and is delivered or is not."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from .context import Context
from .error_codes import NEVER_LEFT
from .message import Message
from .webhooks import Errand

RECEIPT = 0.1
"""Seconds after which it is known that a text was not delivered."""


class Sending:
    """A line of waiting texts for each number, which leave at the number's rate."""

    def __init__(self, context: Context) -> None:
        self.wrote_back: Callable[[str, str, str, datetime], object] = lambda sender, to, body, now: None
        """Told what somebody writes back: from whom, to which number, what and when."""
        self._context = context
        self._lines: dict[str, deque[Message]] = {}
        self._free: dict[str, datetime] = {}

    def waiting(self, number: str) -> int:
        """Count the segments that wait at a number."""
        return sum(one.segments for one in self._lines.get(number, ()))

    def take(self, message: Message, number: str, now: datetime) -> None:
        """Put a text at the end of a number's line."""
        message.sender = number
        line = self._lines.setdefault(number, deque())
        line.append(message)
        due = message.created + timedelta(seconds=message.validity)
        self._context.agenda.at(due, lambda when: self._expire(message, when))
        if len(line) == 1:
            self._context.agenda.at(
                max(now, self._free.get(number, now)), lambda when: self._next(number, when)
            )

    def move(self, message: Message, status: str, now: datetime, error: int | None = None) -> None:
        """Give a text its next status, and tell whoever wanted to know."""
        message.status, message.updated, message.error_code = status, now, error
        service = self._context.services.get(message.service_sid or "")
        url = message.callback or (service and service.settings.get("StatusCallback"))
        if url and status != "sending":
            account = self._context.accounts[message.account_sid]
            self._context.webhooks.send(Errand(account, message.sid, url, message.callback_fields()), now)

    def _next(self, number: str, now: datetime) -> None:
        line = self._lines[number]
        message = line[0]
        taken = 0.0
        if message.status == "queued":
            taken = message.segments / self._context.numbers[number].rate
            self._leave(message, now)
        line.popleft()
        self._free[number] = now + timedelta(seconds=taken)
        if line:
            self._context.agenda.at(self._free[number], lambda when: self._next(number, when))

    def _leave(self, message: Message, now: datetime) -> None:
        context = self._context
        phone = context.phones.of(message.to)
        error = context.numbers[message.sender or ""].error or phone.error
        if context.accounts[message.account_sid].status != "active":
            error = 30002
        elif not message.by_carrier and context.may_not_write(message.sender or "", message.to):
            error = 21610
        if error in NEVER_LEFT:
            self.move(message, "failed", now, error)
            return
        message.sent = now
        self.move(message, "sending", now)
        self.move(message, "sent", now)
        if error:
            when = now + timedelta(seconds=phone.delivered_after or RECEIPT)
            context.agenda.at(when, lambda then: self.move(message, "undelivered", then, error))
            return
        phone.inbox.append(message.body)
        answer = phone.answers(message.body) if phone.answers else None
        if answer is not None:
            when = now + timedelta(seconds=phone.answers_after)
            context.agenda.at(
                when, lambda then: self.wrote_back(message.to, message.sender or "", answer, then)
            )
        if phone.delivered_after is not None:
            when = now + timedelta(seconds=phone.delivered_after)
            context.agenda.at(when, lambda then: self._arrive(message, then))

    def _arrive(self, message: Message, now: datetime) -> None:
        self.move(message, "delivered", now)
        if message.discards:
            message.body = ""

    def _expire(self, message: Message, now: datetime) -> None:
        if message.status == "queued":
            self.move(message, "failed", now, 30036)
