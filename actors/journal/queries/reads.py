"""What a query is asked over: the last commit, or a transaction under way."""

from typing import Any


class Reads:
    """Reads rows; whoever inherits brings how. Raises `JournalUnavailable` when the database cannot be read."""

    def one(self, query: str, parameters: tuple[object, ...] = ()) -> Any:
        """Give the first row, None when there is none."""
        raise NotImplementedError

    def all(self, query: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        """Give all rows."""
        raise NotImplementedError
