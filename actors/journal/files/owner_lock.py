"""One process owns a journal: a lock on a file beside it, held as long as the process lives.

The lock goes away with the process however it ends. The file stays: it remembers that a journal was made here, so
that a database that has vanished is noticed and not started anew, empty.
"""

import fcntl
import os
from functools import partial
from pathlib import Path
from weakref import ref

from ..port import JournalBusy, JournalUnavailable
from .database_file import PRIVATE

MADE = "journal made"


class OwnerLock:
    """The lock on one journal. Locks of network file systems are not to be trusted: keep the journal on a local disk."""

    def __init__(self, path: Path) -> None:
        """Take the lock, or raise `JournalBusy` at once, naming the process that has it."""
        self.path = path
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)
        except OSError as error:
            raise JournalUnavailable(f"cannot open {path}: {error.strerror}") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            owner = self._lines()[:1]
            os.close(self._file)
            # In another container another process may have our number.
            here = ", or another desk of this one," if owner == [str(os.getpid())] else ""
            raise JournalBusy(
                f"another process{here} owns the journal {path.with_suffix('')}: "
                f"process {owner[0] if owner and owner[0] else 'unknown'}. Stop it first, or name another journal."
            ) from error
        # A fork has the lock in common with us, and would keep it from the next owner once we are gone.
        os.register_at_fork(after_in_child=partial(_let_go, ref(self)))
        self.journal_was_made = MADE in self._lines()
        try:
            self._write()
        except OSError as error:
            os.close(self._file)
            raise JournalUnavailable(f"cannot write {path}: {error.strerror}") from error

    def remember_journal(self) -> None:
        """Note that the journal now exists: from here on a missing one is damage."""
        if not self.journal_was_made:
            self.journal_was_made = True
            self._write()

    def release(self) -> None:
        """Let another process own the journal."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    @property
    def inode(self) -> tuple[int, int]:
        """Which file it is on: beside another one in its place somebody else could own the journal as well."""
        found = os.fstat(self._file)
        return found.st_dev, found.st_ino

    def _lines(self) -> list[str]:
        return os.pread(self._file, 200, 0).decode(errors="replace").splitlines()

    def _write(self) -> None:
        lines = [str(os.getpid()), *([MADE] if self.journal_was_made else [])]
        text = "".join(f"{line}\n" for line in lines).encode()
        os.pwrite(self._file, text, 0)
        os.ftruncate(self._file, len(text))
        os.fsync(self._file)


def _let_go(lock: "ref[OwnerLock]") -> None:
    if (found := lock()) is not None:
        found.release()
