"""The side-by-side runs: for each size the four in turn, again and again, so that a noisy minute hits all alike."""

import statistics
import time
from collections import Counter
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

FASTEST = 20_000
"""Requests/s that are prepared for: a run that uses up its requests earlier ends earlier, and its rate stays true."""

SPEAKERS = 10_000
"""So many first messages are measured at least: of a small size one population after another, on servers made anew."""

WARM_UP = 0.02
"""This share of a population speaks before the clock starts."""

SLICES = 6
"""Second messages are measured in so many turns, the contestants one after the other in each."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is run: who, at which sizes and connections, pinned or free, how often, and second messages for how many
    seconds."""

    letters: str
    sizes: Sequence[Size]
    connections: Sequence[int]
    pinnings: Sequence[Pinning]
    repeats: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Run:
    """One measured run of one contestant: of "first" messages, until everybody has spoken, or of messages of the same
    people "again".

    Rates are requests/s, latencies milliseconds. `server_us` is the server's processor time for one request, in
    microseconds; `generator_busy` and `others_busy` are shares of one processor and of the machine.
    """

    mix: str
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
    wrong: int
    statuses: dict[str, int] = field(default_factory=dict)
    example: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """The runs of one contestant under one set of conditions, by their medians."""

    mix: str
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
    keys = dict.fromkeys((run.mix, run.letter, run.pinning, run.size, run.connections) for run in runs)
    return [
        Cell(
            *key,
            tuple(
                run for run in runs if (run.mix, run.letter, run.pinning, run.size, run.connections) == key
            ),
        )
        for key in keys
    ]


def _side_by_side(
    plan: Plan, pinning: Pinning, size: Size, repeat: int, contestants: Contestants, log: Path
) -> Iterator[Run]:
    # Each repeat has another one begin.
    turn = repeat % len(plan.letters)
    letters = plan.letters[turn:] + plan.letters[:turn]
    populations = max(1, SPEAKERS // size.caregivers)
    for connections in plan.connections:
        first: dict[str, list[_Part]] = {letter: [] for letter in letters}
        again: dict[str, list[_Part]] = {letter: [] for letter in letters}
        for population in range(populations):
            last = population == populations - 1
            count = size.caregivers + int(FASTEST * plan.seconds) * last
            with ExitStack() as stack:
                benches: dict[str, _Bench] = {}
                for letter in letters:
                    port = free_port()
                    launch = contestants.launch(letter, port, size)
                    server = stack.enter_context(ServerProcess(launch, port, pinning.server, log))
                    benches[letter] = _Bench(letter, size, server, Traffic(size, port, count))
                for bench in benches.values():
                    bench.server.wait_ready()  # before any run: a server that starts slows one that is measured
                for letter, bench in benches.items():
                    bench.run(pinning, connections, int(WARM_UP * size.caregivers), 600)
                    first[letter].append(bench.run(pinning, connections, size.caregivers, 600))
                for _ in range(SLICES * last):
                    for letter, bench in benches.items():
                        again[letter].append(bench.run(pinning, connections, count, plan.seconds / SLICES))
        for mix, parts in (("first", first), ("again", again)):
            for letter, some in parts.items():
                yield _run(mix, letter, pinning, size, connections, some)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one turn of one contestant came to; seconds."""

    load: Load
    wrong: int
    example: str
    statuses: dict[str, int]
    server_s: float
    others: float


@dataclass(slots=True)
class _Bench:
    """One running server with its traffic, and how much of that is used up."""

    letter: str
    size: Size
    server: ServerProcess
    traffic: Traffic
    sent: int = 0

    def run(self, pinning: Pinning, connections: int, until: int, seconds: float) -> _Part:
        """Send what comes before request number `until`, for so many seconds at most."""
        one_winner, requests = must_have_one_winner(self.letter), self.traffic.requests[:until]
        with kept_on(pinning.generator):
            generator = LoadGenerator(self.server.port, connections)
            try:
                server_before, machine_before = footprint(self.server.pid).cpu_s, machine_cpu_s()
                began, own_before = time.monotonic(), time.process_time()
                load = generator.run(requests, self.sent, seconds)
                own_s, took_s = time.process_time() - own_before, time.monotonic() - began
                server_s = footprint(self.server.pid).cpu_s - server_before
                others_s = machine_cpu_s() - machine_before - server_s - own_s
            finally:
                generator.close()
        self.sent += len(load.answers)
        verdict = self.traffic.judge(load.answers, one_winner=one_winner)
        everybody = self.sent >= self.size.caregivers
        unclaimed = self.traffic.unclaimed(load.answers) if one_winner and everybody else 0
        return _Part(
            load=load,
            wrong=verdict.wrong + unclaimed,
            example=verdict.example or (f"{unclaimed} shifts without a winner" if unclaimed else ""),
            statuses=verdict.statuses,
            server_s=server_s,
            others=max(0.0, others_s / max(took_s, 1e-9) / len(Pinning.free().server)),
        )


def _run(
    mix: str, letter: str, pinning: Pinning, size: Size, connections: int, parts: Sequence[_Part]
) -> Run:
    answers = [answer for part in parts for answer in part.load.answers]
    window = sum(part.load.window_s for part in parts)
    together = Load(tuple(answers), window, sum(part.load.own_cpu_s for part in parts))
    statuses: Counter[str] = Counter()
    for part in parts:
        statuses.update(part.statuses)
    return Run(
        mix=mix,
        letter=letter,
        pinning=pinning.name,
        size=str(size),
        connections=connections,
        rate=together.rate,
        p50_ms=together.latency_ms(0.5),
        p99_ms=together.latency_ms(0.99),
        server_us=1e6 * sum(part.server_s for part in parts) / max(1, len(answers)),
        generator_busy=together.busy,
        others_busy=max(part.others for part in parts),
        wrong=sum(part.wrong for part in parts),
        statuses=dict(statuses),
        example=next((part.example for part in parts if part.example), ""),
    )
