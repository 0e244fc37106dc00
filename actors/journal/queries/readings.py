"""Connections that only read: a bounded number, shared by all threads, the last one returned is taken first.

A reading sees the last commit and never makes the writer wait. Opened read-only, they never write a checkpoint:
SQLite before 3.51.3 can damage a write-ahead log that two connections check-point.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Condition
from time import monotonic
from typing import Any

from ..port import JournalUnavailable
from ..sqlite_errors import explain

MOST = 32


class Readings:
    """Lends connections, each to one thread at a time."""

    def __init__(
        self, connect: Callable[[], sqlite3.Connection], *, timeout: float, most: int = MOST
    ) -> None:
        """Open nothing yet: connections are made when they are first needed."""
        self._connect = connect
        self._timeout = timeout
        self._unopened = most
        self._waiting = 0
        self._freed = Condition()
        self._idle: deque[sqlite3.Connection] = deque()
        self._closed = False

    def one(self, query: str, parameters: tuple[object, ...] = ()) -> Any:
        """Give the first row, None when there is none. Raises as `connection` does."""
        connection = self._take()
        try:
            row = connection.execute(query, parameters).fetchone()
        except sqlite3.Error as error:
            self._discard(connection)
            raise explain(error) from error
        except BaseException:
            self._discard(connection)
            raise
        self._give_back(connection)
        return row

    def all(self, query: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        """Give all rows."""
        with self.connection() as connection:
            return connection.execute(query, parameters).fetchall()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection. Raises `JournalUnavailable` when all stay lent too long, or reading fails."""
        connection = self._take()
        try:
            yield connection
        except sqlite3.Error as error:
            self._discard(connection)
            raise explain(error) from error
        except BaseException:
            self._discard(connection)
            raise
        self._give_back(connection)

    def close(self) -> None:
        """Close all connections; those that are lent are closed when they come back."""
        self._closed = True
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    def _take(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._take_another()

    def _take_another(self) -> sqlite3.Connection:
        if self._closed:
            raise JournalUnavailable("the journal is closed")
        until = monotonic() + self._timeout
        with self._freed:
            self._waiting += 1
            try:
                while not self._unopened:
                    with suppress(IndexError):
                        return self._idle.pop()
                    if not self._freed.wait(until - monotonic()):
                        raise JournalUnavailable("too many readings of the journal at once")
                self._unopened -= 1
            finally:
                self._waiting -= 1
        try:
            return self._connect()
        except sqlite3.Error as error:
            self._freed_one()
            raise explain(error) from error

    def _discard(self, connection: sqlite3.Connection) -> None:
        connection.close()
        self._freed_one()

    def _freed_one(self) -> None:
        with self._freed:
            self._unopened += 1
            self._freed.notify()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        self._idle.append(connection)
        # Who waits has counted itself before it looked, so either it has seen this connection or we see it waiting.
        if self._waiting:
            with self._freed:
                self._freed.notify()
        if self._closed:
            self.close()
