"""Whether the database and its log still lie where they were opened: what is written to a removed file is lost at exit."""

import os
import sqlite3
from contextlib import suppress

from .database_file import MARK_AT, OPEN_MARK, DatabaseFile
from .owner_lock import OwnerLock

GONE = "{} was removed or replaced while the service ran, and nothing more can be kept. Stop the service, "
DATABASE_GONE = GONE + "put the journal or a backup back in its place, and start it again"
LOG_GONE = GONE + "which saves what it can, and start it again"
LOCK_GONE = GONE + "look for a second one that owns the journal by now, and start one of them again"

Inode = tuple[int, int]


class FileIdentity:
    """Remembers which files were opened: the database once and for all, the log with each connection that writes.

    It looks at them from outside: to close the database here would let go of SQLite's locks.
    """

    def __init__(self, file: DatabaseFile, lock: OwnerLock | None = None) -> None:
        """Take the database that lies there for the one in use, and `lock` for what makes it ours alone."""
        self._file = file
        self._lock_path, self._lock = str(file.lock), None if lock is None else lock.inode
        self._opened: int | None = None
        self._marked = False
        self._path, self._log_path = str(file.path), str(file.log)
        self._database = _inode(self._path)
        self._log: Inode | None = None

    def gone(self) -> str | None:
        """Say which of them was removed or replaced; None when all are in place."""
        if self._log is not None and _inode(self._log_path) != self._log:
            return self.database_gone() or LOG_GONE.format(self._log_path)
        if self._lock is not None and _inode(self._lock_path) != self._lock:
            return self.database_gone() or LOCK_GONE.format(self._lock_path)
        return self.database_gone()

    def overwritten(self) -> str | None:
        """Say that another content was copied over the database: a backup, or a journal that was stopped, has another mark."""
        return DATABASE_GONE.format(self._path) if self._marked and not self._has_mark() else None

    def expect_mark(self) -> None:
        """Expect the mark of a journal in use from now on, if it is there; called after each check-point, the first of which that
        nobody's reading holds up writes it there."""
        if self._marked:
            return
        with suppress(OSError):
            if self._opened is None:
                self._opened = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
            self._marked = self._has_mark()

    def close(self) -> None:
        """Expect nothing any more; called when nothing is connected."""
        self._marked = False
        if self._opened is not None:
            opened, self._opened = self._opened, None
            os.close(opened)

    def _has_mark(self) -> bool:
        """A disk that cannot be read is told of by whoever needs more than the mark."""
        opened = self._opened
        try:
            return opened is None or os.pread(opened, len(OPEN_MARK), MARK_AT) == OPEN_MARK
        except OSError:
            return True

    def database_gone(self) -> str | None:
        """Say that the database was removed or replaced; None when it is in place."""
        return None if _inode(self._path) == self._database else DATABASE_GONE.format(self._path)

    def note_log(self) -> None:
        """Take the log that lies there for the one in use; called after connecting."""
        self._log = _inode(self._log_path)

    def forget_log(self) -> None:
        """Expect none; called before the connection is closed: the last one that is removes it."""
        self._log = None

    def connect_reader(self) -> sqlite3.Connection:
        """Open a connection that only reads, and not another database. Raises `sqlite3.Error`."""
        gone = self.database_gone()
        if gone is not None:
            raise sqlite3.OperationalError(gone)
        return self._file.connect_reader()


def _inode(path: str) -> Inode | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - before each commit; `Path` takes three times as long
    except OSError:
        return None
    return found.st_dev, found.st_ino
