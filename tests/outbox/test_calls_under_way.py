"""How many calls ring or talk."""

from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.outbox.calls_under_way import CallsUnderWay
from firstyes.domain.policy import Channel
from support.outbox_world import OutboxWorld
from support.phones import phones
from support.stepped_outbox import SteppedOutbox


def test_a_call_of_which_it_is_told_after_its_end_that_it_rings_is_not_under_way(world: OutboxWorld) -> None:
    # given
    world.offer("s1", phones(1), Channel.VOICE)
    [job] = SteppedOutbox(world, Simulator(world.clock), Channel.VOICE).advance()
    calls, now = CallsUnderWay(1, lambda carrier_id: None), world.clock.now()
    calls.begun(job.row, "CA1", now)
    assert calls.room(now) == 0
    # when
    calls.over(job.row.key)
    calls.begun(job.row, "CA1", now)
    # then
    assert calls.room(now) == 1
