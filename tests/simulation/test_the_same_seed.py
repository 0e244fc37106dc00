"""The same seed gives the same story, to the last row of the journal, in every process."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from simulation.outcome import Outcome
from simulation.script import write
from simulation.world import play
from support.patience import PATIENCE

PLAY = (
    "from simulation.script import write; from simulation.world import play; print(play(write(7, 1)).journal)"
)


@cache
def played() -> Outcome:
    return play(write(7, 1))


def test_the_same_seed_leaves_the_same_journal() -> None:
    again = play(write(7, 1))
    assert write(7, 1) == write(7, 1)
    assert again.journal == played().journal
    assert (again.counts, again.simulated) == (played().counts, played().simulated)


def test_another_seed_leaves_another_journal() -> None:
    assert play(write(8, 1)).journal != played().journal


def test_how_a_process_orders_its_sets_changes_nothing() -> None:
    # This process orders them by chance, too.
    other = subprocess.run(
        [sys.executable, "-c", PLAY],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        check=True,
        text=True,
        timeout=PATIENCE,
    ).stdout.strip()
    assert other == played().journal
    assert len(other) == 16
