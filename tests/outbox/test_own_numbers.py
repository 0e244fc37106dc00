"""An organization's numbers: several share the work, and each person keeps hearing from the same one."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from firstyes.actors.carriers.port import OutboundMessage
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.organization import Organization, OwnNumber
from firstyes.domain.policy import Channel
from support.world import FIVE_AM, LAKESIDE, World, a_world

FIRST, SECOND, THIRD = "+13125550901", "+13125550902", "+13125550903"


class Noting(Simulator):
    """A simulator that notes what it was given."""

    def __init__(self) -> None:
        super().__init__(ManualClock(FIVE_AM))
        self.given: list[OutboundMessage] = []

    def send_text(self, outbound: OutboundMessage) -> str:
        self.given.append(outbound)
        return super().send_text(outbound)

    def place_call(self, outbound: OutboundMessage) -> str:
        self.given.append(outbound)
        return super().place_call(outbound)

    def numbers_heard(self) -> dict[str, set[str | None]]:
        heard: dict[str, set[str | None]] = {}
        for one in self.given:
            heard.setdefault(one.to_phone, set()).add(one.from_phone)
        return heard


def give_numbers(world: World, *numbers: OwnNumber | str) -> None:
    phones = [one if isinstance(one, OwnNumber) else OwnNumber(number=one) for one in numbers]
    lakeside = Organization(id=LAKESIDE, name="Lakeside", time_zone="America/Chicago", phones=tuple(phones))
    world.desk.put_organizations([lakeside])


@contextmanager
def an_agency(carrier: Simulator, *numbers: OwnNumber | str, people: int) -> Iterator[World]:
    with a_world(carrier=carrier) as world:
        give_numbers(world, *numbers)
        world.caregivers(*(f"p{number}" for number in range(people)))
        yield world


def offer(world: World, shift_id: str) -> None:
    world.desk.fan_out(world.shift(shift_id))
    world.desk.settle()


def test_two_numbers_share_the_people_and_each_hears_from_one_only() -> None:
    carrier = Noting()
    with an_agency(carrier, FIRST, SECOND, people=10) as world:
        # when
        offer(world, "one")
        offer(world, "two")
        # then
        heard = carrier.numbers_heard()
        assert all(len(numbers) == 1 for numbers in heard.values())
        assert Counter(number for numbers in heard.values() for number in numbers) == {FIRST: 5, SECOND: 5}


def test_who_has_heard_from_a_number_keeps_hearing_from_it_when_others_are_added() -> None:
    carrier = Noting()
    with an_agency(carrier, FIRST, people=6) as world:
        offer(world, "one")
        # when
        give_numbers(world, SECOND, FIRST, THIRD)
        world.caregivers(*(f"new{number}" for number in range(6)))
        offer(world, "two")
        # then
        heard = carrier.numbers_heard()
        former = {world.phones[f"p{number}"] for number in range(6)}
        assert all(heard[phone] == {FIRST} for phone in former)
        assert len(set().union(*(heard[phone] for phone in heard if phone not in former))) == 3


def test_a_number_that_is_gone_is_not_used_any_more() -> None:
    carrier = Noting()
    with an_agency(carrier, FIRST, people=2) as world:
        offer(world, "one")
        # when
        give_numbers(world, SECOND)
        offer(world, "two")
        # then
        assert [one.from_phone for one in carrier.given] == [FIRST, FIRST, SECOND, SECOND]


def test_a_number_is_used_for_what_it_can_do_and_names_its_account() -> None:
    carrier = Noting()
    texts = OwnNumber(number=FIRST, channels=(Channel.SMS,), account="AC1")
    calls = OwnNumber(number=SECOND, channels=(Channel.VOICE,), account="AC2")
    with an_agency(carrier, calls, texts, people=1) as world:
        # when
        offer(world, "one")
        world.clock.advance(601)
        world.desk.settle()
        # then
        assert [(one.channel, one.from_phone, one.account) for one in carrier.given] == [
            (Channel.SMS, FIRST, "AC1"),
            (Channel.VOICE, SECOND, "AC2"),
        ]
        assert world.desk.organization(LAKESIDE).phones == (calls, texts)


def test_a_number_may_be_given_as_a_text_and_is_read_at_home() -> None:
    given = Organization.model_validate(
        {"id": "a", "country": "DE", "phones": ["030 1234567", "030 1234567"]}
    )
    assert given.phones == (OwnNumber(number="+49301234567"),)
