"""Connections that only read: a bounded number, shared by all threads, the last one returned is taken first.

A reading sees the last commit and never makes the writer wait. Opened read-only, they never write a checkpoint:
SQLite before 3.51.3 can damage a write-ahead log that two connections check-point.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Semaphore
from typing import Any

from ..port import JournalDamaged, JournalUnavailable
from ..sqlite_errors import ERRORS, explain

MOST = 32


class ReadConnections:
    """Lends connections, each to one thread at a time."""

    def __init__(
        self, connect: Callable[[], sqlite3.Connection], *, timeout: float, most: int = MOST
    ) -> None:
        """Open nothing yet: connections are made when they are first needed."""
        self._connect = connect
        self._timeout = timeout
        self._free = Semaphore(most)
        self._idle: deque[sqlite3.Connection] = deque()
        self._closed = False
        self.damage: str | None = None
        """Where something could not be read that is damaged; it does not pass."""

    def one(self, query: str, parameters: tuple[object, ...] = ()) -> Any:
        """Give the first row, None when there is none. Raises as `connection` does."""
        with self.connection() as connection:
            return connection.execute(query, parameters).fetchone()

    def all(self, query: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        """Give all rows."""
        with self.connection() as connection:
            return connection.execute(query, parameters).fetchall()

    @contextmanager
    def one_state(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that reads one state of the journal, whatever is committed meanwhile."""
        with self.connection() as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection. Raises `JournalUnavailable` when all stay lent too long, or reading fails, `JournalDamaged`
        when it fails for good."""
        if not self._free.acquire(timeout=self._timeout):
            raise JournalUnavailable("too many readings of the journal at once")
        connection = None
        try:
            connection = self._take()
            yield connection
            self._idle.append(connection)
        except BaseException as error:
            # What failed half way may be in the middle of a transaction.
            if connection is not None:
                connection.close()
            if isinstance(error, ERRORS):
                ours = explain(error)
                if isinstance(ours, JournalDamaged):
                    self.damage = str(ours)
                raise ours from error
            raise
        finally:
            self._free.release()
        if self._closed:
            self.close()

    def close(self) -> None:
        """Close all connections; those that are lent are closed when they come back."""
        self._closed = True
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    def _take(self) -> sqlite3.Connection:
        if self._closed:
            raise JournalUnavailable("the journal is closed")
        with suppress(IndexError):
            return self._idle.pop()
        return self._connect()
