"""Whether the database and its log still lie where they were opened: what is written to a removed file is lost at exit."""

import os
import sqlite3

from .database_file import DatabaseFile

GONE = "{} was removed or replaced while the service ran, and nothing more can be kept. Stop the service, "
DATABASE_GONE = GONE + "put the journal or a backup back in its place, and start it again"
LOG_GONE = GONE + "which saves what it can, and start it again"

Inode = tuple[int, int]


class FileIdentity:
    """Remembers which files were opened: the database once and for all, the log with each connection that writes.

    It looks at them from outside: to open and close one of them here would let go of SQLite's locks.
    """

    def __init__(self, file: DatabaseFile) -> None:
        """Take the database that lies there for the one in use."""
        self._file = file
        self._path, self._log_path = str(file.path), str(file.log)
        self._database = _inode(self._path)
        self._log: Inode | None = None

    def gone(self) -> str | None:
        """Say which of them was removed or replaced; None when both are in place."""
        log_is_there = self._log is None or _inode(self._log_path) == self._log
        return self.database_gone() or (None if log_is_there else LOG_GONE.format(self._log_path))

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
