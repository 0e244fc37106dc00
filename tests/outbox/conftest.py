"""What the tests of sending share."""

from collections.abc import Iterator

import pytest

from firstyes.actors.carriers.port import Carrier
from firstyes.actors.lane import start_lane
from firstyes.domain.policy import Channel
from support.lanes import LaneRef, StartLane
from support.outbox_journal_world import JournalWorld
from support.outbox_worlds import MemoryWorld, World
from support.patience import PATIENCE


@pytest.fixture(params=["memory", "sqlite"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A journal with an outbox to fill: in memory, and the real one."""
    if request.param == "memory":
        yield MemoryWorld()
        return
    world = JournalWorld()
    yield world
    world.close()


@pytest.fixture
def failed_rounds() -> list[tuple[str, int]]:
    """What lanes reported of rounds that reached nobody."""
    return []


@pytest.fixture
def start(world: World, failed_rounds: list[tuple[str, int]]) -> Iterator[StartLane]:
    """Starts lanes on the world's journal, and stops them afterwards."""
    started: list[LaneRef] = []

    def start(carrier: Carrier, channel: Channel = Channel.SMS, **options) -> LaneRef:
        def note(shift_id: str, fanout: int) -> None:
            failed_rounds.append((shift_id, fanout))

        lane = start_lane(channel, world.journal, carrier, world.clock, on_round_failed=note, **options)
        started.append(lane)
        return lane

    yield start
    for lane in started:
        lane.stop(timeout=PATIENCE)
