"""Simulated time: what must hold, held at every step."""

from pathlib import Path

import pytest

from firstyes.simulation.script import write
from firstyes.simulation.shrinking import shrink
from firstyes.simulation.stimulus import DAY, Kind, Story
from firstyes.simulation.world import Outcome, play
from proof.mutants import MUTANTS, overlap_not_checked, told_twice

AT_LEAST = {
    "shift_posted": 2_900,
    "fan_out_started": 2_800,
    "shift_claimed": 1_200,
    "shift_released": 50,
    "shift_cancelled": 150,
    "shift_expired": 300,
    "overlap_refused": 5,
    "opted_out": 50,
    "opted_in": 30,
    "question_asked": 100,
    "crashes": 450,
    "faults carrier": 150,
    "faults journal": 100,
    "faults clock": 20,
    "sent confirmation": 1_200,
    "sent offer": 120_000,
    "sent too_late": 500,
}
"""What a year has to hold, so that it cannot pass by doing nothing."""


@pytest.mark.timeout(600)
@pytest.mark.meets(1, 2, 4, 8, 11, 13, 16, 29, 34, 37)
def test_a_year_of_two_hundred_caregivers_breaks_no_rule() -> None:
    outcome = play(write(1, 365))
    assert outcome.violation is None
    missing = {
        name: outcome.counts.get(name, 0) for name in AT_LEAST if outcome.counts.get(name, 0) < AT_LEAST[name]
    }
    assert missing == {}


def test_the_same_seed_gives_the_same_story_to_the_last_count() -> None:
    first, second = play(write(7, 3)), play(write(7, 3))
    assert write(7, 3) == write(7, 3)
    assert first.counts == second.counts
    assert first.simulated == second.simulated


@pytest.mark.timeout(300)
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.__name__)
def test_a_deliberate_breakage_is_found(mutant) -> None:
    with mutant():
        found = any(played(seed).violation for seed in range(1, 5))
    assert found


def played(seed: int) -> Outcome:
    return play(write(seed, 15))


def test_a_story_that_fails_is_shrunk_to_what_a_person_reads() -> None:
    with told_twice():
        story = write(1, 3)
        outcome = play(story)
        assert outcome.violation
        short = shrink(story, outcome.violation.rule, outcome.simulated)
        assert play(short).violation
    assert len(short.stimuli) <= 8
    assert {Kind.POST, Kind.FAN_OUT, Kind.SAY} <= {one.kind for one in short.stimuli}
    assert play(short).violation is None


def test_a_story_is_written_and_read(tmp_path: Path) -> None:
    story = write(3, 1)
    story.write(tmp_path / "story.json")
    assert Story.read(tmp_path / "story.json") == story
    assert all(one.told() for one in story.stimuli)
    assert max(one.at for one in story.stimuli) > DAY / 2
    assert overlap_not_checked in MUTANTS
