"""Everything at once, many times: refusals, lost messages, lost answers, crashes, and a shift that is filled midway."""

from random import Random

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.hand_over import hand_over
from firstyes.actors.journal.port import JournalUnavailable
from firstyes.actors.outbox import Room
from firstyes.actors.records import Delivery
from support.outbox_worlds import MemoryWorld
from support.phones import phones
from support.stepped_outbox import outbox_of

ENDED = {Delivery.SENT, Delivery.FAILED, Delivery.DROPPED}


@pytest.mark.fault(1)
@pytest.mark.fault(2)
@pytest.mark.fault(5)
@pytest.mark.fault(6)
@pytest.mark.parametrize("seed", range(40))
def test_nobody_is_texted_twice_and_every_message_comes_to_an_end(seed: int) -> None:
    # given
    random = Random(seed)
    world = MemoryWorld()
    faults = FaultPlan(seed, refuse=0.3, lose_before=0.2, lose_after=0.2)
    carrier = Simulator(world.clock, faults=faults)
    everybody = phones(30)
    world.offer("s1", everybody[:15])
    world.offer("s2", everybody[15:])
    # when
    outbox = outbox_of(world, carrier)
    for step in range(400):
        world.memory.broken = random.random() < 0.1
        world.memory.late_commit = random.random() < 0.1
        try:
            jobs = outbox.advance(world.clock.now(), Room(random.randrange(4), random.randrange(8)))
        except JournalUnavailable:
            jobs = []
        world.memory.broken = world.memory.late_commit = False
        for job in random.sample(jobs, random.randint(0, len(jobs)) if random.random() < 0.2 else len(jobs)):
            outbox.note(hand_over(carrier, job), world.clock.now())
        if step == 20:
            world.fill("s1", everybody[0])
        if random.random() < 0.1 or outbox.others_on_the_way or outbox.answers_on_the_way:
            outbox = outbox_of(world, carrier)
        world.clock.advance(random.random() * 60)
    # then
    assert carrier.repeats == 0
    assert max(len(carrier.phone(one).texts) for one in everybody[1:]) <= 1
    assert {row.delivery for row in world.memory.rows.values()} <= ENDED
    for row in world.memory.rows.values():
        if row.delivery is Delivery.SENT:
            assert row.carrier_id is not None
