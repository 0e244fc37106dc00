"""The side-by-side runs: for each size the four in turn, again and again, so that a noisy minute hits all alike."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .contestants import Contestants, must_have_one_winner
from .load_generator import Load, LoadGenerator
from .pinning import Pinning, kept_on
from .processes import footprint, machine_cpu_s
from .servers import ServerProcess, free_port
from .sizes import Size
from .traffic import Traffic

FASTEST = 40_000
"""Requests/s that are prepared for: a run that uses up its requests earlier ends earlier, and its rate stays true."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is run: who, at which sizes and connections, pinned or free, how often and for how many seconds."""

    letters: str
    sizes: Sequence[Size]
    connections: Sequence[int]
    pinnings: Sequence[Pinning]
    repeats: int
    seconds: float
    warm_up_s: float


@dataclass(frozen=True, slots=True)
class Run:
    """One measured run of one contestant.

    Rates are requests/s, latencies milliseconds. `server_us` is the server's processor time for one request, in
    microseconds; `generator_busy` and `others_busy` are shares of one processor and of the machine. `first_accepts` is
    the share of answers that were their caregiver's first.
    """

    letter: str
    pinning: str
    size: str
    connections: int
    rate: float
    p50_ms: float
    p99_ms: float
    server_us: float
    generator_busy: float
    others_busy: float
    first_accepts: float
    wrong: int
    statuses: dict[str, int] = field(default_factory=dict)
    example: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """The runs of one contestant under one set of conditions, by their medians."""

    letter: str
    pinning: str
    size: str
    connections: int
    runs: tuple[Run, ...]

    @property
    def rate(self) -> float:
        """The median rate in requests/s."""
        return statistics.median(run.rate for run in self.runs)

    @property
    def p50_ms(self) -> float:
        """The median of the runs' medians."""
        return statistics.median(run.p50_ms for run in self.runs)

    @property
    def p99_ms(self) -> float:
        """The median of the runs' 99th percentiles."""
        return statistics.median(run.p99_ms for run in self.runs)

    @property
    def server_us(self) -> float:
        """The median processor time of the server for one request, in microseconds."""
        return statistics.median(run.server_us for run in self.runs)

    @property
    def wrong(self) -> int:
        """Answers, over all runs, that were not 200 or not true."""
        return sum(run.wrong for run in self.runs)

    def as_json(self) -> dict[str, object]:
        """The cell as it goes into the result file."""
        medians = {
            "rate": self.rate,
            "p50_ms": self.p50_ms,
            "p99_ms": self.p99_ms,
            "server_us": self.server_us,
        }
        return {**asdict(self), **medians}


def run_contest(
    plan: Plan, contestants: Callable[[Pinning], Contestants], log: Path, tell: Callable[[str], None]
) -> list[Cell]:
    """Run the whole plan. Raises LoadError when a server cannot be measured."""
    runs: list[Run] = []
    for pinning in plan.pinnings:
        for size in plan.sizes:
            for repeat in range(plan.repeats):
                tell(f"{pinning.name}, {size}, repeat {repeat + 1} of {plan.repeats}")
                runs.extend(_side_by_side(plan, pinning, size, repeat, contestants(pinning), log))
    keys = dict.fromkeys((run.letter, run.pinning, run.size, run.connections) for run in runs)
    return [
        Cell(*key, tuple(run for run in runs if (run.letter, run.pinning, run.size, run.connections) == key))
        for key in keys
    ]


def _side_by_side(
    plan: Plan, pinning: Pinning, size: Size, repeat: int, contestants: Contestants, log: Path
) -> Iterator[Run]:
    # Each repeat has another one begin.
    turn = repeat % len(plan.letters)
    letters = plan.letters[turn:] + plan.letters[:turn]
    prepared = int(FASTEST * (plan.seconds + plan.warm_up_s) * len(plan.connections))
    with ExitStack() as stack:
        benches: dict[str, _Bench] = {}
        for letter in letters:
            port = free_port()
            launch = contestants.launch(letter, port, size)
            server = stack.enter_context(ServerProcess(launch, port, pinning.server, log))
            benches[letter] = _Bench(letter, size, server, Traffic(size, port, prepared))
        for bench in benches.values():
            bench.server.wait_ready()
        for connections in plan.connections:
            for bench in benches.values():
                yield bench.run(plan, pinning, connections)


@dataclass(slots=True)
class _Bench:
    """One running server with its traffic, and how much of that is used up."""

    letter: str
    size: Size
    server: ServerProcess
    traffic: Traffic
    sent: int = 0

    def run(self, plan: Plan, pinning: Pinning, connections: int) -> Run:
        with kept_on(pinning.generator):
            generator = LoadGenerator(self.server.port, connections)
            try:
                warm_up = self._drive(generator, plan.warm_up_s)
                server_before, machine_before = footprint(self.server.pid).cpu_s, machine_cpu_s()
                began, own_before = time.monotonic(), time.process_time()
                first = self.sent
                load = self._drive(generator, plan.seconds)
                own_s, took_s = time.process_time() - own_before, time.monotonic() - began
                server_s = footprint(self.server.pid).cpu_s - server_before
                others_s = machine_cpu_s() - machine_before - server_s - own_s
            finally:
                generator.close()
        verdict = self.traffic.judge(
            (*warm_up.answers, *load.answers), one_winner=must_have_one_winner(self.letter)
        )
        unclaimed = self.traffic.unclaimed(load.answers) if must_have_one_winner(self.letter) else 0
        return Run(
            letter=self.letter,
            pinning=pinning.name,
            size=str(self.size),
            connections=connections,
            rate=load.rate,
            p50_ms=load.latency_ms(0.5),
            p99_ms=load.latency_ms(0.99),
            server_us=1e6 * server_s / max(1, len(load.answers)),
            generator_busy=load.busy,
            others_busy=max(0.0, others_s / took_s / len(Pinning.free().server)),
            first_accepts=max(0, min(load.counted, self.size.caregivers - first)) / max(1, load.counted),
            wrong=verdict.wrong + unclaimed,
            statuses=verdict.statuses,
            example=verdict.example or (f"{unclaimed} shifts without a winner" if unclaimed else ""),
        )

    def _drive(self, generator: LoadGenerator, seconds: float) -> Load:
        load = generator.run(self.traffic.requests, self.sent, seconds)
        self.sent += len(load.answers)
        return load
