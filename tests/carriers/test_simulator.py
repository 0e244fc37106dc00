"""The simulated carrier: its phones, what they answer, and what it remembers."""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Event

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.phone import KEPT
from firstyes.actors.carriers.port import TransientFailure
from firstyes.actors.carriers.simulator import RINGS, Simulator
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.message import InboundMessage
from firstyes.domain.policy import Channel
from firstyes.testing import a_parcel
from support.outbox_world import START
from support.patience import PATIENCE

ANN = "+13125550104"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def simulator(clock: ManualClock) -> Iterator[Simulator]:
    simulator = Simulator(clock)
    yield simulator
    simulator.close()


@pytest.fixture
def replies(simulator: Simulator) -> list[InboundMessage]:
    """Every reply that was delivered."""
    replies: list[InboundMessage] = []
    simulator.on_reply(replies.append)
    return replies


def test_a_phone_is_found_however_its_number_is_written(simulator: Simulator) -> None:
    simulator.send_text(a_parcel(to="+13125550104"))
    assert len(simulator.phone("(312) 555-0104").texts) == 1


def test_a_text_knows_its_reply_code(simulator: Simulator) -> None:
    simulator.send_text(a_parcel("1", body="Open shift RN. Reply YES 31 to take it, NO 31 to pass."))
    simulator.send_text(a_parcel("2", body="Turno RN. Responda SI 42 para aceptar, NO 42 para pasar."))
    simulator.send_text(a_parcel("3", body="You have the shift."))
    assert [text.code for text in simulator.phone(ANN).texts] == ["31", "42", None]


def test_a_phone_that_was_told_nothing_stays_silent(
    simulator: Simulator, replies: list[InboundMessage]
) -> None:
    simulator.send_text(a_parcel())
    assert simulator.settle(PATIENCE)
    assert replies == []


def test_a_phone_answers_the_next_text_and_only_that(
    simulator: Simulator, replies: list[InboundMessage]
) -> None:
    # given
    simulator.phone(ANN).answers("yes {code}")
    # when
    simulator.send_text(a_parcel("1"))
    simulator.send_text(a_parcel("2"))
    assert simulator.settle(PATIENCE)
    # then
    assert [(reply.from_phone, reply.to_phone, reply.body) for reply in replies] == [
        (ANN, "+13125550000", "yes 27")
    ]


def test_a_phone_takes_its_time_by_the_clock(
    simulator: Simulator, clock: ManualClock, replies: list[InboundMessage]
) -> None:
    # given
    simulator.phone(ANN).answers("later", after=30)
    simulator.send_text(a_parcel("1"))
    simulator.phone(ANN).answers("now")
    simulator.send_text(a_parcel("2"))
    assert simulator.settle(PATIENCE)
    assert [reply.body for reply in replies] == ["now"]
    # when
    clock.advance(30)
    assert simulator.settle(PATIENCE)
    # then
    assert [reply.body for reply in replies] == ["now", "later"]


def test_a_phone_can_decide_what_to_say_to_each_text(
    simulator: Simulator, replies: list[InboundMessage]
) -> None:
    # given
    simulator.phone(ANN).will_reply(lambda text: "no" if "Reply" in text else None)
    # when
    for number, body in enumerate(["Reply YES 27", "You have the shift", "Reply YES 31"]):
        simulator.send_text(a_parcel(str(number), body=body))
    assert simulator.settle(PATIENCE)
    # then
    assert [reply.body for reply in replies] == ["no", "no"]


def test_a_phone_can_write_unasked(simulator: Simulator, replies: list[InboundMessage]) -> None:
    simulator.phone(ANN).says("STOP")
    simulator.phone(ANN).says("STOP")
    assert simulator.settle(PATIENCE)
    assert [reply.body for reply in replies] == ["STOP", "STOP"]
    assert len({reply.message_id for reply in replies}) == 2


@pytest.mark.parametrize(("key", "means"), [("1", "YES"), ("2", "NO")])
def test_a_call_is_answered_with_a_key(
    simulator: Simulator, replies: list[InboundMessage], key: str, means: str
) -> None:
    simulator.phone(ANN).presses(key)
    simulator.place_call(a_parcel(channel=Channel.VOICE))
    assert simulator.settle(PATIENCE)
    assert [reply.body for reply in replies] == [means]
    assert len(simulator.phone(ANN).calls) == 1


