"""What is to happen, in the order of its time. It has no clock: whoever asks says what time it is."""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

Act = Callable[[datetime], object]


class Agenda:
    """Actions by the instant they are due. Those of one instant are carried out in the order they were put down."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def at(self, when: datetime, act: Act) -> None:
        """Have `act` carried out at `when`; it is told that instant."""
        heappush(self._waiting, (when, next(self._order), act))

    def next(self) -> datetime | None:
        """Say when something is due next."""
        return self._waiting[0][0] if self._waiting else None

    def run(self, now: datetime) -> None:
        """Carry out what is due by `now`, and what that leads to by then."""
        while self._waiting and self._waiting[0][0] <= now:
            when, _, act = heappop(self._waiting)
            act(when)
