"""People who are offered shifts by a carrier whose numbers have rates, on a clock that is moved by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from firstyes.actors.carriers.port import OutboundMessage, Throttled
from firstyes.actors.carriers.simulator import SIMULATOR, Simulator
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.organization import Organization, OwnNumber
from firstyes.domain.policy import Channel

from .world import FIVE_AM, LAKESIDE, World, a_world

STEP = 0.25
"""Seconds between two ticks of the service."""


@dataclass(frozen=True, slots=True)
class Given:
    """A message, and when it was handed over."""

    at: datetime
    message: OutboundMessage


class Paced(Simulator):
    """A simulator whose numbers send so many segments a second; it notes what it took, and when.

    While `refuses_each` is set, it refuses one request in so many: it was asked too often.
    """

    def __init__(self, rate: float, calls: float = 1.0) -> None:
        def rates(channel: Channel, number: str) -> float:
            return calls if channel is Channel.VOICE else rate

        self.clock = ManualClock(FIVE_AM)
        super().__init__(self.clock, capabilities=replace(SIMULATOR, rate=rates))
        self.given: list[Given] = []
        self.refuses_each: int | None = None
        self._asked = count(1)

    def send_text(self, outbound: OutboundMessage) -> str:
        """Take a text."""
        self._note(outbound)
        return super().send_text(outbound)

    def place_call(self, outbound: OutboundMessage) -> str:
        """Take a call."""
        self._note(outbound)
        return super().place_call(outbound)

    def _note(self, outbound: OutboundMessage) -> None:
        if self.refuses_each and next(self._asked) % self.refuses_each == 0:
            raise Throttled("asked too often")
        self.given.append(Given(self.clock.now(), outbound))

    def bodies(self, phone: str) -> list[str]:
        """Give the texts to a phone, oldest first."""
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

    def offer(self, shift_id: str, role: str = "RN") -> None:
        """Offer a shift that starts in two days."""
        self.world.desk.fan_out(self.world.shift(shift_id, role=role, starts_in=48))
        self.world.desk.settle()

    def until_told(self, phone: str, count: int, within: float) -> float | None:
        """Say after how many seconds a phone has had so many messages; None when it has not within that time."""
        for tick in range(round(within / STEP) + 1):
            if len(self.carrier.bodies(phone)) >= count:
                return tick * STEP
            self.pass_time(STEP)
        return None


def a_town(rate: float, *numbers: str, **people: int) -> Iterator[Town]:
    """Open a town with these sending numbers, and so many people of each role."""
    carrier = Paced(rate)
    with a_world(carrier=carrier) as world:
        phones = tuple(OwnNumber(number=one) for one in numbers)
        lakeside = Organization(id=LAKESIDE, name="Lakeside", time_zone="America/Chicago", phones=phones)
        world.desk.put_organizations([lakeside])
        for role, count in people.items():
            world.caregivers(*(f"{role}{number}" for number in range(count)), role=role.upper())
        yield Town(world, carrier)
