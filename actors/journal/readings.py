"""Connections that only read: a bounded number, shared by all threads, the last one returned is taken first.

A reading sees the last commit and never makes the writer wait. Opened read-only, they never write a checkpoint:
SQLite before 3.51.3 can damage a write-ahead log that two connections check-point.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Any

from .port import JournalUnavailable
from .sqlite_errors import explain

MOST = 32


class Readings:
    """Lends connections, each to one thread at a time."""

    def __init__(
        self, connect: Callable[[], sqlite3.Connection], *, timeout: float, most: int = MOST
    ) -> None:
        """Open nothing yet: connections are made when they are first needed."""
        self._connect = connect
        self._timeout = timeout
        self._places = BoundedSemaphore(most)
        self._idle: deque[sqlite3.Connection] = deque()
        self._closing = Lock()
        self._closed = False

    def one(self, query: str, parameters: tuple[object, ...] = ()) -> Any:
        """Give the first row, None when there is none."""
        with self.connection() as connection:
            return connection.execute(query, parameters).fetchone()

    def all(self, query: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        """Give all rows."""
        with self.connection() as connection:
            return connection.execute(query, parameters).fetchall()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection. Raises `JournalUnavailable` when all stay lent too long, or reading fails."""
        if not self._places.acquire(blocking=False) and not self._places.acquire(timeout=self._timeout):
            raise JournalUnavailable("too many readings of the journal at once")
        try:
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = self._open()
            try:
                yield connection
            except sqlite3.Error as error:
                connection.close()
                raise explain(error) from error
            except BaseException:
                connection.close()
                raise
            self._give_back(connection)
        finally:
            self._places.release()

    def close(self) -> None:
        """Close all connections; those that are lent are closed when they come back."""
        with self._closing:
            self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _open(self) -> sqlite3.Connection:
        if self._closed:
            raise JournalUnavailable("the journal is closed")
        try:
            return self._connect()
        except sqlite3.Error as error:
            raise explain(error) from error

    def _give_back(self, connection: sqlite3.Connection) -> None:
        self._idle.append(connection)
        if self._closed:
            self.close()
