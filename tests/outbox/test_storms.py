"""Everything at once, many times: refusals, lost messages, lost answers, crashes, and a shift that is filled midway."""

from random import Random

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.journal.port import CommitUnknown, JournalUnavailable
from firstyes.actors.outbox.plan import Room
from firstyes.actors.records import Delivery
from support.outbox_world import OutboxWorld
from support.phones import phones
from support.stepped_outbox import SteppedOutbox

ENDED = {Delivery.SENT, Delivery.FAILED, Delivery.DROPPED}


@pytest.mark.fault(1)
@pytest.mark.fault(2)
@pytest.mark.fault(5)
@pytest.mark.fault(6)
@pytest.mark.parametrize("seed", range(40))
def test_nobody_is_texted_twice_and_every_message_comes_to_an_end(world: OutboxWorld, seed: int) -> None:
    # given
    random = Random(seed)
    faults = FaultPlan(seed, refuse=0.3, lose_before=0.2, lose_after=0.2)
    carrier = Simulator(world.clock, faults=faults)
    everybody = phones(30)
    world.offer("s1", everybody[:15])
    world.offer("s2", everybody[15:])
    # when
    outbox = SteppedOutbox(world, carrier)
    for step in range(400):
        world.breakable.broken = random.random() < 0.1
        world.breakable.late = random.random() < 0.1
        try:
            jobs = outbox.advance(Room(random.randrange(4), random.randrange(8)))
        except (JournalUnavailable, CommitUnknown):
            jobs = []
        world.breakable.broken = world.breakable.late = False
        for job in random.sample(jobs, random.randint(0, len(jobs)) if random.random() < 0.2 else len(jobs)):
            outbox.hand_over(job)
        if step == 20:
            world.fill("s1", everybody[0])
        if random.random() < 0.1 or outbox.others_on_the_way or outbox.answers_on_the_way:
            outbox = SteppedOutbox(world, carrier)
        world.clock.advance(random.random() * 60)
    # then
    assert carrier.repeats == 0
    assert max(len(carrier.phone(one).texts) for one in everybody[1:]) <= 1
    ends = world.real.all("SELECT state, carrier_id FROM outbox")
    assert {state for state, _ in ends} <= ENDED
    assert all(carrier_id for state, carrier_id in ends if state == Delivery.SENT)
