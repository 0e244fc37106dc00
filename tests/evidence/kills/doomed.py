"""A server that is going to be killed: `firstyes serve`, as an order that is its only argument says, in JSON.

Two things are not as in service: the carrier is one whose books survive, and at the named crash point the process ends
itself with SIGKILL.
"""

import json
import os
import signal
import sys
import threading
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from firstyes.actors.carriers.port import Recovery
from firstyes.actors.desk.desk import ShiftDesk
from firstyes.run import main as firstyes
from firstyes.web.commands import serve

from .books import BookedCarrier


@dataclass(frozen=True, slots=True)
class Order:
    """How to start a server. It dies at the `nth` time it passes `point`; with no point it waits to be killed. `on_twilio`: its
    settings name a carrier of its own, in place of the one with books."""

    port: int
    store: str
    books: str
    recovery: str
    point: str | None = None
    nth: int = 1
    on_twilio: bool = False


class Doom:
    """Kills this process at one of its crash points. The journal's thread has its own: "before commit, writing"."""

    def __init__(self, point: str | None, nth: int) -> None:
        self._point = point
        self._nth = nth
        self._passed = count(1)

    def __call__(self, point: str) -> None:
        if self._point is None:
            return
        if threading.current_thread().name == "journal":
            point += ", writing"
        if point == self._point and next(self._passed) >= self._nth:
            os.kill(os.getpid(), signal.SIGKILL)


class BookedDesk(ShiftDesk):
    """A desk whose carrier, like the simulator, reaches nobody: so the API may be open."""

    @property
    def simulated(self) -> bool:
        """Say so."""
        return True


def main() -> None:
    """Serve as the order says."""
    order = Order(**json.loads(sys.argv[1]))
    desk: type[ShiftDesk] = ShiftDesk
    if not order.on_twilio:
        carrier, desk = BookedCarrier(Path(order.books), Recovery(order.recovery)), BookedDesk
        setattr(serve, "chosen_carrier", lambda *_: carrier)  # noqa: B010 - the command looks it up by this name
    setattr(serve, "ShiftDesk", partial(desk, crash_point=Doom(order.point, order.nth)))  # noqa: B010
    firstyes(["serve", "--port", str(order.port), "--store", order.store, "--log-level", "warning"])
