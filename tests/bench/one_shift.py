"""One shift offered to ten thousand: how long its fan-out takes, and what a reply to it costs beside a small one's."""

import sqlite3
import statistics
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from .load_generator import Load, LoadError, LoadGenerator
from .ours import Ours, fan_out, left_in_outbox, longest_turn_ms
from .pinning import Pinning, kept_on
from .processes import footprint
from .servers import ServerProcess, free_port
from .sizes import Size
from .traffic import Traffic

GREAT = Size(10_000, 1)
SMALL = Size(10_000, 1_000)
FAN_OUT_S = 120.0


@dataclass(frozen=True, slots=True)
class FanOut:
    """From the request to its answer, to the last offer on disk, and to the last one handed to the carrier and recorded, in
    seconds; and the longest turns of the loop, until the request and until the end."""

    offers: int
    answered_s: float
    durable_s: float
    handed_s: float
    longest_before_ms: float
    longest_ms: float


@dataclass(frozen=True, slots=True)
class Replies:
    """Everyone's accept, once: microseconds of wall clock and of the server's processor time for one reply."""

    offers_per_shift: int
    replies: int
    wall_us: float
    server_us: float
    p99_ms: float
    wrong: int


@dataclass(frozen=True, slots=True)
class OneShift:
    """The fan-out of one shift to ten thousand, and what a reply to it costs beside one to a shift with ten offers."""

    fan_out: FanOut
    great: tuple[Replies, ...]
    small: tuple[Replies, ...]

    @property
    def wall_ratio(self) -> float:
        """How many times as long a reply takes."""
        return _median_wall(self.great) / _median_wall(self.small)

    @property
    def cpu_ratio(self) -> float:
        """How many times as much processor time a reply takes."""
        return _median_cpu(self.great) / _median_cpu(self.small)


def measure_one_shift(ours: Ours, pinning: Pinning, log: Path, repeats: int) -> OneShift:
    """Measure the fan-out once and the replies in turn, `repeats` times each."""
    fan_out = measure_fan_out(ours, pinning, log)
    great: list[Replies] = []
    small: list[Replies] = []
    for _ in range(repeats):
        great.append(measure_replies(ours, GREAT, pinning, log))
        small.append(measure_replies(ours, SMALL, pinning, log))
    return OneShift(fan_out, tuple(great), tuple(small))


def measure_fan_out(ours: Ours, pinning: Pinning, log: Path) -> FanOut:
    """Fan a shift out to ten thousand, over a carrier that takes every text at once.

    Raises LoadError when the last text is not handed over within two minutes.
    """
    port = free_port()
    with ServerProcess(ours.loaded(GREAT, port), port, pinning.server, log) as server:
        server.wait_ready()
        with kept_on(pinning.generator), closing(_journal(ours.journal(port))) as journal:
            before = longest_turn_ms(port)
            began = time.monotonic()
            fan_out(port, range(GREAT.shifts))
            answered = time.monotonic()
            while journal.execute("SELECT count(*) FROM offers").fetchone()[0] < GREAT.caregivers:
                _wait(began, "offers are not on disk")
            durable = time.monotonic()
            while left_in_outbox(port):
                _wait(began, "texts are not handed over")
            handed = time.monotonic()
            longest = longest_turn_ms(port)
    return FanOut(GREAT.caregivers, answered - began, durable - began, handed - began, before, longest)


def _journal(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)


def _wait(began: float, what: str) -> None:
    if time.monotonic() - began > FAN_OUT_S:
        raise LoadError(f"{what} after {FAN_OUT_S:.0f} s")
    time.sleep(0.01)


def measure_replies(ours: Ours, size: Size, pinning: Pinning, log: Path, connections: int = 32) -> Replies:
    """Have every caregiver of `size` accept once."""
    port = free_port()
    traffic = Traffic(size, port, size.caregivers)
    with (
        ServerProcess(ours.prepared(size, port), port, pinning.server, log) as server,
        kept_on(pinning.generator),
    ):
        server.wait_ready()
        before = footprint(server.pid).cpu_s
        load = _drive(port, connections, traffic)
        server_s = footprint(server.pid).cpu_s - before
    wrong = traffic.judge(load.answers, one_winner=True).wrong + traffic.unclaimed(load.answers)
    return Replies(
        offers_per_shift=size.caregivers // size.shifts,
        replies=len(load.answers),
        wall_us=1e6 * load.window_s / load.counted,
        server_us=1e6 * server_s / len(load.answers),
        p99_ms=load.latency_ms(0.99),
        wrong=wrong,
    )


def _median_wall(replies: tuple[Replies, ...]) -> float:
    return statistics.median(one.wall_us for one in replies)


def _median_cpu(replies: tuple[Replies, ...]) -> float:
    return statistics.median(one.server_us for one in replies)


def _drive(port: int, connections: int, traffic: Traffic) -> Load:
    generator = LoadGenerator(port, connections)
    try:
        return generator.run(traffic.requests, 0, seconds=600.0)
    finally:
        generator.close()
