"""What the tests of sending share."""

import pytest

from support.outbox_worlds import MemoryWorld, World


@pytest.fixture(params=["memory"])
def world(request: pytest.FixtureRequest) -> World:
    """A journal with an outbox to fill."""
    return MemoryWorld()
