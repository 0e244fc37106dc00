"""The connections that lists are read over, through SQLAlchemy, so that they can be read from other databases."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, QueuePool, create_engine, exc

from ..port import JournalUnavailable
from ..sqlite_errors import explain


class ListEngine:
    """Lends SQLAlchemy connections that only read; a few are enough, since people read lists."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], *, timeout: float) -> None:
        """Open nothing yet."""
        self._closed = False
        self._engine = create_engine(
            "sqlite://",
            creator=connect,
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=4,
            pool_timeout=timeout,
            pool_use_lifo=True,
        )

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Lend a connection; what it reads is one state of the journal. Raises `JournalUnavailable`."""
        if self._closed:
            raise JournalUnavailable("the journal is closed")
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("BEGIN")
                yield connection
        except exc.TimeoutError as error:
            raise JournalUnavailable("too many lists are read at once") from error
        except exc.DBAPIError as error:
            if isinstance(error.orig, sqlite3.Error):
                raise explain(error.orig) from error
            raise
        except sqlite3.Error as error:
            raise explain(error) from error

    def close(self) -> None:
        """Close all connections."""
        self._closed = True
        self._engine.dispose()
