"""What the carrier is asked about a message of which nobody knows whether it was sent, and what that leads to."""

from dataclasses import replace

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.simulator import SIMULATOR, Simulator
from firstyes.actors.outbox.hand_over import Errand
from firstyes.actors.records import Delivery
from firstyes.domain.message import Purpose
from firstyes.domain.organization import Organization, OwnNumber
from support.outbox_world import NORTH, START, OutboxWorld
from support.phones import phones
from support.stepped_outbox import NONE, SteppedOutbox

[ANN] = phones(1)
HELP = Purpose.HELP


def test_after_a_restart_the_carrier_is_asked_by_the_number_that_sent_it(world: OutboxWorld) -> None:
    # given
    world.offer("s1", [ANN])
    carrier = Simulator(world.clock)
    [sent] = SteppedOutbox(world, carrier).advance()
    for numbers in ((OwnNumber(number="+13125550009"),), ()):
        with world.real.transaction() as transaction:
            transaction.put_organization(
                Organization(id=NORTH, name="North", phones=numbers), START, "coordinator"
            )
        # when
        outbox = SteppedOutbox(world, carrier)
        world.clock.advance(60)
        [asked] = outbox.advance()
        # then
        assert asked.errand is Errand.LOOK_UP
        assert asked.outbound.from_phone == sent.outbound.from_phone == "+13125550000"


@pytest.mark.parametrize(
    ("lost", "then"),
    [(FaultPlan(lose_before=1.0), Delivery.FAILED), (FaultPlan(lose_after=1.0), Delivery.SENT)],
    ids=["before", "after"],
)
def test_what_was_given_up_is_never_sent_again_but_may_turn_out_to_have_been_sent(
    world: OutboxWorld, lost: FaultPlan, then: Delivery
) -> None:
    # given
    carrier = Simulator(world.clock, faults=lost)
    world.answer(ANN)
    outbox = SteppedOutbox(world, carrier)
    [job] = outbox.advance()
    outbox.hand_over(job)
    carrier.faults = FaultPlan(down=True)
    outbox.keep_sending(300, every=60)
    assert world.delivery(ANN, HELP) is Delivery.UNKNOWN
    # when: a start that asks in vain, and one that does not
    SteppedOutbox(world, carrier).keep_sending(2, every=60)
    carrier.faults = FaultPlan()
    SteppedOutbox(world, carrier).keep_sending(5, every=60)
    # then
    assert (world.delivery(ANN, HELP), carrier.repeats) == (then, 0)
    assert len(carrier.phone(ANN).texts) == (then is Delivery.SENT)


@pytest.mark.parametrize("asked", ["before", "after", "after a restart"])
def test_after_the_clock_was_set_back_it_is_not_known_since_when_a_carrier_may_have_a_message(
    world: OutboxWorld, asked: str
) -> None:
    # given
    world.offer("s1", [ANN])
    carrier = Simulator(
        world.clock, faults=FaultPlan(lose_after=1.0), capabilities=replace(SIMULATOR, settles_in=10.0)
    )
    outbox = SteppedOutbox(world, carrier)
    [job] = outbox.advance()
    if asked == "before":
        outbox.hand_over(job)
        outbox.advance()
    # when
    world.clock.advance(-600)
    outbox.advance(NONE)
    if asked == "after":
        outbox.hand_over(job)
        outbox.advance()
    if asked == "after a restart":
        outbox = SteppedOutbox(world, carrier)
    world.clock.advance(900)
    # then
    [look_up] = outbox.advance()
    assert (look_up.errand, look_up.outbound.since) == (Errand.LOOK_UP, None)
