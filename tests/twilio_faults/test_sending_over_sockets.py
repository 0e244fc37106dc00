"""What goes wrong between us and Twilio when a text is handed over: it reaches its phone once, or a person is told."""

from collections.abc import Iterator

import pytest
import requests

from support.patience import PATIENCE
from support.twilio_world import TwilioWorld, a_twilio_world
from twilio_server.fault_plan import Fault, Trouble

TAKEN = ("sent", "delivered")


def states(world: TwilioWorld, name: str) -> list[str]:
    """Give what became of the texts to somebody."""
    return [str(one.state) for one in world.sent(name)]


@pytest.mark.fault(5)
@pytest.mark.parametrize("called_back", [True, False])
@pytest.mark.parametrize("fault", [Fault.LOST_AFTER, Fault.BROKEN])
def test_a_text_that_twilio_took_without_saying_so_is_not_sent_again(
    world: TwilioWorld, fault: Fault, called_back: bool
) -> None:
    # given
    world.twilio.faults.chances = {} if called_back else {Trouble.NEVER: 1.0}
    world.twilio.faults.next(fault)
    # when
    world.asked("ana")
    world.later(60)
    # then
    assert len(world.inbox("ana")) == 1
    assert states(world, "ana")[0] in TAKEN


@pytest.mark.fault(6)
def test_a_text_that_twilio_did_not_take_and_does_not_speak_of_in_time_is_sent_after_a_while(
    impatient: TwilioWorld,
) -> None:
    # given
    impatient.twilio.faults.next(Fault.SILENT_BEFORE)
    # when
    impatient.asked("ana")
    impatient.later(120)
    # then
    assert len(impatient.inbox("ana")) == 1


@pytest.mark.fault(8)
def test_while_twilio_takes_no_texts_the_phones_ring_in_their_turn(world: TwilioWorld) -> None:
    # given
    world.caregivers("ana", "ben")
    world.phone("ben").presses = ["1"]
    world.twilio.faults.next(*[Fault.DOWN] * 500, path="/Messages")
    # when
    world.offered()
    world.later(900)
    # then
    assert world.record().claimed_by == "ben"
    assert world.twilio.sent() == []
    assert {"carrier_down"} <= set(world.alerts())


@pytest.mark.fault(5)
def test_of_two_texts_in_doubt_to_one_phone_the_one_that_was_taken_is_not_sent_again(
    world: TwilioWorld,
) -> None:
    # given
    world.twilio.faults.chances = {Trouble.NEVER: 1.0}
    world.caregivers("ana")
    world.shift("early")
    world.shift("later", starts_in=26)
    world.twilio.faults.next(Fault.LOST_BEFORE, Fault.LOST_AFTER)
    # when
    world.desk.fan_out("early")
    world.later(5)
    world.desk.fan_out("later")
    world.later(120)
    # then
    assert sorted(one.body for one in world.twilio.sent()) == sorted(one.body for one in world.sent("ana"))


@pytest.mark.fault(6)
def test_a_text_that_twilio_did_not_take_is_sent_after_a_while(world: TwilioWorld) -> None:
    # given
    world.twilio.faults.next(Fault.LOST_BEFORE)
    # when
    world.asked("ana")
    # then
    assert world.inbox("ana") == []
    # when
    world.later(120)
    # then
    assert len(world.inbox("ana")) == 1


@pytest.mark.fault(7)
def test_too_many_requests_only_slow_the_texts_down(world: TwilioWorld) -> None:
    # given
    names = [f"c{number}" for number in range(12)]
    world.twilio.faults.next(*[Fault.THROTTLED] * 8)
    # when
    world.asked(*names)
    world.later(120)
    # then
    assert [len(world.inbox(name)) for name in names] == [1] * 12
    assert world.alerts() == []


@pytest.mark.fault(8)
@pytest.mark.parametrize("fault", [Fault.DOWN, Fault.LOST_BEFORE])
def test_while_twilio_is_down_the_shift_keeps_its_time_and_a_person_is_told(
    world: TwilioWorld, fault: Fault
) -> None:
    # given
    world.twilio.faults.always = fault
    # when
    world.asked("ana", "ben")
    world.later(120)
    # then
    assert "carrier_down" in world.alerts()
    assert world.inbox("ana") == []
    ready = requests.get(f"{world.url}/readyz", timeout=PATIENCE)
    assert ready.status_code == 200
    # when
    world.twilio.faults.always = None
    world.later(240)
    # then
    assert [len(world.inbox(name)) for name in ("ana", "ben")] == [1, 1]
    world.writes("ben", f"YES {world.code('ben')}")
    assert world.record().claimed_by == "ben"


@pytest.fixture
def impatient() -> Iterator[TwilioWorld]:
    """A world whose carrier waits only a moment for an answer."""
    with a_twilio_world(read_timeout=0.2) as world:
        yield world


@pytest.mark.fault(5)
def test_an_answer_that_does_not_come_in_time_leaves_one_text(impatient: TwilioWorld) -> None:
    # given
    impatient.twilio.faults.next(Fault.SILENT_AFTER)
    # when
    impatient.asked("ana")
    impatient.later(60)
    # then
    assert len(impatient.inbox("ana")) == 1
    assert states(impatient, "ana")[0] in TAKEN
