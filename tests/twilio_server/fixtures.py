"""The server as a fixture. Imported only by tests that ask for it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from firstyes.actors.runtime.clock import ManualClock

if TYPE_CHECKING:
    from .server import TwilioServer


@pytest.fixture
def twilio() -> Iterator["TwilioServer"]:
    """A Twilio whose time stands still until the test moves it."""
    from .server import serving

    with serving(clock=ManualClock(datetime(2026, 11, 28, 5, 0, tzinfo=UTC))) as server:
        yield server
