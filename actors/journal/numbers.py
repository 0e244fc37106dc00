"""The numbers the writer gives out: keys of streams, and one sequence for all messages in and out."""

from sqlite3 import Cursor

LAST = (
    "SELECT (SELECT coalesce(max(id), 0) FROM streams), "
    "max((SELECT coalesce(max(seq), 0) FROM outbox), (SELECT coalesce(max(id), 0) FROM inbox), "
    "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0))"
)

# SQLite's own table of last numbers takes rows of others, and its one page is in most commits anyway.
LAST_COMMIT = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'commits'"
FIRST_COMMIT = "INSERT INTO sqlite_sequence (seq, name) VALUES (?, 'commits')"
NEXT_COMMIT = "UPDATE sqlite_sequence SET seq = ? WHERE name = 'commits'"


def last_commit(cursor: Cursor) -> int:
    """Give the number of the last commit that is in the journal; 0 when none was counted yet."""
    return int(cursor.execute(LAST_COMMIT).fetchone()[0])


class Numbers:
    """Counts on from what is stored. A number given to a commit that failed is not given again."""

    def __init__(self, cursor: Cursor) -> None:
        """Read the last numbers that are stored, erased messages' included."""
        self.commits = last_commit(cursor)
        self.streams: dict[str, tuple[int, int]] = {}
        """Key and version of streams, as they are committed; some of them."""
        self.turns: dict[int, int] = {}
        """The turn with which a shift's offers go on, while its fan-out has not asked everybody."""
        self._stream, self._message = cursor.execute(LAST).fetchone()

    def next_stream(self) -> int:
        """Give a new stream its key."""
        self._stream += 1
        return int(self._stream)

    def next_message(self) -> int:
        """Give a message, in or out, its number."""
        self._message += 1
        return int(self._message)

    def number_commit(self, cursor: Cursor) -> int:
        """Write the next commit's number, in the transaction that is open; `commits` is set once it is committed."""
        number = self.commits + 1
        cursor.execute(NEXT_COMMIT if self.commits else FIRST_COMMIT, (number,))
        return number
