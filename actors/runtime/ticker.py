"""The only thing that watches the clock: it says `Tick` to those who keep time."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread
from time import monotonic

from ..tasks import Tick
from .clock import Clock

logger = logging.getLogger(__name__)

PERIOD = 0.25
"""Seconds between ticks, slept on the monotonic clock; deadlines are met this much late at most."""

JUMP = 30.0
"""Seconds by which the wall clock may run away from the monotonic one before it is logged (fault 34)."""


class Ticker:
    """A daemon thread that tells `tick` the present instant. It decides nothing; a late tick is only late.

    If this fails: `tick` only posts and does not raise; should it, or a clock, that is logged and the next tick comes.
    """

    def __init__(self, clock: Clock, tick: Callable[[Tick], None], period: float = PERIOD) -> None:
        self._clock = clock
        self._tick = tick
        self._period = period
        self._stopped = Event()
        began = clock.now(), monotonic()
        self._thread = Thread(target=self._run, args=began, name="firstyes-ticker", daemon=True)

    def start(self) -> None:
        """Start ticking."""
        self._thread.start()

    def stop(self, timeout: float) -> None:
        """Stop ticking, waiting at most `timeout` seconds for a tick under way."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self, wall: datetime, steady: float) -> None:
        while not self._stopped.wait(self._period):
            try:
                now, then = self._clock.now(), monotonic()
                drift = (now - wall).total_seconds() - (then - steady)
                if abs(drift) >= JUMP:
                    logger.warning("The clock jumped by %+.0f s; stored deadlines hold", drift)
                wall, steady = now, then
                self._tick(Tick(now))
            except Exception as error:  # noqa: BLE001 - without ticks no shift would ever be escalated
                logger.error("A tick failed with %s", type(error).__name__)
