"""A carrier that takes nothing for now: its outbox slows down, and no message pays for it."""

from datetime import timedelta

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.outbox.backoff import AT_FULL_SPEED, LONGEST_HOLD, Backoff
from firstyes.actors.records import Delivery
from support.outbox_world import START, OutboxWorld
from support.phones import phones
from support.stepped_outbox import SteppedOutbox


def later(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


@pytest.mark.fault(8)
def test_each_further_refusal_holds_for_longer_up_to_half_a_minute() -> None:
    # given
    backoff, at, holds = Backoff(), START, []
    # when
    for _ in range(30):
        backoff.refused(at)
        began = at
        while backoff.holds(at):
            at += later(0.05)
        holds.append((at - began).total_seconds())
    # then
    assert holds[:4] == pytest.approx([0.1, 0.2, 0.4, 0.8], abs=0.06)
    assert holds[-1] == pytest.approx(LONGEST_HOLD, abs=0.06)


def test_each_message_that_is_taken_lets_more_follow_until_the_backoff_is_off() -> None:
    # given
    backoff, at = Backoff(), START + later(1)
    backoff.refused(START)
    # when
    limits = []
    for _ in range(12):
        limits.append(backoff.limit(at, 10 * AT_FULL_SPEED, 0))
        backoff.taken(at)
    # then
    assert limits[:4] == [1, 2, 4, 8]
    assert limits[-1] == 10 * AT_FULL_SPEED


@pytest.mark.fault(7)
@pytest.mark.fault(46)
def test_a_carrier_with_a_low_rate_gets_everything_in_the_end_and_nothing_is_given_up(
    world: OutboxWorld,
) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(rate=20))
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", phones(300))
    # when
    began = world.clock.now()
    while world.count(Delivery.SENT) < 300 and world.clock.now() - began < later(60):
        outbox.keep_sending(1, every=0.25)
    # then
    assert world.count(Delivery.SENT) == 300
    assert world.clock.now() - began < later(25)


@pytest.mark.fault(8)
def test_an_outage_of_an_hour_costs_no_message(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(down=True))
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", phones(200))
    # when
    outbox.keep_sending(3_600, every=1)
    (attempts,) = world.real.one("SELECT sum(attempt) FROM outbox")
    carrier.faults = FaultPlan()
    outbox.keep_sending(4 * 60, every=0.25)
    # then
    assert world.count(Delivery.SENT) == 200
    assert attempts < 400


@pytest.mark.fault(8)
def test_while_the_carrier_takes_nothing_there_is_nothing_to_wait_for(world: OutboxWorld) -> None:
    carrier = Simulator(world.clock, faults=FaultPlan(down=True))
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", phones(3))
    outbox.send_all()
    assert outbox.quiet
    world.clock.advance(LONGEST_HOLD)
    assert not outbox.quiet
