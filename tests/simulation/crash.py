"""The end of a process, at a moment of the story's choosing."""

import sqlite3


class ProcessDied(BaseException):
    """Raised when a process ends: nothing of it may reach the journal or the carrier from here on."""


class Fate:
    """What is going to happen to the process: where it dies, and which writes of the journal fail.

    One `Fate` belongs to one process. Handlers that catch everything cannot keep a dead process alive: whatever they
    try next raises again, and the story throws all its objects away.
    """

    def __init__(self) -> None:
        self.dead = False
        self.died_at = ""
        self.full_for = 0
        self.late_for = 0
        self.failed_writes = self.unheard_writes = 0
        self._armed: dict[str, int] = {}

    def arm(self, point: str, times: int) -> None:
        """Let the process die when it passes `point` for the `times`-th time from now."""
        self._armed[point] = times

    def disarm(self) -> str | None:
        """Give up a death that has not come; say which."""
        point = next(iter(self._armed), None)
        self._armed.clear()
        return point

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

    def commit(self) -> None:
        """Let the disk be full for this transaction, if it is to be."""
        if self.full_for > 0:
            self.full_for -= 1
            self.failed_writes += 1
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
