"""The lane: what wakes it, what it sends, what it reports."""

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.port import Parcel
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.dead_letter import let_rest
from firstyes.actors.envelope import Envelope
from firstyes.actors.lane import WhenIdle, start_lane
from firstyes.actors.post import post
from firstyes.actors.records import Delivery
from firstyes.actors.reply import Reply
from firstyes.domain.policy import Channel
from support.held_carrier import HeldCarrier
from support.lanes import StartLane, grew, tick, wait_idle
from support.outbox_worlds import World
from support.patience import PATIENCE
from support.phones import phones

ANN, BEN, CAT = phones(3)


def test_what_was_planned_before_the_lane_started_is_sent(world: World, start: StartLane) -> None:
    # given
    carrier = Simulator(world.clock)
    world.offer("s1", [ANN, BEN])
    # when
    wait_idle(start(carrier))
    # then
    assert world.count(Delivery.SENT) == 2


def test_being_told_that_the_outbox_grew_is_enough(world: World, start: StartLane) -> None:
    # given
    carrier = Simulator(world.clock)
    lane = start(carrier)
    wait_idle(lane)
    # when
    world.offer("s1", [ANN])
    grew(lane)
    wait_idle(lane)
    # then
    assert len(carrier.phone(ANN).texts) == 1


def test_no_message_is_forgotten_however_the_news_of_it_races_with_the_sending(
    world: World, start: StartLane
) -> None:
    # given
    carrier = Simulator(world.clock)
    lane = start(carrier)
    # when
    for number, phone in enumerate(phones(200)):
        world.offer(f"s{number}", [phone])
        grew(lane)
    wait_idle(lane)
    # then
    assert world.count(Delivery.SENT) == 200


@pytest.mark.fault(7)
def test_a_tick_brings_back_what_was_refused_for_now(world: World, start: StartLane) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(refuse_first=1))
    world.offer("s1", [ANN])
    lane = start(carrier)
    wait_idle(lane)
    assert world.delivery(ANN) is Delivery.PLANNED
    # when
    world.clock.advance(5)
    tick(lane, world)
    wait_idle(lane)
    # then
    assert world.delivery(ANN) is Delivery.SENT


@pytest.mark.fault(38)
def test_while_the_journal_cannot_be_written_nothing_is_sent_and_the_next_tick_tries_again(
    world: World, start: StartLane
) -> None:
    # given
    carrier = Simulator(world.clock)
    lane = start(carrier)
    wait_idle(lane)
    world.offer("s1", [ANN])
    world.break_journal()
    grew(lane)
    settled: Reply[None] = Reply()
    post(lane, Envelope(WhenIdle(), settled), let_rest)
    assert world.refused.acquire(timeout=PATIENCE)
    assert carrier.phone(ANN).texts == []
    # when
    world.mend_journal()
    tick(lane, world)
    settled.wait(PATIENCE)
    # then
    assert world.delivery(ANN) is Delivery.SENT
    assert carrier.repeats == 0


def test_a_round_that_reached_nobody_is_reported(
    world: World, start: StartLane, failed_rounds: list[tuple[str, int]]
) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(dead_numbers=frozenset({ANN, BEN})))
    world.offer("s1", [ANN, BEN])
    world.offer("s2", [ANN, CAT])
    # when
    wait_idle(start(carrier))
    # then
    assert failed_rounds == [("s1", 1)]


@pytest.mark.fault(47)
def test_a_bug_in_a_carrier_leaves_one_message_open_and_harms_no_other(
    world: World, start: StartLane
) -> None:
    # given
    simulator = Simulator(world.clock)

    class Broken(HeldCarrier):
        def send_text(self, parcel: Parcel) -> str:
            if parcel.to_phone == ANN:
                raise SystemExit
            return simulator.send_text(parcel)

        def look_up(self, parcel: Parcel) -> str | None:
            raise KeyError

    world.offer("s1", [ANN, BEN, CAT])
    # when
    wait_idle(start(Broken(simulator)))
    # then
    deliveries = [world.delivery(one) for one in (ANN, BEN, CAT)]
    assert deliveries == [Delivery.UNKNOWN, Delivery.SENT, Delivery.SENT]


def test_a_message_that_nobody_expects_does_no_harm(world: World, start: StartLane) -> None:
    lane = start(Simulator(world.clock))
    post(lane, "what is this", let_rest)
    wait_idle(lane)
    assert lane.is_alive()


def test_two_stores_that_share_a_carrier_never_use_the_same_key(world: World, start: StartLane) -> None:
    # given
    carrier = Simulator(world.clock)
    other = type(world)()
    world.offer("s1", [ANN])
    other.offer("s1", [BEN])
    # when
    wait_idle(start(carrier, store="a"))
    lane = start_lane(
        Channel.SMS,
        other.journal,
        carrier,
        other.clock,
        on_round_failed=lambda shift, fanout: None,
        store="b",
    )
    wait_idle(lane)
    lane.stop(timeout=PATIENCE)
    # then
    assert carrier.repeats == 0
    assert len(carrier.phone(BEN).texts) == 1
