"""The numbers the writer gives out: keys of streams, and one sequence for all messages in and out."""

from sqlite3 import Cursor

LAST = (
    "SELECT (SELECT coalesce(max(id), 0) FROM streams), "
    "max((SELECT coalesce(max(seq), 0) FROM outbox), (SELECT coalesce(max(id), 0) FROM inbox), "
    "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0))"
)


class Numbers:
    """Counts on from what is stored. A number given to a commit that failed is not given again."""

    def __init__(self, cursor: Cursor) -> None:
        """Read the last numbers that are stored, erased messages' included."""
        self._stream, self._message = cursor.execute(LAST).fetchone()

    def next_stream(self) -> int:
        """Give a new stream its key."""
        self._stream += 1
        return int(self._stream)

    def next_message(self) -> int:
        """Give a message, in or out, its number."""
        self._message += 1
        return int(self._message)
