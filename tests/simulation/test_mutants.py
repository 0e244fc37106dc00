"""Deliberate breakages of the code: the simulator must find each, by the very rule that it violates."""

import pytest

from firstyes.simulation.script import write
from firstyes.simulation.violation import Rule
from firstyes.simulation.world import play
from proof.breaking import Mutant
from proof.mutants import MUTANTS

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
