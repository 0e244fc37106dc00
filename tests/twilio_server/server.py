"""The server on sockets, on the machine's clock or on one that a test moves."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from urllib3 import PoolManager

from firstyes.actors.runtime.clock import Clock, ManualClock, SystemClock
from support.patience import PATIENCE

from .account import Account
from .call import Call
from .core import Core
from .deliver import deliver
from .fault_plan import FaultPlan
from .http_server import HttpServer
from .message import Message
from .number import Number
from .phone import Phone
from .service import Service
from .webhook import Outcome, Sent, Webhook
from .webhooks import Alert
from .wire import Request, Response

AT_ONCE = 32
"""Requests that are made at the same time."""


class TwilioServer:
    """Listens at `base_url` until `close`. `account` is the first one; its numbers and others are added as needed.

    Every method may be called from any thread.
    """

    def __init__(
        self, clock: Clock | None = None, port: int = 0, host: str = "127.0.0.1", seed: int = 0
    ) -> None:
        self.core = Core(seed)
        self.clock = clock or SystemClock()
        self.account: Account = self.core.add_account(created=self.now())
        self._changed = threading.Condition(threading.RLock())
        self._closed = False
        self._handled = 0
        self._pool = PoolManager(maxsize=AT_ONCE, block=False)
        self._askers = ThreadPoolExecutor(AT_ONCE, "webhook")
        self._http = HttpServer(self, host, port)
        self.base_url = f"http://{host}:{self._http.port}"
        self.core.context.base = self.base_url
        self._scheduler = threading.Thread(target=self._schedule, name="twilio", daemon=True)
        self._scheduler.start()

    @property
    def sid(self) -> str:
        """The account's identifier."""
        return self.account.sid

    @property
    def token(self) -> str:
        """The account's auth token."""
        return self.account.auth_token

    @property
    def faults(self) -> FaultPlan:
        """What goes wrong. Assign another plan, or change this one."""
        return self.core.faults

    @faults.setter
    def faults(self, plan: FaultPlan) -> None:
        with self._changed:
            self.core.faults = plan

    def number(self, phone_number: str, account: Account | None = None, **settings: str) -> Number:
        """Give the account a number; `settings` are named as the API names them: `SmsUrl`, `VoiceUrl` ..."""
        with self._changed:
            return self.core.add_number(account or self.account, phone_number, self.now(), **settings)

    def service(self, numbers: list[str], **settings: str) -> Service:
        """Let numbers of the account send as one; `settings` are named as the API names them: `InboundRequestUrl` ..."""
        with self._changed:
            return self.core.add_service(self.account, numbers, self.now(), **settings)

    def phone(self, number: str) -> Phone:
        """Give the phone of somebody, to say how it behaves and to see what it got."""
        with self._changed:
            return self.core.context.phones.of(number)

    def text(self, sender: str, to: str, body: str) -> Message:
        """Have somebody write to one of our numbers. The webhook is told on another thread; see `settle`."""
        with self._changed:
            message = self.core.text(sender, to, body, self.now())
            self._changed.notify_all()
            return message

    def call(self, caller: str, to: str) -> Call:
        """Have somebody call one of our numbers; `phone(caller)` says what they press and when they hang up."""
        with self._changed:
            call = self.core.call(caller, to, self.now())
            self._changed.notify_all()
            return call

    def calls(self, to: str | None = None) -> list[Call]:
        """Give the calls that were placed, in their order; of those to one phone, or all."""
        with self._changed:
            calls = self.core.calls.all.values()
            return [one for one in calls if one.direction != "inbound" and to in {None, one.to}]

    def sent(self, to: str | None = None) -> list[Message]:
        """Give the texts that were taken, in their order; of those to one phone, or all."""
        with self._changed:
            messages = self.core.messages.all.values()
            return [one for one in messages if one.direction != "inbound" and to in {None, one.to}]

    @property
    def webhooks(self) -> list[Sent]:
        """The requests that were made, and what came of each."""
        with self._changed:
            return list(self.core.context.webhooks.sent)

    @property
    def alerts(self) -> list[Alert]:
        """What the real one would complain of: webhooks that failed, answers it could not read."""
        with self._changed:
            return list(self.core.context.webhooks.alerts)

    def now(self) -> datetime:
        """Say what time it is here."""
        return self.clock.now()

    @property
    def count(self) -> int:
        """How many requests came in and went out."""
        with self._changed:
            return self._handled + len(self.core.context.webhooks.sent)

    def told(self, field: str, value: str | None = None) -> list[Sent]:
        """Give the requests that were made with this field, and with this value where one is given."""
        return [
            one
            for one in self.webhooks
            if one.webhook.field(field) is not None and value in {None, one.webhook.field(field)}
        ]

    def handle(self, request: Request) -> Response:
        """Answer a request to the API."""
        with self._changed:
            response = self.core.handle(request, self.now())
            self._handled += 1
            self._changed.notify_all()
            return response

    def wait(self, response: Response) -> None:
        """Wait as long as an answer takes."""
        until = self.now() + timedelta(seconds=response.waits)
        with self._changed:
            while not self._closed and (left := (until - self.now()).total_seconds()) > 0:
                self._changed.wait(min(left, PATIENCE) if self._runs else PATIENCE)

    def advance(self, seconds: float) -> None:
        """Move the clock, which must be a `ManualClock`, from one thing that happens to the next, each seen to the end."""
        assert isinstance(self.clock, ManualClock)
        target = self.now() + timedelta(seconds=seconds)
        self.settle()
        while (due := self.core.next_due()) is not None and due <= target:
            self._move(due)
        self._move(target)

    def settle(self) -> None:
        """Wait until everybody has been told what there is to tell now."""
        self.until(lambda: self.quiet)

    @property
    def quiet(self) -> bool:
        """Whether everybody has been told what there is to tell now."""
        with self._changed:
            return self.core.idle and not self._is_due()

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds that depends on what this server knows. Raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(holds, PATIENCE):
                raise TimeoutError("it never came about")

    def hang_up(self) -> None:
        """Wait until all is handled that was sent by somebody who is gone."""
        self._http.hang_up()

    def close(self) -> None:
        """Stop listening, and ask nobody any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._http.close()
        self._scheduler.join(PATIENCE)
        self._askers.shutdown(wait=True, cancel_futures=True)
        self._pool.clear()

    @property
    def _runs(self) -> bool:
        return not isinstance(self.clock, ManualClock)

    def _is_due(self) -> bool:
        due = self.core.next_due()
        return due is not None and due <= self.now()

    def _move(self, to: datetime) -> None:
        assert isinstance(self.clock, ManualClock)
        with self._changed:
            self.clock.advance((to - self.now()).total_seconds())
            self._changed.notify_all()
        self.settle()

    def _schedule(self) -> None:
        with self._changed:
            while not self._closed:
                for webhook in self.core.due(self.now()):
                    self._askers.submit(self._ask, webhook)
                self._changed.notify_all()
                due = self.core.next_due()
                left = (due - self.now()).total_seconds() if due and self._runs else None
                self._changed.wait(left if left is None else max(left, 0.0))

    def _ask(self, webhook: Webhook) -> None:
        outcome = Outcome(None) if self._closed else deliver(self._pool, webhook)
        with self._changed:
            self.core.came_back(webhook, outcome, self.now())
            self._changed.notify_all()


@contextmanager
def serving(**settings: Any) -> Iterator[TwilioServer]:
    """Serve within a block; `settings` are those of `TwilioServer`."""
    server = TwilioServer(**settings)
    try:
        yield server
    finally:
        server.close()
