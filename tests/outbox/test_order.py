"""Row 57: texts about one shift to one phone keep their order, and what is no longer true is not sent."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.records import Delivery
from firstyes.domain.message import Purpose
from support.outbox_world import OutboxWorld
from support.phones import phones
from support.stepped_outbox import SteppedOutbox
from support.world import HOUR, a_world

ANN, BEN = phones(2)
SEEN = {"sent", "delivered"}


def test_row_57_what_came_later_waits_while_the_first_waits_for_its_retry(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    outbox.send_all()
    carrier.faults = FaultPlan(refuse=1.0)
    world.fill("s1", ANN)
    outbox.send_all()
    # when
    world.call_off("s1")
    carrier.faults = FaultPlan()
    outbox.send_all()
    # then
    assert world.delivery(ANN, Purpose.WITHDRAWAL) is Delivery.PLANNED
    # when
    world.clock.advance(5)
    outbox.send_all()
    # then
    assert world.delivery(ANN, Purpose.CONFIRMATION) is Delivery.DROPPED
    assert world.delivery(ANN, Purpose.WITHDRAWAL) is Delivery.SENT


def test_row_57_it_waits_over_a_restart_too(world: OutboxWorld) -> None:
    carrier = Simulator(world.clock, faults=FaultPlan(refuse=1.0))
    world.offer("s1", [ANN])
    world.fill("s1", ANN)
    SteppedOutbox(world, carrier).send_all()
    world.call_off("s1")
    carrier.faults = FaultPlan()
    SteppedOutbox(world, carrier).send_all()
    assert world.delivery(ANN, Purpose.WITHDRAWAL) is Delivery.PLANNED


def test_row_57_what_came_later_waits_while_the_first_is_being_sent(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    outbox.send_all()
    world.fill("s1", ANN)
    [confirmation] = outbox.advance()
    # when
    world.call_off("s1")
    # then
    assert outbox.advance() == []
    assert confirmation.row.purpose is Purpose.CONFIRMATION


def test_row_57_what_came_later_waits_until_it_is_known_whether_the_first_went_out(
    world: OutboxWorld,
) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    outbox.send_all()
    carrier.faults = FaultPlan(lose_before=1.0)
    world.fill("s1", ANN)
    outbox.send_all()
    carrier.faults = FaultPlan()
    # when
    world.call_off("s1")
    outbox.send_all()
    # then
    assert world.delivery(ANN, Purpose.WITHDRAWAL) is Delivery.PLANNED
    outbox.keep_sending(10, every=30)
    assert world.delivery(ANN, Purpose.WITHDRAWAL) is Delivery.SENT


def test_an_offer_on_its_way_holds_up_no_answer(world: OutboxWorld) -> None:
    """Whoever says yes has the offer, though the carrier has not said so yet."""
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN])
    [offer] = outbox.advance()
    world.fill("s1", ANN)
    [answer] = outbox.advance()
    assert (offer.row.purpose, answer.row.purpose) == (Purpose.OFFER, Purpose.CONFIRMATION)


def test_other_shifts_and_other_phones_do_not_wait(world: OutboxWorld) -> None:
    # given
    carrier = Simulator(world.clock)
    outbox = SteppedOutbox(world, carrier)
    world.offer("s1", [ANN, BEN])
    world.offer("s2", [ANN])
    outbox.send_all()
    carrier.faults = FaultPlan(dead_numbers=frozenset(), refuse=1.0)
    world.fill("s1", ANN)
    outbox.send_all()
    carrier.faults = FaultPlan()
    # when
    world.fill("s2", ANN)
    # Answers to the same words would be one text.
    world.clock.advance(1)
    world.answer(ANN)
    world.answer(BEN)
    world.clock.advance(1)
    jobs = outbox.advance()
    # then
    assert [(job.row.shift_id, job.row.to_phone) for job in jobs] == [("s2", ANN), (None, ANN), (None, BEN)]


STEPS = ("fan out", "yes ann", "yes bea", "release", "cancel", "late ann", "wait", "wait long")
FAULTS = (
    FaultPlan(),
    FaultPlan(refuse=0.6),
    FaultPlan(lose_before=0.6),
    FaultPlan(lose_after=0.6),
    FaultPlan(refuse=0.3, lose_before=0.3, lose_after=0.3),
)


@pytest.mark.fault(8)
@settings(max_examples=settings.default.max_examples // 3)
@given(
    st.lists(st.sampled_from(STEPS), min_size=3, max_size=12),
    st.sampled_from(FAULTS),
    st.integers(0, 1_000),
)
def test_row_57_a_phone_reads_in_order_and_last_what_holds(
    steps: Sequence[str], faults: FaultPlan, seed: int
) -> None:
    with a_world() as world:
        # given
        carrier = world.desk.carrier
        assert isinstance(carrier, Simulator)
        world.asked("ann", "bea", starts_in=40)
        carrier.faults = FaultPlan(
            seed=seed, refuse=faults.refuse, lose_before=faults.lose_before, lose_after=faults.lose_after
        )
        # when
        for step in steps:
            match step.split():
                case ["fan", "out"]:
                    world.desk.fan_out("early")
                case ["yes", name]:
                    world.says(name, "yes")
                case ["late", name]:
                    world.says(name, "running 10 minutes late")
                case ["release"]:
                    world.desk.release("early")
                case ["cancel"]:
                    world.desk.cancel("early", confirm=True)
                case ["wait"]:
                    world.clock.advance(3)
                case _:
                    world.clock.advance(90)
        carrier.faults = FaultPlan()
        for _ in range(12):
            world.later(HOUR / 10)
        # then
        holder = world.record().claimed_by
        for name in ("ann", "bea"):
            planned = {one.body: number for number, one in enumerate(world.sent(name)) if one.shift_id}
            read = [one.body for one in carrier.phone(world.phones[name]).texts if one.body in planned]
            said = [one for one in world.sent(name) if one.state in SEEN and one.purpose in HOLDS | HOLDS_NOT]
            assert not [one for one in world.sent(name) if one.state in {"planned", "sending", "unknown"}]
            last = next((one for one in reversed(read) if one in {text.body for text in said}), None)
            if last is not None:
                purposes = {text.purpose for text in said if text.body == last}
                assert (name == holder) == bool(purposes & HOLDS), (name, holder, read)


HOLDS = {"confirmation", "already_yours"}
HOLDS_NOT = {"release", "withdrawal"}
