"""Starts servers that are going to be killed: `python -m evidence.kills.doomed`, orders as JSON lines on standard input.

Each order is one `firstyes serve`, as a process of its own: this one has read the program's modules and forks before
any thread has started, because reading them anew is most of what a start costs. Two things are not as in service: the
carrier is one whose books survive, and at the named crash point the process ends itself with SIGKILL.
Answers two lines to an order: the process's id, and how it ended.
"""

import ctypes
import json
import os
import signal
import sys
import threading
import traceback
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path

from firstyes.actors.carriers.port import Recovery
from firstyes.actors.desk.desk import ShiftDesk
from firstyes.domain.replies import RuleReader
from firstyes.run import main as firstyes
from firstyes.web.commands import serve

from .books import BookedCarrier

DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG: whoever stops the proof leaves no servers behind."""


@dataclass(frozen=True, slots=True)
class Order:
    """How to start a server. It dies at the `nth` time it passes `point`; with no point it waits to be killed. `settings` are
    those with which it finds a carrier of its own, in place of the one with books."""

    port: int
    store: str
    books: str
    log: str
    recovery: str
    point: str | None = None
    nth: int = 1
    settings: dict[str, str] = field(default_factory=dict)


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
    """Carry out orders until there are no more."""
    _die_with_parent()
    # What the first reader of a process builds, those that are forked have; else it is most of what each start costs.
    RuleReader()
    process = 0
    for line in sys.stdin:
        if process:
            os.waitpid(process, 0)
        order = Order(**json.loads(line))
        process = os.fork()
        if process == 0:
            _serve(order)
        print(process, flush=True)
        # Left in place until the next order: whoever sends a signal late must not hit another process of that number.
        ended = os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
        assert ended is not None
        print(ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status, flush=True)


def _serve(order: Order) -> None:
    code = 1
    try:
        _die_with_parent()
        for stream, name, flags in ((0, os.devnull, os.O_RDONLY), (1, os.devnull, os.O_WRONLY)):
            os.dup2(os.open(name, flags), stream)
        os.dup2(os.open(order.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), 2)
        desk: type[ShiftDesk] = ShiftDesk
        if order.settings:
            os.environ.update(order.settings)
        else:
            carrier, desk = BookedCarrier(Path(order.books), Recovery(order.recovery)), BookedDesk
            setattr(serve, "chosen_carrier", lambda *_: carrier)  # noqa: B010 - the command looks it up by this name
        setattr(serve, "ShiftDesk", partial(desk, crash_point=Doom(order.point, order.nth)))  # noqa: B010
        firstyes(["serve", "--port", str(order.port), "--store", order.store, "--log-level", "warning"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - a fork must never return into the loop of its parent
        traceback.print_exc()
    os._exit(code)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


if __name__ == "__main__":
    main()
