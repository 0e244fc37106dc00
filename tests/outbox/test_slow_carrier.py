"""A carrier that is slow holds up nobody, and gets nothing that is no longer wanted."""

import threading

import pytest

from firstyes.actors.carriers.port import OutboundMessage
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.outbox.outbox_actor import LEASE
from firstyes.actors.records import Delivery
from firstyes.domain.message import Purpose
from firstyes.domain.policy import Channel
from support.held_carrier import HeldCarrier
from support.outbox_actors import StartOutbox, look, wait_idle
from support.outbox_world import OutboxWorld
from support.patience import PATIENCE
from support.phones import phones

(ANN,) = phones(1)


def is_offer(outbound: OutboundMessage) -> bool:
    return outbound.body.startswith("offer") or "Open shift" in outbound.body


@pytest.mark.fault(45)
def test_many_messages_are_on_the_way_at_once_but_no_more_than_there_are_senders(
    world: OutboxWorld, start: StartOutbox
) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock))
    world.offer("s1", phones(100))
    # when
    outbox = start(carrier, senders=8)
    carrier.wait_until_holding(6)
    carrier.release()
    wait_idle(outbox, world)
    # then
    assert world.count(Delivery.SENT) == 100
    assert 6 <= carrier.most_at_once <= 8


@pytest.mark.fault(45)
@pytest.mark.fault(46)
def test_a_carrier_that_holds_every_offer_delays_no_answer(world: OutboxWorld, start: StartOutbox) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock), is_offer)
    world.offer("s1", phones(100))
    outbox = start(carrier, senders=8)
    carrier.wait_until_holding(6)
    # when
    heard = threading.Semaphore(0)
    for phone in phones(10, start=200):
        carrier.simulator.phone(phone).will_reply(lambda text: heard.release())
        world.answer(phone)
    look(outbox)
    # then
    assert all(heard.acquire(timeout=PATIENCE) for _ in range(10))
    assert world.count(Delivery.SENDING) >= 6
    carrier.release()


@pytest.mark.fault(45)
def test_a_carrier_that_holds_every_call_delays_no_text(world: OutboxWorld, start: StartOutbox) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock), lambda outbound: outbound.channel is Channel.VOICE)
    world.offer("s1", phones(20), Channel.VOICE)
    world.offer("s2", phones(20, start=50))
    start(carrier, Channel.VOICE, senders=4)
    carrier.wait_until_holding(3)
    # when
    wait_idle(start(carrier), world)
    # then
    assert world.count(Delivery.SENT) == 20
    carrier.release()


@pytest.mark.fault(13)
def test_what_waits_for_a_slow_carrier_when_the_shift_is_filled_is_not_sent(
    world: OutboxWorld, start: StartOutbox
) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock), is_offer)
    world.offer("s1", phones(100))
    outbox = start(carrier, senders=8)
    carrier.wait_until_holding(6)
    # when
    world.fill("s1", ANN)
    carrier.release()
    look(outbox)
    wait_idle(outbox, world)
    # then
    assert world.count(Delivery.DROPPED) == 94
    assert world.delivery(ANN, Purpose.CONFIRMATION) is Delivery.SENT


@pytest.mark.fault(13)
@pytest.mark.fault(29)
def test_what_was_taken_for_a_carrier_that_turned_slow_is_asked_about_again(
    world: OutboxWorld, start: StartOutbox
) -> None:
    # given
    steady = [0.0]
    second_shift = phones(100, start=50)
    carrier = HeldCarrier(Simulator(world.clock), lambda outbound: outbound.to_phone in second_shift)
    world.offer("s1", phones(50))
    outbox = start(carrier, senders=8, steady=lambda: steady[0])
    wait_idle(outbox, world)
    # when
    world.offer("s2", second_shift)
    look(outbox)
    carrier.wait_until_holding(6)
    assert world.count(Delivery.SENDING) == 100
    world.fill("s2", second_shift[0])
    steady[0] += LEASE + 0.1
    carrier.release()
    wait_idle(outbox, world)
    # then
    assert world.count(Delivery.DROPPED) == 94
    assert world.delivery(second_shift[0], Purpose.CONFIRMATION) is Delivery.SENT
