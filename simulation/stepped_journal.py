"""The real journal, written by whoever waits for it, without a thread of its own."""

from pathlib import Path
from typing import TypeVar

from ..actors.journal.database_file import DatabaseFile
from ..actors.journal.opening import prepare
from ..actors.journal.port import JournalUnavailable
from ..actors.journal.sqlite_journal import SqliteJournal
from ..actors.journal.writer import Writer
from ..actors.reply import Reply
from .crash import Fate
from .stepped_pool import Scheduler

T = TypeVar("T")


class SteppedWriter(Writer):
    """Takes, settles and commits as the real one does, on the turn of whoever waits.

    Before that, others may have turns, and what they write may share the commit or come first.
    """

    def __init__(self, file: DatabaseFile, fate: Fate, scheduler: Scheduler) -> None:
        self._fate = fate
        self._scheduler = scheduler
        self.commits = 0

        def pass_point(point: str) -> None:
            if point == "before commit":
                fate.commit()
            else:
                self.commits += 1
            fate.pass_point(f"journal {point}")

        super().__init__(file.connect_writer, timeout=1.0, crash_point=pass_point)

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
            raise JournalUnavailable("the journal did not answer in time, though it wrote")
        return result

    def close(self, timeout: float) -> bool:
        """Let go of the connection; what was not committed is gone."""
        self._disconnect()
        return True


def open_journal(path: Path, fate: Fate, scheduler: Scheduler) -> tuple[SqliteJournal, SteppedWriter]:
    """Open the journal at `path`, making it when there is none. It does not wait for the disk.

    Its pages are not looked over again at each start, as in service: nothing damages them here, and of a year that
    took half.
    """
    file = DatabaseFile(path, fleeting=True)
    if file.empty:
        prepare(file)
    writer = SteppedWriter(file, fate, scheduler)
    return SqliteJournal(DatabaseFile(path, fleeting=False), None, writer, 1.0), writer
