"""A write whose caller had given up waiting, and which was committed all the same."""

import pytest

from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.journal.port import JournalUnavailable
from firstyes.actors.records import Delivery
from support.outbox_worlds import MemoryWorld
from support.phones import phones
from support.stepped_outbox import PLENTY, outbox_of, send_all

(ANN,) = phones(1)


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
