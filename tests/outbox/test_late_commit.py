"""A journal that fails at the worst moment: between a commit and the news of it."""

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.journal.port import CommitUnknown, JournalUnavailable
from firstyes.actors.records import Delivery
from support.outbox_world import OutboxWorld
from support.phones import phones
from support.stepped_outbox import NONE, SteppedOutbox

(ANN,) = phones(1)


@pytest.mark.fault(41)
@pytest.mark.parametrize("failures", [1, 3])
def test_a_message_that_was_marked_though_nobody_knew_is_neither_lost_nor_sent_twice(
    world: OutboxWorld, failures: int
) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    world.breakable.late = True
    with pytest.raises(CommitUnknown):
        outbox.advance()
    assert world.delivery(ANN) is Delivery.SENDING
    for _ in range(failures):
        world.breakable.bug = JournalUnavailable("the disk is full")
        with pytest.raises(JournalUnavailable):
            outbox.advance()
    assert not outbox.quiet
    # when
    outbox.send_all()
    # then
    assert world.delivery(ANN) is Delivery.SENT
    assert (len(carrier.phone(ANN).texts), carrier.repeats) == (1, 0)


@pytest.mark.fault(41)
def test_a_result_that_was_recorded_though_nobody_knew_is_recorded_again_and_changes_nothing(
    world: OutboxWorld,
) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(dead_numbers=frozenset({ANN})))
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    [job] = outbox.advance()
    outbox.hand_over(job)
    world.breakable.late = True
    with pytest.raises(CommitUnknown):
        outbox.advance()
    # when
    outbox.advance(NONE)
    # then
    assert world.delivery(ANN) is Delivery.FAILED
    assert outbox.failed_rounds == [("s1", 1)]
    assert outbox.quiet
