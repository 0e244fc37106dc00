"""What the tests of sending share."""

from collections.abc import Iterator

import pytest

from firstyes.actors.carriers.port import Carrier
from firstyes.actors.outbox.outbox_actor import OutboxActor
from firstyes.domain.policy import Channel
from support.outbox_actors import FailedRounds, StartOutbox, make_outbox, stop
from support.outbox_world import OutboxWorld


@pytest.fixture
def world() -> Iterator[OutboxWorld]:
    """A journal with an outbox to fill."""
    world = OutboxWorld()
    yield world
    world.real.close()


@pytest.fixture
def failed_rounds() -> FailedRounds:
    """What was reported of rounds that reached nobody."""
    return []


@pytest.fixture
def start(world: OutboxWorld, failed_rounds: FailedRounds) -> Iterator[StartOutbox]:
    """Starts actors that send what is in the world's journal, and stops them afterwards."""
    started: list[OutboxActor] = []

    def start(carrier: Carrier, channel: Channel = Channel.SMS, **options) -> OutboxActor:
        def note(shift_id: str, fanout: int) -> None:
            failed_rounds.append((shift_id, fanout))

        outbox = make_outbox(world, carrier, channel, **{"on_round_failed": note, **options})
        started.append(outbox)
        outbox._loop.start()
        return outbox

    yield start
    for outbox in started:
        stop(outbox, timeout=0)
