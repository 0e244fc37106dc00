"""Real threads: hundreds of them say yes to the same shifts at once, on the real desk, under a forced switch interval.

Each processor gets a desk of its own (a Python process runs one thread at a time), with a journal that does not wait
for the disk, the simulated carrier, and 250 threads that ask. Every other crew wants one of two shifts at the same time.
What was asked and answered, and when, is recorded, and every history goes through the checker of `linearizability.py`;
then it is compared with what the journal keeps.
"""

import faulthandler
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from ..linearizability import Said
from ..part import Finding, Part, Progress
from ..spawned import spawning
from .desk import Contests, contest

ACCEPTS = 1_000_000
DESKS = 2
STALLED = 300.0
"""Seconds without a finished round after which a desk counts as stuck; the finding is where its threads stand."""


def run(share: float, progress: Progress) -> Finding:
    """Contest that share of a million accepts, half of them on each of two desks."""
    began = monotonic()
    with TemporaryDirectory() as folder:
        desks = [_Desk(round(ACCEPTS * share / DESKS), seed, Path(folder)) for seed in range(1, DESKS + 1)]
        try:
            while not all(one.over for one in desks):
                for one in desks:
                    one.listen()
                progress(min(1.0, sum(one.done for one in desks) / max(1, round(ACCEPTS * share))))
        finally:
            for one in desks:
                one.end()
    return _finding([one.result for one in desks], monotonic() - began)


class _Desk:
    """A desk in a process of its own."""

    def __init__(self, accepts: int, seed: int, folder: Path) -> None:
        self.done, self.over, self.result = 0, False, Contests()
        self._stacks = folder / f"stacks-{seed}"
        spawn = spawning()
        self._line, far_end = spawn.Pipe(duplex=False)
        self._process = spawn.Process(target=_serve, args=(accepts, seed, self._stacks, far_end), daemon=True)
        self._process.start()
        far_end.close()

    def listen(self) -> None:
        """Take what the desk says, waiting for it at most a quarter of a second."""
        if self.over or not self._line.poll(0.25):
            return
        try:
            news = self._line.recv()
        except EOFError:
            self.over = True
            where = self._stacks.read_text() if self._stacks.exists() else ""
            self.result.wrong.append(f"A desk stopped after {self.done} accepts. Its threads:\n{where}")
            return
        if isinstance(news, Contests):
            self.result, self.over = news, True
        self.done = self.result.contested or news

    def end(self) -> None:
        """Let the process end, whether it wants to or not."""
        self._process.join(60)
        self._process.kill()
        self._process.join()
        self._line.close()


def _serve(accepts: int, seed: int, stacks: Path, line: Connection) -> None:
    with stacks.open("w") as file:

        def progress(done: int) -> None:
            faulthandler.dump_traceback_later(STALLED, exit=True, file=file)
            line.send(done)

        progress(0)
        result = contest(accepts, seed=seed, progress=progress)
        faulthandler.cancel_dump_traceback_later()
        line.send(result)


def _finding(results: list[Contests], seconds: float) -> Finding:
    total = Contests()
    for one in results:
        total.add(one)
    summary = (
        f"{total.contested:,} contested accepts on {total.shifts:,} shifts, {total.answers[Said.WON]:,} wins and "
        f"{total.answers[Said.RELEASED]:,} releases, {total.contested / seconds:,.0f} accepts/s, slowest answer "
        f"{total.slowest:.1f} s; {total.asked_back} asked back; {len(total.wrong) or 'no'} wrong"
    )
    return Finding(not total.wrong, summary, tuple(total.wrong[:20]))


PART = Part(
    "contested",
    "A million yeses race for the same shifts on real threads, and every history is checked.",
    1_200,
    run,
)
