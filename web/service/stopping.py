"""How the process is told to stop, and that it does."""

import logging
import os
import signal
from collections.abc import Callable
from threading import Timer
from types import FrameType
from typing import NoReturn

from ..commands.exit_codes import ExitCode

logger = logging.getLogger(__name__)

STOP = 9.5
"""Seconds after which it ends whatever still runs: whoever stops services kills them after ten, as a rule."""


class StopSignals:
    """Hears SIGTERM, SIGINT and SIGHUP, from its making on; SIGHUP not where it is ignored, as `nohup` wants.

    The first one ends a process that is still starting, with 0: nobody was answered yet. Once something is
    named that `stops` the process, that is called. A second signal ends it at once, with 128 and its number. So
    does `STOP` seconds after the first one, with 1 and an error in the log: what was acknowledged is in the journal
    either way.
    """

    def __init__(self) -> None:
        self._stop: Callable[[], None] | None = None
        self._heard = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._hear)

    def stops(self, stop: Callable[[], None]) -> None:
        """Say what is called at the first signal, from now on."""
        self._stop = stop

    def _hear(self, number: int, _: FrameType | None) -> None:
        if self._heard:
            end_now(128 + number)
        name = signal.Signals(number).name
        stop = self._stop
        if stop is None:
            logger.info("Told to stop by %s before the service was ready", name)
            end_now(ExitCode.OK)
        self._heard = True
        logger.info("Told to stop by %s", name)
        patience = Timer(STOP, _give_up)
        patience.daemon = True
        patience.start()
        stop()


def end_now(code: int) -> NoReturn:
    """End the process without waiting for any thread."""
    logging.shutdown()
    os._exit(code)


def _give_up() -> None:
    logger.error("Still at work %g s after being told to stop; ending all the same", STOP)
    end_now(ExitCode.REFUSED)
