"""Since when nothing has gone out though something should: the carrier is down, or as good as down."""

from datetime import datetime, timedelta

LONGEST_SILENCE = timedelta(seconds=90)
"""After so long the coordinator is called: within two minutes of the first message that did not go out."""

SETTLES = timedelta(seconds=15)
"""A start waits so long before it counts what was left from before: it may go out at once."""

LULL = timedelta(minutes=10)
"""So long after the last failure, and with nothing left to send, an outage asks nothing of anybody any more."""

TRIES = 2
"""Attempts that failed, from which on it is not one message's own trouble. One that hangs counts without."""


class Outage:
    """Watches one channel. It has no clock; instants are handed in, in UTC.

    A message that the carrier refuses for good says nothing of the carrier, one it has taken says that it is there.
    `known` says that somebody has been told of it.
    """

    def __init__(self, began: datetime | None = None, *, known: bool = False) -> None:
        """`began` is when its watch began, if messages of before were left then."""
        self._failures = 0
        self._failing_since: datetime | None = None
        self._last_failed = self._left_at = began
        self._last_taken: datetime | None = None
        self.known = known

    def taken(self, at: datetime) -> None:
        """The carrier took a message."""
        self._failures, self._failing_since, self._last_taken, self.known = 0, None, at, False
        self._left_at = None

    def failed(self, at: datetime) -> None:
        """The carrier did not take a message now, or it is not known whether it did."""
        self._failures += 1
        self._failing_since, self._last_failed = self._failing_since or at, at

    def tell(self) -> None:
        """Somebody has been told."""
        self.known = True

    def end(self) -> None:
        """It is over, or nobody needs to know of it."""
        self.known = False

    def from_before(self, at: datetime) -> datetime | None:
        """Give until when a message was planned that counts from then, since nothing has gone out after a start."""
        return self._left_at if self._left_at is not None and at - self._left_at >= SETTLES else None

    def is_past(self, at: datetime) -> bool:
        """Whether nothing has failed for so long that, if nothing is left to send, it is over."""
        return self._last_failed is None or at - self._last_failed >= LULL

    def lasts(self, at: datetime, oldest: datetime | None, left: datetime | None = None) -> bool:
        """Whether it has lasted too long; `oldest` is since when a message is in the carrier's hands, `left` since when
        one is planned that was left from before a start."""
        since = [self._failing_since] if self._failures >= TRIES and self._failing_since else []
        if oldest is not None:
            since.append(max(oldest, self._last_taken) if self._last_taken else oldest)
        if left is not None:
            since.append(left)
        return bool(since) and at - min(since) >= LONGEST_SILENCE