def test_only_two_keys_mean_anything(simulator: Simulator) -> None:
    with pytest.raises(ValueError, match="1 or 2"):
        simulator.phone(ANN).presses("9")


@pytest.mark.fault(54)
def test_a_call_that_was_ended_takes_no_key_any_more(
    simulator: Simulator, clock: ManualClock, replies: list[InboundMessage]
) -> None:
    # given
    simulator.phone(ANN).presses("1", after=5)
    carrier_id = simulator.place_call(a_parcel(channel=Channel.VOICE))
    # when
    assert simulator.cancel(carrier_id)
    clock.advance(5)
    assert simulator.settle(PATIENCE)
    # then
    assert replies == []


def test_a_call_that_nobody_answers_stops_ringing(
    simulator: Simulator, clock: ManualClock, replies: list[InboundMessage]
) -> None:
    # given
    simulator.phone(ANN).presses("1", after=RINGS + 1)
    carrier_id = simulator.place_call(a_parcel(channel=Channel.VOICE))
    # when
    clock.advance(RINGS + 1)
    assert simulator.settle(PATIENCE)
    # then
    assert replies == []
    assert not simulator.cancel(carrier_id)


@pytest.mark.fault(11)
def test_replies_are_delivered_at_the_same_time(simulator: Simulator) -> None:
    # given
    together = Barrier(2, timeout=PATIENCE)
    simulator.on_reply(lambda reply: together.wait())
    # when
    for number, phone in enumerate([ANN, "+13125550105"]):
        simulator.phone(phone).answers("yes")
        simulator.send_text(a_parcel(str(number), to=phone))
    # then
    assert simulator.settle(PATIENCE)
    assert not together.broken


@pytest.mark.fault(14)
def test_a_reply_may_be_there_before_the_sender_has_its_id(clock: ManualClock) -> None:
    # given
    answered = Event()
    simulator = Simulator(clock)
    simulator.on_reply(lambda reply: answered.set())
    simulator.phone(ANN).will_reply(lambda text: "yes")
    # when
    simulator.send_text(a_parcel())
    # then
    assert answered.wait(PATIENCE)
    simulator.close()


@pytest.mark.fault(9)
def test_a_reply_can_be_delivered_twice_with_one_id(
    simulator: Simulator, replies: list[InboundMessage]
) -> None:
    simulator.faults = FaultPlan(repeat_reply=1.0)
    simulator.phone(ANN).answers("yes")
    simulator.send_text(a_parcel())
    assert simulator.settle(PATIENCE)
    assert len(replies) == 2
    assert len({reply.message_id for reply in replies}) == 1


