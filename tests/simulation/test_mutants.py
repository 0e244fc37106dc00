"""Deliberate breakages of the code: the simulator must find each, by the very rule that it violates."""

import pytest

from evidence.mutants.breaking import Mutant
from evidence.mutants.mutants import MUTANTS
from simulation.script import write
from simulation.violation import Rule
from simulation.world import play

pytestmark = pytest.mark.no_cover

STORIES = range(1, 11)
DAYS = 15


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.__name__)
def test_a_deliberate_breakage_is_found_by_the_rule_it_violates(mutant: Mutant) -> None:
    with mutant():
        assert any(play(write(seed, DAYS), [mutant.rule]).violation for seed in STORIES)


def test_each_rule_has_a_breakage_that_shows_that_it_can_fail() -> None:
    assert {one.rule for one in MUTANTS} == set(Rule)


def test_all_rules_together_find_a_breakage_too() -> None:
    for mutant in MUTANTS[:2]:
        with mutant():
            assert any(play(write(seed, DAYS)).violation for seed in STORIES)
