"""Several offers in one text, over sockets: one request to Twilio, and whatever becomes of it becomes of each."""

import pytest

from support.twilio_world import TwilioWorld, a_twilio_world
from support.world import DIALLED
from twilio_server.fault_plan import Fault


def offered_two(world: TwilioWorld) -> str:
    """Offer Ana, Ben and Cleo two shifts at once by a slow number; give somebody who was told of neither yet."""
    world.caregivers("ana", "ben", "cleo")
    world.shift("early")
    world.shift("later", starts_in=26)
    for shift_id in ("early", "later"):
        world.desk.fan_out(shift_id)
    world.settle()
    return next(name for name in world.phones if not world.handed_over(name))


def deliveries(world: TwilioWorld, name: str) -> set[str]:
    """Say what became of somebody's two offers."""
    return {str(world.offer(name, one).delivery) for one in ("early", "later")}


def test_one_text_is_handed_over_and_its_answer_is_one_text() -> None:
    with a_twilio_world(rates={DIALLED: 0.5}) as world:
        # given
        name = offered_two(world)
        # when
        world.later(30)
        # then
        [offers] = world.handed_over(name)
        assert offers.startswith("Lakeside: Open shifts:\n")
        assert deliveries(world, name) == {"delivered"}
        # when
        early, later = (world.code(name, one) for one in ("early", "later"))
        world.writes(name, f"YES {early} {later}")
        world.later(10)
        # then
        _, answer = world.handed_over(name)
        assert answer.count("You have the shift") == 2
        assert [world.record(one).claimed_by for one in ("early", "later")] == [name, name]


@pytest.mark.fault(5)
@pytest.mark.parametrize("fault", [Fault.LOST_AFTER, Fault.BROKEN, Fault.LOST_BEFORE])
def test_it_arrives_once_though_nobody_says_whether_it_was_taken(fault: Fault) -> None:
    with a_twilio_world(rates={DIALLED: 0.5}) as world:
        # given
        name = offered_two(world)
        world.twilio.faults.next(*[fault] * 2)
        # when
        world.later(120)
        # then
        assert len(world.inbox(name)) == 1
        assert deliveries(world, name) == {"delivered"}


@pytest.mark.fault(31)
def test_an_opt_out_that_only_the_carrier_knows_of_ends_both() -> None:
    with a_twilio_world(rates={DIALLED: 0.5}) as world:
        # given
        name = offered_two(world)
        world.twilio.core.context.opted_out.add((DIALLED, world.phones[name]))
        # when
        world.later(60)
        # then
        assert deliveries(world, name) == {"failed"}
        assert world.opted_out(name)
