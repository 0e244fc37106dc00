"""Calls that ring or talk when what they are about is gone, and how many there are at a time."""

from collections.abc import Iterator

import pytest

from firstyes.actors.carriers.port import OutboundMessage
from firstyes.actors.carriers.twilio.carrier import TwilioCarrier
from support.twilio_world import TwilioWorld, a_twilio_world


@pytest.fixture
def world() -> Iterator[TwilioWorld]:
    with a_twilio_world() as world:
        yield world


def statuses(world: TwilioWorld) -> dict[str, str]:
    """How each call went, by whom it was to."""
    names = {phone: name for name, phone in world.phones.items()}
    return {names[one.to]: one.status for one in world.twilio.calls()}


def ringing(world: TwilioWorld, *names: str) -> None:
    """Have these people's phones ring, which nobody takes, for a shift that was offered ten minutes ago."""
    world.caregivers(*names)
    for name in names:
        world.phone(name).rings = None
    world.offered()
    world.later(605)
    assert set(statuses(world).values()) == {"ringing"}


def test_phones_that_ring_stop_when_the_shift_is_taken(world: TwilioWorld) -> None:
    # given
    ringing(world, "Ana", "Ben", "Cy")
    # when
    world.writes("Ana", "yes")
    world.later(2)
    # then
    assert statuses(world) == {"Ana": "ringing", "Ben": "canceled", "Cy": "canceled"}
    assert world.twilio.alerts == []


@pytest.mark.fault(54)
def test_who_is_being_talked_to_when_the_shift_is_taken_hears_so_politely(world: TwilioWorld) -> None:
    # given
    world.caregivers("Ana", "Ben")
    world.phone("Ana").rings = None
    world.phone("Ben").rings = 1.0
    world.offered()
    world.later(608)
    # when
    world.writes("Ana", "yes")
    world.later(60)
    # then
    [heard] = world.phone("Ben").heard
    assert heard.startswith("This is Lakeside, about an open R N shift.")
    assert heard.endswith("That shift has just been taken by someone else. Thank you for answering. Goodbye.")
    assert "To take this shift" not in heard


def test_the_winner_s_own_call_is_not_cut_short(world: TwilioWorld) -> None:
    # given
    world.caregivers("Ana", "Ben")
    world.phone("Ben").rings = None
    world.phone("Ana").presses = ["1"]
    # when
    world.offered()
    world.later(660)
    # then
    assert world.phone("Ana").heard[-1].endswith("We are texting you the same. Thank you. Goodbye.")
    assert statuses(world) == {"Ana": "completed", "Ben": "canceled"}


def test_phones_that_ring_stop_when_the_shift_is_called_off(world: TwilioWorld) -> None:
    ringing(world, "Ana", "Ben")
    world.desk.cancel("early")
    world.later(2)
    assert set(statuses(world).values()) == {"canceled"}


@pytest.mark.fault(29)
@pytest.mark.parametrize("body", ["STOP", "please don't call me, text is fine", "NO"])
def test_a_phone_that_rings_stops_when_its_owner_wants_no_call_and_the_others_ring_on(
    world: TwilioWorld, body: str
) -> None:
    # given
    ringing(world, "Ana", "Ben")
    # when
    world.writes("Ana", body)
    world.later(2)
    # then
    assert statuses(world) == {"Ana": "canceled", "Ben": "ringing"}


def test_who_passes_by_a_key_hears_the_answer_to_the_end(world: TwilioWorld) -> None:
    # given
    world.caregivers("Ana", "Ben")
    world.phone("Ben").rings = None
    world.phone("Ana").presses = ["2"]
    # when
    world.offered()
    world.later(640)
    # then
    assert world.phone("Ana").heard[-1].endswith("All right, you pass on this one. Thank you. Goodbye.")
    assert world.phone("Ana").heard[-1].count("you pass on this one") == 1


def test_a_phone_stops_ringing_whose_call_was_being_placed_when_the_shift_was_taken(
    world: TwilioWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    world.caregivers("Ana", "Ben")
    world.phone("Ana").rings = world.phone("Ben").rings = None
    place_call = TwilioCarrier.place_call

    def place_late(carrier: TwilioCarrier, outbound: OutboundMessage) -> str:
        if outbound.to_phone == world.phones["Ben"]:
            world.says("Ana", "yes")
        return place_call(carrier, outbound)

    monkeypatch.setattr(TwilioCarrier, "place_call", place_late)
    # when
    world.offered()
    world.later(605)
    # then
    assert world.record().claimed_by == "Ana"
    assert statuses(world)["Ben"] == "canceled"
