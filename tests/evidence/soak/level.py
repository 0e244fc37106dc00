"""Whether what a process holds stays level while it works: memory, threads and file handles, message by message."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

BYTES_A_MESSAGE = 160.0
"""The most by which the bytes that are held may grow for each message, once the caches that can be filled beforehand are
full. What readers remember of offers goes on filling for a long time. A shift takes some 50 messages, so what is forgotten
to be let go of with it shows from 8 KB on."""

MIB = 1 << 20
RESIDENT_A_MESSAGE = 300.0
"""The most by which what is resident may grow for each message, once the pages of the journal are there that connections keep
(up to 64 MiB the one that writes, 2 MiB each of those that read) and phones remember no more offers. The allocator keeps what lies
between."""

MOST_RESIDENT = 1024 * MIB
"""The most that may be resident at any time."""

WARM = 0.5
"""The part of a run after which everything that is kept for later is expected to be full."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a process holds after so many `messages`: resident bytes, threads, open files, and bytes of its journal.

    `held` are the bytes that it has asked for and not given back, without the database's; None where it cannot say.
    """

    messages: int
    resident: int
    threads: int
    files: int
    journal: int
    held: int | None = None

    @classmethod
    def of(cls, pid: int, messages: int, journal: Path, held: int | None = None) -> "Sample":
        """Look at a process of this machine."""
        status = Path(f"/proc/{pid}/status").read_text()
        fields = dict(line.split(":", 1) for line in status.splitlines())
        written = sum(file.stat().st_size for file in journal.parent.glob(f"{journal.name}*"))
        return cls(
            messages,
            int(fields["VmRSS"].split()[0]) * 1024,
            int(fields["Threads"]),
            len(list(Path(f"/proc/{pid}/fd").iterdir())),
            written,
            held,
        )


@dataclass(frozen=True, slots=True)
class Level:
    """What samples come to: bytes that are held, that are resident and that are in the journal, more for each message."""

    last: Sample
    held: float
    resident: float
    journal: float
    problems: tuple[str, ...]

    @property
    def told(self) -> str:
        """One line with the figures."""
        held = (
            f"{self.held:+.0f} bytes held a message (bound {BYTES_A_MESSAGE:.0f}), " if self.last.held else ""
        )
        return (
            f"{self.last.messages:,} messages: {held}resident {self.last.resident / MIB:.0f} MiB, {self.resident:+.0f} bytes a"
            f" message, {self.last.threads} threads, {self.last.files} open files, journal {self.journal:+,.0f} bytes a message"
        )


def level(
    what: str,
    samples: Sequence[Sample],
    bound: float = BYTES_A_MESSAGE,
    resident_bound: float = float("inf"),
) -> Level:
    """Judge samples, taken in order: past `WARM`, what is held, what is resident, threads and files may not grow, and all in
    all there may be no more than `MOST_RESIDENT`. A run that is too short for caches to fill has no bound for what is resident."""
    warm = [one for one in samples if one.messages >= WARM * samples[-1].messages]
    held = slope([(one.messages, one.held) for one in warm if one.held is not None])
    problems = []
    if held > bound:
        told = ", ".join(f"{one.messages:,}: {(one.held or 0) / MIB:.2f} MiB" for one in samples)
        problems.append(f"{what}: memory grows by {held:.0f} bytes a message, more than {bound:.0f} ({told})")
    for name, late in (("threads", LATE_THREADS), ("files", LATE_FILES)):
        counts = [getattr(one, name) for one in warm]
        if climbs(counts, late):
            problems.append(f"{what}: {name} grow: {counts}")
    if (most := max(one.resident for one in samples)) > MOST_RESIDENT:
        problems.append(f"{what}: {most / MIB:.0f} MiB are resident, more than {MOST_RESIDENT / MIB:.0f}")
    resident = slope([(one.messages, one.resident) for one in warm])
    if resident > resident_bound:
        problems.append(
            f"{what}: {resident:.0f} bytes more are resident for each message, more than {resident_bound:.0f}"
        )
    journal = slope([(one.messages, one.journal) for one in warm])
    return Level(samples[-1], held, resident, journal, tuple(problems))


def slope(points: Sequence[tuple[float, float]]) -> float:
    """How much y grows for each x: the median of the slopes between all pairs, which a single jump does not move."""
    slopes = sorted(
        (y - x_y) / (x - x_x) for at, (x_x, x_y) in enumerate(points) for x, y in points[at + 1 :] if x > x_x
    )
    return slopes[len(slopes) // 2] if slopes else 0.0


def climbs(counts: Sequence[int], late: int) -> bool:
    """Whether counts go up by more than may come late, between the first half and the second."""
    half = len(counts) // 2
    return half > 0 and median(counts[half:]) - median(counts[:half]) > late


LATE_FILES = 8
"""Two files each for four connections: one that reads is opened by the first thread that needs it."""
LATE_THREADS = 16
"""Threads are started when all others are at work: those of a channel, of which it has sixteen, and a few of the server's."""
