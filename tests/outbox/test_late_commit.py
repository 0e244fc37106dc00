"""A journal that fails at the worst moment: between a commit and the news of it, or halfway through the work."""

import pytest

from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.hand_over import hand_over
from firstyes.actors.journal.port import JournalUnavailable
from firstyes.actors.outbox import Room
from firstyes.actors.records import Delivery
from support.outbox_worlds import MemoryWorld
from support.phones import phones
from support.stepped_outbox import PLENTY, outbox_of, send_all

ANN, *OTHERS = phones(20)


@pytest.mark.fault(41)
def test_a_message_that_was_marked_too_late_is_neither_lost_nor_sent_twice() -> None:
    # given
    world = MemoryWorld()
    carrier = Simulator(world.clock)
    outbox = outbox_of(world, carrier)
    world.offer("s1", [ANN])
    world.memory.late_commit = True
    with pytest.raises(JournalUnavailable):
        outbox.advance(world.clock.now(), PLENTY)
    assert world.delivery(ANN) is Delivery.SENDING
    assert not outbox.is_quiet(world.clock.now())
    # when
    send_all(outbox, carrier, world)
    # then
    assert world.delivery(ANN) is Delivery.SENT
    assert (len(carrier.phone(ANN).texts), carrier.repeats) == (1, 0)


@pytest.mark.fault(38)
def test_what_was_marked_before_the_journal_failed_is_sent_all_the_same() -> None:
    # given
    world = MemoryWorld()
    carrier = Simulator(world.clock)
    outbox = outbox_of(world, carrier)
    world.offer("s1", [ANN, *OTHERS])
    world.decline("s1", ANN)
    # when
    world.memory.breaks_after = 1
    jobs = outbox.advance(world.clock.now(), Room(answers=0, others=5))
    assert world.memory.broken
    world.mend_journal()
    for job in jobs:
        outbox.note(hand_over(carrier, job), world.clock.now())
    send_all(outbox, carrier, world)
    # then
    assert len(jobs) == 4
    assert (world.count(Delivery.DROPPED), world.count(Delivery.SENT)) == (1, 19)
    assert carrier.repeats == 0
