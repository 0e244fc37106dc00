"""Changing the file of a journal behind its back, as a disk does that fails."""

from collections.abc import Iterator
from contextlib import contextmanager

from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.journal.writer import Writer


@contextmanager
def nothing_read(journal: SqliteJournal) -> Iterator[Writer]:
    """Have all that was committed in the database's file, for a change to it; what was read of it is forgotten afterwards."""
    writer = journal._open_writer
    assert writer is not None
    with writer._lock:
        assert writer._check_point()
        yield writer
        writer._disconnect(sealed=True)
    journal._reads._idle.clear()