def test_a_reply_that_its_receiver_cannot_take_is_lost_and_nothing_else(
    simulator: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(reply: InboundMessage) -> None:
        raise ValueError(reply.from_phone)

    simulator.on_reply(refuse)
    simulator.phone(ANN).answers("yes")
    simulator.send_text(a_parcel())
    assert simulator.settle(PATIENCE)
    assert "ValueError" in caplog.text
    assert ANN not in caplog.text


@pytest.mark.fault(45)
def test_a_slow_carrier_takes_as_long_as_planned(clock: ManualClock) -> None:
    waited: list[float] = []
    simulator = Simulator(clock, faults=FaultPlan(latency=(10.0, 10.0)), pause=waited.append)
    simulator.send_text(a_parcel())
    assert waited == [10.0]
    simulator.close()


@pytest.mark.fault(7)
def test_more_than_the_rate_is_refused_until_the_clock_has_moved_on(
    simulator: Simulator, clock: ManualClock
) -> None:
    # given
    simulator.faults = FaultPlan(rate=2)
    simulator.send_text(a_parcel("1"))
    simulator.send_text(a_parcel("2"))
    with pytest.raises(TransientFailure):
        simulator.send_text(a_parcel("3"))
    # when
    clock.advance(0.5)
    # then
    assert simulator.send_text(a_parcel("3"))


def test_what_was_taken_stands_in_the_log_at_once(clock: ManualClock, tmp_path: Path) -> None:
    # given
    log = tmp_path / "sent.jsonl"
    simulator = Simulator(clock, log=log)
    # when
    carrier_id = simulator.send_text(a_parcel("k1"))
    # then
    (line,) = log.read_text().splitlines()
    assert json.loads(line) == {
        "at": START.isoformat(),
        "key": "k1",
        "id": carrier_id,
        "channel": "sms",
        "to": ANN,
        "from": "+13125550000",
        "body": a_parcel().body,
    }
    simulator.close()


@pytest.mark.fault(2)
def test_a_carrier_does_not_forget_because_we_crashed(clock: ManualClock, tmp_path: Path) -> None:
    # given
    log = tmp_path / "sent.jsonl"
    first = Simulator(clock, log=log)
    carrier_id = first.send_text(a_parcel("k1"))
    # when
    second = Simulator(clock, log=log)
    # then
    assert second.look_up(a_parcel("k1")) == carrier_id
    assert second.send_text(a_parcel("k1")) == carrier_id
    assert second.look_up(a_parcel("k2")) is None
    assert len(log.read_text().splitlines()) == 1
    first.close()
    second.close()


def test_a_line_that_a_crash_cut_short_does_no_harm(clock: ManualClock, tmp_path: Path) -> None:
    # given
    log = tmp_path / "sent.jsonl"
    first = Simulator(clock, log=log)
    first.send_text(a_parcel("k1"))
    first.close()
    log.write_bytes(log.read_bytes() + b'{"at": "2026-11-02T09:00:00+00:00", "key": "k2", "i')
    # when
    second = Simulator(clock, log=log)
    second.send_text(a_parcel("k3"))
    second.close()
    # then
    third = Simulator(clock, log=log)
    known = [third.look_up(a_parcel(key)) is not None for key in ("k1", "k2", "k3")]
    assert known == [True, False, True]
    third.close()


def test_ids_of_replies_are_not_repeated_by_a_later_process(tmp_path: Path) -> None:
    # given
    ids = []
    for start in (START, START.replace(minute=1)):
        clock = ManualClock(start)
        simulator = Simulator(clock)
        simulator.on_reply(lambda reply: ids.append(reply.message_id))
        # when
        simulator.phone(ANN).answers("yes")
        simulator.send_text(a_parcel("1"))
        assert simulator.settle(PATIENCE)
        simulator.close()
    # then
    assert len(set(ids)) == 2


@pytest.mark.fault(49)
def test_what_it_remembers_is_bounded(clock: ManualClock) -> None:
    # given
    simulator = Simulator(clock, keep=100)
    # when
    for number in range(300):
        simulator.send_text(a_parcel(f"a{number}"))
        simulator.place_call(a_parcel(f"b{number}", Channel.VOICE, to=f"+1312555{number:04}"))
    # then
    assert len(simulator.phone(ANN).texts) == KEPT
    assert simulator.phone("+13125550000").calls == []
    kept = [
        len(store) for store in (simulator._taken, simulator._attempts, simulator._order, simulator._ringing)
    ]
    assert max(kept) <= 100
    assert len(simulator._phones) <= 102
    simulator.close()


def test_without_anybody_to_take_replies_they_are_lost(simulator: Simulator) -> None:
    simulator.phone(ANN).answers("yes")
    simulator.send_text(a_parcel())
    assert simulator.settle(PATIENCE)


def test_waiting_for_replies_ends_even_if_they_do_not(simulator: Simulator) -> None:
    # given
    taken, go_on = Event(), Event()

    def take_long(reply: InboundMessage) -> None:
        taken.set()
        go_on.wait(PATIENCE)

    simulator.on_reply(take_long)
    simulator.phone(ANN).answers("yes")
    # when
    simulator.send_text(a_parcel())
    assert taken.wait(PATIENCE)
    # then
    assert not simulator.settle(0.01)
    go_on.set()
    assert simulator.settle(PATIENCE)


def test_after_closing_nothing_is_delivered(simulator: Simulator, replies: list[InboundMessage]) -> None:
    simulator.close()
    simulator.phone(ANN).says("hello")
    assert simulator.settle(PATIENCE)
    assert replies == []
