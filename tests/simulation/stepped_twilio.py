"""The carrier of a story in which everything goes through Twilio's protocol: our carrier, and our server in Twilio's place."""

from collections.abc import Callable
from datetime import datetime, timedelta

from pydantic import SecretStr

from firstyes.actors.carriers.port import Capabilities, OutboundMessage
from firstyes.actors.carriers.twilio.carrier import TwilioCarrier
from firstyes.actors.carriers.twilio.settings import TwilioAccount, TwilioSettings
from firstyes.actors.carriers.twilio.statuses import call_report, text_report
from twilio_server.core import Core
from twilio_server.fault_plan import Fault
from twilio_server.in_process import InProcessPool
from twilio_server.webhook import Outcome

from .agency import LAKESIDE, NORTHSIDE
from .stepped_carrier import Arrived, SteppedCarrier
from .stepped_time import SteppedClock

NO_SUCH_PHONE = 21211
KEPT = 5_000
"""Texts and calls that the server remembers: more than can be in doubt."""


class SteppedTwilio(SteppedCarrier):
    """A `SteppedCarrier` whose troubles are Twilio's."""

    def __init__(self, clock: SteppedClock, arrived: Arrived) -> None:
        super().__init__(clock, arrived)
        self.core = Core()
        account = self.core.add_account(calls_a_second=1e9)
        for organization in (LAKESIDE, NORTHSIDE):
            for own in organization.phones:
                self.core.add_number(account, own.number, clock.start).rate = 1e9
        settings = TwilioSettings(
            accounts=(TwilioAccount(sid=account.sid, auth_token=SecretStr(account.auth_token)),),
            public_url="http://localhost",
            base_url="http://localhost",
        )
        self._ours = TwilioCarrier(settings, clock)
        self._ours._client._pool = InProcessPool(self.core, self._true_time)  # type: ignore[assignment]

    @property
    def capabilities(self) -> Capabilities:
        """Say what our carrier can do."""
        return self._ours.capabilities

    def send_text(self, outbound: OutboundMessage) -> str:
        """Have our carrier text."""
        return self._hand_over(outbound, self._ours.send_text)

    def place_call(self, outbound: OutboundMessage) -> str:
        """Have our carrier call."""
        return self._hand_over(outbound, self._ours.place_call)

    def look_up(self, outbound: OutboundMessage) -> str | None:
        """Have our carrier look."""
        self.fate.pass_point("carrier")
        self.core.faults.always = Fault.DOWN if self.faults.down else None
        return self._ours.look_up(outbound)

    @property
    def next_due(self) -> float | None:
        """Say when, in true seconds, the server has something to tell next."""
        due = self.core.next_due()
        return None if due is None else (due - self._clock.start).total_seconds()

    def tell(self) -> None:
        """Let the server tell what has become of messages by now."""
        for webhook in self.core.due(self._true_time()):
            key, form = webhook.url.rsplit("/", 1)[-1], dict(webhook.fields)
            report = text_report(key, form) if "MessageSid" in form else call_report(key, form)
            if report is not None:
                self.told(report)
            self.core.came_back(webhook, Outcome(204), self._true_time())
        self.core.context.webhooks.sent.clear()
        for books in (self.core.messages.all, self.core.calls.all):
            for sid in [*books][: len(books) - KEPT]:
                del books[sid]

    def _hand_over(self, outbound: OutboundMessage, send: Callable[[OutboundMessage], str]) -> str:
        self.fate.pass_point("carrier")
        key = outbound.key
        attempt = self._attempts[key] = self._attempts.get(key, 0) + 1
        fault = self._fault(outbound, attempt)
        self.core.faults.always = fault
        phone = self.core.context.phones.of(outbound.to_phone)
        phone.refused = phone.call_refused = (
            NO_SUCH_PHONE if outbound.to_phone in self.faults.dead_numbers else None
        )
        phone.inbox.clear()
        before = self._last_taken()
        try:
            return send(outbound)
        finally:
            self.core.faults.always = None
            if fault:
                name = fault.replace("_", " ")
                self.injected[name] = self.injected.get(name, 0) + 1
            if self._last_taken() != before:
                self._arrived(outbound, key in self._taken)
                self._taken[key] = key

    def _fault(self, outbound: OutboundMessage, attempt: int) -> Fault | None:
        faults, key = self.faults, outbound.key
        if faults.down:
            return Fault.LOST_BEFORE
        if not self._within_rate(faults.rate) or faults.refuses(key, attempt):
            return Fault.THROTTLED
        if faults.loses_before(key, attempt):
            return Fault.LOST_BEFORE
        return Fault.LOST_AFTER if faults.loses_after(key, attempt) else None

    def _last_taken(self) -> tuple[str | None, str | None]:
        return next(reversed(self.core.messages.all), None), next(reversed(self.core.calls.all), None)

    def _true_time(self) -> datetime:
        return self._clock.start + timedelta(seconds=self._clock.true)
