"""What sends may stop, or its process be killed, and nothing is lost."""

import pytest

from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.records import Delivery
from support.held_carrier import HeldCarrier
from support.outbox_actors import StartOutbox, look, make_outbox, release_when_closed, stop, wait_idle
from support.outbox_world import OutboxWorld
from support.phones import phones

(ANN,) = phones(1)


@pytest.mark.fault(48)
def test_stopping_finishes_what_the_carrier_has_in_hand_and_leaves_the_rest_planned(
    world: OutboxWorld, start: StartOutbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock))
    world.offer("s1", phones(50))
    outbox = start(carrier, senders=8)
    carrier.wait_until_holding(6)
    # when
    release_when_closed(carrier, monkeypatch)
    assert stop(outbox)
    # then
    assert (world.count(Delivery.SENT), world.count(Delivery.PLANNED)) == (6, 44)


@pytest.mark.fault(48)
def test_a_carrier_that_does_not_come_back_holds_up_no_stop(world: OutboxWorld, start: StartOutbox) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock))
    world.offer("s1", [ANN])
    outbox = start(carrier)
    carrier.wait_until_holding(1)
    # when
    assert not stop(outbox, timeout=0.01)
    # then
    assert world.delivery(ANN) is Delivery.SENDING
    carrier.release()


@pytest.mark.fault(2)
@pytest.mark.fault(38)
def test_what_could_not_be_recorded_at_the_end_is_found_out_by_the_next_one(
    world: OutboxWorld, start: StartOutbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock))
    world.offer("s1", [ANN])
    outbox = start(carrier)
    carrier.wait_until_holding(1)
    release_when_closed(carrier, monkeypatch)
    world.break_journal()
    assert stop(outbox)
    world.mend_journal()
    assert world.delivery(ANN) is Delivery.SENDING
    # when
    wait_idle(start(carrier.simulator), world)
    # then
    assert world.delivery(ANN) is Delivery.SENT
    assert carrier.simulator.repeats == 0


@pytest.mark.fault(48)
def test_what_nobody_had_begun_to_send_at_the_end_is_planned_again(
    world: OutboxWorld, start: StartOutbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    held = phones(100, start=50)
    carrier = HeldCarrier(Simulator(world.clock), lambda outbound: outbound.to_phone in held)
    world.offer("s1", phones(50))
    outbox = start(carrier, senders=8, steady=lambda: 0.0)
    wait_idle(outbox, world)
    world.offer("s2", held)
    look(outbox)
    carrier.wait_until_holding(6)
    assert world.count(Delivery.SENDING) == 100
    # when
    release_when_closed(carrier, monkeypatch)
    assert stop(outbox)
    # then
    assert (world.count(Delivery.SENT), world.count(Delivery.PLANNED)) == (56, 94)


@pytest.mark.fault(48)
def test_what_is_marked_while_the_senders_go_home_is_planned_again(world: OutboxWorld) -> None:
    # given
    def finish(point: str) -> None:
        assert outbox.finish(0)

    outbox = make_outbox(world, Simulator(world.clock), crash_point=finish)
    world.offer("s1", phones(5))
    # when
    while outbox._loop.turn():
        pass
    # then
    assert (world.count(Delivery.SENDING), world.count(Delivery.PLANNED)) == (0, 5)
