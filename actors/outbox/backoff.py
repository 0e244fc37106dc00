"""Slows a channel down when its carrier takes nothing from anybody for now: asked too often, or down."""

from datetime import datetime, timedelta

FIRST_HOLD = 0.1
"""Seconds in which nothing is sent after the carrier refused. Twice as long after each further refusal; this and the
limit are what Twilio advises for its error 20429."""

LONGEST_HOLD = 30.0
"""Seconds no hold exceeds: a carrier that comes back is found within half a minute."""

AT_FULL_SPEED = 1_000
"""From so many messages at once on, it is off."""


class Backoff:
    """Holds a channel for a while after a refusal, then lets one message through; each one taken lets more follow.

    Refusals that come in while it holds are echoes of the first and count for nothing. It has no clock; instants are
    handed in, in UTC.
    """

    def __init__(self) -> None:
        self._refusals = 0
        self._held_until: datetime | None = None
        self._most: int | None = None

    def holds(self, at: datetime) -> bool:
        """Whether nothing is to be sent at `at`."""
        return self._held_until is not None and at < self._held_until

    def limit(self, at: datetime, wanted: int, on_the_way: int) -> int:
        """Give how many of `wanted` messages may be sent at `at`, with so many on the way."""
        if self.holds(at):
            return 0
        return wanted if self._most is None else min(wanted, self._most - on_the_way)

    def refused(self, at: datetime) -> None:
        """The carrier refused to take anything."""
        if self.holds(at):
            return
        hold = min(FIRST_HOLD * 2**self._refusals, LONGEST_HOLD)
        # No number of doublings is lost by not counting on: the limit is reached after nine.
        self._refusals = min(self._refusals + 1, 16)
        self._held_until = at + timedelta(seconds=hold)
        self._most = 1

    def taken(self, at: datetime) -> None:
        """The carrier took a message."""
        if self._most is None or self.holds(at):
            return
        self._refusals = 0
        self._most = self._most * 2 if self._most < AT_FULL_SPEED else None
