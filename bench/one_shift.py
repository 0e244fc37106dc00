"""One shift offered to ten thousand: how long its fan-out takes, and what a reply to it costs beside a small one's."""

import time
from dataclasses import dataclass
from pathlib import Path

from .load_generator import Load, LoadError, LoadGenerator
from .ours import Ours, fan_out, handed_to_carrier
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
    """From the request to its answer, and to the last offer handed to the carrier, in seconds."""

    offers: int
    answered_s: float
    handed_s: float


@dataclass(frozen=True, slots=True)
class Replies:
    """Everyone's accept, once: microseconds of wall clock and of the server's processor time for one reply."""

    offers_per_shift: int
    replies: int
    wall_us: float
    server_us: float
    p99_ms: float
    wrong: int


def measure_fan_out(ours: Ours, pinning: Pinning, log: Path) -> FanOut:
    """Fan a shift out to ten thousand, over a carrier that takes every text at once.

    Raises LoadError when the last text is not handed over within two minutes.
    """
    port = free_port()
    with ServerProcess(ours.loaded(GREAT, port), port, pinning.server, log) as server:
        server.wait_ready()
        with kept_on(pinning.generator):
            before = handed_to_carrier(port)
            began = time.monotonic()
            fan_out(port, range(GREAT.shifts))
            answered = time.monotonic()
            while handed_to_carrier(port) - before < GREAT.caregivers:
                if time.monotonic() - began > FAN_OUT_S:
                    raise LoadError(
                        f"{handed_to_carrier(port) - before} texts handed over in {FAN_OUT_S:.0f} s"
                    )
                time.sleep(0.02)
            handed = time.monotonic()
    return FanOut(GREAT.caregivers, answered - began, handed - began)


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


def _drive(port: int, connections: int, traffic: Traffic) -> Load:
    generator = LoadGenerator(port, connections)
    try:
        return generator.run(traffic.requests, 0, seconds=600.0)
    finally:
        generator.close()
