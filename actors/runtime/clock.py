"""The time, handed in: the system's for service, one that is moved by hand for tests and stories."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Protocol

from ...domain.errors import InvalidArgument


class Clock(Protocol):
    """Says what time it is, in UTC."""

    def now(self) -> datetime:
        """Give the present instant."""


class SystemClock:
    """The machine's wall clock."""

    def now(self) -> datetime:
        """Give the present instant."""
        return datetime.now(UTC)


class MovableClock(SystemClock):
    """The machine's clock, that can be moved forward: for trying the service out, where time is to fly."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._lock = Lock()

    def now(self) -> datetime:
        """Give the present instant, and as much more as it was moved."""
        return super().now() + self._ahead

    def advance(self, seconds: float) -> None:
        """Move forward; whoever watches the clock sees it at their next look."""
        with self._lock:
            self._ahead += timedelta(seconds=max(0.0, seconds))


class ManualClock:
    """A clock that stands still until it is moved. `on_move` is told after each move, on the mover's thread."""

    def __init__(self, start: datetime) -> None:
        """Stand still at `start`. Raises `InvalidArgument` unless it is a datetime with an offset."""
        if getattr(start, "tzinfo", None) is None:
            raise InvalidArgument(
                f"start: {start!r} is no aware datetime; give it an offset, tzinfo=UTC for example"
            )
        self._now = start.astimezone(UTC)
        self._lock = Lock()
        self.on_move: Callable[[], None] = lambda: None

    def now(self) -> datetime:
        """Give the instant it was last moved to."""
        with self._lock:
            return self._now

    def advance(self, seconds: float) -> None:
        """Move forward (or, with a negative number, back, as a corrected machine clock does)."""
        with self._lock:
            self._now += timedelta(seconds=seconds)
        self.on_move()
