"""A store for loops whose actors write nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import SimpleNamespace
from typing import Any


class EmptyStore:
    """Notes what becomes of each transaction, and fails when told to."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.fails_to_begin: Exception | None = None
        self.fails_to_commit: Exception | None = None
        self.changes = False
        self.tidied = Event()

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        if self.fails_to_begin is not None:
            raise self.fails_to_begin
        try:
            yield SimpleNamespace(flush=lambda: None, changed=self.changes)
            self._commit()
        except BaseException:
            self.seen.append("taken back")
            raise
        self.seen.append("committed")

    def _commit(self) -> None:
        if self.fails_to_commit is not None:
            raise self.fails_to_commit

    def idle(self) -> None:
        self.tidied.set()
