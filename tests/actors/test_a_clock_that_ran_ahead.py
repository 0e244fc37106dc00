"""Row 70 of the field cases by kind: nothing waits for an instant that was set by a clock which ran ahead."""

from datetime import timedelta

import pytest

from firstyes.actors.carriers.fault_plan import NO_FAULTS, FaultPlan
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.answer import Outcome, Status
from support.world import FIVE_AM, HOUR, World, a_world

DAY = 24 * HOUR


@pytest.mark.parametrize(
    "faults",
    [FaultPlan(down=True), FaultPlan(refuse=1.0), FaultPlan(lose_before=1.0)],
    ids=["throttled", "failed", "unknown"],
)
def test_row_70_a_text_that_failed_by_the_wrong_clock_goes_out_by_the_right_one(faults: FaultPlan) -> None:
    carrier = Simulator(ManualClock(FIVE_AM))
    with a_world(carrier=carrier) as world:
        world.asked("Ana", starts_in=48)
        world.later(DAY)
        carrier.faults = faults
        world.says("Ana", "yes")
        world.desk.settle()
        assert "confirmation" not in world.purposes("Ana")

        carrier.faults = NO_FAULTS
        world.later(-DAY)
        world.later(60)

        assert "confirmation" in world.purposes("Ana")


def test_row_70_what_was_planned_by_the_wrong_clock_goes_out_after_a_restart(tmp_path) -> None:
    store, carrier = f"sqlite:///{tmp_path / 'a.db'}", Simulator(ManualClock(FIVE_AM))
    with a_world(store, at=FIVE_AM + timedelta(days=1), carrier=carrier) as world:
        world.asked("Ana", starts_in=48)
        carrier.faults = FaultPlan(refuse=1.0)
        world.says("Ana", "yes")
        world.desk.settle()
        phones = world.phones
    carrier.faults = NO_FAULTS

    with a_world(store, carrier=carrier) as world:
        world.phones = phones
        world.desk.settle()
        assert "confirmation" in world.purposes("Ana")


def test_row_70_a_yes_to_an_offer_that_was_made_by_the_wrong_clock_counts(world: World) -> None:
    world.caregivers("Ana", "Ben")
    world.later(DAY)
    world.offered(starts_in=24)
    world.says("Ana", "no")
    world.later(-DAY)

    assert world.says("Ana", f"yes {world.code('Ana')}").status is Status.SUCCESS


def test_row_70_a_fan_out_that_the_wrong_clock_began_goes_on_by_the_right_one(world: World) -> None:
    world.caregivers("Ana")
    world.later(DAY)
    world.offered(starts_in=24)
    world.later(-DAY)

    assert world.desk.fan_out("early").outcome is Outcome.ALREADY_INITIATED
    assert world.record().next_deadline == world.clock.now() + timedelta(minutes=10)
    world.later(600)
    assert world.record().round == 1
