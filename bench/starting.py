"""How long the service takes from its start to ready with many shifts on offer, and what it then weighs."""

import time
from dataclasses import dataclass
from pathlib import Path

from .ours import Ours
from .pinning import Pinning
from .processes import footprint
from .servers import ServerProcess, free_port
from .sizes import Size


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the process's start to its first "ready", and its footprint then."""

    open_shifts: int
    ready_s: float
    rss_mib: float
    threads: int


def measure_start(ours: Ours, size: Size, log: Path) -> Start:
    """Start the server on a journal with every shift of `size` on offer."""
    port = free_port()
    launch = ours.prepared(size, port)
    began = time.monotonic()
    with ServerProcess(launch, port, Pinning.free().server, log) as server:
        ready = server.wait_ready("/readyz", timeout_s=120.0)
        weight = footprint(server.pid)
    return Start(size.shifts, ready - began, weight.rss_mib, weight.threads)
