"""A carrier with rates is handed no more than about two seconds of them: the rest can be taken back, and answers go first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from firstyes.actors.carriers.port import OutboundMessage
from firstyes.actors.carriers.simulator import SIMULATOR, Simulator
from firstyes.actors.number_pace import NumberPace
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.organization import Organization, OwnNumber
from firstyes.domain.policy import Channel
from support.world import FIVE_AM, LAKESIDE, World, a_world

FIRST, SECOND = "+13125550901", "+13125550902"
STEP = 0.25
"""Seconds between two ticks of the service."""


@dataclass(frozen=True, slots=True)
class Given:
    """A message, and when it was handed over."""

    at: datetime
    message: OutboundMessage


class Paced(Simulator):
    """A simulator whose numbers send so many segments a second; it notes what it was given, and when."""

    def __init__(self, rate: float, calls: float = 1.0) -> None:
        def rates(channel: Channel, number: str) -> float:
            return calls if channel is Channel.VOICE else rate

        self.clock = ManualClock(FIVE_AM)
        super().__init__(self.clock, capabilities=replace(SIMULATOR, rate=rates))
        self.given: list[Given] = []

    def send_text(self, outbound: OutboundMessage) -> str:
        self.given.append(Given(self.clock.now(), outbound))
        return super().send_text(outbound)

    def place_call(self, outbound: OutboundMessage) -> str:
        self.given.append(Given(self.clock.now(), outbound))
        return super().place_call(outbound)

    def bodies(self, phone: str) -> list[str]:
        return [one.message.body for one in self.given if one.message.to_phone == phone]


class Town:
    """People who are offered shifts by a carrier with rates."""

    def __init__(self, world: World, carrier: Paced) -> None:
        self.world, self.carrier = world, carrier

    def pass_time(self, seconds: float) -> None:
        """Let time go by, a tick at a time."""
        for _ in range(round(seconds / STEP)):
            self.world.clock.advance(STEP)
            self.carrier.clock.advance(STEP)
            self.world.desk.settle()

    def until_told(self, phone: str, count: int, within: float) -> float | None:
        """Say after how many seconds a phone has had so many messages; None when it has not within that time."""
        for tick in range(round(within / STEP) + 1):
            if len(self.carrier.bodies(phone)) >= count:
                return tick * STEP
            self.pass_time(STEP)
        return None


def a_town(rate: float, *numbers: str, **people: int) -> Iterator[Town]:
    """Open a town with people of these roles."""
    carrier = Paced(rate)
    with a_world(carrier=carrier) as world:
        phones = tuple(OwnNumber(number=one) for one in numbers)
        lakeside = Organization(id=LAKESIDE, name="Lakeside", time_zone="America/Chicago", phones=phones)
        world.desk.put_organizations([lakeside])
        for role, count in people.items():
            world.caregivers(*(f"{role}{number}" for number in range(count)), role=role.upper())
        yield Town(world, carrier)


@pytest.fixture
def slow() -> Iterator[Town]:
    """One number with one segment a second; twelve nurses and an aide."""
    yield from a_town(1.0, FIRST, rn=12, cna=1)


def offer(town: Town, shift_id: str, role: str = "RN") -> None:
    town.world.desk.fan_out(town.world.shift(shift_id, role=role, starts_in=48))
    town.world.desk.settle()


def test_no_more_than_about_two_seconds_of_the_rate_are_handed_ahead(slow: Town) -> None:
    # given
    offer(slow, "one")
    handed = [len(slow.carrier.given)]
    # when
    for _ in range(5):
        slow.pass_time(1)
        handed.append(len(slow.carrier.given))
    # then
    assert handed == [1, 2, 3, 4, 5, 6]


def test_a_text_of_three_segments_takes_as_long_as_three_texts() -> None:
    # given
    pace = NumberPace(lambda number: 1.0)
    # when
    pace.take(FIRST, 3, FIVE_AM)
    # then
    allowed = [pace.allows(FIRST, FIVE_AM + timedelta(seconds=after), answer=False) for after in (1, 2, 3)]
    assert allowed == [False, False, True]
    assert pace.allows(FIRST, FIVE_AM + timedelta(seconds=1.5), answer=True)
    assert pace.allows(SECOND, FIVE_AM, answer=False)


def test_the_rounds_clock_counts_from_when_its_last_text_was_handed_over() -> None:
    for town in a_town(0.1, FIRST, rn=12):
        # given
        offer(town, "one")
        town.pass_time(115)
        assert len(town.carrier.given) == 12
        last = town.carrier.given[-1].at
        # when ten minutes have passed since the shift was offered
        town.pass_time((FIVE_AM + timedelta(seconds=605) - town.carrier.clock.now()).total_seconds())
        # then nobody is called yet
        assert town.world.record("one").round == 0
        # when ten minutes have passed since the last text
        town.pass_time((last + timedelta(seconds=601) - town.carrier.clock.now()).total_seconds())
        # then
        assert town.world.record("one").round == 1


@pytest.mark.fault(46)
def test_a_filled_shift_stops_the_rest_of_the_queue(slow: Town) -> None:
    # given
    offer(slow, "one")
    slow.pass_time(3)
    told = {one.message.to_phone for one in slow.carrier.given}
    winner = next(name for name, phone in slow.world.phones.items() if phone in told)
    # when
    slow.world.says(winner, "yes")
    slow.pass_time(30)
    # then
    assert {one.message.to_phone for one in slow.carrier.given} == told
    assert "You have the shift" in slow.carrier.bodies(slow.world.phones[winner])[-1]


def test_two_numbers_send_at_the_same_time_and_neither_waits_for_the_other() -> None:
    for town in a_town(1.0, FIRST, SECOND, rn=20):
        # when
        offer(town, "one")
        town.pass_time(5)
        # then
        senders = [one.message.from_phone for one in town.carrier.given]
        assert (senders.count(FIRST), senders.count(SECOND)) == (6, 6)


def test_a_number_that_is_taken_away_leaves_its_queue_to_the_others() -> None:
    for town in a_town(1.0, FIRST, SECOND, rn=10):
        # given
        offer(town, "one")
        # when
        phones = (OwnNumber(number=SECOND),)
        lakeside = Organization(id=LAKESIDE, name="Lakeside", time_zone="America/Chicago", phones=phones)
        town.world.desk.put_organizations([lakeside])
        town.pass_time(20)
        # then
        assert len(town.carrier.given) == 10
        assert [one.message.from_phone for one in town.carrier.given[2:]] == [SECOND] * 8


def test_calls_have_a_rate_of_their_own(slow: Town) -> None:
    # given
    offer(slow, "one")
    slow.pass_time(15)
    texts = len(slow.carrier.given)
    # when
    slow.world.clock.advance(600)
    slow.carrier.clock.advance(600)
    slow.world.desk.settle()
    slow.pass_time(3)
    # then
    calls = [one.message.channel for one in slow.carrier.given[texts:]]
    assert calls == [Channel.VOICE] * 4


def test_row_32_while_ten_thousand_offers_go_out_a_yes_is_confirmed_in_two_seconds_and_one_offer_leaves_in_five() -> (
    None
):
    for town in a_town(10.0, FIRST, rn=10_000, cna=1):
        world, carrier = town.world, town.carrier
        # given
        offer(town, "big")
        waits: list[float] = []
        for number in range(60):
            town.pass_time(1)
            # when somebody who has been told says something that is answered
            phone = carrier.given[number].message.to_phone
            name = next(one for one, known in world.phones.items() if known == phone)
            before = len(carrier.bodies(phone))
            world.says(name, "help")
            waited = town.until_told(phone, before + 1, within=5)
            waits.append(60.0 if waited is None else waited)
        # then
        assert sorted(waits)[round(len(waits) * 0.99) - 1] <= 2.0
        # when
        offer(town, "small", role="CNA")
        # then
        waited = town.until_told(world.phones["cna0"], 1, within=10)
        assert waited is not None and waited <= 5.0
        # and offers have gone on all the while
        seconds = (carrier.clock.now() - FIVE_AM) / timedelta(seconds=1)
        assert len(carrier.given) >= 9 * seconds
        # when
        phone = next(
            one.message.to_phone
            for one in carrier.given[70:]
            if len(carrier.bodies(one.message.to_phone)) == 1
        )
        winner = next(one for one, known in world.phones.items() if known == phone)
        before = len(carrier.bodies(phone))
        world.says(winner, "yes")
        # then
        waited = town.until_told(phone, before + 1, within=5)
        assert waited is not None and waited <= 2.0
        assert "You have the shift" in carrier.bodies(phone)[-1]
        return
