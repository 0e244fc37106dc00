"""The real journal, on a disk that fails when the story wants it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.identity import FileIdentity
from firstyes.actors.journal.files.opening import prepare
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.journal.writer import Writer

from .crash import Fate

WATCH = """
CREATE TEMP TRIGGER watch AFTER UPDATE OF state ON main.outbox
WHEN new.state <> old.state AND (old.state IN ('failed', 'dropped', 'delivered')
  OR (old.state = 'sent' AND new.state NOT IN ('delivered', 'failed')))
BEGIN SELECT went_back(old.seq, old.state, new.state); END;
CREATE TEMP TRIGGER watch_ends AFTER UPDATE OF state ON main.outbox
WHEN new.state <> old.state AND new.state IN ('failed', 'dropped')
BEGIN SELECT ended(old.seq); END;
"""
"""Belongs to the connection and not to the database: sees every change of a message's state, however brief."""

Ended = Callable[[int], None]
"""Is told of a message that is about to end without having been taken."""

WentBack = Callable[[int, str, str], None]
"""Is told of a message that had ended and did not stay so: its number, the state it had and the one it has."""


class FatedCursor(sqlite3.Cursor):
    """Has fate say what becomes of a COMMIT."""

    fate: Fate

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        """Run a statement."""
        if sql == "COMMIT":
            self.fate.commit(lambda: super(FatedCursor, self).execute(sql))
            return self
        return super().execute(sql, parameters)


class FatedConnection:
    """A connection whose cursors are `FatedCursor`s."""

    def __init__(self, connection: sqlite3.Connection, fate: Fate) -> None:
        self._connection = connection
        self._fate = fate

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def cursor(self) -> FatedCursor:
        """Give one."""
        cursor = self._connection.cursor(FatedCursor)
        cursor.fate = self._fate
        return cursor


class FatedWriter(Writer):
    """Ends as a process does that dies: what was not committed is gone, and nothing is tidied up."""

    def close(self, timeout: float) -> bool:
        """Let go of the connection."""
        self._disconnect()
        return True


def open_journal(path: Path, fate: Fate, went_back: WentBack, ended: Ended) -> SqliteJournal:
    """Open the journal at `path`, making it when there is none. It does not wait for the disk.

    Its pages are not looked over again at each start, as in service: nothing damages them here, and of a year that
    took half.
    """
    file = DatabaseFile(path, fleeting=True)
    if file.empty:
        prepare(file)

    def connect() -> Any:
        fate.connect()
        connection = file.connect_writer()
        connection.create_function("went_back", 3, went_back)
        connection.create_function("ended", 1, ended)
        connection.executescript(WATCH)
        return FatedConnection(connection, fate)

    def pass_point(point: str) -> None:
        fate.pass_point(f"journal {point}")

    identity = FileIdentity(file)
    writer = FatedWriter(connect, identity, timeout=1.0, crash_point=pass_point)
    return SqliteJournal(DatabaseFile(path, fleeting=False), identity, None, writer, 1.0)
