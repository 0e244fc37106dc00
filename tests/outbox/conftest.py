"""What the tests of sending share."""

from collections.abc import Iterator

import pytest

from support.outbox_journal_world import JournalWorld
from support.outbox_worlds import MemoryWorld, World


@pytest.fixture(params=["memory", "sqlite"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A journal with an outbox to fill: in memory, and the real one."""
    if request.param == "memory":
        yield MemoryWorld()
        return
    world = JournalWorld()
    yield world
    world.close()
