"""What the kernel says about a server: its processor time, memory and threads, and how busy everybody else is."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Footprint:
    """A server's processes together: resident memory in MiB, threads, and processor time used so far in seconds."""

    rss_mib: float
    threads: int
    cpu_s: float


def footprint(session: int) -> Footprint:
    """Add up every process of a session; a server is started in one of its own."""
    rss = threads = 0
    cpu = 0.0
    for folder in PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            # The name, in brackets, may hold blanks; what follows it is counted from the state on.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) != session:
                continue
            status = (folder / "status").read_text()
        except (OSError, IndexError):
            continue
        cpu += (int(fields[11]) + int(fields[12])) * TICK_S
        threads += int(fields[17])
        rss += sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
    return Footprint(rss / 1024, threads, cpu)


def machine_cpu_s() -> float:
    """Processor seconds used on this machine since it started, by whomever, over all processors."""
    fields = [int(field) for field in (PROC / "stat").read_text().splitlines()[0].split()[1:]]
    idle = fields[3] + fields[4]
    return (sum(fields[:8]) - idle) * TICK_S


def wait_idle(session: int, timeout_s: float, wait: Callable[[float], None] = time.sleep) -> bool:
    """Wait until a server uses less than a twentieth of a processor for half a second; False when it never does."""
    deadline = time.monotonic() + timeout_s
    before = footprint(session).cpu_s
    while time.monotonic() < deadline:
        wait(0.5)
        now = footprint(session).cpu_s
        if now - before < 0.5 / 20:
            return True
        before = now
    return False
