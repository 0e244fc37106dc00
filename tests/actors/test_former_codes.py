"""A shift that is offered anew gets new codes; the old ones stay in people's phones."""

from firstyes.domain.answer import Status
from support.world import World


def offered_again(world: World) -> str:
    """Offer a shift, let Ben win and come off it; give the code that Ana was first told."""
    world.asked("Ana", "Ben", "Eve")
    code = world.code("Ana")
    assert world.says("Ben", "yes").status is Status.SUCCESS
    assert world.desk.release("early").status is Status.SUCCESS
    world.desk.settle()
    assert world.code("Ana") != code
    return code


def test_a_yes_with_the_first_code_takes_the_shift_that_is_offered_anew_on_the_same_terms(
    world: World,
) -> None:
    code = offered_again(world)
    answer = world.says("Ana", f"YES {code}")
    assert answer.status is Status.SUCCESS
    assert world.record().claimed_by == "Ana"


def test_a_yes_with_the_first_code_hears_that_the_shift_is_taken(world: World) -> None:
    code = offered_again(world)
    assert world.says("Eve", "yes").status is Status.SUCCESS
    assert world.says("Ana", f"YES {code}").status is Status.ALREADY_CLAIMED
