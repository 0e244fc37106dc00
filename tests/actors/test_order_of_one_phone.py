"""What one phone says is decided in its order, each on what came before, however close together it comes."""

from collections.abc import Callable

import pytest

from firstyes.actors.runtime.envelope import Envelope
from firstyes.actors.tasks import Write
from firstyes.domain.answer import Refusal, Status
from firstyes.domain.caregiver import Caregiver
from support.patience import PATIENCE
from support.world import LAKESIDE, World


@pytest.fixture
def offered(world: World) -> World:
    world.caregivers("Ana", "Ben")
    world.offered("early")
    world.offered("late", starts_in=26)
    return world


def together(world: World, *said: Callable[[], str], who: str = "Ana") -> list[Status]:
    """Have somebody text us, one text at once after the other: the loop finds all of them waiting."""
    bodies = [body() for body in said]
    with world.busy():
        promises = [world.sends(who, body) for body in bodies]
    return [one.wait(PATIENCE).status for one in promises]


def test_a_yes_right_behind_a_stop_opts_in_and_takes_nothing(offered: World) -> None:
    together(offered, lambda: "STOP", lambda: f"YES {offered.code('Ana', 'early')}")
    offered.desk.settle()
    assert offered.record("early").claimed_by is None
    assert offered.purposes("Ana")[-2:] == ["opt_out", "opt_in"]


def test_a_bare_yes_right_behind_a_question_answers_it(offered: World) -> None:
    """The question names both, so that a bare yes is asked about again and takes neither."""
    answers = together(offered, lambda: "yes", lambda: "yes", lambda: f"{offered.code('Ana', 'late')}")
    offered.desk.settle()
    assert answers == [Status.CLARIFY, Status.CLARIFY, Status.SUCCESS]
    assert (offered.record("early").claimed_by, offered.record("late").claimed_by) == (None, "Ana")


def test_a_second_yes_to_an_offer_that_is_gone_does_not_take_what_the_first_one_is_told_of(
    world: World,
) -> None:
    world.caregivers("Ana", "Ben")
    world.offered("late", starts_in=26)
    world.offered("early")
    world.says("Ben", f"YES {world.code('Ben', 'early')}")
    answers = together(world, lambda: "ok", lambda: "yes")
    assert answers == [Status.ALREADY_CLAIMED, Status.CLARIFY]
    assert world.record("late").claimed_by is None


def test_a_yes_from_a_phone_that_is_theirs_no_more_since_just_before_takes_nothing(offered: World) -> None:
    code, now = offered.code("Ana", "early"), offered.clock.now()
    person = Caregiver(id="Ana", organization_id=LAKESIDE, name="Ana", roles=("RN",), phone="+13125550777")
    with offered.busy():
        offered.desk._working.post(
            Envelope(Write(lambda transaction: transaction.put_caregivers([person], now, "coordinator")))
        )
        said = offered.sends("Ana", f"YES {code}")
    assert said.wait(PATIENCE).refusal is Refusal.UNKNOWN
    assert offered.record("early").claimed_by is None


def test_others_are_decided_as_they_came_in(offered: World) -> None:
    code_of_ana, code_of_ben = (offered.code(who, "early") for who in ("Ana", "Ben"))
    with offered.busy():
        first = offered.sends("Ana", f"YES {code_of_ana}")
        second = offered.sends("Ben", f"YES {code_of_ben}")
    assert [one.wait(PATIENCE).status for one in (first, second)] == [Status.SUCCESS, Status.ALREADY_CLAIMED]
