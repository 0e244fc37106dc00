"""Calls to whoever is on call."""

from collections.abc import Iterator

import pytest

from firstyes.domain.organization import Organization
from support.twilio_world import TwilioWorld, a_twilio_world
from support.world import DIALLED, LAKESIDE
from twilio_server.phone import Machine

NED, MIA = "+13125550902", "+13125550901"


@pytest.fixture
def world() -> Iterator[TwilioWorld]:
    with a_twilio_world() as world:
        on_call = [{"channel": "voice", "to": NED, "wait": 120}, {"channel": "voice", "to": MIA, "wait": 120}]
        lakeside = {"id": LAKESIDE, "name": "Lakeside", "time_zone": "America/Chicago", "phones": [DIALLED]}
        world.desk.put_organizations([Organization.model_validate({**lakeside, "on_call": on_call})])
        world.phones |= {"ned": NED, "mia": MIA}
        yield world


def needs_a_person(world: TwilioWorld) -> None:
    """A shift that nobody qualifies for."""
    world.shift()
    world.desk.fan_out("early")
    world.later(60)


def test_whoever_is_on_call_hears_the_alert_and_takes_it_by_a_key(world: TwilioWorld) -> None:
    # given
    world.phone("ned").presses = ["1"]
    # when
    needs_a_person(world)
    world.later(240)
    # then
    [heard] = world.phone("ned").heard
    assert heard.startswith("Lakeside. ")
    assert heard.endswith("Thank you. It is yours to see to. Goodbye.")
    [alert] = world.desk.alerts().items
    assert alert.acknowledged_by == "on_call:**********02"
    assert world.phone("mia").heard == []
    assert world.twilio.alerts == []


@pytest.mark.fault(53)
def test_a_machine_takes_no_alert_and_the_next_is_called(world: TwilioWorld) -> None:
    # given
    world.phone("ned").machine = Machine(greeting=4.0)
    world.phone("mia").presses = ["1"]
    # when
    needs_a_person(world)
    world.later(180)
    # then
    [recorded] = world.phone("ned").recordings
    assert "Press 1 if you see to it." in recorded
    [alert] = world.desk.alerts().items
    assert alert.acknowledged_by == "on_call:**********01"


def test_who_picks_up_when_somebody_sees_to_it_already_is_told_so(world: TwilioWorld) -> None:
    # given
    world.phone("ned").rings = 20.0
    world.shift()
    world.desk.fan_out("early")
    world.later(10)
    # when
    [alert] = world.desk.alerts().items
    world.desk.acknowledge_alert(alert.id)
    world.later(60)
    # then
    assert world.phone("ned").heard == ["Somebody is seeing to this already. Thank you. Goodbye."]
