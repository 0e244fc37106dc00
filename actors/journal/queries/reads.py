"""What a query is asked over: the last commit, or a transaction under way."""

from typing import Any, Protocol


class Reads(Protocol):
    """Reads rows. Raises `JournalUnavailable` when the database cannot be read."""

    def one(self, query: str, parameters: tuple[object, ...] = ()) -> Any:
        """Give the first row, None when there is none."""
        ...

    def all(self, query: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        """Give all rows."""
        ...
