import pytest

from firstyes.actors.carriers.simulator import Simulator
from support.patience import PATIENCE
from support.world import World

BOTH_WAYS = pytest.mark.parametrize(("called", "other"), [("early", "late"), ("late", "early")])


def press(key: str, world: World, called: str, other: str) -> None:
    """Offer Ana two shifts, and have her press a key, without a word of which, when her phone rings for the first."""
    phones = world.desk.carrier
    assert isinstance(phones, Simulator)
    world.offered(called, starts_in=4)
    world.later(300)
    world.offered(other, starts_in=20)
    phones.phone(world.phones["Ana"]).presses(key)
    world.later(300)
    assert phones.settle(timeout=PATIENCE)


@BOTH_WAYS
def test_a_key_pressed_in_a_call_takes_the_shift_of_that_call(world: World, called: str, other: str) -> None:
    world.caregivers("Ana")
    press("1", world, called, other)
    assert world.record(called).claimed_by == "Ana"
    assert world.record(other).status == "offering"


@BOTH_WAYS
def test_the_other_key_passes_on_the_shift_of_that_call_only(world: World, called: str, other: str) -> None:
    world.caregivers("Ana", "Ben")
    press("2", world, called, other)
    assert world.offer("Ana", called).answer == "declined"
    assert world.offer("Ana", other).answer is None
