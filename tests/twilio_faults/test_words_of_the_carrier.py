"""What Twilio says of a phone or of the account is acted on at once, over sockets."""

import pytest

from firstyes.domain.alert import AlertKind
from support.twilio_world import TwilioWorld, a_twilio_world
from support.world import DIALLED


@pytest.mark.fault(31)
def test_a_carrier_s_word_that_somebody_opted_out_counts_and_they_are_not_called(world: TwilioWorld) -> None:
    # given: STOP came while we were not there
    world.caregivers("ana", "ben")
    world.twilio.core.context.opted_out.add((DIALLED, world.phones["ana"]))
    # when
    world.offered()
    world.later(900)
    # then
    assert world.inbox("ana") == []
    assert world.twilio.calls(world.phones["ana"]) == []
    assert world.opted_out("ana")
    assert len(world.inbox("ben")) == 1
    assert len(world.twilio.calls(world.phones["ben"])) == 1


@pytest.mark.parametrize("how", ["refused", "error"])
@pytest.mark.parametrize("code", [21614, 30005, 30006])
def test_a_phone_that_takes_no_texts_is_called_at_once(world: TwilioWorld, how: str, code: int) -> None:
    # given
    world.caregivers("ana", "ben")
    setattr(world.phone("ana"), how, code)
    world.phone("ana").presses = ["1"]
    # when
    world.offered()
    world.later(60)
    # then
    assert world.record().claimed_by == "ana"
    assert world.twilio.calls(world.phones["ben"]) == []


@pytest.mark.parametrize("how", ["refused", "error"])
def test_a_landline_is_not_texted_for_the_next_shift_but_called_at_once(world: TwilioWorld, how: str) -> None:
    # given
    world.caregivers("ana", "ben")
    setattr(world.phone("ana"), how, 21614)
    world.offered()
    world.later(30)
    before = len(world.twilio.sent(world.phones["ana"]))
    calls = len(world.twilio.calls(world.phones["ana"]))
    # when
    world.offered("late", starts_in=40)
    world.later(30)
    # then
    assert len(world.twilio.sent(world.phones["ana"])) == before
    assert len(world.twilio.calls(world.phones["ana"])) == calls + 1
    [ana, ben] = world.desk.caregivers().items
    assert (ana.landline, ben.landline) == (True, False)
    # and then: when that call is over
    world.later(90)
    world.phone("ana").presses = ["1"]
    world.offered("third", starts_in=60)
    world.later(90)
    assert world.record("third").claimed_by == "ana"
    assert "You have the shift." in world.phone("ana").heard[-1]
    assert "texting" not in world.phone("ana").heard[-1]
    [alert] = world.desk.alerts(kind=AlertKind.NOT_TOLD).items
    assert alert.message.startswith("They have the shift, and the text that says so did not arrive: ")
    # and then
    world.desk.confirm_phone("ana")
    assert not world.desk.caregivers().items[0].landline


def test_a_number_that_is_none_is_told_of_once_and_not_used_again(world: TwilioWorld) -> None:
    # given
    world.caregivers("ana", "ben")
    world.phone("ana").refused = 21211
    world.offered()
    world.later(120)
    # then
    [alert] = world.desk.alerts(kind=AlertKind.WRONG_NUMBER).items
    assert (alert.caregiver_id, alert.count) == ("ana", 1)
    assert alert.message.startswith("The carrier knows no such number;")
    before = len(world.twilio.sent(world.phones["ana"])) + len(world.twilio.calls(world.phones["ana"]))
    # when
    world.offered("late", starts_in=40)
    world.later(120)
    # then
    assert before == len(world.twilio.sent(world.phones["ana"])) + len(
        world.twilio.calls(world.phones["ana"])
    )
    assert world.desk.caregivers().items[0].in_doubt
    # and then
    world.caregivers("ana", phone="+13125550888")
    assert world.desk.alerts(kind=AlertKind.WRONG_NUMBER, open=True).items == ()


@pytest.mark.parametrize("code", [21408, 21608, 30022, 63038])
def test_an_account_that_may_send_nothing_is_told_of_and_the_phones_ring(
    world: TwilioWorld, code: int
) -> None:
    # given
    world.caregivers("ana", "ben")
    world.twilio.account.refuses = code
    world.phone("ben").presses = ["1"]
    # when
    world.offered()
    world.later(120)
    # then
    assert world.alerts() != []
    assert world.record().claimed_by == "ben"


@pytest.mark.fault(46)
def test_a_yes_is_confirmed_while_hundreds_of_offers_wait_for_the_number_s_rate() -> None:
    with a_twilio_world(rates={DIALLED: 1.0}) as world:
        # given
        world.twilio.core.context.numbers[DIALLED].rate = 1.0
        names = [f"c{number}" for number in range(200)]
        world.caregivers(*names)
        world.shift()
        world.desk.fan_out("early")
        world.later(20)
        asked = [name for name in names if world.phone(name).inbox]
        assert 10 <= len(asked) <= 24
        # when
        world.writes(asked[0], f"YES {world.code(asked[0])}")
        world.later(4)
        # then
        assert len(world.phone(asked[0]).inbox) == 2
        # and the rest is not offered any more
        world.later(60)
        assert len([name for name in names if world.phone(name).inbox]) <= 30
