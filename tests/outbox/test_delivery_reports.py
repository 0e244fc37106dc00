"""What a carrier says, later, became of a message: states move only forward, and a report adopts what was in doubt."""

from dataclasses import replace
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from firstyes.actors.carriers.fault_plan import NO_FAULTS, FaultPlan
from firstyes.actors.carriers.port import Carrier, DeliveryReport
from firstyes.actors.carriers.simulator import SIMULATOR, Simulator
from firstyes.actors.records import Delivery
from firstyes.domain.message import Purpose
from firstyes.domain.policy import Channel
from support.outbox_world import OutboxWorld
from support.phones import phones
from support.stepped_outbox import SteppedOutbox

[ANN] = phones(1)
LATE = replace(SIMULATOR, settles_in=10.0)


def reported(outbox: SteppedOutbox, world: OutboxWorld, key: str, delivery: Delivery, **more: Any) -> bool:
    """Have the outbox told in a batch of its own."""
    details: dict[str, Any] = {"to_phone": ANN, "carrier_id": "SM1", **more}
    report = DeliveryReport(key=key, channel=Channel.SMS, delivery=delivery, **details)
    with world.journal.transaction() as transaction:
        return outbox.report(transaction, report, world.clock.now()) is not None


def an_offer_being_sent(world: OutboxWorld, carrier: Carrier) -> tuple[SteppedOutbox, str]:
    world.offer("s1", [ANN])
    outbox = SteppedOutbox(world, carrier)
    [job] = outbox.advance()
    return outbox, job.outbound.key


@pytest.mark.fault(14)
@pytest.mark.parametrize("order", [*permutations((Delivery.SENT, Delivery.SENT, Delivery.DELIVERED))])
def test_states_move_only_forward_whatever_order_reports_come_in(
    world: OutboxWorld, order: tuple[Delivery, ...]
) -> None:
    # given
    outbox, key = an_offer_being_sent(world, Simulator(world.clock))
    # when
    seen = []
    for one in order:
        assert reported(outbox, world, key, one)
        seen.append(world.delivery(ANN))
    # then
    assert seen[-1] is Delivery.DELIVERED
    assert Delivery.SENT not in seen[seen.index(Delivery.DELIVERED) :]


@pytest.mark.fault(14)
@pytest.mark.parametrize("last", [Delivery.SENT, Delivery.DELIVERED, Delivery.FAILED])
@pytest.mark.parametrize("first", [Delivery.DELIVERED, Delivery.FAILED])
def test_what_has_ended_stays_ended(world: OutboxWorld, first: Delivery, last: Delivery) -> None:
    outbox, key = an_offer_being_sent(world, Simulator(world.clock))
    for one in (first, last):
        reported(outbox, world, key, one)
    assert world.delivery(ANN) is first


@pytest.mark.fault(5)
def test_a_report_adopts_a_message_of_which_nobody_knew_whether_it_was_sent(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(lose_before=1.0), capabilities=LATE)
    world.offer("s1", [ANN])
    outbox = SteppedOutbox(world, carrier)
    [job] = outbox.advance()
    outbox.hand_over(job)
    outbox.advance()
    assert world.delivery(ANN) is Delivery.UNKNOWN
    # when
    assert reported(outbox, world, job.outbound.key, Delivery.SENT)
    # then the carrier is asked, knows nothing, and it is not sent again all the same
    carrier.faults = NO_FAULTS
    world.clock.advance(60)
    outbox.send_all()
    world.clock.advance(600)
    outbox.send_all()
    assert world.delivery(ANN) is Delivery.SENT
    assert carrier.phone(ANN).texts == []


def test_a_report_with_an_id_and_an_error_that_cannot_be_kept_is_recorded(world: OutboxWorld) -> None:
    outbox, key = an_offer_being_sent(world, Simulator(world.clock))
    assert reported(outbox, world, key, Delivery.FAILED, carrier_id=UUID(int=1), error="\ud800")
    assert world.delivery(ANN) is Delivery.FAILED


def test_a_report_that_comes_before_the_answer_is_not_undone_by_it(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    world.offer("s1", [ANN])
    outbox = SteppedOutbox(world, carrier)
    [job] = outbox.advance()
    # when
    reported(outbox, world, job.outbound.key, Delivery.DELIVERED)
    outbox.hand_over(job)
    outbox.advance()
    # then
    assert world.delivery(ANN) is Delivery.DELIVERED


def test_of_a_message_that_was_sent_twice_the_failure_of_one_says_nothing_of_the_other(
    world: OutboxWorld,
) -> None:
    outbox, key = an_offer_being_sent(world, Simulator(world.clock))
    reported(outbox, world, key, Delivery.SENT, carrier_id="SM1")
    # when
    reported(outbox, world, key, Delivery.FAILED, carrier_id="SM2")
    # then
    assert world.delivery(ANN) is Delivery.SENT
    reported(outbox, world, key, Delivery.FAILED, carrier_id="SM1")
    assert world.delivery(ANN) is Delivery.FAILED


def test_a_round_of_which_nothing_arrived_is_over_at_once(world: OutboxWorld) -> None:
    outbox, key = an_offer_being_sent(world, Simulator(world.clock))
    # when
    reported(outbox, world, key, Delivery.FAILED, error="The number is a landline.")
    outbox.advance()
    # then
    assert outbox.failed_rounds == [("s1", 1)]


def test_a_confirmation_that_did_not_arrive_calls_a_person(world: OutboxWorld) -> None:
    # given
    world.offer("s1", [ANN])
    world.fill("s1", ANN)
    outbox = SteppedOutbox(world, Simulator(world.clock))
    [job] = [one for one in outbox.advance() if one.row.purpose is Purpose.CONFIRMATION]
    reported(outbox, world, job.outbound.key, Delivery.SENT)
    # when
    reported(outbox, world, job.outbound.key, Delivery.FAILED, error="The phone is off.")
    # then
    assert world.open_alerts() == ["not_told"]


@pytest.mark.parametrize("key", ["", "99", "one", "-1", "١", "9" * 40])
def test_a_report_on_no_message_of_ours_changes_nothing(world: OutboxWorld, key: str) -> None:
    outbox, _ = an_offer_being_sent(world, Simulator(world.clock))
    assert not reported(outbox, world, key, Delivery.FAILED)
    assert world.delivery(ANN) is Delivery.SENDING


def test_a_report_on_another_phone_than_the_message_went_to_changes_nothing(world: OutboxWorld) -> None:
    outbox, key = an_offer_being_sent(world, Simulator(world.clock))
    assert not reported(outbox, world, key, Delivery.FAILED, to_phone="+13125550999")
    assert world.delivery(ANN) is Delivery.SENDING
