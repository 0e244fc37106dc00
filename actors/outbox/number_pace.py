"""How far ahead of its rate each sending number has been given messages."""

from collections.abc import Callable
from datetime import datetime, timedelta

OTHERS_AHEAD = timedelta(seconds=1)
"""Of a number's rate so much may wait at the carrier before an offer is given to it: what waits there goes out though its shift
is filled, and an answer that comes then waits behind it."""

ANSWERS_AHEAD = timedelta(seconds=2)
"""The same for answers, so that one never waits for offers to be gone."""


class NumberPace:
    """Keeps the books of the numbers of one channel. It has no clock; instants are handed in, in UTC.

    `rate` says how many units a number sends in a second: segments of texts, or calls. After a restart the books are empty, and
    up to two seconds' worth more may wait at the carrier.
    """

    def __init__(self, rate: Callable[[str], float]) -> None:
        self._rate = rate
        self._free_at: dict[str, datetime] = {}

    def allows(self, number: str, at: datetime, *, answer: bool) -> bool:
        """Whether one more message may be given to a number."""
        return self._free_at.get(number, at) - at < (ANSWERS_AHEAD if answer else OTHERS_AHEAD)

    def take(self, number: str, units: int, at: datetime) -> None:
        """Book a message of so many units."""
        begins = max(self._free_at.get(number, at), at)
        self._free_at[number] = begins + timedelta(seconds=units / self._rate(number))

    def most(self, number: str) -> int:
        """Give how many messages a number can be given at once."""
        return int(ANSWERS_AHEAD.total_seconds() * self._rate(number)) + 1

    def forget(self) -> None:
        """Begin the books anew: the clock had run ahead."""
        self._free_at.clear()
