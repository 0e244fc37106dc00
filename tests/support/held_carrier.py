"""A carrier whose calls take until the test lets them go."""

from collections.abc import Callable
from threading import Condition, Event, Semaphore

from firstyes.actors.carriers.port import Capabilities, OutboundMessage
from firstyes.actors.carriers.simulator import Simulator

from .patience import PATIENCE


class HeldCarrier:
    """Holds every message that `holds` says is to be held, until `release`; the rest goes through at once."""

    def __init__(
        self, simulator: Simulator, holds: Callable[[OutboundMessage], bool] = lambda _: True
    ) -> None:
        self.simulator = simulator
        self.most_at_once = 0
        self.began = Semaphore(0)
        self._holds = holds
        self._gate = Event()
        self._changed = Condition()
        self._inside = 0

    @property
    def capabilities(self) -> Capabilities:
        return self.simulator.capabilities

    def release(self) -> None:
        """Let everybody go, and wait until they have gone."""
        self._gate.set()
        with self._changed:
            assert self._changed.wait_for(lambda: self._inside == 0, PATIENCE)

    def wait_until_holding(self, number: int) -> None:
        """Return once so many messages have come in, counted from the last time this was asked."""
        for _ in range(number):
            assert self.began.acquire(timeout=PATIENCE), "the carrier was not called"

    def send_text(self, outbound: OutboundMessage) -> str:
        with self._changed:
            self._inside += 1
            self.most_at_once = max(self.most_at_once, self._inside)
        try:
            if self._holds(outbound):
                self.began.release()
                assert self._gate.wait(PATIENCE), "nobody let the carrier go"
            return self.simulator.send_text(outbound)
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    def place_call(self, outbound: OutboundMessage) -> str:
        return self.send_text(outbound)

    def cancel(self, carrier_id: str) -> bool:
        return self.simulator.cancel(carrier_id)

    def look_up(self, outbound: OutboundMessage) -> str | None:
        return self.simulator.look_up(outbound)

    def close(self) -> None:
        self.simulator.close()
