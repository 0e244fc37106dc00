"""The web server: granian, on threads of this very process.

Its own way is a parent that forks a worker. Actors do not survive a fork, an orphaned worker would keep the journal,
and exit codes would have to find their way through two processes; so we take the server it ships for one process. It
runs the same compiled worker, which gives up the interpreter's lock while it waits.
"""

import logging
import os
import signal
from collections.abc import Callable
from threading import Thread, Timer
from types import FrameType
from typing import Any

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import MTServer
from granian.server.common import AbstractServer

from ..commands.exit_codes import ExitCode
from .address import ListenAddress
from .alarm import Alarm

logger = logging.getLogger(__name__)

DRAIN = 7.0
"""Seconds that requests under way get to finish once the service was told to stop."""

STOP = 9.5
"""Seconds after which it ends whatever still runs: whoever stops services kills them after ten, as a rule."""

READY = 10.0
"""Seconds the server may take from its start to its first connection."""

QUIET: dict[str, Any] = {
    "formatters": {},
    "handlers": {},
    "loggers": {
        "_granian": {"level": "WARNING", "propagate": True},
        "granian.access": {"level": "CRITICAL", "propagate": False},
    },
}
"""Granian's records go where ours do, and none is made of requests: they would hold what people look for."""


class Server(MTServer):
    """Serves one app until SIGTERM, SIGINT or SIGHUP; then nothing new is accepted and what is under way finishes.

    A second signal ends the process at once, with 128 and its number. So does `STOP` seconds after the first one, with
    1 and an error in the log: what was acknowledged is in the journal either way.
    """

    def __init__(
        self, app: Flask, address: ListenAddress, threads: int, on_ready: Callable[[], None]
    ) -> None:
        super().__init__(
            "firstyes",
            address=address.ip,
            port=address.port,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            websockets=False,
            blocking_threads=threads,
            log_level=LogLevels.warning,
            log_dictconfig=QUIET,
        )
        self.main_loop_interrupt: Any = Alarm()
        self._app = app
        self._address = address
        self._on_ready = on_ready
        self._stopped_by: int | None = None
        self._at_work: tuple[Thread, ...] = ()

    def run(self) -> bool:
        """Serve; True if every request under way could finish before it returned."""
        # Past the one class that says this server is for interpreters without a lock.
        AbstractServer.serve(self, target_loader=lambda: self._app, wrap_loader=False)
        return not any(thread.is_alive() for thread in self._at_work)

    def _check_gil(self) -> None:
        """Let it run with the interpreter's lock."""

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        """Start, and tell when requests are being answered. Raises `AddressTaken` when they never are."""
        granian: Any = super()
        granian.startup(spawn_target, target_loader)
        signal.signal(signal.SIGHUP, self.signal_handler_interrupt)
        self._at_work = tuple(worker.inner for worker in self.wrks)
        if not self.interrupt_signal:
            self._address.wait_until_open(READY)
            self._on_ready()

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """Stop soon at the first signal, at once at the second."""
        number = int(args[0])
        if self._stopped_by is not None:
            end_now(128 + number)
        self._stopped_by = number
        logger.info("Told to stop by %s", signal.Signals(number).name)
        patience = Timer(STOP, _give_up)
        patience.daemon = True
        patience.start()
        granian: Any = super()
        granian.signal_handler_interrupt(*args, **kwargs)

    def _stop_workers(self) -> None:
        workers: list[Any] = list(self.wrks)
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join(DRAIN)
        self.wrks.clear()


def stop_while_starting(number: int, _: FrameType | None) -> None:
    """Handle a signal that comes before the server runs: nobody has been answered yet, so nobody is waited for."""
    logger.info("Told to stop by %s before the service was ready", signal.Signals(number).name)
    end_now(ExitCode.OK)


def end_now(code: int) -> None:
    """End the process without waiting for any thread."""
    logging.shutdown()
    os._exit(code)


def _give_up() -> None:
    logger.error("Still at work %g s after being told to stop; ending all the same", STOP)
    end_now(ExitCode.REFUSED)
