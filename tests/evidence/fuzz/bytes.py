"""Values made from bytes, so that a fuzzer which changes bytes changes values a little at a time."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

T = TypeVar("T")

EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
DAYS = 2_932_000
"""Days from there to 9998, which instants from outside may span."""


class Drawn:
    """Reads values off the front of `data`; when that is used up, everything is zero, the first, or empty."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, below: int) -> int:
        """A number from 0 up to, but not including, `below`."""
        size = max(1, (max(below - 1, 0).bit_length() + 7) // 8)
        return int.from_bytes(self.raw(size), "little") % below

    def choice(self, of: Sequence[T]) -> T:
        """One of these."""
        return of[self.number(len(of))]

    def raw(self, size: int) -> bytes:
        """The next bytes, at most `size`."""
        found = self._data[self._at : self._at + size]
        self._at += size
        return found

    def text(self, longest: int = 64) -> str:
        """A text of at most so many bytes: mostly as UTF-8, with a lone surrogate for each byte that is none."""
        return self.raw(self.number(longest + 1)).decode("utf-8", "surrogateescape")

    def instant(self) -> datetime:
        """An instant anywhere in the years that are taken from outside."""
        return EARLIEST + timedelta(days=self.number(DAYS), minutes=self.number(1440))

    @property
    def rest(self) -> bytes:
        """All that has not been read."""
        return self._data[self._at :]

    @property
    def rest_text(self) -> str:
        """All that has not been read, as a text."""
        return self.rest.decode("utf-8", "surrogateescape")
