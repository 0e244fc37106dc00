"""The end of a process, at a moment of the story's choosing."""

import sqlite3
from collections.abc import Callable

UNREACHABLE_FOR = 2
"""So often an attempt to open the database fails after a commit of which nobody knows."""


class ProcessDied(BaseException):
    """Raised when a process ends: nothing of it may reach the journal or the carrier from here on."""


class Fate:
    """What is going to happen to the process: where it dies, and which commits of the journal fail.

    One `Fate` belongs to one process. Handlers that catch everything cannot keep a dead process alive: whatever they
    try next raises again, and the story throws all its objects away.
    """

    def __init__(self) -> None:
        self.dead = False
        self.died_at = ""
        self.commits = 0
        self.disk = ""
        self.bad_for = 0
        self.failed_writes = self.unheard_writes = self.unsure_writes = 0
        self._unreachable = 0
        self._armed: dict[str, int] = {}

    def arm(self, point: str, times: int) -> None:
        """Let the process die when it passes `point` for the `times`-th time from now."""
        self._armed[point] = times

    def disarm(self) -> None:
        """Give up a death that has not come, and mend the disk."""
        self._armed.clear()
        self.bad_for = self._unreachable = 0

    def pass_point(self, point: str) -> None:
        """Go past a named point, or die there."""
        if self.dead:
            raise ProcessDied(point)
        if point not in self._armed:
            return
        self._armed[point] -= 1
        if self._armed[point] <= 0:
            self.die(point)

    def die(self, point: str) -> None:
        """End the process here."""
        self.dead, self.died_at = True, point
        self._armed.clear()
        raise ProcessDied(point)

    @property
    def well(self) -> bool:
        """Whether the disk does its part."""
        return not (self.bad_for or self._unreachable)

    def commit(self, really: Callable[[], object]) -> None:
        """Commit, unless the disk is bad: then nothing is committed ("full"), or it is and an error says it was not
        ("late"), or one or the other, and the journal cannot be opened to look ("unsure")."""
        self.bad_for, left = max(0, self.bad_for - 1), self.bad_for
        made = not left or self.disk == "late" or (self.disk == "unsure" and left % 2)
        if made:
            really()
            self.commits += 1
        if not left:
            return
        if self.disk == "unsure":
            self._unreachable = UNREACHABLE_FOR
            self.unsure_writes += 1
        elif made:
            self.unheard_writes += 1
        else:
            self.failed_writes += 1
        raise _error("disk I/O error", sqlite3.SQLITE_IOERR) if made else _error("full", sqlite3.SQLITE_FULL)

    def connect(self) -> None:
        """Open the database, unless that cannot be done now."""
        if self._unreachable:
            self._unreachable -= 1
            raise _error("unable to open database file", sqlite3.SQLITE_CANTOPEN)


def _error(said: str, code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(said)
    error.sqlite_errorcode = code
    return error
