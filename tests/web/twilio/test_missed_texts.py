"""Texts that came in while nobody listened."""

from collections.abc import Iterator
from threading import Event

import pytest

from firstyes.actors.carriers.port import CarrierRefuses, OutcomeUnknown
from firstyes.actors.errors import Parked
from firstyes.actors.missed_texts import MissedTexts
from firstyes.domain.message import InboundMessage
from firstyes.domain.on_call import OnCall
from firstyes.domain.policy import Channel
from support.patience import PATIENCE
from support.twilio_world import TwilioWorld, a_twilio_world
from support.world import DIALLED, HOUR


@pytest.fixture
def world() -> Iterator[TwilioWorld]:
    with a_twilio_world() as world:
        yield world


def look(world: TwilioWorld) -> int:
    """Look once."""
    missed = world.desk._working.missed_texts
    assert isinstance(missed, MissedTexts)
    return missed.look()


def soon(world: TwilioWorld) -> bool:
    """Whether it looks again within about a minute."""
    missed = world.desk._working.missed_texts
    assert isinstance(missed, MissedTexts)
    return missed.next_in <= 60


def missed(world: TwilioWorld, name: str, body: str) -> None:
    """Have somebody text us while our address answers nobody."""
    number = world.twilio.core.context.numbers[DIALLED]
    url, number.settings["SmsUrl"] = number.settings["SmsUrl"], ""
    world.twilio.text(world.phones[name], DIALLED, body)
    world.settle()
    number.settings["SmsUrl"] = url


@pytest.mark.fault(3)
@pytest.mark.fault(37)
def test_a_yes_that_was_missed_is_heard_by_the_next_look_once(world: TwilioWorld) -> None:
    # given
    world.asked("Ana", "Ben")
    missed(world, "Ana", "yes")
    assert world.record().claimed_by is None
    world.later(120)
    # when
    found = look(world), look(world)
    world.later(5)
    # then
    assert found == (1, 0)
    assert world.record().claimed_by == "Ana"
    assert world.purposes("Ana") == ["offer", "confirmation"]


def test_what_came_in_by_itself_is_not_taken_in_again(world: TwilioWorld) -> None:
    world.asked("Ana")
    world.writes("Ana", "yes")
    world.later(120)
    assert look(world) == 0
    assert world.purposes("Ana") == ["offer", "confirmation"]


def test_who_saw_to_an_alert_by_text_is_not_heard_again(world: TwilioWorld) -> None:
    # given
    world.lakeside(on_call=[OnCall(channel=Channel.SMS, to="+13125550901")])
    world.phones["Mia"] = "+13125550901"
    for shift_id in ("early", "late"):
        world.offered(shift_id)
        world.later(5)
        if shift_id == "early":
            world.writes("Mia", "ok")
    world.later(120)
    # when
    found = look(world)
    # then
    late, early = world.desk.alerts().items
    assert (found, early.acknowledged_by, late.acknowledged_at) == (0, "on_call:**********01", None)


def test_a_number_that_the_carrier_says_nothing_of_keeps_nobody_else_from_being_heard(
    world: TwilioWorld,
) -> None:
    # given
    world.asked("Ana")
    world.lakeside(phones=[{"number": "+13125550099", "account": "ACgone"}, DIALLED])
    assert world.desk.journal.own_numbers()[0] == ("+13125550099", "ACgone")
    missed(world, "Ana", "yes")
    world.later(120)
    # when
    with pytest.raises(CarrierRefuses):
        look(world)
    # then
    assert world.record().claimed_by == "Ana"


def test_a_text_that_fails_again_and_again_keeps_no_other_from_being_heard_and_is_looked_for_for_a_day(
    world: TwilioWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    world.asked("Ana", "Ben", starts_in=72)
    finder = world.desk._working.missed_texts
    assert isinstance(finder, MissedTexts)
    receive = finder._receive

    def fail_on_ana(text: InboundMessage) -> object:
        if text.from_phone == world.phones["Ana"]:
            raise Parked("their conversation is set aside")
        return receive(text)

    monkeypatch.setattr(finder, "_receive", fail_on_ana)
    missed(world, "Ana", "yes")
    for words in ("no", "yes"):
        # when
        missed(world, "Ben", words)
        world.later(5 * HOUR)
        with pytest.raises(Parked):
            look(world)
    # then
    assert world.record().claimed_by == "Ben"
    world.later(30 * HOUR)
    with pytest.raises(Parked):
        look(world)
    assert look(world) == 0


def test_what_came_in_after_a_clock_that_ran_ahead_was_set_right_is_heard(world: TwilioWorld) -> None:
    # given
    world.asked("Ana", starts_in=30)
    world.later(5 * HOUR)
    look(world)
    world.clock.advance(-5 * HOUR)
    world.later(60)
    missed(world, "Ana", "yes")
    world.later(120)
    # then
    assert look(world) == 1


def test_two_that_were_missed_are_heard_in_the_order_in_which_they_were_written(world: TwilioWorld) -> None:
    # given
    world.asked("Ana", "Ben")
    missed(world, "Ben", "yes")
    world.later(10)
    missed(world, "Ana", "yes")
    world.later(120)
    # when
    assert look(world) == 2
    # then
    assert world.record().claimed_by == "Ben"


def test_what_came_in_just_now_is_left_alone_and_looked_for_again_soon(world: TwilioWorld) -> None:
    world.asked("Ana")
    world.later(600)
    missed(world, "Ana", "yes")
    world.later(10)
    assert (look(world), soon(world)) == (0, True)
    world.later(60)
    assert (look(world), soon(world)) == (1, False)


def test_a_stranger_s_text_is_looked_at_once(world: TwilioWorld) -> None:
    # given
    world.phones["Zoe"] = "+13125550999"
    missed(world, "Zoe", "hello")
    world.later(120)
    # then
    assert (look(world), look(world)) == (0, 0)
    assert world.alerts() == ["unknown_phone"]


def test_more_than_a_page_is_read(world: TwilioWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    monkeypatch.setattr("firstyes.actors.carriers.twilio.inbox.PAGE", 2)
    world.caregivers("Ana")
    for number in range(7):
        missed(world, "Ana", f"word {number}")
        world.later(1)
    world.later(120)
    # then
    assert look(world) == 7


def test_a_look_that_fails_goes_back_as_far_the_next_time(
    world: TwilioWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    world.asked("Ana")
    missed(world, "Ana", "yes")
    world.later(120)

    def fail(*_: object) -> None:
        raise OutcomeUnknown("+13125550200")

    # when
    with monkeypatch.context() as broken:
        broken.setattr(type(world.desk.carrier), "inbound_since", fail)
        with pytest.raises(OutcomeUnknown):
            look(world)
    world.later(3_600)
    # then
    assert look(world) == 1


def test_by_itself_it_looks_at_once_and_says_of_a_failure_no_more_than_its_kind(
    world: TwilioWorld, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # given
    looked = Event()

    def fail(*_: object) -> None:
        looked.set()
        raise OutcomeUnknown("+13125550200")

    monkeypatch.setattr(type(world.desk.carrier), "inbound_since", fail)
    missed_texts = world.desk._working.missed_texts
    assert isinstance(missed_texts, MissedTexts)
    # when
    missed_texts.start()
    assert looked.wait(PATIENCE)
    missed_texts.stop(PATIENCE)
    # then
    assert "A look for missed texts failed: OutcomeUnknown" in caplog.text
    assert "+1312" not in caplog.text
