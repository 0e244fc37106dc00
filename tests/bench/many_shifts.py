"""A journal with very many shifts on offer, made by copying the rows of one that the server filled itself.

Filling it over the API would take longer than everything else that is measured here.
"""

import sqlite3
from pathlib import Path

from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.sealing import seal_up

from .sizes import Size

COPIED = {
    "streams": ("id",),
    "events": ("id", "stream"),
    "shifts": ("key",),
    "fanouts": ("shift",),
    "offers": ("id", "shift"),
    "outbox": ("seq", "stream", "shift"),
}
"""The tables that grow with the shifts, and their columns that hold keys."""

NAMED = {"streams": "name", "events": "data", "shifts": "shift_id"}
"""Where a shift's identifier stands."""


def multiply(journal: Path, size: Size, times: int) -> None:
    """Make `times` as many shifts of those in the journal, which has `size`; the same caregivers are offered them all.

    Nobody may have the journal open. `size.shifts` is 10,000, so that identifiers can be told by their first digits.
    """
    if size.shifts != 10_000 or not 1 <= times <= 10:
        raise ValueError("only 10,000 shifts can be multiplied, by at most ten")
    with sqlite3.connect(journal) as connection:
        distance = max(
            connection.execute(f"SELECT max({keys[0]}) FROM {table}").fetchone()[0]
            for table, keys in COPIED.items()
        )
        for copy in range(1, times):
            for table, keys in COPIED.items():
                _copy(connection, table, keys, copy, distance + 1)
    connection.close()
    # Its pages are no longer those that the journal wrote: it is sealed as the service would have left it.
    file = DatabaseFile.at(f"sqlite:///{journal}")
    file.seal.unlink(missing_ok=True)
    seal_up(file).close()


def _copy(
    connection: sqlite3.Connection, table: str, keys: tuple[str, ...], copy: int, distance: int
) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = {name: f"{name} + {copy * distance}" if name in keys else name for name in columns}
    if (named := NAMED.get(table)) is not None:
        values[named] = f"replace({named}, 'shift-00', 'shift-0{copy}')"
    # Copies lie behind the originals, whose keys are all below the distance.
    connection.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) "
        f"SELECT {', '.join(values.values())} FROM {table} WHERE {keys[0]} < {distance}"
    )
