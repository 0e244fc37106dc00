"""The carrier of a story, and what people's phones have been sent."""

import re
from collections.abc import Callable

from firstyes.actors.carriers.fault_plan import NO_FAULTS, FaultPlan
from firstyes.actors.carriers.port import (
    Capabilities,
    DeliveryReport,
    OutboundMessage,
    OutcomeUnknown,
    PermanentFailure,
    Throttled,
    TransientFailure,
)
from firstyes.actors.carriers.simulator import SIMULATOR

from .crash import Fate
from .stepped_time import SteppedClock

CODE = re.compile(r"\b(?:YES|SI) (\d{2,4})\b")

Arrived = Callable[[OutboundMessage, bool], None]
"""Is told of each outbound that the carrier took; True when it had taken that key before."""


def nobody_hears(report: DeliveryReport) -> None:
    """Lose what a carrier says while the process is down."""


class SteppedCarrier:
    """Takes what the fault plan lets it take; it outlives the process, as a carrier does.

    `told` is given what it says, later, of a message: nothing, by this one.
    """

    def __init__(self, clock: SteppedClock, arrived: Arrived) -> None:
        self.faults: FaultPlan = NO_FAULTS
        self.slow = 0.0
        self.injected: dict[str, int] = {}
        self.fate = Fate()
        self.told: Callable[[DeliveryReport], object] = nobody_hears
        self._clock = clock
        self._arrived = arrived
        self._taken: dict[str, str] = {}
        self._attempts: dict[str, int] = {}
        self._allowance = 0
        self._allowed_at = 0.0

    @property
    def capabilities(self) -> Capabilities:
        """Say what it can do: it can be asked what it took."""
        return SIMULATOR

    @property
    def next_due(self) -> float | None:
        """Say when, in true seconds, it has something to tell next."""
        return None

    def tell(self) -> None:
        """Tell what has become of messages by now."""

    def send_text(self, outbound: OutboundMessage) -> str:
        """Deliver a text."""
        return self._send(outbound)

    def place_call(self, outbound: OutboundMessage) -> str:
        """Ring a phone."""
        return self._send(outbound)

    def cancel(self, carrier_id: str) -> bool:
        """Nothing can be called back."""
        return False

    def look_up(self, outbound: OutboundMessage) -> str | None:
        """Say whether a key was taken."""
        self.fate.pass_point("carrier")
        if self.faults.down:
            raise Throttled("down")
        return self._taken.get(outbound.key)

    def close(self) -> None:
        """Nothing to let go of."""

    def _send(self, outbound: OutboundMessage) -> str:
        self.fate.pass_point("carrier")
        faults, key = self.faults, outbound.key
        if faults is NO_FAULTS:
            return self._take(outbound)
        attempt = self._attempts[key] = self._attempts.get(key, 0) + 1
        if outbound.to_phone in faults.dead_numbers:
            raise self._count(PermanentFailure("dead"))
        if faults.down or not self._within_rate(faults.rate):
            raise self._count(Throttled("down"))
        if faults.refuses(key, attempt):
            raise self._count(TransientFailure("busy"))
        if faults.loses_before(key, attempt):
            raise self._count(OutcomeUnknown("lost before"))
        carrier_id = self._take(outbound)
        if faults.loses_after(key, attempt):
            raise self._count(OutcomeUnknown("lost after"))
        return carrier_id

    def _take(self, outbound: OutboundMessage) -> str:
        known = self._taken.get(outbound.key)
        self._arrived(outbound, known is not None)
        if known is None:
            known = self._taken[outbound.key] = f"SIM-{outbound.key}"
        return known

    def _count(self, error: Exception) -> Exception:
        name = str(error)
        self.injected[name] = self.injected.get(name, 0) + 1
        return error

    def _within_rate(self, rate: float | None) -> bool:
        if rate is None:
            return True
        if self._clock.true != self._allowed_at:
            self._allowed_at, self._allowance = self._clock.true, max(1, int(rate))
        self._allowance -= 1
        return self._allowance >= 0


class Phones:
    """The codes that people were sent, by phone and shift: the last one counts."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], str] = {}

    def receive(self, shift_id: str | None, caregiver_id: str, body: str) -> None:
        """Read the code in a text."""
        found = CODE.search(body)
        if found and shift_id is not None:
            self._codes[caregiver_id, shift_id] = found.group(1)

    def body(self, caregiver_id: str, shift_id: str, text: str) -> str | None:
        """Give what somebody writes about a shift; None when it takes a code and they were never sent one."""
        if "{code}" not in text:
            return text
        code = self._codes.get((caregiver_id, shift_id))
        return None if code is None else text.replace("{code}", code)
