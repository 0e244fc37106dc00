"""How long the disk takes to make four kilobytes durable: the price of a commit that no code can lower."""

import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

BLOCK = b"\0" * 4096


@dataclass(frozen=True, slots=True)
class Disk:
    """The time of one write and fsync of 4 KiB, in milliseconds."""

    median_ms: float
    p99_ms: float


def probe_disk(folder: Path, writes: int = 200) -> Disk:
    """Append `writes` blocks to a file in `folder`, each made durable by itself."""
    path = folder / "fsync-probe"
    took: list[float] = []
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        for _ in range(writes):
            started = time.perf_counter()
            os.write(descriptor, BLOCK)
            os.fsync(descriptor)
            took.append(1000 * (time.perf_counter() - started))
    finally:
        os.close(descriptor)
        path.unlink()
    took.sort()
    return Disk(statistics.median(took), took[int(0.99 * len(took))])
