"""A lane that stops, or dies, loses nothing."""

import threading
from contextlib import suppress

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.dead_letter import let_rest
from firstyes.actors.envelope import Envelope
from firstyes.actors.errors import ReceiverGone
from firstyes.actors.lane import WhenIdle, start_lane
from firstyes.actors.post import post
from firstyes.actors.records import Delivery
from firstyes.actors.reply import Reply
from firstyes.domain.policy import Channel
from support.held_carrier import HeldCarrier
from support.lanes import StartLane, grew, release_when_closed, wait_idle
from support.outbox_worlds import World
from support.patience import PATIENCE
from support.phones import phones

ANN, BEN = phones(2)


@pytest.mark.fault(48)
def test_stopping_finishes_what_the_carrier_has_in_hand_and_leaves_the_rest_planned(
    world: World, start: StartLane, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock))
    world.offer("s1", phones(50))
    lane = start(carrier, senders=8)
    carrier.wait_until_holding(6)
    # when
    release_when_closed(carrier, monkeypatch)
    lane.stop(block=False)
    assert lane.actor_stopped.wait(PATIENCE)
    # then
    assert world.count(Delivery.SENDING) == 0
    assert world.count(Delivery.SENT) + world.count(Delivery.PLANNED) == 50
    assert world.count(Delivery.SENT) == 6


@pytest.mark.fault(48)
def test_a_carrier_that_does_not_come_back_holds_up_no_stop(
    world: World, start: StartLane, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setattr("firstyes.actors.lane.DRAIN", 0.01)
    carrier = HeldCarrier(Simulator(world.clock))
    world.offer("s1", [ANN])
    lane = start(carrier)
    carrier.wait_until_holding(1)
    # when
    lane.stop(block=False)
    assert lane.actor_stopped.wait(PATIENCE)
    # then
    assert world.delivery(ANN) is Delivery.SENDING
    carrier.release()


@pytest.mark.fault(2)
@pytest.mark.fault(38)
def test_what_a_stopping_lane_cannot_record_is_found_out_by_the_next_one(
    world: World, start: StartLane, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock))
    world.offer("s1", [ANN])
    lane = start(carrier)
    carrier.wait_until_holding(1)
    release_when_closed(carrier, monkeypatch)
    world.break_journal()
    lane.stop(block=False)
    assert lane.actor_stopped.wait(PATIENCE)
    world.mend_journal()
    assert world.delivery(ANN) is Delivery.SENDING
    # when
    wait_idle(start(carrier.simulator))
    # then
    assert world.delivery(ANN) is Delivery.SENT
    assert carrier.simulator.repeats == 0


@pytest.mark.fault(48)
def test_what_nobody_had_begun_to_send_when_the_lane_stopped_is_planned_again(
    world: World, start: StartLane, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    held = phones(100, start=50)
    carrier = HeldCarrier(Simulator(world.clock), lambda parcel: parcel.to_phone in held)
    world.offer("s1", phones(50))
    lane = start(carrier, senders=8, steady=lambda: 0.0)
    wait_idle(lane)
    world.offer("s2", held)
    grew(lane)
    carrier.wait_until_holding(6)
    assert world.count(Delivery.SENDING) == 100
    # when
    release_when_closed(carrier, monkeypatch)
    lane.stop(block=False)
    assert lane.actor_stopped.wait(PATIENCE)
    # then
    assert (world.count(Delivery.SENT), world.count(Delivery.PLANNED)) == (56, 94)


def test_who_waits_for_a_lane_that_stops_is_told(world: World, start: StartLane) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock))
    world.offer("s1", [ANN])
    lane = start(carrier)
    carrier.wait_until_holding(1)
    reply: Reply[None] = Reply()
    post(lane, Envelope(WhenIdle(), reply), let_rest)
    # when
    lane.stop(block=False)
    carrier.release()
    # then
    with suppress(ReceiverGone):
        reply.wait(PATIENCE)
    assert world.delivery(ANN) is Delivery.SENT


@pytest.mark.fault(47)
def test_a_lane_that_died_is_reported_and_the_next_one_sends_the_rest(world: World, start: StartLane) -> None:
    # given
    deaths: list[Channel] = []
    died = threading.Event()

    def report(channel: Channel) -> None:
        deaths.append(channel)
        died.set()

    carrier = Simulator(world.clock, faults=FaultPlan(dead_numbers=frozenset({ANN})))
    world.offer("s1", [ANN])

    def explode(shift_id: str, fanout: int) -> None:
        raise SystemExit

    lane = start_lane(
        Channel.SMS, world.journal, carrier, world.clock, on_round_failed=explode, report_death=report
    )
    assert died.wait(PATIENCE)
    # when
    world.offer("s2", [BEN])
    wait_idle(start(carrier))
    # then
    assert deaths == [Channel.SMS]
    assert not lane.is_alive()
    assert world.delivery(BEN) is Delivery.SENT
