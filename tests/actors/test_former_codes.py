"""A shift that is offered anew gets new codes; the old ones stay in people's phones."""

from firstyes.domain.answer import Status
from support.world import World, a_world


def offered_again(world: World) -> str:
    """Offer a shift, let Ben win and come off it; give the code that Ana was first told."""
    world.caregivers("Ana", "Ben", "Eve")
    world.offered()
    code = world.code("Ana")
    assert world.says("Ben", "yes").status is Status.SUCCESS
    assert world.desk.release("early").status is Status.SUCCESS
    world.desk.settle()
    assert world.code("Ana") != code
    return code


def test_a_yes_with_the_first_code_is_asked_while_the_shift_is_offered_anew() -> None:
    with a_world() as world:
        code = offered_again(world)
        answer = world.says("Ana", f"YES {code}")
        assert answer.status is Status.CLARIFY
        assert [one.code for one in answer.choices] == [world.code("Ana")]
        assert world.record().claimed_by is None


def test_a_yes_with_the_first_code_hears_that_the_shift_is_taken() -> None:
    with a_world() as world:
        code = offered_again(world)
        assert world.says("Eve", "yes").status is Status.SUCCESS
        assert world.says("Ana", f"YES {code}").status is Status.ALREADY_CLAIMED
