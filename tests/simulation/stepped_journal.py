"""The real journal, written by whoever waits for it, without a thread of its own."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.opening import prepare
from firstyes.actors.journal.port import JournalUnavailable
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.journal.writer import Writer
from firstyes.actors.reply import Reply

from .crash import Fate
from .stepped_pool import Scheduler

T = TypeVar("T")

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


class SteppedWriter(Writer):
    """Takes, settles and commits as the real one does, on the turn of whoever waits.

    Before that, others may have turns, and what they write may share the commit or come first.
    """

    def __init__(
        self, file: DatabaseFile, fate: Fate, scheduler: Scheduler, went_back: WentBack, ended: Ended
    ) -> None:
        self._fate = fate
        self._scheduler = scheduler
        self.commits = 0

        def pass_point(point: str) -> None:
            if point == "before commit":
                fate.commit()
            else:
                self.commits += 1
            fate.pass_point(f"journal {point}")

        def connect() -> sqlite3.Connection:
            connection = file.connect_writer()
            connection.create_function("went_back", 3, went_back)
            connection.create_function("ended", 1, ended)
            connection.executescript(WATCH)
            return connection

        super().__init__(connect, timeout=1.0, crash_point=pass_point)

    def _begin(self) -> None:
        """Start no thread."""

    def _wait(self, reply: Reply[T]) -> T:
        self._fate.pass_point("waiting")
        self._scheduler.meanwhile()
        while not reply.is_set():
            # One who died while we waited took this process with them.
            self._fate.pass_point("waiting")
            batch, _ = self._take()
            self._write(batch)
        result = reply.wait(0)
        if self._fate.late_for > 0:
            self._fate.late_for -= 1
            self._fate.unheard_writes += 1
            raise JournalUnavailable("the journal did not answer in time, though it wrote")
        return result

    def close(self, timeout: float) -> bool:
        """Let go of the connection; what was not committed is gone."""
        self._disconnect()
        return True


def open_journal(
    path: Path, fate: Fate, scheduler: Scheduler, went_back: WentBack, ended: Ended
) -> tuple[SqliteJournal, SteppedWriter]:
    """Open the journal at `path`, making it when there is none. It does not wait for the disk.

    Its pages are not looked over again at each start, as in service: nothing damages them here, and of a year that
    took half.
    """
    file = DatabaseFile(path, fleeting=True)
    if file.empty:
        prepare(file)
    writer = SteppedWriter(file, fate, scheduler, went_back, ended)
    return SqliteJournal(DatabaseFile(path, fleeting=False), None, writer, 1.0), writer
