"""The actor that sends: what wakes it, what it sends, what it reports."""

from dataclasses import replace
from threading import Thread

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.port import DeliveryReport, OutboundMessage
from firstyes.actors.carriers.simulator import SIMULATOR, Simulator
from firstyes.actors.errors import HandlerFailed
from firstyes.actors.journal.port import CommitUnknown, JournalUnavailable
from firstyes.actors.outbox.outbox import Outbox
from firstyes.actors.records import Delivery
from firstyes.actors.runtime.dead_letter import let_rest
from firstyes.actors.runtime.envelope import Envelope
from firstyes.actors.runtime.promise import Promise
from firstyes.actors.runtime.tell import tell
from firstyes.actors.tasks import Tick
from firstyes.domain.policy import Channel
from support.held_carrier import HeldCarrier
from support.outbox_actors import FailedRounds, StartOutbox, look, wait_idle
from support.outbox_world import OutboxWorld
from support.patience import PATIENCE
from support.phones import phones

ANN, BEN, CAT = phones(3)


def test_what_was_planned_before_it_started_is_sent(world: OutboxWorld, start: StartOutbox) -> None:
    world.offer("s1", [ANN, BEN])
    wait_idle(start(Simulator(world.clock)), world)
    assert world.count(Delivery.SENT) == 2


def test_no_message_is_forgotten_however_the_news_of_it_races_with_the_sending(
    world: OutboxWorld, start: StartOutbox
) -> None:
    # given
    outbox = start(Simulator(world.clock))
    # when
    for number, phone in enumerate(phones(200)):
        world.offer(f"s{number}", [phone])
        tell(outbox.actor_ref, Tick(world.clock.now()), let_rest)
    wait_idle(outbox, world)
    # then
    assert world.count(Delivery.SENT) == 200


@pytest.mark.fault(13)
def test_thousands_that_are_not_wanted_any_more_are_dropped_without_a_tick(
    world: OutboxWorld, start: StartOutbox
) -> None:
    world.offer("s1", phones(2_500))
    world.fill("s1", ANN)
    wait_idle(start(Simulator(world.clock)), world)
    assert (world.count(Delivery.DROPPED), world.count(Delivery.SENT)) == (2_500, 1)


@pytest.mark.fault(7)
def test_a_tick_brings_back_what_was_refused_for_now(world: OutboxWorld, start: StartOutbox) -> None:
    # given
    world.offer("s1", [ANN])
    outbox = start(Simulator(world.clock, faults=FaultPlan(refuse_first=1)))
    wait_idle(outbox, world)
    assert world.delivery(ANN) is Delivery.PLANNED
    # when
    world.clock.advance(5)
    look(outbox)
    wait_idle(outbox, world)
    # then
    assert world.delivery(ANN) is Delivery.SENT


@pytest.mark.fault(38)
def test_while_the_journal_cannot_be_written_nothing_is_sent_and_the_next_tick_tries_again(
    world: OutboxWorld, start: StartOutbox
) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = start(carrier)
    wait_idle(outbox, world)
    world.offer("s1", [ANN])
    world.break_journal()
    for _ in range(2):
        with pytest.raises(JournalUnavailable):
            look(outbox)
    assert carrier.phone(ANN).texts == []
    # when
    world.mend_journal()
    look(outbox)
    wait_idle(outbox, world)
    # then
    assert world.delivery(ANN) is Delivery.SENT
    assert carrier.repeats == 0


@pytest.mark.fault(41)
def test_when_nobody_knows_whether_it_was_marked_it_is_looked_at_again_and_sent_without_a_tick(
    world: OutboxWorld, start: StartOutbox
) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = start(carrier)
    wait_idle(outbox, world)
    world.offer("s1", [ANN])
    world.breakable.late = True
    with pytest.raises(CommitUnknown):
        look(outbox)
    # then
    wait_idle(outbox, world)
    assert (world.delivery(ANN), carrier.repeats) == (Delivery.SENT, 0)


def test_a_round_that_did_not_reach_everybody_is_reported(
    world: OutboxWorld, start: StartOutbox, failed_rounds: FailedRounds
) -> None:
    # given
    world.offer("s1", [ANN, BEN])
    world.offer("s2", [ANN, CAT])
    world.offer("s3", [CAT])
    # when
    wait_idle(start(Simulator(world.clock, faults=FaultPlan(dead_numbers=frozenset({ANN, BEN})))), world)
    # then
    assert set(failed_rounds) == {("s1", 1), ("s2", 1)}


