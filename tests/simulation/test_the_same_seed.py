"""The same seed gives the same story, to the last row of the journal, in every process."""

import os
import subprocess
import sys

from simulation.script import write
from simulation.world import play
from support.patience import PATIENCE

DAYS = 5
PLAY = (
    "from simulation.script import write; from simulation.world import play; "
    f"print(play(write(7, {DAYS})).journal)"
)


def test_the_same_seed_leaves_the_same_journal() -> None:
    assert write(7, DAYS) == write(7, DAYS)
    first, second = play(write(7, DAYS)), play(write(7, DAYS))
    assert first.journal == second.journal
    assert (first.counts, first.simulated) == (second.counts, second.simulated)


def test_another_seed_leaves_another_journal() -> None:
    assert play(write(7, 1)).journal != play(write(8, 1)).journal


def test_how_a_process_orders_its_sets_changes_nothing() -> None:
    def played(hash_seed: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", PLAY],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
            text=True,
            timeout=PATIENCE,
        ).stdout.strip()

    first = played("1")
    assert len(first) == 16
    assert played("2") == first
