"""Faults of the list, as those meet them who stand outside: callers of a desk with phones, and its log."""

import logging
from datetime import timedelta
from queue import SimpleQueue

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.journal.port import ShiftFilter
from firstyes.actors.runtime.clock import ManualClock
from firstyes.actors.runtime.ticker import Ticker
from firstyes.actors.tasks import Tick
from firstyes.domain.answer import Refusal, Status
from firstyes.domain.conversation.decide import ENOUGH_SAID
from firstyes.domain.shift.events import ShiftPosted
from firstyes.domain.shift.shift import Shift, ShiftStatus
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings
from support.patience import PATIENCE
from support.world import FIVE_AM, World, a_world

TEN_MINUTES = 600


def simulator(world: World) -> Simulator:
    assert isinstance(world.desk.carrier, Simulator)
    return world.desk.carrier


def terms_of(world: World, shift_id: str = "early") -> Shift:
    posted = [one for one in world.desk.journal.shift_events(shift_id) if isinstance(one, ShiftPosted)]
    return posted[-1].shift


def longer(shift: Shift) -> Shift:
    return shift.model_copy(update={"end_time": shift.end_time + timedelta(hours=4)})


@pytest.mark.fault(8)
def test_while_the_carrier_is_down_shifts_keep_their_time_and_the_service_stays_ready() -> None:
    """Row 18: nobody is said to have stayed silent who was never asked."""
    carrier = Simulator(ManualClock(FIVE_AM), faults=FaultPlan(down=True))
    with a_world(carrier=carrier) as world:
        # given
        world.asked("Ana")
        # when
        world.later(TEN_MINUTES)
        world.later(TEN_MINUTES)
        # then
        assert world.purposes("Ana") == []
        assert world.record().status is ShiftStatus.UNFILLED
        assert "nobody_reachable" in world.alerts()
        assert "unfilled" not in world.alerts()
        assert world.desk.health().ready


@pytest.mark.fault(21)
def test_while_somebody_is_asked_which_of_two_they_mean_the_time_of_neither_stands_still(
    world: World,
) -> None:
    # given
    world.asked("Ana", shift_id="early")
    world.offered("late", starts_in=24)
    # when
    assert world.says("Ana", "yes").status is Status.CLARIFY
    world.later(TEN_MINUTES)
    # then
    calls = simulator(world).phone(world.phones["Ana"]).calls
    assert len(calls) == 2


@pytest.mark.fault(24)
def test_of_a_phone_nobody_knows_no_digit_reaches_the_log_and_nothing_is_sent(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with a_world() as world:
        world.caregivers("Ana")
        client = create_app(world.desk, WebSettings(open=True)).test_client()
        # when
        answer = client.post("/messages/inbound", json={"from_phone": "+13125559876", "body": "yes"})
        world.desk.settle()
        # then
        assert answer.status_code == 404
        assert world.desk.messages().items == ()
        assert "9876" not in caplog.text + answer.text


@pytest.mark.fault(33)
def test_while_a_shift_is_offered_its_terms_cannot_be_changed(world: World) -> None:
    # given
    world.asked("Ana")
    terms = terms_of(world)
    # when
    [answer] = world.desk.post_shifts([longer(terms)])
    # then
    assert answer.refusal is Refusal.BEING_OFFERED
    assert terms_of(world) == terms


@pytest.mark.fault(33)
def test_a_yes_to_the_terms_of_a_fan_out_that_is_over_does_not_claim_the_new_ones(world: World) -> None:
    # given
    world.asked("Ana", "Ben", starts_in=8)
    before = world.code("Ana")
    world.later(TEN_MINUTES)
    world.later(TEN_MINUTES)
    [answer] = world.desk.post_shifts([longer(terms_of(world))])
    assert answer.status is Status.SUCCESS
    # when
    late = world.says("Ana", f"yes {before}")
    # then
    assert late.status is Status.NO_ACTION
    assert world.record().claimed_by is None
    # and offered anew under its new terms, the old code still means the old ones
    world.desk.fan_out("early")
    world.desk.settle()
    again = world.says("Ana", f"yes {before}")
    assert world.code("Ana") != before
    assert again.status is not Status.SUCCESS
    assert world.record().claimed_by is None


@pytest.mark.fault(53)
def test_a_voice_mailbox_accepts_nothing(world: World) -> None:
    # given
    world.asked("Ana")
    # when
    world.later(TEN_MINUTES)
    mailbox = simulator(world).phone(world.phones["Ana"])
    assert len(mailbox.calls) == 1
    world.later(TEN_MINUTES)
    # then
    assert world.record().status is ShiftStatus.UNFILLED
    assert world.desk.shifts(ShiftFilter(status=ShiftStatus.CLAIMED)).items == ()


@pytest.mark.fault(54)
def test_who_presses_the_key_after_another_has_won_hears_that_it_is_taken(world: World) -> None:
    # given
    phones = simulator(world)
    phones.on_reply(world.desk.receive)
    world.caregivers("Ana", "Ben")
    phones.phone(world.phones["Ana"]).presses("1", after=5)
    phones.phone(world.phones["Ben"]).presses("1", after=9)
    world.offered()
    # when
    world.later(TEN_MINUTES)
    for seconds in (5, 4):
        world.later(seconds)
        assert phones.settle(PATIENCE)
    # then
    assert world.record().claimed_by == "Ana"
    assert world.purposes("Ben")[-1] == "too_late"


@pytest.mark.fault(34)
@pytest.mark.parametrize("jump", [-3600, 3600])
def test_a_jump_of_the_machine_s_clock_is_logged_and_the_ticks_go_on(
    caplog: pytest.LogCaptureFixture, jump: int
) -> None:
    # given
    clock, ticks = ManualClock(FIVE_AM), SimpleQueue[Tick]()
    ticker = Ticker(clock, ticks.put, period=0.001)
    ticker.start()
    try:
        assert ticks.get(timeout=PATIENCE).now == FIVE_AM
        # when
        clock.advance(jump)
        while ticks.get(timeout=PATIENCE).now == FIVE_AM:
            pass
    finally:
        ticker.stop(PATIENCE)
    # then
    assert f"The clock jumped by {jump:+d} s" in caplog.text


@pytest.mark.fault(50)
def test_an_auto_responder_gets_five_answers_and_then_a_person_is_called(world: World) -> None:
    # given
    world.caregivers("Ana")
    phone = simulator(world).phone(world.phones["Ana"])
    phone.will_reply(lambda _: "This number is read in the evenings. Thank you for your message.")
    # when
    world.offered()
    for _ in range(9):
        assert simulator(world).settle(PATIENCE)
        world.desk.settle()
    # then: the offer, and five answers; every message is kept
    assert len(phone.texts) == 6
    heard = [one for one in world.desk.messages(limit=100).items if one.direction == "in"]
    assert len(heard) == 6
    [alert] = world.desk.alerts().items
    assert alert.message.endswith(ENOUGH_SAID)
    assert len(alert.message_ids) == len(heard)
    # and the shift can still be taken
    assert world.says("Ana", "yes").status is Status.SUCCESS
