"""What came back to an offer, as a coordinator sees it at the shift."""

import pytest

from firstyes.domain.answer import Status
from support.world import World


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (("what does it pay?",), "question"), (("only if I can leave at 2",), "partial"),
        (("only if my sitter can",), "condition"), (("maybe",), "maybe"), (("busy till 7",), "busy"),
        (("I was told about the thing",), "unclear"), (("no",), "declined"), (("no", "what does it pay?"), "question"),
        (("STOP",), "opted_out"), (("yes", "running late"), "accepted"), (("thanks",), "unclear"), ((), None),
    ],
    ids=lambda one: " / ".join(one) if isinstance(one, tuple) else one,
)  # fmt: skip
def test_row_56_each_offer_shows_what_came_back(
    world: World, said: tuple[str, ...], answer: str | None
) -> None:
    """Row 56: not all look like silence."""
    world.asked("Ana", "Ben")
    for words in said:
        world.says("Ana", words)
        world.desk.settle()
    assert world.offer("Ana").answer == answer
    assert world.offer("Ben").answer is None


def test_row_56_a_yes_that_did_not_win_and_one_that_was_given_back(world: World) -> None:
    """Row 56."""
    world.asked("Ana", "Ben")
    assert world.says("Ben", "yes").status is Status.SUCCESS
    assert world.says("Ana", "yes").status is Status.ALREADY_CLAIMED
    assert (world.offer("Ana").answer, world.offer("Ben").answer) == ("late_yes", "accepted")
    world.desk.release("early")
    assert world.offer("Ben").answer == "gave_back"


@pytest.mark.parametrize("words", ["no", "paso de los dos", "yes"])
def test_row_56_what_was_asked_about_has_said_nothing_yet(world: World, words: str) -> None:
    """Row 56: a neighbour. A no that may mean two offers is asked about and has passed on neither."""
    world.asked("Ana", "Ben")
    world.offered("late", starts_in=26)
    assert world.says("Ana", words).status is Status.CLARIFY
    assert world.offer("Ana").answer == "unclear"
    assert not any(one.answer == "declined" for one in world.record("late").offers or ())


def test_row_56_on_a_shared_phone_each_has_their_own(world: World) -> None:
    """Row 56."""
    world.caregivers("Ana", "Ben", phone="+13125550777")
    world.offered()
    world.says("Ana", f"no {world.code('Ana')}")
    assert (world.offer("Ana").answer, world.offer("Ben").answer) == ("declined", None)
