"""What a carrier's words mean for the account, the phone and the person: who is reached otherwise, who is told, who is left alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.port import (
    CarrierRefuses,
    DeliveryReport,
    OutboundMessage,
    PermanentFailure,
    Trouble,
)
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.outbox.refusals import REST
from firstyes.actors.records import Delivery
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.consent import Consent, ConsentWay
from firstyes.domain.policy import Channel
from support.world import DIALLED, FIVE_AM, HOUR, World, a_world

UNREGISTERED = "Our number is not registered for texts to the US. (Twilio 30034)"


class Strict(Simulator):
    """A simulator that refuses texts from our number, or to some phones."""

    def __init__(self) -> None:
        super().__init__(ManualClock(FIVE_AM))
        self.closed: str | None = None
        self.troubles: dict[str, Trouble] = {}
        self.taken: dict[str, list[tuple[str, str]]] = {}
        self.asked = 0

    def send_text(self, outbound: OutboundMessage) -> str:
        self.asked += 1
        if self.closed is not None:
            raise CarrierRefuses(self.closed)
        if outbound.to_phone in self.troubles:
            raise PermanentFailure("It said so.", trouble=self.troubles[outbound.to_phone])
        sid = super().send_text(outbound)
        self.taken.setdefault(outbound.to_phone, []).append((outbound.key, sid))
        return sid


@pytest.fixture
def carrier() -> Strict:
    return Strict()


@pytest.fixture
def town(carrier: Strict) -> Iterator[World]:
    with a_world(carrier=carrier) as world:
        world.caregivers("Ana", "Ben", "Cat")
        yield world


def texts(world: World, carrier: Simulator, name: str) -> int:
    return len(carrier.phone(world.phones[name]).texts)


def calls(world: World, carrier: Simulator, name: str) -> int:
    return len(carrier.phone(world.phones[name]).calls)


def kinds(world: World) -> set[str]:
    """The kinds of the alerts that are open."""
    return {one.kind.value for one in world.desk.alerts(open=True).items}


def report(
    world: World, carrier: Strict, name: str, delivery: Delivery, trouble: Trouble | None = None
) -> None:
    """Have the carrier say, later, what became of the last text to somebody."""
    phone = world.phones[name]
    error = UNREGISTERED if trouble is Trouble.CLOSED else "It did not arrive."
    key, sid = carrier.taken[phone][-1]
    world.desk.report_delivery(DeliveryReport(key, Channel.SMS, phone, sid, delivery, error, trouble))
    world.desk.settle()


def test_whoever_a_text_cannot_reach_is_called_at_once_and_the_others_are_not(
    town: World, carrier: Strict
) -> None:
    # given
    carrier.troubles[town.phones["Ben"]] = Trouble.NO_TEXTS
    # when
    town.offered()
    town.desk.settle()
    # then
    assert [calls(town, carrier, name) for name in ("Ana", "Ben", "Cat")] == [0, 1, 0]
    assert town.record().round == 0
    # and when the phones ring, Ben's has rung
    town.clock.advance(600)
    town.desk.settle()
    assert [calls(town, carrier, name) for name in ("Ana", "Ben", "Cat")] == [1, 1, 1]


def test_an_undelivered_text_has_its_person_called_too(town: World, carrier: Strict) -> None:
    # given
    town.offered()
    town.desk.settle()
    # when
    report(town, carrier, "Cat", Delivery.FAILED, Trouble.NOT_NOW)
    # then
    assert [calls(town, carrier, name) for name in ("Ana", "Ben", "Cat")] == [0, 0, 1]


def test_a_late_report_after_the_shift_was_taken_calls_nobody(town: World, carrier: Strict) -> None:
    town.offered()
    town.desk.settle()
    town.says("Ana", "yes")
    report(town, carrier, "Cat", Delivery.FAILED, Trouble.NOT_NOW)
    assert town.offer("Cat").delivery is Delivery.FAILED
    assert calls(town, carrier, "Cat") == 0


def test_a_number_that_is_refused_starts_the_calls_calls_a_person_and_is_left_alone(
    town: World, carrier: Strict
) -> None:
    # given
    carrier.closed = UNREGISTERED
    # when
    town.offered()
    town.desk.settle()
    # then
    assert [calls(town, carrier, name) for name in ("Ana", "Ben", "Cat")] == [1, 1, 1]
    [alert] = town.desk.alerts(open=True).items
    assert alert.kind.value == "carrier_refuses"
    assert alert.organization_id == "lakeside"
    assert alert.message == f"Texts from {DIALLED} are not taken: {UNREGISTERED}"
    # and for a while no offer is tried
    asked = carrier.asked
    town.desk.fan_out(town.shift("second", starts_in=30))
    town.desk.settle()
    assert carrier.asked == asked
    assert calls(town, carrier, "Ana") == 2


def test_a_number_that_was_refused_rests_no_longer_because_a_clock_ran_ahead(
    town: World, carrier: Strict
) -> None:
    # given
    town.later(3 * HOUR)
    carrier.closed = UNREGISTERED
    town.offered()
    carrier.closed = None
    # when
    town.later(-3 * HOUR)
    town.later(REST.total_seconds())
    town.offered("second", starts_in=30)
    # then
    assert texts(town, carrier, "Ana") == 1


def test_an_answer_is_tried_again_and_the_first_that_is_taken_closes_the_alert(
    town: World, carrier: Strict
) -> None:
    # given
    town.offered()
    town.desk.settle()
    carrier.closed = "Too much waits at Twilio for our number. (Twilio 21611)"
    town.says("Ana", "yes")
    town.desk.settle()
    assert kinds(town) == {"carrier_refuses"}
    # when
    carrier.closed = None
    town.clock.advance(10)
    town.desk.settle()
    # then
    assert texts(town, carrier, "Ana") == 2
    assert kinds(town) == set()


def test_what_was_refused_after_it_was_taken_is_over_only_when_a_text_arrives(
    town: World, carrier: Strict
) -> None:
    # given
    town.offered()
    town.desk.settle()
    report(town, carrier, "Ana", Delivery.FAILED, Trouble.CLOSED)
    assert calls(town, carrier, "Ana") == 1
    # when an answer is taken
    town.says("Ben", "help")
    town.desk.settle()
    # then
    assert kinds(town) == {"carrier_refuses"}
    # when it arrives
    report(town, carrier, "Ben", Delivery.DELIVERED)
    # then
    assert kinds(town) == set()


def test_after_a_restart_an_alert_on_a_number_is_still_closed_by_the_first_text_taken(
    tmp_path: Path, carrier: Strict
) -> None:
    store = f"sqlite:///{tmp_path}/a.db"
    with a_world(store, carrier=carrier) as world:
        world.caregivers("Ana")
        carrier.closed = UNREGISTERED
        world.offered()
        world.desk.settle()
    # when
    carrier.closed = None
    with a_world(store, carrier=carrier, at=FIVE_AM + timedelta(minutes=10)) as world:
        world.phones["Ana"] = "+13125550200"
        assert "carrier_refuses" in kinds(world)
        world.says("Ana", "help")
        world.desk.settle()
        # then
        assert "carrier_refuses" not in kinds(world)


def test_a_phone_that_told_the_carrier_stop_gets_nothing_on_any_channel_and_no_text_about_it(
    town: World, carrier: Strict
) -> None:
    # given
    carrier.troubles[town.phones["Ben"]] = Trouble.OPTED_OUT
    # when
    town.offered()
    town.desk.settle()
    town.clock.advance(600)
    town.desk.settle()
    # then
    assert (texts(town, carrier, "Ben"), calls(town, carrier, "Ben")) == (0, 0)
    assert next(one for one in town.desk.caregivers().items if one.id == "Ben").opted_out
    assert calls(town, carrier, "Ana") == 1
    assert not any(one.purpose == "opt_out" for one in town.desk.messages(phone=town.phones["Ben"]).items)


def test_the_carrier_s_own_list_still_counts_after_a_later_consent(town: World, carrier: Strict) -> None:
    # given
    town.says("Ben", "STOP")
    carrier.troubles[town.phones["Ben"]] = Trouble.OPTED_OUT
    town.later(60)
    # when
    town.desk.state_consent("Ben", Consent(channel=Channel.SMS, how=ConsentWay.SPOKEN))
    town.offered()
    town.later(600)
    # then
    assert [one.what for one in town.desk.consents("Ben")] == ["opted_out", "consent_given", "opted_out"]
    assert town.desk.consents("Ben")[0].by == "carrier"
    assert calls(town, carrier, "Ben") == 0


def test_a_holder_who_told_the_carrier_stop_is_somebody_a_person_has_to_call(
    town: World, carrier: Strict
) -> None:
    # given
    town.offered()
    town.desk.settle()
    town.says("Ana", "yes")
    town.desk.settle()
    # when
    report(town, carrier, "Ana", Delivery.FAILED, Trouble.OPTED_OUT)
    # then
    assert kinds(town) == {"holder_mute", "not_told"}


def test_when_nobody_can_be_reached_the_coordinator_knows_within_two_minutes(
    town: World, carrier: Strict
) -> None:
    # given
    for name in ("Ana", "Ben", "Cat"):
        carrier.troubles[town.phones[name]] = Trouble.NO_NUMBER
    carrier.faults = FaultPlan(dead_numbers=frozenset(town.phones.values()))
    # when
    town.offered()
    town.desk.settle()
    town.clock.advance(60)
    town.desk.settle()
    # then
    # beside those about each number, which stay until it is corrected
    [alert] = [one for one in town.desk.alerts(open=True).items if one.kind.value == "nobody_reachable"]
    # A number that is none is not called either.
    assert "Why: It said so (3)." in alert.message
