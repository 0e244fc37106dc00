"""From killed to ready: how long the next start takes, by the number of shifts that were being offered."""

import os
import signal
import tempfile
import time
from pathlib import Path

from bench.many_shifts import multiply
from bench.ours import Ours, make_durable, shifts_on_offer
from bench.pinning import Pinning
from bench.servers import Launch, ServerProcess, free_port
from bench.sizes import Size

from ..part import Finding, Part, Progress

FILLED = Size(10_000, 10_000)
TIMES = (1, 10)
SAMPLE = Size(500, 500)

THREADS = 32
LONGEST = 60.0
"""Seconds after which a start is not one that a coordinator would wait for."""


def run(share: float, progress: Progress) -> Finding:
    """Kill and start a server that offers 10,000 and 100,000 shifts; a sample: 500."""
    size, times = (FILLED, TIMES) if share >= 1.0 else (SAMPLE, (1,))
    with tempfile.TemporaryDirectory(prefix="firstyes-starts-") as folder:
        ours = Ours(Path(folder), THREADS)
        found = []
        for done, many in enumerate(times):
            found.append((size.shifts * many, start_after_kill(ours, size, many)))
            progress((done + 1) / len(times))
    slow = tuple(
        f"with {shifts:,} open shifts it took {seconds:.0f} s"
        for shifts, seconds in found
        if seconds > LONGEST
    )
    told = ", ".join(f"{seconds:.1f} s with {shifts:,} open shifts" for shifts, seconds in found)
    return Finding(not slow, f"ready again after a kill in {told}", slow)


def start_after_kill(ours: Ours, size: Size, times: int) -> float:
    """Give the seconds from the start of a new process to its first "ready", on a journal that one was killed on.

    Raises `LoadError` when it never is.
    """
    port, log = free_port(), ours.folder / "server.log"
    launch = ours.prepared(size, port)
    if times > 1:
        multiply(ours.journal(port), size, times)
        make_durable(ours.journal(port))
    with ServerProcess(launch, port, Pinning.free().server, log) as server:
        server.wait_ready("/readyz", timeout_s=LONGEST * 4)
        os.kill(server.pid, signal.SIGKILL)
    return _start(launch, port, log, size.shifts * times)


def _start(launch: Launch, port: int, log: Path, expected: int) -> float:
    began = time.monotonic()
    with ServerProcess(launch, port, Pinning.free().server, log) as server:
        ready = server.wait_ready("/readyz", timeout_s=LONGEST * 4)
        offering = shifts_on_offer(port)
    if offering != expected:
        raise AssertionError(
            f"{expected:,} shifts were on offer before the kill, and {offering:,} are after it"
        )
    return ready - began


PART = Part(
    name="kills_starts",
    what="Kill a server that offers up to 100,000 shifts, and measure how long the next start takes.",
    seconds=60.0,
    run=run,
)
