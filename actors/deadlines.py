"""What the shifts wait for, soonest first: a plain object that the supervisor drives."""

import heapq
from collections.abc import Iterable
from datetime import datetime

from .journal.instants import to_micros
from .journal.port import Deadline


class Deadlines:
    """A heap of stored instants. The truth is in the journal: a stale entry costs one look, a lost one nothing
    after the next start.

    What has fallen due is handed out in order, shifts that have begun meanwhile first, and at most `window` at a
    time: an hour's sleep or a clock set forward does not become a flood.
    """

    def __init__(self, stored: Iterable[Deadline] = (), window: int = 32) -> None:
        self._heap = list(stored)
        heapq.heapify(self._heap)
        self._ripe: list[tuple[bool, int, str]] = []
        self._under_way: set[str] = set()
        self._window = window

    def __len__(self) -> int:
        return len(self._heap) + len(self._ripe)

    @property
    def quiet(self) -> bool:
        """Whether nothing that has fallen due is left to do."""
        return not self._ripe and not self._under_way

    def set(self, shift_id: str, at: datetime, expires_at: datetime) -> None:
        """Wait for another instant."""
        heapq.heappush(self._heap, Deadline(to_micros(at), shift_id, to_micros(expires_at)))

    def ripen(self, now: datetime) -> None:
        """Take note of everything that is due at `now`."""
        due, at_most = [], to_micros(now)
        while self._heap and self._heap[0].at <= at_most:
            at, shift_id, expires_at = heapq.heappop(self._heap)
            due.append((expires_at > at_most, at, shift_id))
        if due:
            self._ripe = sorted([*self._ripe, *due], reverse=True)

    def take(self) -> list[str]:
        """Give the shifts whose turn it is now; each stays under way until `done`."""
        turn = []
        while self._ripe and len(self._under_way) < self._window:
            _, _, shift_id = self._ripe.pop()
            if shift_id not in self._under_way:
                self._under_way.add(shift_id)
                turn.append(shift_id)
        return turn

    def done(self, shift_id: str) -> None:
        """Make room for the next one."""
        self._under_way.discard(shift_id)
