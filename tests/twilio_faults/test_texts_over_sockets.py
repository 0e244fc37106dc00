"""Shifts are filled by texts in Twilio's protocol, over sockets."""

from datetime import timedelta

import pytest

from firstyes.domain.answer import Status
from firstyes.domain.shift.shift import Shift
from support.twilio_world import TwilioWorld, a_twilio_world
from support.world import DIALLED


def test_the_first_yes_takes_the_shift_and_the_other_hears_so(world: TwilioWorld) -> None:
    # given
    world.asked("ana", "ben")
    # when
    world.writes("ana", f"YES {world.code('ana')}")
    world.writes("ben", f"YES {world.code('ben')}")
    # then
    assert world.record().claimed_by == "ana"
    assert [len(world.inbox(name)) for name in ("ana", "ben")] == [2, 2]
    assert "taken by someone else" in world.inbox("ben")[-1]
    assert world.twilio.alerts == []


@pytest.mark.fault(20)
@pytest.mark.parametrize("body", ["yes but only after 3", "can't say yes", "YES? who is this"])
def test_a_doubtful_yes_takes_nothing_and_is_asked_back(world: TwilioWorld, body: str) -> None:
    # given
    world.asked("ana", "ben")
    # when
    world.writes("ana", body)
    # then
    assert world.record().claimed_by is None
    assert len(world.inbox("ana")) == 2
    assert world.inbox("ben") == world.handed_over("ben")[:1]


@pytest.mark.fault(14)
def test_a_yes_that_comes_before_the_text_s_own_id_takes_the_shift(world: TwilioWorld) -> None:
    # given: Twilio takes the text at once, and says so only after two seconds
    world.caregivers("ana")
    world.shift()
    world.twilio.faults.latency = (2.0, 2.0)
    phone = world.phone("ana")
    phone.answers_after = 0.0
    phone.answers = lambda body: "YES" if "Open shift" in body else None
    # when
    world.desk.fan_out("early")
    world.twilio.until(lambda: bool(phone.inbox))
    world.twilio.settle()
    # then
    assert world.record().claimed_by == "ana"
    # when
    world.twilio.faults.latency = (0.0, 0.0)
    world.twilio.advance(2)
    world.settle()
    # then
    assert len(phone.inbox) == 2
    assert "unknown" not in [one.state for one in world.sent("ana")]


@pytest.mark.fault(50)
def test_a_phone_that_answers_every_text_by_itself_is_not_answered_for_ever(world: TwilioWorld) -> None:
    # given
    world.asked("ana", "ben")
    phone = world.phone("ben")
    phone.answers = lambda body: "I am driving and will see your message later."
    # when
    world.writes("ben", "I am driving and will see your message later.")
    world.later(120)
    # then
    assert len(phone.inbox) <= 8
    heard = [one for one in world.twilio.core.messages.all.values() if one.sender == phone.number]
    assert len(heard) <= 8
    # and whoever else is asked is still answered
    world.writes("ana", f"YES {world.code('ana')}")
    assert world.record().claimed_by == "ana"


@pytest.mark.fault(29)
def test_stop_ends_every_offer_at_once_and_the_carrier_alone_confirms_it(world: TwilioWorld) -> None:
    # given
    world.asked("ana", "ben")
    # when
    world.writes("ana", "STOP")
    world.later(900)
    # then
    assert len(world.handed_over("ana")) == 1
    assert world.twilio.calls(world.phones["ana"]) == []
    assert [one.split(".")[0] for one in world.inbox("ana")[1:]] == [
        "You have successfully been unsubscribed"
    ]
    assert world.twilio.calls(world.phones["ben"])
    assert [one for one in world.twilio.alerts if "/twilio/text" in one.url] == []


@pytest.mark.fault(29)
def test_stop_stops_what_waits_for_the_number_s_rate() -> None:
    with a_twilio_world(rates={DIALLED: 0.05}) as world:
        # given: one offer is out, the others wait
        world.asked("ana", "ben", "cleo")
        [told] = [name for name in world.phones if world.handed_over(name)]
        silent = next(name for name in world.phones if name != told)
        # when
        world.writes(silent, "STOP")
        world.later(120)
        # then
        assert {name: len(world.handed_over(name)) for name in world.phones} == {
            name: int(name != silent) for name in world.phones
        }
        assert world.opted_out(silent)
        # and Twilio, which would have refused it, was not asked
        assert [str(one.state) for one in world.sent(silent) if one.purpose == "offer"] == ["dropped"]


@pytest.mark.fault(30)
@pytest.mark.parametrize("word", ["CANCEL", "END", "quit"])
def test_a_word_of_the_carrier_is_a_stop_whatever_was_meant(world: TwilioWorld, word: str) -> None:
    # given
    world.asked("ana", "ben")
    world.writes("ana", f"YES {world.code('ana')}")
    # when
    world.writes("ana", word)
    # then
    assert world.record().claimed_by == "ana"
    assert world.opted_out("ana")
    assert world.alerts() != []


@pytest.mark.fault(33)
def test_a_yes_to_the_terms_of_before_does_not_take_the_new_ones(world: TwilioWorld) -> None:
    # given: nobody took it, and then it became longer
    world.asked("ana", "ben", starts_in=8)
    before = world.code("ana")
    world.later(1200)
    shift = world.record()
    longer = Shift(
        id=shift.id,
        organization_id=shift.organization_id,
        role_required=shift.role_required,
        start_time=shift.start_time,
        end_time=shift.end_time + timedelta(hours=1),
    )
    [answer] = world.desk.post_shifts([longer])
    assert answer.status is Status.SUCCESS
    # when
    world.desk.fan_out(shift.id)
    world.settle()
    world.writes("ana", f"YES {before}")
    # then
    assert world.record().claimed_by is None
    # when
    world.writes("ana", f"YES {world.code('ana')}")
    # then
    assert world.record().claimed_by == "ana"
