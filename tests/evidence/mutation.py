"""Does the simulator find anything? It is set on each deliberate breakage of `mutants.py`, and must."""

from concurrent.futures import ProcessPoolExecutor, as_completed

from simulation.script import write
from simulation.world import play

from .mutants.mutants import MUTANTS
from .mutants.stories import DAYS, SEEDS
from .part import Finding, Part, Progress
from .spawned import spawning

PROCESSES = 2


def run(share: float, progress: Progress) -> Finding:
    """Break the code in that share of the ways there are, at least one, and look whether the rule it violates tells."""
    names = [one.__name__ for one in MUTANTS][: max(1, round(len(MUTANTS) * share))]
    found: dict[str, bool] = {}
    with ProcessPoolExecutor(PROCESSES, mp_context=spawning()) as pool:
        for one in as_completed([pool.submit(_look, name) for name in names]):
            name, is_found = one.result()
            found[name] = is_found
            progress(len(found) / len(names))
    missed = [name for name in names if not found[name]]
    summary = (
        f"{len(names) - len(missed)} of {len(names)} deliberate breakages are found by the rule they violate"
    )
    return Finding(
        not missed, summary, tuple(f"{name} was not found in {len(SEEDS)} stories" for name in missed)
    )


def _look(name: str) -> tuple[str, bool]:
    mutant = next(one for one in MUTANTS if one.__name__ == name)
    with mutant():
        return name, any(play(write(seed, DAYS), [mutant.rule]).violation for seed in SEEDS)


PART = Part(
    "mutation", "The code is broken on purpose, and the simulator must find every breakage.", 120, run
)
