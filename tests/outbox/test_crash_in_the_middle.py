"""A process that dies, or a carrier that does not answer, between "sending" and "sent"."""

from dataclasses import replace

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.port import Capabilities, Recovery
from firstyes.actors.carriers.simulator import SIMULATOR, Simulator
from firstyes.actors.journal.port import JournalUnavailable
from firstyes.actors.journal.writer import CrashPoint
from firstyes.actors.outbox.plan import Room
from firstyes.actors.records import Delivery
from support.outbox_world import OutboxWorld
from support.phones import phones
from support.stepped_outbox import SteppedOutbox

ANN, BEN = phones(2)
TAKES_A_KEY_ONCE = replace(SIMULATOR, recovery=Recovery.RESEND)
CANNOT_SAY = replace(SIMULATOR, recovery=Recovery.LEAVE)
BEHIND_WITH_ITS_BOOKS = replace(SIMULATOR, settles_in=10.0)


class ProcessDied(BaseException):
    """Raised when the process dies at a crash point."""


def die_at(named: str) -> CrashPoint:
    def crash_point(point: str) -> None:
        if point == named:
            raise ProcessDied

    return crash_point


def crash(world: OutboxWorld, carrier: Simulator, named: str) -> None:
    """Send what is due in a process that dies at the point named, leaving the rest to its successor."""
    die = die_at(named)
    for job in SteppedOutbox(world, carrier).advance():
        die("before hand-over")
        carrier.send_text(job.outbound)
        die("after hand-over")


