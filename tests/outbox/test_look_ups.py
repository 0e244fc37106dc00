"""What the carrier is asked about a message of which nobody knows whether it was sent, and what that leads to."""

from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.outbox.hand_over import Errand
from firstyes.domain.organization import Organization, OwnNumber
from support.outbox_world import NORTH, START, OutboxWorld
from support.phones import phones
from support.stepped_outbox import SteppedOutbox

[ANN] = phones(1)


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
