"""A carrier that takes nothing for now: the lane slows down, and no message pays for it."""

from datetime import timedelta

import pytest

from firstyes.actors.brake import AT_FULL_SPEED, FIRST_HOLD, LONGEST_HOLD, Brake
from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.records import Delivery
from support.outbox_worlds import START, MemoryWorld, World
from support.phones import phones
from support.stepped_outbox import outbox_of, send_all


def later(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_a_brake_that_was_never_needed_limits_nothing() -> None:
    brake = Brake()
    brake.taken(START)
    assert not brake.holds(START)
    assert brake.limit(START, 500, 500) == 500


@pytest.mark.fault(7)
def test_after_a_refusal_nothing_is_sent_for_a_while_and_then_one_message() -> None:
    brake = Brake()
    brake.refused(START)
    assert brake.limit(START, 500, 0) == 0
    assert brake.limit(START + later(FIRST_HOLD), 500, 0) == 1
    assert brake.limit(START + later(FIRST_HOLD), 500, 1) == 0


@pytest.mark.fault(8)
def test_each_further_refusal_holds_for_longer_up_to_half_a_minute() -> None:
    # given
    brake, at, holds = Brake(), START, []
    # when
    for _ in range(30):
        brake.refused(at)
        began = at
        while brake.holds(at):
            at += later(0.05)
        holds.append((at - began).total_seconds())
    # then
    assert holds[:4] == pytest.approx([0.1, 0.2, 0.4, 0.8], abs=0.06)
    assert holds[-1] == pytest.approx(LONGEST_HOLD, abs=0.06)


def test_refusals_that_come_in_while_it_holds_count_for_nothing() -> None:
    brake = Brake()
    for _ in range(16):
        brake.refused(START)
    assert not brake.holds(START + later(FIRST_HOLD))


def test_each_message_that_is_taken_lets_more_follow_until_the_brake_is_off() -> None:
    # given
    brake, at = Brake(), START + later(1)
    brake.refused(START)
    # when
    limits = []
    for _ in range(12):
        limits.append(brake.limit(at, 10 * AT_FULL_SPEED, 0))
        brake.taken(at)
    # then
    assert limits[:4] == [1, 2, 4, 8]
    assert limits[-1] == 10 * AT_FULL_SPEED


def test_what_was_taken_before_the_refusal_does_not_end_the_hold() -> None:
    brake = Brake()
    brake.refused(START)
    brake.taken(START)
    assert brake.holds(START)
    assert brake.limit(START + later(1), 10, 0) == 1


@pytest.mark.fault(7)
@pytest.mark.fault(46)
def test_a_carrier_with_a_low_rate_gets_everything_in_the_end_and_nothing_is_given_up(world: World) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(rate=20))
    outbox = outbox_of(world, carrier)
    world.offer("s1", phones(300))
    # when
    began = world.clock.now()
    while world.count(Delivery.SENT) < 300 and world.clock.now() - began < later(60):
        send_all(outbox, carrier, world)
        world.clock.advance(0.25)
    # then
    assert world.count(Delivery.SENT) == 300
    assert world.clock.now() - began < later(25)


@pytest.mark.fault(8)
def test_an_outage_of_an_hour_costs_no_message() -> None:
    # given
    world = MemoryWorld()
    carrier = Simulator(world.clock, faults=FaultPlan(down=True))
    outbox = outbox_of(world, carrier)
    world.offer("s1", phones(200))
    # when
    for _ in range(4 * 3_600):
        send_all(outbox, carrier, world)
        world.clock.advance(0.25)
    attempts = sum(row.out.attempt for row in world.memory.rows.values())
    carrier.faults = FaultPlan()
    for _ in range(4 * 60):
        send_all(outbox, carrier, world)
        world.clock.advance(0.25)
    # then
    assert world.count(Delivery.SENT) == 200
    assert attempts < 400


@pytest.mark.fault(8)
def test_while_the_carrier_takes_nothing_there_is_nothing_to_wait_for(world: World) -> None:
    carrier = Simulator(world.clock, faults=FaultPlan(down=True))
    outbox = outbox_of(world, carrier)
    world.offer("s1", phones(3))
    send_all(outbox, carrier, world)
    assert outbox.is_quiet(world.clock.now())
    world.clock.advance(LONGEST_HOLD)
    assert not outbox.is_quiet(world.clock.now())
