"""Many rows in one step of one statement.

The driver gives up the interpreter's lock at every step, and `executemany` takes a step a row: with busy threads
around, the writer waits for its turn again and again. Values that are bound cost less than half of what the same rows
cost as one JSON array taken apart by `json_each`. Figures: docs/decisions/0004-journal.md.
"""

from collections.abc import Sequence
from itertools import chain
from sqlite3 import Cursor
from typing import Any

from pydantic_core import to_json

SIZES = (256, 128, 64, *range(32, 0, -1))
"""Rows a statement takes. What one commit of many actors brings goes in by one statement a table; what is more, by a
sum of these, so that a bounded number of statements has to be prepared."""

Values = Sequence[object]


def dump(value: object) -> str:
    """Write a value as JSON."""
    return to_json(value).decode()


class ManyRows:
    """A statement over rows of values, `before` and `after` being what stands around them."""

    def __init__(self, before: str, width: int, after: str = "") -> None:
        row = f"({', '.join('?' * width)})"
        self._texts = [(size, f"{before} VALUES {', '.join([row] * size)} {after}") for size in SIZES]

    def write(self, cursor: Cursor, rows: Sequence[Values]) -> list[Any]:
        """Run the statement for all rows, in the transaction that is open; give what it returns, if anything."""
        returned: list[Any] = []
        done, left = 0, len(rows)
        for size, text in self._texts:
            while left >= size:
                cursor.execute(text, tuple(chain.from_iterable(rows[done : done + size])))
                done += size
                left -= size
                if cursor.description is not None:
                    returned += cursor.fetchall()
        return returned


def insert(table: str, columns: str, conflict: str = "") -> ManyRows:
    """Give the statement that inserts rows with these columns, in this order."""
    return ManyRows(f"INSERT OR ROLLBACK INTO {table} ({columns})", _count(columns), conflict)


def update(table: str, columns: str, change: str, where: str) -> ManyRows:
    """Give the statement that changes rows; `change` and `where` name what went in as `new.column`."""
    after = f") UPDATE OR ROLLBACK {table} SET {change} FROM new WHERE {where}"  # noqa: S608 - no value is in it
    return ManyRows(f"WITH new ({columns}) AS (", _count(columns), after)


def delete(table: str, columns: str) -> ManyRows:
    """Give the statement that deletes the rows with these values in these columns."""
    after = f") DELETE FROM {table} WHERE ({columns}) IN (SELECT * FROM gone)"  # noqa: S608
    return ManyRows(f"WITH gone ({columns}) AS (", _count(columns), after)


def plain_text(text: str) -> str:
    """Give text as every database keeps it: what is no Unicode text (a NUL, half a character) becomes U+FFFD."""
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def _count(columns: str) -> int:
    return columns.count(",") + 1
