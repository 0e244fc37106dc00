"""The second round rings phones: what is heard, pressed, recorded and answered goes through Twilio's protocol, over sockets."""

import pytest

from support.twilio_world import TwilioWorld
from support.world import DIALLED
from twilio_server.call import Call
from twilio_server.fault_plan import Fault
from twilio_server.phone import Machine, Screening


def called(world: TwilioWorld, *names: str) -> list[Call]:
    """Offer a shift by text, let nobody answer, and let the phones ring; give the calls."""
    world.caregivers(*names)
    world.twilio.account.calls_a_second = 1e9
    world.offered()
    world.later(601)
    return world.twilio.calls()


def test_whoever_presses_1_has_the_shift_and_hears_so(world: TwilioWorld) -> None:
    # given
    world.caregivers("ana")
    world.phone("ana").presses = ["1"]
    # when
    called(world)
    world.later(60)
    # then
    assert world.record().claimed_by == "ana"
    [heard] = world.phone("ana").heard
    assert heard.startswith("This is Lakeside, about an open R N shift.")
    assert "You have the shift." in heard
    assert len(world.inbox("ana")) == 2
    assert world.twilio.alerts == []


@pytest.mark.fault(53)
def test_a_machine_that_answers_takes_nothing_and_its_owner_can_still_say_yes(world: TwilioWorld) -> None:
    # given
    world.caregivers("ana")
    world.phone("ana").machine = Machine(greeting=6.0)
    # when
    called(world)
    world.later(120)
    # then
    assert world.record().claimed_by is None
    [recorded] = world.phone("ana").recordings
    code = world.code("ana")
    assert f"text YES {' '.join(code)} to" in recorded.replace(",", "")
    # when
    world.writes("ana", f"YES {code}")
    # then
    assert world.record().claimed_by == "ana"


def test_a_phone_that_screens_its_calls_hears_at_once_who_calls_and_why(world: TwilioWorld) -> None:
    # given
    world.caregivers("ana")
    owner = world.phone("ana")
    owner.screening, owner.presses = Screening(listens=4.0), lambda heard: "1"
    # when
    called(world)
    world.later(60)
    # then
    assert owner.screened[0].startswith("This is Lakeside, about an open R N shift.")
    assert world.record().claimed_by == "ana"


@pytest.mark.fault(54)
def test_whoever_presses_1_after_somebody_else_won_hears_that_it_is_taken(world: TwilioWorld) -> None:
    # given: both are on the phone
    world.caregivers("ana", "ben")
    late = world.phone("ben")
    late.presses, late.thinks = ["1"], 3.5
    called(world)
    world.later(6)
    assert [one.status for one in world.twilio.calls()] == ["in-progress", "in-progress"]
    # when
    world.writes("ana", f"YES {world.code('ana')}")
    world.later(60)
    # then
    assert world.record().claimed_by == "ana"
    assert "taken" in late.heard[0]
    assert "You have the shift" not in late.heard[0]
    # and that without a key of theirs
    assert late.presses == ["1"]
    assert world.twilio.calls(late.number)[0].over


@pytest.mark.fault(54)
def test_a_phone_that_still_rings_when_somebody_else_has_won_stops(world: TwilioWorld) -> None:
    # given
    world.caregivers("ana", "ben")
    world.phone("ben").rings = 20.0
    called(world)
    # when
    world.writes("ana", f"YES {world.code('ana')}")
    world.later(60)
    # then
    assert [one.status for one in world.twilio.calls(world.phones["ben"])] == ["canceled"]
    assert world.phone("ben").heard == []


@pytest.mark.fault(54)
def test_a_key_that_is_pressed_in_a_call_that_could_not_be_ended_wins_nothing_any_more(
    world: TwilioWorld,
) -> None:
    # given
    world.caregivers("ana", "ben")
    late = world.phone("ben")
    late.presses, late.thinks = ["1"], 3.5
    called(world)
    world.later(6)
    world.twilio.faults.next(*[Fault.DOWN] * 50, path="/Calls/CA")
    # when
    world.writes("ana", f"YES {world.code('ana')}")
    world.later(60)
    # then
    assert late.presses == []
    assert world.record().claimed_by == "ana"
    assert late.heard[0].endswith("has just been taken by someone else. Thank you for answering. Goodbye.")


def test_whoever_calls_back_enters_the_code_and_takes_the_shift(world: TwilioWorld) -> None:
    # given
    world.asked("ana")
    owner = world.phone("ana")
    owner.presses = [f"{world.code('ana')}#", "1"]
    # when
    world.twilio.call(owner.number, DIALLED)
    world.later(60)
    # then
    assert world.record().claimed_by == "ana"
    assert "You have the shift." in owner.heard[0]
    assert len(world.inbox("ana")) == 2


@pytest.mark.fault(29)
def test_stop_ends_the_call_that_rings_and_no_other_comes(world: TwilioWorld) -> None:
    # given
    world.caregivers("ana", "ben")
    world.phone("ana").rings = 20.0
    called(world)
    # when
    world.writes("ana", "STOP")
    world.later(600)
    # then
    assert [one.status for one in world.twilio.calls(world.phones["ana"])] == ["canceled"]
    assert world.phone("ana").heard == []


@pytest.mark.parametrize("behaviour", [{"busy": True}, {"rings": None}, {"fails": True}], ids=str)
def test_a_call_that_nobody_takes_leaves_the_shift_open_for_the_others(
    world: TwilioWorld, behaviour: dict[str, object]
) -> None:
    # given
    world.caregivers("ana", "ben")
    for name, value in behaviour.items():
        setattr(world.phone("ana"), name, value)
    world.phone("ben").presses = ["1"]
    # when
    called(world)
    world.later(60)
    # then
    assert world.record().claimed_by == "ben"
    assert world.phone("ana").heard == []
