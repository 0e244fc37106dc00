"""Many rows in one statement: they go in as one JSON array of arrays.

The driver gives up the interpreter's lock at every row of an `executemany`; with busy threads around, that is
twenty-five times slower (PERFORMANCE, in docs/decisions/0004-journal.md).
"""

from collections.abc import Callable
from json import JSONEncoder

dump: Callable[[object], str] = JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":")
).encode
"""Write the parameter of such a statement."""


def insert(table: str, columns: str, conflict: str = "") -> str:
    """Give the statement that inserts rows with these columns, in this order."""
    return f"INSERT INTO {table} ({columns}) {_rows(columns, named=False)} {conflict}"


def update(table: str, columns: str, change: str, where: str) -> str:
    """Give the statement that changes rows; `change` and `where` name what went in as `new.column`."""
    return f"UPDATE {table} SET {change} FROM ({_rows(columns, named=True)}) AS new WHERE {where}"  # noqa: S608


def _rows(columns: str, *, named: bool) -> str:
    picked = ", ".join(
        f"json_extract(value, '$[{index}]')" + (f" AS {name.strip()}" if named else "")
        for index, name in enumerate(columns.split(","))
    )
    return f"SELECT {picked} FROM json_each(?) WHERE true"  # noqa: S608


def plain_text(text: str) -> str:
    """Give text as every database keeps it: what is no Unicode text (a NUL, half a character) becomes U+FFFD."""
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
