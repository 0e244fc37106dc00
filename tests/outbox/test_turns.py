"""Row 32: shifts take turns."""

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.outbox.plan import Room
from firstyes.actors.records import Delivery
from support.outbox_world import OutboxWorld
from support.phones import phones
from support.stepped_outbox import SteppedOutbox
from support.world import a_world

CROWD = phones(200)
FEW = phones(3, start=200)
OTHERS = phones(40, start=300)


def next_phones(outbox: SteppedOutbox, world: OutboxWorld, number: int) -> list[str]:
    """Send so many, one at a time, a second each."""
    told = []
    for _ in range(number):
        for job in outbox.advance(Room(answers=0, others=1)):
            told.append(job.row.to_phone)
            outbox.hand_over(job)
        world.clock.advance(1)
    return told


def test_row_32_one_offer_of_another_shift_leaves_within_seconds_though_two_hundred_wait(
    world: OutboxWorld,
) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", CROWD)
    assert next_phones(outbox, world, 20) == CROWD[:20]
    # when
    world.offer("s2", FEW[:1])
    # then
    assert FEW[0] in next_phones(outbox, world, 2)


def test_row_32_a_second_crowd_does_not_hold_up_the_first(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", CROWD)
    next_phones(outbox, world, 50)
    # when
    world.offer("s2", OTHERS)
    world.offer("s3", FEW)
    told = next_phones(outbox, world, 30)
    # then
    assert [sum(one in crowd for one in told) for crowd in (FEW, OTHERS, CROWD)] == [3, 13, 14]


def test_row_32_a_single_shift_keeps_its_order(world: OutboxWorld) -> None:
    carrier = Simulator(world.clock)
    world.offer("s1", OTHERS)
    assert next_phones(SteppedOutbox(world, carrier), world, 40) == OTHERS


def test_row_32_what_a_busy_carrier_refuses_keeps_its_turn() -> None:
    with a_world() as world:
        # given
        carrier = world.desk.carrier
        assert isinstance(carrier, Simulator)
        world.caregivers(*(f"rn{number}" for number in range(60)))
        world.caregivers("lpn", role="LPN")
        carrier.faults = FaultPlan(rate=1.0)
        world.offered("crowded")
        for _ in range(10):
            world.later(1)
        # when
        world.offered("other", role="LPN")
        for _ in range(5):
            world.later(1)
        # then
        assert len(carrier.phone(world.phones["lpn"]).texts) == 1
        assert world.offer("lpn", "other").delivery is Delivery.SENT
