"""How long the service takes from its start to ready with many shifts on offer, and what it then weighs."""

import time
from dataclasses import dataclass
from pathlib import Path

from .load_generator import LoadError
from .many_shifts import multiply
from .ours import Ours, make_durable, shifts_on_offer
from .pinning import Pinning
from .processes import footprint
from .servers import ServerProcess, free_port
from .sizes import Size

FILLED = Size(10_000, 10_000)
TIMES = (1, 10)
"""How many times the shifts of that: 10,000 and 100,000."""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the process's start to its first "ready", and its footprint then."""

    open_shifts: int
    ready_s: float
    rss_mib: float
    threads: int


def measure_start(ours: Ours, times: int, log: Path) -> Start:
    """Start the server on a journal with every shift on offer, `times` ten thousand of them."""
    port = free_port()
    launch = ours.prepared(FILLED, port)
    if times > 1:
        multiply(ours.journal(port), FILLED, times)
        make_durable(ours.journal(port))
    began = time.monotonic()
    with ServerProcess(launch, port, Pinning.free().server, log) as server:
        ready = server.wait_ready("/readyz", timeout_s=120.0)
        weight = footprint(server.pid)
        offering = shifts_on_offer(port)
    if offering != FILLED.shifts * times:
        raise LoadError(f"{offering} shifts are on offer, not {FILLED.shifts * times}")
    return Start(offering, ready - began, weight.rss_mib, weight.threads)
