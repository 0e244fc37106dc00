"""Our webhooks and a Twilio, over real sockets: texts, calls, and what goes wrong with them."""

from collections.abc import Iterator

import pytest

from support.twilio_world import TwilioWorld, a_twilio_world
from twilio_server.phone import Machine, Screening


@pytest.fixture
def world() -> Iterator[TwilioWorld]:
    with a_twilio_world() as world:
        yield world


@pytest.fixture(autouse=True)
def nothing_to_complain_of(world: TwilioWorld) -> Iterator[None]:
    """Whatever a story tells, Twilio could read each of our answers."""
    yield
    assert world.twilio.alerts == []


def test_a_shift_is_offered_by_text_taken_by_text_and_confirmed(world: TwilioWorld) -> None:
    # given
    world.asked("Ana", "Ben")
    world.later(5)
    # when
    world.writes("Ana", "yes")
    world.later(5)
    # then
    assert world.record().claimed_by == "Ana"
    assert world.offer("Ben").delivery == "delivered"
    assert [one.split(":")[0] for one in world.phone("Ana").inbox] == ["Lakeside", "You have the shift"]


def test_phones_ring_when_nobody_has_answered_and_a_key_takes_the_shift(world: TwilioWorld) -> None:
    # given
    world.caregivers("Ana")
    world.phone("Ana").presses = ["1"]
    # when
    world.offered()
    world.later(660)
    # then
    assert world.record().claimed_by == "Ana"
    [heard] = world.phone("Ana").heard
    assert heard.startswith("This is Lakeside, about an open R N shift.")
    assert "You have the shift. Today, Tuesday, July 16, from 7 AM to 3 PM." in heard


@pytest.mark.fault(53)
@pytest.mark.parametrize("greeting", [3.0, 9.0, 15.0, 20.0])
def test_a_machine_accepts_nothing_and_its_recording_has_the_shift_s_code_and_our_number(
    world: TwilioWorld, greeting: float
) -> None:
    # given
    world.caregivers("Ana")
    world.phone("Ana").machine = Machine(greeting=greeting)
    # when
    world.offered()
    world.later(720)
    # then
    assert world.record().claimed_by is None
    [recorded] = world.phone("Ana").recordings
    code = " ".join(world.code("Ana"))
    assert f"text YES {code} to 3 1 2, 5 5 5, 0 1 0 0, or call that number and enter {code}." in recorded


def test_a_phone_that_screens_hears_at_once_who_calls_and_why(world: TwilioWorld) -> None:
    # given
    world.caregivers("Ana")
    world.phone("Ana").screening = Screening(listens=4.0)
    # when
    world.offered()
    world.later(660)
    # then
    [screened] = world.phone("Ana").screened
    assert screened.startswith("This is Lakeside, about an open R N shift.")


def test_whoever_missed_the_call_calls_back_and_takes_the_shift(world: TwilioWorld) -> None:
    # given
    world.caregivers("Ana")
    world.phone("Ana").rings = None
    world.offered()
    world.later(660)
    # when
    heard = world.calls_in("Ana", world.code("Ana") + "#", "1")
    # then
    assert heard.endswith(
        "You have the shift. Today, Tuesday, July 16, from 7 AM to 3 PM. We are texting you the same. Thank you. Goodbye."
    )
    assert world.record().claimed_by == "Ana"
    assert "If that was not you, reply NO" in world.phone("Ana").inbox[-1]
