"""A day's ceilings on texts, calls and cost: no more offers go out, people are reached otherwise, and a person is called."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from firstyes.actors.carriers.fault_plan import NO_FAULTS, FaultPlan
from firstyes.actors.carriers.port import Ceilings
from firstyes.actors.carriers.simulator import SIMULATOR, Simulator
from firstyes.actors.journal.port import CommitUnknown
from firstyes.actors.outbox.daily_use import DailyUse
from firstyes.actors.records import Delivery
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.policy import Channel
from support.outbox_world import OutboxWorld
from support.phones import phones
from support.stepped_outbox import SteppedOutbox
from support.world import FIVE_AM, World, a_world

NAMES = ("Ana", "Ben", "Cat", "Dee")


@contextmanager
def a_town(ceilings: Ceilings, store: str = "sqlite://", *, hours: float = 0) -> Iterator[World]:
    at = FIVE_AM + timedelta(hours=hours)
    carrier = Simulator(ManualClock(at), capabilities=replace(SIMULATOR, ceilings=ceilings))
    with a_world(store, carrier=carrier, at=at) as world:
        world.caregivers(*NAMES)
        yield world


def reached(world: World) -> tuple[int, int]:
    """How many were texted and called."""
    assert isinstance(world.desk.carrier, Simulator)
    phones = [world.desk.carrier.phone(world.phones[name]) for name in NAMES]
    return sum(len(one.texts) for one in phones), sum(len(one.calls) for one in phones)


def ceilings_told(world: World) -> list[str]:
    return [one.message for one in world.desk.alerts(open=True).items if one.kind == "ceiling_reached"]


def test_when_the_texts_of_a_day_are_used_up_the_others_are_called_and_a_person_is() -> None:
    with a_town(Ceilings(texts=2)) as world:
        # when
        world.offered()
        # then
        assert reached(world) == (2, 2)
        assert ceilings_told(world) == ["The ceiling of 2 segments of texts in 24 hours is reached."]
        record = world.record()
        assert [one.reason for one in record.offers or () if one.reason] == []
        # and answers are sent all the same
        world.says("Ana", "yes")
        world.desk.settle()
        assert reached(world)[0] == 3


def test_where_calls_have_one_as_well_the_coordinator_is_told_that_nobody_more_is_reached() -> None:
    with a_town(Ceilings(texts=0, calls=0)) as world:
        world.offered()
        assert reached(world) == (0, 0)
        assert len(ceilings_told(world)) == 2
        assert "nobody_reachable" in world.alerts()
        assert {one.reason for one in world.record().offers or ()} == {
            "The ceiling of 0 calls in 24 hours is reached."
        }


def test_texts_and_calls_share_what_a_day_may_cost() -> None:
    with a_town(Ceilings(cost=0.10, text_price=0.03, call_price=0.05)) as world:
        # when
        world.offered()
        # then
        assert reached(world) == (4, 0)
        world.clock.advance(600)
        world.desk.settle()
        assert reached(world) == (4, 0)
        assert "The ceiling of 0.10 for texts and calls in 24 hours is reached." in ceilings_told(world)


def test_after_a_day_offers_go_out_again_and_the_alert_is_closed() -> None:
    with a_town(Ceilings(texts=4)) as world:
        # given
        world.offered()
        assert ceilings_told(world)
        # when
        world.clock.advance(25 * 3600)
        world.desk.settle()
        # then
        assert ceilings_told(world) == []
        world.offered("second", starts_in=30)
        assert reached(world)[0] == 8


def test_a_restart_forgets_nothing_of_what_was_used(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/a.db"
    with a_town(Ceilings(texts=4), store) as world:
        world.offered(starts_in=72)
    with a_town(Ceilings(texts=4), store, hours=1) as world:
        # The first shift has its calls by then, the second has them at once.
        world.offered("second", starts_in=72)
        assert reached(world) == (0, 8)
        assert len(ceilings_told(world)) == 1


NUMBERS = frozenset(f"+1312555{number:04}" for number in range(200, 204))
NOT_TAKEN = pytest.mark.parametrize(
    "faults",
    [FaultPlan(down=True), FaultPlan(refuse=1.0), FaultPlan(dead_numbers=NUMBERS)],
    ids=["throttled", "failed", "dead"],
)


@NOT_TAKEN
@pytest.mark.parametrize("restarts", [False, True])
def test_what_the_carrier_does_not_take_uses_nothing(
    tmp_path: Path, faults: FaultPlan, restarts: bool
) -> None:
    store = f"sqlite:///{tmp_path}/a.db"
    with a_town(Ceilings(texts=4), store) as world:
        # given
        fail(world, faults)
        world.offered(starts_in=72)
        for _ in range(3):
            world.later(10)
        assert ceilings_told(world) == []
        # then
        if not restarts:
            fail(world, NO_FAULTS)
            assert all_are_texted(world, again=bool(faults.dead_numbers))
    if restarts:
        with a_town(Ceilings(texts=4), store) as world:
            assert all_are_texted(world, again=bool(faults.dead_numbers))


def all_are_texted(world: World, *, again: bool) -> bool:
    """Whether each is texted once, where what was tried before is over about another shift."""
    if again:
        world.offered("second", starts_in=30)
    world.later(60)
    return reached(world)[0] == len(NAMES)


def fail(world: World, faults: FaultPlan) -> None:
    assert isinstance(world.desk.carrier, Simulator)
    world.desk.carrier.faults = faults


def test_what_is_taken_anew_since_nobody_knows_whether_it_was_marked_uses_a_ceiling_once() -> None:
    # given
    town, one = OutboxWorld(), replace(SIMULATOR, ceilings=Ceilings(texts=1))
    town.offer("s1", phones(1))
    outbox = SteppedOutbox(town, Simulator(town.clock, capabilities=one))
    town.breakable.late = True
    with pytest.raises(CommitUnknown):
        outbox.advance()
    # when
    outbox.send_all()
    # then
    assert town.count(Delivery.SENT) == 1


@pytest.mark.parametrize(("hours", "free"), [(23, False), (25, True)])
def test_a_day_is_the_last_24_hours(hours: int, free: bool) -> None:
    use = DailyUse(Ceilings(texts=1))
    use.spend(Channel.SMS, 1, FIVE_AM)
    assert (use.why_not(Channel.SMS, FIVE_AM + timedelta(hours=hours)) is None) is free
    assert use.why_not(Channel.VOICE, FIVE_AM) is None
