"""When a text that matters does not arrive though it is true, a person is called; told after all, the alert closes."""

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.port import Capabilities, OutboundMessage, OutcomeUnknown, Recovery
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.alert import AlertKind
from firstyes.domain.sending import LOST
from support.world import FIVE_AM, HOUR, World, a_world

NONE = FaultPlan()


def simulator(world: World) -> Simulator:
    assert isinstance(world.desk.carrier, Simulator)
    return world.desk.carrier


def dead(world: World, *names: str) -> FaultPlan:
    return FaultPlan(dead_numbers=frozenset(world.phones[one] for one in names))


def not_told(world: World, *, open_: bool | None = True) -> list[str]:
    found = world.desk.alerts(kind=AlertKind.NOT_TOLD, open=open_).items
    return [f"{one.caregiver_id}: {one.message}" for one in found]


def test_row_14_a_confirmation_that_fails_calls_a_person() -> None:
    with a_world() as world:
        # given
        world.asked("ann", "bea")
        simulator(world).faults = dead(world, "ann")
        # when
        world.says("ann", "yes")
        world.desk.settle()
        # then
        [alert] = world.desk.alerts(kind=AlertKind.NOT_TOLD).items
        assert alert.message.startswith("They have the shift, and the text that says so did not arrive: ")
        assert (alert.shift_id, alert.caregiver_id, alert.caregiver_name) == ("early", "ann", "ann")
        assert (alert.phone, alert.closed_at) == (world.phones["ann"], None)


def test_row_14_a_release_text_that_fails_calls_a_person() -> None:
    with a_world() as world:
        world.asked("ann", "bea")
        world.says("ann", "yes")
        world.desk.settle()
        simulator(world).faults = dead(world, "ann")
        world.desk.release("early")
        world.desk.settle()
        [told] = not_told(world)
        assert told.startswith("ann: They no longer have the shift, were not told so, and may come: ")


def test_row_14_a_withdrawal_that_fails_calls_a_person_for_the_holder_alone() -> None:
    with a_world() as world:
        world.asked("ann", "bea", shift_id="early")
        world.offered("late", starts_in=30)
        world.says("ann", f"yes {world.code('ann')}")
        world.desk.settle()
        simulator(world).faults = dead(world, "ann", "bea")
        world.desk.cancel("early", confirm=True)
        world.desk.cancel("late")
        world.desk.settle()
        [told] = not_told(world)
        assert told.startswith("ann: The shift is called off, they were not told so, and may come: ")


def test_row_14_a_retry_that_is_given_up_counts_as_failed() -> None:
    with a_world() as world:
        # given
        world.asked("ann", "bea", starts_in=48)
        simulator(world).faults = FaultPlan(refuse=1.0)
        world.says("ann", "yes")
        # when
        world.desk.settle()
        assert not_told(world) == []
        for _ in range(60):
            world.later(400)
        # then
        assert len(not_told(world)) == 1


def test_row_13_a_holder_who_opted_out_is_not_told_of_a_cancellation_and_a_person_is_called() -> None:
    with a_world() as world:
        # given
        world.asked("ann", "bea")
        world.says("ann", "yes")
        world.says("ann", "STOP")
        # when
        world.desk.cancel("early", confirm=True)
        world.desk.settle()
        # then
        assert not_told(world) == [
            "ann: The shift is called off, they were not told so, and may come: The person opted out."
        ]


@pytest.mark.parametrize("recovery", [Recovery.LEAVE])
def test_where_it_will_never_be_known_a_person_is_called(recovery: Recovery) -> None:
    """Neighbour of row 14: the carrier's answer is lost, and it cannot be asked."""

    class Vague(Simulator):
        vague = False

        @property
        def capabilities(self) -> Capabilities:
            return Capabilities(frozenset(super().capabilities.channels), recovery)

        def send_text(self, outbound: OutboundMessage) -> str:
            if self.vague:
                raise OutcomeUnknown("no answer came")
            return super().send_text(outbound)

    carrier = Vague(ManualClock(FIVE_AM))
    with a_world(carrier=carrier) as world:
        world.asked("ann", "bea")
        carrier.vague = True
        world.says("ann", "yes")
        world.desk.settle()
        [told] = not_told(world)
        assert (
            told
            == f"ann: They have the shift, and the text that says so did not arrive: {LOST} no answer came"
        )


def test_told_after_all_it_closes_itself() -> None:
    with a_world() as world:
        # given
        world.asked("ann", "bea")
        simulator(world).faults = dead(world, "ann")
        world.says("ann", "yes")
        world.desk.settle()
        assert len(not_told(world)) == 1
        # when
        simulator(world).faults = NONE
        world.later(60)
        world.says("ann", "yes")
        world.desk.settle()
        # then
        [alert] = world.desk.alerts(kind=AlertKind.NOT_TOLD).items
        assert (alert.closed_by, alert.closed_at) == ("carrier", world.clock.now())


def test_it_closes_itself_when_the_shift_is_released_and_what_holds_then_is_told() -> None:
    with a_world() as world:
        world.asked("ann", "bea")
        simulator(world).faults = dead(world, "ann")
        world.says("ann", "yes")
        world.desk.settle()
        simulator(world).faults = NONE
        world.desk.release("early")
        world.desk.settle()
        [alert] = world.desk.alerts(kind=AlertKind.NOT_TOLD).items
        assert alert.closed_by == "coordinator"


def test_what_is_no_longer_true_calls_nobody() -> None:
    """Row 14: unless the text was no longer true."""
    with a_world() as world:
        # given
        world.asked("ann", "bea", starts_in=48)
        simulator(world).faults = FaultPlan(refuse=1.0)
        world.says("ann", "yes")
        world.desk.settle()
        # when
        world.desk.release("early")
        simulator(world).faults = NONE
        world.later(HOUR)
        # then
        confirmation, release = [one for one in world.sent("ann") if one.purpose != "offer"]
        assert (confirmation.purpose, confirmation.state) == ("confirmation", "dropped")
        assert (release.purpose, release.state) == ("release", "sent")
        assert not_told(world, open_=None) == []


def test_losing_an_offer_or_an_answer_to_somebody_else_calls_nobody() -> None:
    with a_world() as world:
        world.caregivers("ann", "bea", "cat")
        simulator(world).faults = dead(world, "cat")
        world.offered()
        world.says("ann", "yes")
        simulator(world).faults = dead(world, "bea", "cat")
        world.says("bea", "yes")
        world.desk.settle()
        assert not_told(world, open_=None) == []


def test_row_14_a_release_that_was_not_told_stays_a_matter_when_the_shift_is_called_off() -> None:
    with a_world() as world:
        world.asked("ann", "bea")
        world.says("ann", "yes")
        simulator(world).faults = dead(world, "ann")
        world.desk.release("early")
        world.says("bea", "yes")
        world.desk.cancel("early", confirm=True)
        world.desk.settle()
        [told] = not_told(world)
        assert told.startswith("ann: They no longer have the shift, were not told so, and may come: ")