@pytest.mark.fault(47)
def test_a_bug_in_a_carrier_leaves_one_message_open_and_harms_no_other(
    world: OutboxWorld, start: StartOutbox
) -> None:
    # given
    simulator = Simulator(world.clock)

    class Broken(HeldCarrier):
        def send_text(self, outbound: OutboundMessage) -> str:
            if outbound.to_phone == ANN:
                raise SystemExit
            return simulator.send_text(outbound)

        def look_up(self, outbound: OutboundMessage) -> str | None:
            raise KeyError

    world.offer("s1", [ANN, BEN, CAT])
    # when
    wait_idle(start(Broken(simulator)), world)
    # then
    deliveries = [world.delivery(one) for one in (ANN, BEN, CAT)]
    assert deliveries == [Delivery.UNKNOWN, Delivery.SENT, Delivery.SENT]


@pytest.mark.fault(47)
def test_after_a_bug_it_begins_anew_sends_the_rest_and_nothing_twice(
    world: OutboxWorld, start: StartOutbox, caplog: pytest.LogCaptureFixture
) -> None:
    # given
    first, second = phones(50), phones(100, start=50)
    slow_to_say = replace(SIMULATOR, settles_in=10.0)
    carrier = HeldCarrier(
        Simulator(world.clock, capabilities=slow_to_say), lambda outbound: outbound.to_phone in second
    )
    world.offer("s1", first)
    outbox = start(carrier, senders=8, steady=lambda: 0.0)
    wait_idle(outbox, world)
    world.offer("s2", second)
    look(outbox)
    carrier.wait_until_holding(6)
    # when
    world.breakable.bug = ZeroDivisionError()
    look(outbox)
    assert "begins anew" in caplog.text
    carrier.release()
    wait_idle(outbox, world)
    # then
    assert (world.count(Delivery.SENT), world.count(Delivery.UNKNOWN)) == (50, 100)
    assert sum(len(carrier.simulator.phone(one).texts) for one in second) == 6
    # when
    world.clock.advance(10)
    look(outbox)
    wait_idle(outbox, world)
    # then
    assert world.count(Delivery.SENT) == 150
    assert {len(carrier.simulator.phone(one).texts) for one in first + second} == {1}
    assert carrier.simulator.repeats == 0


@pytest.mark.fault(47)
def test_however_often_it_fails_in_a_row_it_goes_on_with_the_next_tick(
    world: OutboxWorld, start: StartOutbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    outbox = start(Simulator(world.clock))
    wait_idle(outbox, world)
    world.offer("s1", [ANN])
    # when
    with monkeypatch.context() as broken:
        broken.setattr(Outbox, "plan", lambda *_: 1 / 0)
        tell(outbox.actor_ref, Tick(world.clock.now()), let_rest)
        with pytest.raises(HandlerFailed):
            look(outbox)
    look(outbox)
    wait_idle(outbox, world)
    # then
    assert world.delivery(ANN) is Delivery.SENT


def test_a_report_on_which_it_fails_keeps_nothing_from_being_sent(
    world: OutboxWorld, start: StartOutbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    outbox, told = start(Simulator(world.clock)), Promise[object]()
    monkeypatch.setattr(Outbox, "report", lambda *_: 1 / 0)
    report = DeliveryReport("1", Channel.SMS, ANN, "SM1", Delivery.DELIVERED)
    # when
    tell(outbox.actor_ref, Envelope(report, told), let_rest)
    with pytest.raises(HandlerFailed):
        told.wait(PATIENCE)
    world.offer("s1", [ANN])
    look(outbox)
    wait_idle(outbox, world)
    # then
    assert world.delivery(ANN) is Delivery.SENT


def test_a_tick_sends_what_waited_because_no_thread_could_be_started(
    world: OutboxWorld, start: StartOutbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    def refuse(_: Thread) -> None:
        raise RuntimeError("can't start new thread")

    outbox = start(Simulator(world.clock))
    wait_idle(outbox, world)
    world.offer("s1", [ANN])
    with monkeypatch.context() as short:
        short.setattr(Thread, "start", refuse)
        look(outbox)
    # when
    look(outbox)
    wait_idle(outbox, world)
    # then
    assert world.delivery(ANN) is Delivery.SENT


@pytest.mark.fault(47)
def test_a_bug_of_whoever_hears_of_failed_rounds_holds_up_no_message(
    world: OutboxWorld, start: StartOutbox
) -> None:
    # given
    def explode(shift_id: str, fanout: int) -> None:
        raise SystemExit

    carrier = Simulator(world.clock, faults=FaultPlan(dead_numbers=frozenset({ANN})))
    world.offer("s1", [ANN])
    outbox = start(carrier, on_round_failed=explode)
    wait_idle(outbox, world)
    # when
    world.offer("s2", [BEN])
    look(outbox)
    wait_idle(outbox, world)
    # then
    assert world.delivery(BEN) is Delivery.SENT


def test_a_message_that_nobody_expects_does_no_harm(world: OutboxWorld, start: StartOutbox) -> None:
    outbox = start(Simulator(world.clock))
    tell(outbox.actor_ref, "what is this", let_rest)
    wait_idle(outbox, world)
    assert outbox.actor_ref.is_alive()