@pytest.mark.fault(1)
def test_what_was_marked_but_not_handed_over_is_sent_once_after_the_restart(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    world.offer("s1", [ANN, BEN])
    with pytest.raises(ProcessDied):
        crash(world, carrier, "before hand-over")
    # when
    SteppedOutbox(world, carrier).send_all()
    # then
    assert [len(carrier.phone(one).texts) for one in (ANN, BEN)] == [1, 1]
    assert world.count(Delivery.SENT) == 2
    assert carrier.repeats == 0


@pytest.mark.fault(2)
def test_what_was_handed_over_but_not_recorded_is_found_and_not_sent_again(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    world.offer("s1", [ANN, BEN])
    with pytest.raises(ProcessDied):
        crash(world, carrier, "after hand-over")
    # when
    SteppedOutbox(world, carrier).send_all()
    # then
    assert [len(carrier.phone(one).texts) for one in (ANN, BEN)] == [1, 1]
    assert world.count(Delivery.SENT) == 2
    assert carrier.repeats == 0


@pytest.mark.fault(2)
def test_a_carrier_that_takes_a_key_only_once_is_simply_sent_it_again(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock, capabilities=TAKES_A_KEY_ONCE)
    world.offer("s1", [ANN])
    with pytest.raises(ProcessDied):
        crash(world, carrier, "after hand-over")
    # when
    outbox = SteppedOutbox(world, carrier)
    world.clock.advance(5)
    outbox.send_all()
    # then
    assert world.delivery(ANN) is Delivery.SENT
    assert (len(carrier.phone(ANN).texts), carrier.repeats) == (1, 1)


def test_what_may_have_been_sent_is_never_called_dropped(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock, capabilities=TAKES_A_KEY_ONCE)
    world.offer("s1", [ANN, BEN])
    with pytest.raises(ProcessDied):
        crash(world, carrier, "after hand-over")
    outbox = SteppedOutbox(world, carrier)
    world.fill("s1", BEN)
    # when
    world.clock.advance(5)
    outbox.send_all()
    # then
    assert world.delivery(ANN) is Delivery.UNKNOWN


@pytest.mark.fault(2)
def test_a_process_that_starts_again_and_again_still_asks_what_the_carrier_has(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock, capabilities=BEHIND_WITH_ITS_BOOKS)
    world.offer("s1", [ANN])
    with pytest.raises(ProcessDied):
        crash(world, carrier, "after hand-over")
    # when
    for _ in range(4):
        SteppedOutbox(world, carrier).send_all()
        world.clock.advance(3)
    SteppedOutbox(world, carrier).send_all()
    # then
    assert world.delivery(ANN) is Delivery.SENT
    assert (len(carrier.phone(ANN).texts), carrier.repeats) == (1, 0)


@pytest.mark.fault(2)
def test_with_a_carrier_that_can_do_neither_the_message_stays_unknown(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock, capabilities=CANNOT_SAY)
    world.offer("s1", [ANN])
    with pytest.raises(ProcessDied):
        crash(world, carrier, "after hand-over")
    # when
    outbox = SteppedOutbox(world, carrier)
    world.clock.advance(3_600)
    outbox.send_all()
    # then
    assert world.delivery(ANN) is Delivery.UNKNOWN
    assert len(carrier.phone(ANN).texts) == 1


@pytest.mark.fault(5)
@pytest.mark.parametrize("capabilities", [SIMULATOR, BEHIND_WITH_ITS_BOOKS])
def test_a_lost_answer_to_a_message_that_was_taken_leads_to_no_second_one(
    world: OutboxWorld, capabilities: Capabilities
) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(lose_after=1.0), capabilities=capabilities)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    # when
    outbox.send_all()
    world.clock.advance(10)
    outbox.send_all()
    # then
    assert world.delivery(ANN) is Delivery.SENT
    assert (len(carrier.phone(ANN).texts), carrier.repeats) == (1, 0)


@pytest.mark.fault(6)
def test_a_lost_message_is_sent_again_once_the_carrier_can_say_that_it_has_it_not(world: OutboxWorld) -> None:
    # given
    lossy = FaultPlan(lose_before=1.0)
    carrier = Simulator(world.clock, faults=lossy, capabilities=BEHIND_WITH_ITS_BOOKS)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    outbox.send_all()
    carrier.faults = FaultPlan()
    # when
    outbox.send_all()
    too_soon = world.delivery(ANN)
    world.clock.advance(10)
    outbox.send_all()
    # then
    assert too_soon is Delivery.UNKNOWN
    assert world.delivery(ANN) is Delivery.SENT
    assert len(carrier.phone(ANN).texts) == 1


@pytest.mark.fault(6)
def test_a_carrier_that_cannot_be_asked_is_asked_again_later(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    world.offer("s1", [ANN])
    with pytest.raises(ProcessDied):
        crash(world, carrier, "before hand-over")
    carrier.faults = FaultPlan(down=True)
    outbox = SteppedOutbox(world, carrier)
    outbox.send_all()
    assert world.delivery(ANN) is Delivery.UNKNOWN
    # when
    carrier.faults = FaultPlan()
    world.clock.advance(60)
    outbox.send_all()
    # then
    assert world.delivery(ANN) is Delivery.SENT


@pytest.mark.parametrize(
    ("capabilities", "end"),
    [(SIMULATOR, Delivery.FAILED), (TAKES_A_KEY_ONCE, Delivery.UNKNOWN), (CANNOT_SAY, Delivery.UNKNOWN)],
)
def test_a_message_that_is_lost_again_and_again_is_given_up_in_the_end(
    world: OutboxWorld, capabilities: Capabilities, end: Delivery
) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(lose_before=1.0), capabilities=capabilities)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    # when
    outbox.keep_sending(200, every=10)
    # then
    assert world.delivery(ANN) is end


@pytest.mark.fault(38)
def test_nothing_is_given_out_while_it_cannot_be_marked(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    world.break_journal()
    # when
    with pytest.raises(JournalUnavailable):
        outbox.advance()
    world.mend_journal()
    # then
    assert world.delivery(ANN) is Delivery.PLANNED
    outbox.send_all()
    assert len(carrier.phone(ANN).texts) == 1


@pytest.mark.fault(38)
def test_results_that_cannot_be_recorded_are_kept_until_they_can(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    (job,) = outbox.advance()
    world.break_journal()
    outbox.hand_over(job)
    with pytest.raises(JournalUnavailable):
        outbox.advance()
    # when
    world.mend_journal()
    outbox.send_all()
    # then
    assert world.delivery(ANN) is Delivery.SENT
    assert len(carrier.phone(ANN).texts) == 1


@pytest.mark.fault(6)
@pytest.mark.fault(38)
def test_a_question_to_the_carrier_is_not_forgotten_while_the_journal_cannot_be_written(
    world: OutboxWorld,
) -> None:
    # given
    carrier = Simulator(world.clock, faults=FaultPlan(lose_after=1.0), capabilities=BEHIND_WITH_ITS_BOOKS)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    outbox.send_all()
    world.clock.advance(10)
    world.break_journal()
    with pytest.raises(JournalUnavailable):
        outbox.advance()
    # when
    world.mend_journal()
    outbox.send_all()
    # then
    assert world.delivery(ANN) is Delivery.SENT


def test_when_the_clock_was_set_right_the_carrier_is_asked_about_each_message_once(
    world: OutboxWorld,
) -> None:
    # given
    world.offer("s1", [ANN, BEN])
    carrier = Simulator(
        world.clock, faults=FaultPlan(lose_after=1.0), capabilities=replace(SIMULATOR, settles_in=60.0)
    )
    outbox = SteppedOutbox(world, carrier)
    ann, ben = outbox.advance()
    outbox.hand_over(ben)
    world.clock.advance(1)
    outbox.hand_over(ann)
    # when
    world.clock.advance(-3_600)
    outbox.advance()
    world.clock.advance(60)
    asked = [outbox.advance(Room(answers=0, others=1)) for _ in range(3)]
    # then
    assert [[job.row.to_phone for job in jobs] for jobs in asked] == [[ANN], [BEN], []]


def test_what_a_former_outbox_gave_out_is_asked_about_before_it_is_sent_again(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(
        world.clock, faults=FaultPlan(refuse_first=1), capabilities=replace(SIMULATOR, settles_in=10.0)
    )
    world.offer("s1", [ANN])
    [job] = SteppedOutbox(world, carrier).advance()
    # when
    outbox = SteppedOutbox(world, carrier)
    outbox.hand_over(job)
    outbox.keep_sending(2, every=5)
    # then
    assert world.delivery(ANN) is Delivery.UNKNOWN
    # when
    outbox.send_all()
    # then
    assert (world.delivery(ANN), carrier.repeats) == (Delivery.SENT, 0)
