"""The simulated carrier: phones that receive texts and ring, and can answer. The default, and no stub."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from os import PathLike
from pathlib import Path
from threading import Lock

from ...domain.message import InboundMessage
from ...domain.phone import normalise
from ...domain.policy import PHONES, Channel
from ..runtime.clock import Clock, SystemClock
from .delayed_replies import DelayedReplies
from .fault_plan import NO_FAULTS, FaultPlan
from .phone import KEYS, Phone, Received
from .port import (
    Capabilities,
    OutboundMessage,
    OutcomeUnknown,
    PermanentFailure,
    Recovery,
    Throttled,
    TransientFailure,
)
from .sent_log import SentLog

KEPT_IN_ALL = 100_000
"""Messages that all phones together keep, and keys that are known again; the oldest go first."""

RINGS = 25.0
"""Seconds a phone rings before nobody has answered, by the clock."""

SIMULATOR = Capabilities(channels=PHONES, recovery=Recovery.LOOK_UP, confirms_opt_out=False, settles_in=0.0)

OnReply = Callable[[InboundMessage], object]


class Simulator:
    """A `Carrier` that texts nobody: what it takes arrives at simulated phones, which can answer.

        simulator = Simulator(clock)
        simulator.phone("+13125550104").answers("YES {code}", after=3)
        simulator.on_reply(desk.receive)

    A key it has taken is known again: it is not delivered twice, and its first id is given (`repeats` counts that).
    `faults` may be replaced at any time. Time is the clock's; a call that takes its time (`FaultPlan.latency`) waits
    by `pause`. Replies are given to the `on_reply` callback by threads of the simulator, several at once, with a
    message id that no later process repeats.

    If `log` names a file, everything taken is also written there (see `SentLog`), and known again by the next
    simulator that is given it: a carrier does not forget what we sent because we crashed.
    """

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        faults: FaultPlan = NO_FAULTS,
        log: str | PathLike[str] | None = None,
        pause: Callable[[float], None] = time.sleep,
        capabilities: Capabilities = SIMULATOR,
        keep: int = KEPT_IN_ALL,
    ) -> None:
        self.faults = faults
        self.repeats = 0
        self._clock = clock or SystemClock()
        self._pause = pause
        self._capabilities = capabilities
        self._keep = keep
        self._lock = Lock()
        self._phones: dict[str, Phone] = {}
        self._asked_for: set[str] = set()
        self._taken: OrderedDict[str, str] = OrderedDict()
        self._attempts: OrderedDict[str, int] = OrderedDict()
        self._order: deque[tuple[Phone, Received]] = deque()
        self._ringing: OrderedDict[str, tuple[datetime, str | None]] = OrderedDict()
        self._allowance: tuple[datetime, float] | None = None
        self._said = 0
        self._on_reply: OnReply | None = None
        self._delayed = DelayedReplies(self._clock, self._deliver)
        self._log = SentLog(Path(log)) if log is not None else None
        if self._log is not None:
            for key, carrier_id in self._log.taken():
                self._remember(key, carrier_id)

    @property
    def capabilities(self) -> Capabilities:
        """Say what this carrier can do: both channels, and it can be asked what it took."""
        return self._capabilities

    def phone(self, number: str) -> Phone:
        """Give the phone with this number; it comes into being by being asked for, or by being texted."""
        number = normalise(number)
        with self._lock:
            self._asked_for.add(number)
            return self._phone(number)

    def ringing(self, number: str) -> Received | None:
        """Give the call that makes a phone ring now, None when it does not."""
        with self._lock:
            phone = self._phones.get(normalise(number))
            calls = phone.calls if phone is not None else []
            until = self._ringing.get(calls[-1].carrier_id) if calls else None
        return calls[-1] if until is not None and self._clock.now() < until[0] else None

    def press(self, number: str, key: str) -> bool:
        """Answer the call that rings and press a key, 1 to take the shift and 2 to pass. False when nothing rings any more."""
        call = self.ringing(number)
        with self._lock:
            found = self._ringing.pop(call.carrier_id, None) if call is not None else None
        if call is None or found is None:
            return False
        at, code = self._clock.now(), found[1]
        said = f"{KEYS[key]} {code}" if code is not None else KEYS[key]
        message_id = f"{call.carrier_id}-reply-{int(at.timestamp() * 1_000)}"
        self._delayed.post(_message(normalise(number), call.from_phone, said, message_id, at), at)
        return True

    def on_reply(self, callback: OnReply) -> None:
        """Have `callback` called with every reply. What it returns is ignored; what it raises is logged by type."""
        self._on_reply = callback

    def send_text(self, outbound: OutboundMessage) -> str:
        """Deliver a text. Raises what the fault plan says."""
        return self._send(outbound)

    def place_call(self, outbound: OutboundMessage) -> str:
        """Make the phone ring; a key it presses comes back as YES or NO with the offer's code. Raises what the fault plan
        says."""
        return self._send(outbound)

    def cancel(self, carrier_id: str) -> bool:
        """End a call that rings: no key is pressed any more. False for texts, which arrive at once."""
        with self._lock:
            found = self._ringing.pop(carrier_id, None)
        return found is not None and self._clock.now() < found[0]

    def look_up(self, outbound: OutboundMessage) -> str | None:
        """Give the id of a key that was taken before. Raises `Throttled` while the carrier is down."""
        if self.faults.down:
            raise Throttled("The simulated carrier is down.")
        with self._lock:
            return self._taken.get(outbound.key)

    def settle(self, timeout: float) -> bool:
        """Wait until every reply that is due has been delivered; False if `timeout` seconds were too few."""
        return self._delayed.wait_empty(timeout)

    def close(self) -> None:
        """Throw away replies that are not due yet, and close the log."""
        self._delayed.close()
        if self._log is not None:
            self._log.close()

    def _send(self, outbound: OutboundMessage) -> str:
        faults = self.faults
        with self._lock:
            attempt = self._attempts[outbound.key] = self._attempts.get(outbound.key, 0) + 1
            if len(self._attempts) > self._keep:
                self._attempts.popitem(last=False)
        if (seconds := faults.seconds(outbound.key, attempt)) > 0:
            self._pause(seconds)
        if outbound.to_phone in faults.dead_numbers:
            raise PermanentFailure("The number cannot be reached.")
        if faults.down or not self._within_rate(faults.rate):
            raise Throttled("The simulated carrier takes nothing for now.")
        if faults.refuses(outbound.key, attempt):
            raise TransientFailure("The simulated carrier is busy.")
        if faults.loses_before(outbound.key, attempt):
            raise OutcomeUnknown("The simulated carrier did not answer.")
        carrier_id = self._take(outbound)
        if faults.loses_after(outbound.key, attempt):
            raise OutcomeUnknown("The simulated carrier did not answer.")
        return carrier_id

    def _take(self, outbound: OutboundMessage) -> str:
        at = self._clock.now()
        with self._lock:
            if (known := self._taken.get(outbound.key)) is not None:
                self.repeats += 1
                return known
            carrier_id = f"SIM-{outbound.channel.value}-{outbound.key}"
            if self._log is not None:
                self._log.write(outbound, carrier_id, at)
            self._remember(outbound.key, carrier_id)
            phone = self._phone(outbound.to_phone)
            received = Received(outbound.channel, at, outbound.from_phone, outbound.body, carrier_id)
            self._order.append((phone, received))
            if len(self._order) > self._keep:
                self._forget_oldest()
            if outbound.channel is Channel.VOICE:
                self._ringing[carrier_id] = at + timedelta(seconds=RINGS), outbound.code
                if len(self._ringing) > self._keep:
                    self._ringing.popitem(last=False)
        intended = phone.receive(received)
        if intended is not None:
            message_id = f"{carrier_id}-reply-{int(at.timestamp() * 1_000)}"
            due = at + timedelta(seconds=intended.after)
            said = intended.body
            if outbound.channel is Channel.VOICE and outbound.code is not None:
                said = f"{said} {outbound.code}"
            message = _message(phone.number, outbound.from_phone, said, message_id, due, outbound.channel)
            self._delayed.post(message, due, lambda: self._takes_reply(received, due))
        return carrier_id

    def _takes_reply(self, received: Received, at: datetime) -> bool:
        """Whether what was received can be answered at `at`: a text always, a call while it rings, once."""
        if received.channel is Channel.SMS:
            return True
        with self._lock:
            found = self._ringing.pop(received.carrier_id, None)
        return found is not None and at < found[0]

    def _say(self, phone: Phone, text: str) -> None:
        at = self._clock.now()
        with self._lock:
            self._said += 1
            message_id = f"SIM-said-{int(at.timestamp() * 1_000_000)}-{self._said}"
        self._delayed.post(_message(phone.number, phone.last_sender, text, message_id, at), at)

    def _deliver(self, message: InboundMessage) -> None:
        if self._on_reply is None:
            return
        self._on_reply(message)
        if message.message_id is not None and self.faults.repeats_reply(message.message_id):
            self._on_reply(message)

    def _phone(self, number: str) -> Phone:
        phone = self._phones.get(number)
        if phone is None:
            phone = self._phones[number] = Phone(number, self._say)
        return phone

    def _remember(self, key: str, carrier_id: str) -> None:
        self._taken[key] = carrier_id
        if len(self._taken) > self._keep:
            self._taken.popitem(last=False)

    def _forget_oldest(self) -> None:
        phone, received = self._order.popleft()
        phone.forget_oldest(received)
        # Somebody may still hold a phone that was asked for, and tell it what to answer.
        if phone.number not in self._asked_for and not phone.texts and not phone.calls:
            self._phones.pop(phone.number, None)

    def _within_rate(self, rate: float | None) -> bool:
        if rate is None:
            return True
        now = self._clock.now()
        with self._lock:
            then, left = self._allowance or (now, max(1.0, rate))
            left = min(max(1.0, rate), left + max(0.0, (now - then).total_seconds()) * rate)
            allowed = left >= 1.0
            self._allowance = (now, left - 1.0 if allowed else left)
        return allowed


def _message(
    number: str, to: str | None, body: str, message_id: str, at: datetime, channel: Channel = Channel.SMS
) -> InboundMessage:
    return InboundMessage(
        from_phone=number, to_phone=to, body=body, timestamp=at, message_id=message_id, channel=channel
    )
