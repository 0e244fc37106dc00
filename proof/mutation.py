"""Does the simulator find anything? It is set on each deliberate breakage of `mutants.py`, and must."""

from concurrent.futures import ProcessPoolExecutor, as_completed

from firstyes.simulation.script import write
from firstyes.simulation.world import play

from .mutants import MUTANTS
from .part import Finding, Part, Progress
from .spawned import spawning

PROCESSES = 2
SEEDS = 4
DAYS = 15
"""Each breakage gets so many stories, of so many days."""


def run(share: float, progress: Progress) -> Finding:
    """Break the code in that share of the ways there are, at least one, and look whether the simulator notices."""
    names = [one.__name__ for one in MUTANTS][: max(1, round(len(MUTANTS) * share))]
    found: dict[str, str | None] = {}
    with ProcessPoolExecutor(PROCESSES, mp_context=spawning()) as pool:
        for one in as_completed([pool.submit(_look, name) for name in names]):
            name, rule = one.result()
            found[name] = rule
            progress(len(found) / len(names))
    missed = [name for name in names if found[name] is None]
    summary = f"{len(names) - len(missed)} of {len(names)} deliberate breakages are found"
    return Finding(not missed, summary, tuple(f"{name} was not found in {SEEDS} stories" for name in missed))


def _look(name: str) -> tuple[str, str | None]:
    """Give the rule by which a breakage was found, None when it was not."""
    mutant = next(one for one in MUTANTS if one.__name__ == name)
    with mutant():
        for seed in range(1, SEEDS + 1):
            violation = play(write(seed, DAYS)).violation
            if violation is not None:
                return name, str(violation.rule)
    return name, None


PART = Part("mutation", "The code is broken on purpose, and the simulator must find every breakage.", 60, run)
