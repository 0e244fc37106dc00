"""Drives an outbox on the test's own thread."""

from firstyes.actors.carriers.port import Carrier
from firstyes.actors.hand_over import CrashPoint, hand_over, no_crash
from firstyes.actors.outbox import Outbox, Room
from firstyes.domain.policy import Channel

from .outbox_worlds import World

PLENTY = Room(answers=1_000, others=1_000)


def outbox_of(world: World, carrier: Carrier, channel: Channel = Channel.SMS) -> Outbox:
    """Give an outbox that has seen to what a crash left open."""
    outbox = Outbox(channel, world.journal, carrier.capabilities)
    outbox.recover(world.clock.now())
    return outbox


def send_all(outbox: Outbox, carrier: Carrier, world: World, crash_point: CrashPoint = no_crash) -> None:
    """Hand over whatever is due, until nothing is."""
    while jobs := outbox.advance(world.clock.now(), PLENTY):
        for job in jobs:
            outbox.note(hand_over(carrier, job, crash_point), world.clock.now())
