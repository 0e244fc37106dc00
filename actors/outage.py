"""Since when nothing has gone out though something should: the carrier is down, or as good as down."""

from datetime import datetime, timedelta

LONGEST_SILENCE = timedelta(seconds=90)
"""After so long the coordinator is called: within two minutes of the first message that did not go out."""

TRIES = 2
"""Attempts that failed, from which on it is not one message's own trouble. One that hangs counts without."""


class Outage:
    """Watches one channel. It has no clock; instants are handed in, in UTC.

    A message that the carrier refuses for good says nothing of the carrier, one it has taken says that it is there.
    `known` says that somebody has been told of it.
    """

    def __init__(self, *, known: bool = False) -> None:
        self._failures = 0
        self._failing_since: datetime | None = None
        self._last_taken: datetime | None = None
        self.known = known

    def taken(self, at: datetime) -> None:
        """The carrier took a message."""
        self._failures, self._failing_since, self._last_taken, self.known = 0, None, at, False

    def failed(self, at: datetime) -> None:
        """The carrier did not take a message now, or it is not known whether it did."""
        self._failures += 1
        self._failing_since = self._failing_since or at

    def tell(self) -> None:
        """Somebody has been told."""
        self.known = True

    def lasts(self, at: datetime, oldest: datetime | None) -> bool:
        """Whether it has lasted too long; `oldest` is since when a message is in the carrier's hands."""
        since = [self._failing_since] if self._failures >= TRIES and self._failing_since else []
        if oldest is not None:
            since.append(max(oldest, self._last_taken) if self._last_taken else oldest)
        return bool(since) and at - min(since) >= LONGEST_SILENCE
