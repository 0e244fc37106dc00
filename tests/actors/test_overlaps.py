"""Who has another shift at that time is offered nothing, and is asked once they are free."""

from collections.abc import Callable

import pytest

from firstyes.actors.carriers.fault_plan import NO_FAULTS, FaultPlan
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.desk.desk import ShiftDesk
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.alert import AlertKind
from firstyes.domain.answer import Answer, Status
from support.world import FIVE_AM, World, a_world


def takes(world: World, name: str, shift_id: str) -> bool:
    answer = world.says(name, f"YES {world.code(name, shift_id)}")
    world.desk.settle()
    return answer.status is Status.SUCCESS


def channels(world: World, name: str, shift_id: str) -> list[str]:
    """Read how somebody was offered a shift."""
    return [
        one.channel
        for one in world.sent(name)
        if (one.shift_id, one.purpose, one.state) == (shift_id, "offer", "sent")
    ]


def test_who_took_an_overlapping_shift_is_not_called_for_the_other(world: World) -> None:
    # given
    world.asked("Alma", "Ben", shift_id="A")
    world.offered("B", hours=4)
    # when
    assert takes(world, "Alma", "A")
    world.later(600)
    # then
    assert channels(world, "Alma", "B") == ["sms"]
    assert channels(world, "Ben", "B") == ["sms", "voice"]


def test_who_was_assigned_an_overlapping_shift_is_not_called_for_the_other(world: World) -> None:
    world.asked("Alma", "Ben", shift_id="A")
    world.shift("B")
    world.desk.assign("B", "Alma")
    world.later(600)
    assert channels(world, "Alma", "A") == ["sms"]


def test_where_nobody_else_is_left_the_coordinator_is_told_at_the_end_of_the_round(world: World) -> None:
    # given
    world.asked("Alma", shift_id="A")
    world.offered("B")
    # when
    assert takes(world, "Alma", "A")
    world.later(600)
    # then
    assert world.alerts() == [AlertKind.NOBODY_REACHABLE]


def test_a_text_that_waits_to_be_tried_again_does_not_go_out_once_they_have_another_shift() -> None:
    carrier = Simulator(ManualClock(FIVE_AM))
    with a_world(carrier=carrier) as world:
        # given
        world.asked("Alma", "Ben", shift_id="A")
        carrier.faults = FaultPlan(refuse=1.0)
        world.offered("B")
        # when
        assert takes(world, "Alma", "A")
        carrier.faults = NO_FAULTS
        world.later(60)
        # then
        assert channels(world, "Alma", "B") == []
        assert channels(world, "Ben", "B") == ["sms"]


@pytest.mark.parametrize(
    "freed", [lambda desk: desk.cancel("A", confirm=True), lambda desk: desk.release("A")]
)
def test_who_is_free_again_is_offered_what_is_being_offered(
    world: World, freed: Callable[[ShiftDesk], Answer]
) -> None:
    # given
    world.caregivers("Alma", "Ben")
    world.shift("A")
    world.desk.assign("A", "Alma")
    world.offered("B")
    assert channels(world, "Alma", "B") == []
    # when
    freed(world.desk)
    # then
    assert channels(world, "Alma", "B") == ["sms"]


def test_who_is_free_again_while_phones_ring_is_called(world: World) -> None:
    # given
    world.asked("Alma", "Ben", shift_id="A")
    world.offered("B")
    assert takes(world, "Alma", "A")
    world.later(600)
    # when
    world.desk.cancel("A", confirm=True)
    # then
    assert channels(world, "Alma", "B") == ["sms", "voice"]
