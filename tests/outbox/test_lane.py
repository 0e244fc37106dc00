"""The lane: the actor, its threads, and a carrier that is slow, broken or fast."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from pykka import ActorRef

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.port import Carrier, Parcel
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.crew import Crew
from firstyes.actors.dead_letter import let_rest
from firstyes.actors.envelope import Envelope
from firstyes.actors.errors import ReceiverGone
from firstyes.actors.lane import LEASE, Lane, OutboxGrew, WhenIdle, start_lane
from firstyes.actors.post import post
from firstyes.actors.records import Delivery
from firstyes.actors.reply import Reply
from firstyes.actors.tasks import Tick
from firstyes.domain.message import Purpose
from firstyes.domain.policy import Channel
from support.held_carrier import HeldCarrier
from support.outbox_worlds import World
from support.phones import phones

ANN, BEN, CAT = phones(3)
TIMEOUT = 20.0

StartLane = Callable[..., "ActorRef[Lane]"]


@pytest.fixture
def failed_rounds() -> list[tuple[str, int]]:
    return []


@pytest.fixture
def start(world: World, failed_rounds: list[tuple[str, int]]) -> Iterator[StartLane]:
    """Starts lanes on the world's journal, and stops them afterwards."""
    started: list[ActorRef[Lane]] = []

    def start(carrier: Carrier, channel: Channel = Channel.SMS, **options) -> "ActorRef[Lane]":
        def note(shift_id: str, fanout: int) -> None:
            failed_rounds.append((shift_id, fanout))

        lane = start_lane(channel, world.journal, carrier, world.clock, on_round_failed=note, **options)
        started.append(lane)
        return lane

    yield start
    for lane in started:
        lane.stop(timeout=TIMEOUT)


def wait_idle(lane: "ActorRef[Lane]") -> None:
    reply: Reply[None] = Reply()
    post(lane, Envelope(WhenIdle(), reply), let_rest)
    reply.wait(TIMEOUT)


def tick(lane: "ActorRef[Lane]", world: World) -> None:
    post(lane, Tick(world.clock.now()), let_rest)


def grew(lane: "ActorRef[Lane]") -> None:
    post(lane, OutboxGrew(), let_rest)


def release_when_closed(carrier: HeldCarrier, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the carrier go at the moment at which the senders are told to go home."""
    send_home = Crew.close

    def close(crew):
        left = send_home(crew)
        carrier.release()
        return left

    monkeypatch.setattr(Crew, "close", close)


def is_offer(parcel: Parcel) -> bool:
    return parcel.body.startswith("offer") or "Open shift" in parcel.body


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


@pytest.mark.fault(45)
def test_many_messages_are_on_the_way_at_once_but_no_more_than_there_are_senders(
    world: World, start: StartLane
) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock))
    world.offer("s1", phones(100))
    # when
    lane = start(carrier, senders=8)
    carrier.wait_until_holding(6)
    carrier.release()
    wait_idle(lane)
    # then
    assert world.count(Delivery.SENT) == 100
    assert 6 <= carrier.most_at_once <= 8


@pytest.mark.fault(45)
@pytest.mark.fault(46)
def test_a_carrier_that_holds_every_offer_delays_no_answer(world: World, start: StartLane) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock), is_offer)
    world.offer("s1", phones(100))
    lane = start(carrier, senders=8)
    carrier.wait_until_holding(6)
    # when
    heard = threading.Semaphore(0)
    for phone in phones(10, start=200):
        carrier.simulator.phone(phone).will_reply(lambda text: heard.release())
        world.answer(phone)
    grew(lane)
    # then
    assert all(heard.acquire(timeout=TIMEOUT) for _ in range(10))
    assert world.count(Delivery.SENDING) >= 6
    carrier.release()


@pytest.mark.fault(45)
def test_a_carrier_that_holds_every_call_delays_no_text(world: World, start: StartLane) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock), lambda parcel: parcel.channel is Channel.VOICE)
    world.offer("s1", phones(20), Channel.VOICE)
    world.offer("s2", phones(20, start=50))
    start(carrier, Channel.VOICE, senders=4)
    carrier.wait_until_holding(3)
    # when
    wait_idle(start(carrier))
    # then
    assert world.count(Delivery.SENT) == 20
    carrier.release()


@pytest.mark.fault(13)
def test_what_waits_for_a_slow_carrier_when_the_shift_is_filled_is_not_sent(
    world: World, start: StartLane
) -> None:
    # given
    carrier = HeldCarrier(Simulator(world.clock), is_offer)
    world.offer("s1", phones(100))
    lane = start(carrier, senders=8)
    carrier.wait_until_holding(6)
    # when
    world.fill("s1", ANN)
    carrier.release()
    grew(lane)
    wait_idle(lane)
    # then
    assert world.count(Delivery.DROPPED) == 94
    assert world.delivery(ANN, Purpose.CONFIRMATION) is Delivery.SENT


@pytest.mark.fault(13)
@pytest.mark.fault(29)
def test_what_was_taken_for_a_carrier_that_turned_slow_is_asked_about_again(
    world: World, start: StartLane
) -> None:
    # given
    steady = [0.0]
    second_shift = phones(100, start=50)
    carrier = HeldCarrier(Simulator(world.clock), lambda parcel: parcel.to_phone in second_shift)
    world.offer("s1", phones(50))
    lane = start(carrier, senders=8, steady=lambda: steady[0])
    wait_idle(lane)
    # when
    world.offer("s2", second_shift)
    grew(lane)
    carrier.wait_until_holding(6)
    assert world.count(Delivery.SENDING) == 100
    world.fill("s2", second_shift[0])
    steady[0] += LEASE + 0.1
    carrier.release()
    wait_idle(lane)
    # then
    assert world.count(Delivery.DROPPED) == 94
    assert world.delivery(second_shift[0], Purpose.CONFIRMATION) is Delivery.SENT


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
    assert world.refused.acquire(timeout=TIMEOUT)
    assert carrier.phone(ANN).texts == []
    # when
    world.mend_journal()
    tick(lane, world)
    settled.wait(TIMEOUT)
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
    assert lane.actor_stopped.wait(TIMEOUT)
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
    assert lane.actor_stopped.wait(TIMEOUT)
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
    assert lane.actor_stopped.wait(TIMEOUT)
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
    assert lane.actor_stopped.wait(TIMEOUT)
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
        reply.wait(TIMEOUT)
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
    assert died.wait(TIMEOUT)
    # when
    world.offer("s2", [BEN])
    wait_idle(start(carrier))
    # then
    assert deaths == [Channel.SMS]
    assert not lane.is_alive()
    assert world.delivery(BEN) is Delivery.SENT


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
    lane.stop(timeout=TIMEOUT)
    # then
    assert carrier.repeats == 0
    assert len(carrier.phone(BEN).texts) == 1
