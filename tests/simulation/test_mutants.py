"""Deliberate breakages of the code: the simulator must find each, by the very rule that it violates."""

import pytest

from evidence.mutants.breaking import Mutant
from evidence.mutants.mutants import MUTANTS
from evidence.mutants.stories import stories
from simulation.violation import Rule
from simulation.world import play


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.__name__)
def test_a_deliberate_breakage_is_found_by_the_rule_it_violates(mutant: Mutant) -> None:
    with mutant():
        assert any(play(story, [mutant.rule]).violation for story in stories(mutant))


def test_each_rule_has_a_breakage_that_shows_that_it_can_fail() -> None:
    assert {one.rule for one in MUTANTS} == set(Rule)


def test_all_rules_together_find_a_breakage_too() -> None:
    for mutant in MUTANTS[:2]:
        with mutant():
            assert any(play(story).violation for story in stories(mutant))
