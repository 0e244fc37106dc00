"""The outbox, stepped on one thread: what is sent, in which order, and what is not."""

from itertools import pairwise
from typing import Any

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.port import OutboundMessage, PermanentFailure, SendFailed, TransientFailure
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.outbox.plan import Room, is_answer
from firstyes.actors.records import Delivery
from firstyes.domain.message import Purpose
from firstyes.domain.policy import PART, Channel
from support.outbox_world import OutboxWorld
from support.phones import phones
from support.planned import next_due
from support.stepped_outbox import SteppedOutbox

ANN, BEN, CAT = phones(3)


def test_what_is_due_reaches_the_phone_and_is_marked_sent(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    world.offer("s1", [ANN, BEN])
    # when
    SteppedOutbox(world, carrier).send_all()
    # then
    assert [len(carrier.phone(one).texts) for one in (ANN, BEN)] == [1, 1]
    assert world.count(Delivery.SENT) == 2


@pytest.mark.parametrize("given", [None, 17, b"SM1", object(), "SM\udcff", "SM\0", "S" * 100_000])
def test_what_a_carrier_has_taken_is_sent_once_whatever_it_calls_it(world: OutboxWorld, given: Any) -> None:
    # given
    class Odd(Simulator):
        def send_text(self, outbound: OutboundMessage) -> str:
            super().send_text(outbound)
            return given

    carrier = Odd(world.clock)
    world.offer("s1", [ANN])
    # when
    for _ in range(2):
        SteppedOutbox(world, carrier).send_all()
    # then
    assert len(carrier.phone(ANN).texts) == 1
    assert world.count(Delivery.SENT) == 1


@pytest.mark.parametrize("failure", [PermanentFailure, TransientFailure])
def test_why_a_carrier_failed_is_kept_whatever_is_in_its_words(
    world: OutboxWorld, failure: type[SendFailed]
) -> None:
    # given
    class Odd(Simulator):
        def send_text(self, outbound: OutboundMessage) -> str:
            raise failure("bytes of its answer: \udcff\0")

    world.offer("s1", [ANN])
    # when
    SteppedOutbox(world, Odd(world.clock)).send_all()
    # then
    assert world.count(Delivery.FAILED if failure is PermanentFailure else Delivery.PLANNED) == 1


def test_each_channel_has_its_own_outbox(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    world.offer("s1", [ANN])
    world.offer("s2", [BEN], Channel.VOICE)
    # when
    SteppedOutbox(world, carrier, Channel.VOICE).send_all()
    # then
    assert (carrier.phone(ANN).texts, len(carrier.phone(BEN).calls)) == ([], 1)
    assert world.delivery(ANN) is Delivery.PLANNED


@pytest.mark.fault(1)
def test_a_message_is_marked_as_being_sent_before_the_carrier_hears_of_it(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    world.offer("s1", [ANN])
    # when
    jobs = SteppedOutbox(world, carrier).advance()
    # then
    assert len(jobs) == 1
    assert world.delivery(ANN) is Delivery.SENDING
    assert carrier.phone(ANN).texts == []


@pytest.mark.fault(46)
def test_an_answer_goes_before_offers_that_were_planned_earlier(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    world.offer("s1", [ANN, BEN])
    world.answer(CAT)
    # when
    first, *_ = SteppedOutbox(world, carrier).advance()
    # then
    assert first.row.to_phone == CAT


@pytest.mark.fault(46)
def test_offers_leave_the_room_for_answers_alone(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", phones(10))
    # when
    offers = outbox.advance(Room(answers=4, others=2))
    world.answer(phones(11)[-1])
    answers = outbox.advance(Room(answers=4, others=0))
    # then
    assert [job.row.purpose for job in offers] == [Purpose.OFFER] * 2
    assert [is_answer(job.row) for job in answers] == [True]
    assert (outbox.answers_on_the_way, outbox.others_on_the_way) == (1, 2)


@pytest.mark.fault(13)
def test_offers_that_were_not_sent_before_the_shift_was_filled_are_dropped(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", phones(2_500))
    (job,) = outbox.advance(Room(answers=0, others=1))
    world.fill("s1", job.row.to_phone)
    # when
    outbox.send_all()
    # then
    assert world.count(Delivery.DROPPED) == 2_499
    assert world.delivery(job.row.to_phone, Purpose.CONFIRMATION) is Delivery.SENT


@pytest.mark.fault(13)
def test_thousands_of_offers_are_dropped_in_a_few_batches_none_of_them_long(world: OutboxWorld) -> None:
    # given
    outbox = SteppedOutbox(world, Simulator(world.clock))
    world.offer("s1", phones(2_500))
    world.decline("s1", phones(1)[0])
    world.call_off("s1")
    # when
    counts = []
    while not counts or outbox.goes_on:
        outbox.advance(Room(answers=4, others=4))
        counts.append(world.count(Delivery.DROPPED))
    # then
    assert counts[-1] == 2_500 + PART
    assert max(later - sooner for sooner, later in pairwise([0, *counts])) <= 1_100
    assert len(counts) <= 6


@pytest.mark.fault(29)
def test_who_opted_out_gets_nothing_but_the_confirmation_of_it(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    world.offer("s1", [ANN, BEN])
    world.offer("s2", [ANN, BEN], Channel.VOICE)
    world.opt_out(ANN)
    # when
    SteppedOutbox(world, carrier).send_all()
    SteppedOutbox(world, carrier, Channel.VOICE).send_all()
    # then
    assert world.delivery(ANN) is Delivery.DROPPED
    assert carrier.phone(ANN).calls == []
    assert world.delivery(ANN, Purpose.OPT_OUT) is Delivery.SENT
    assert len(carrier.phone(BEN).texts) == len(carrier.phone(BEN).calls) == 1


def test_who_passed_or_left_is_not_called(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    world.offer("s1", [ANN, BEN, CAT])
    world.decline("s1", ANN)
    world.deactivate(BEN)
    # when
    SteppedOutbox(world, carrier).send_all()
    # then
    deliveries = [world.delivery(one) for one in (ANN, BEN, CAT)]
    assert deliveries == [Delivery.DROPPED, Delivery.DROPPED, Delivery.SENT]


def test_a_withdrawal_goes_only_to_those_the_offer_had_gone_out_to(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN, BEN])
    [job] = outbox.advance(Room(answers=0, others=1))
    assert job.row.to_phone == ANN
    world.call_off("s1")
    # when
    assert outbox.advance() == []
    outbox.hand_over(job)
    outbox.send_all()
    # then
    assert world.delivery(ANN, Purpose.WITHDRAWAL) is Delivery.SENT
    assert world.delivery(BEN, Purpose.WITHDRAWAL) is Delivery.DROPPED


@pytest.mark.fault(7)
def test_a_message_that_was_refused_for_now_is_tried_again_when_its_wait_is_over(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(refuse_first=2))
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    # when
    seen = []
    for _ in range(4):
        outbox.send_all()
        seen.append(world.delivery(ANN))
        world.clock.advance(5)
    # then
    assert seen == [Delivery.PLANNED, Delivery.PLANNED, Delivery.SENT, Delivery.SENT]
    assert len(carrier.phone(ANN).texts) == 1


def test_when_to_try_again_is_in_the_journal_and_not_in_memory(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(refuse_first=1))
    world.offer("s1", [ANN])
    SteppedOutbox(world, carrier).send_all()
    # when
    due = next_due(world.real, Channel.SMS)
    assert due is not None
    wait = (due - world.clock.now()).total_seconds()
    world.clock.advance(wait + 0.001)
    SteppedOutbox(world, carrier).send_all()
    # then
    assert 1.6 <= wait <= 2.4
    assert world.delivery(ANN) is Delivery.SENT


@pytest.mark.fault(8)
def test_an_offer_waits_while_the_carrier_is_down_and_goes_out_when_it_is_back(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(down=True))
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    outbox.keep_sending(120, every=10)
    assert world.delivery(ANN) is Delivery.PLANNED
    assert outbox.failed_rounds == []
    # when
    carrier.faults = FaultPlan()
    outbox.keep_sending(40, every=10)
    # then
    assert world.delivery(ANN) is Delivery.SENT
    assert len(carrier.phone(ANN).texts) == 1


def test_a_message_that_can_never_arrive_is_marked_failed_and_not_tried_again(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(dead_numbers=frozenset({ANN})))
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN, BEN])
    # when
    outbox.send_all()
    # then
    assert (world.delivery(ANN), world.delivery(BEN)) == (Delivery.FAILED, Delivery.SENT)
    assert outbox.failed_rounds == [("s1", 1)]


def test_a_round_of_which_every_message_failed_is_reported_once(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(dead_numbers=frozenset({ANN, BEN})))
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN, BEN])
    # when
    outbox.send_all()
    # then
    outbox.advance()
    assert outbox.failed_rounds == [("s1", 1)]


def test_a_round_whose_people_all_became_unreachable_before_their_turn_is_reported(
    world: OutboxWorld,
) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(dead_numbers=frozenset({ANN})))
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN, BEN])
    world.opt_out(BEN)
    # when
    outbox.send_all()
    # then
    assert outbox.failed_rounds == [("s1", 1)]
