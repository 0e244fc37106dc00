"""Journals that fail on purpose, around one that works."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from firstyes.actors.journal.port import Append, CommitUnknown, Journal, JournalUnavailable, Overlap
from firstyes.actors.journal.transaction import Transaction
from firstyes.domain.shift.events import AnyShiftEvent

Fault = Callable[[Append], None]


def no_fault(_: Append) -> None:
    """Let it be."""


class FailingJournal:
    """Passes everything on to a real journal; `before` sees each append, and `after` each that was committed, and both may
    raise."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.before: Fault = no_fault
        self.after: Fault = no_fault
        self.together: list[int] = []
        """How many decisions each commit held that held any."""
        self.replays: list[str] = []
        self.refuses = 0
        """How many of the next transactions cannot begin."""

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        if self.refuses:
            self.refuses -= 1
            raise JournalUnavailable("the disk is full")
        with self._journal.transaction() as transaction:
            watched = WatchedTransaction(transaction, self)
            yield cast(Transaction, watched)
        if watched.appends:
            self.together.append(len(watched.appends))
        for append in watched.appends:
            self.after(append)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)


class WatchedTransaction:
    """A transaction of a `FailingJournal`."""

    def __init__(self, transaction: Transaction, journal: FailingJournal) -> None:
        self._transaction = transaction
        self._journal = journal
        self.appends: list[Append] = []

    def append(self, append: Append) -> Overlap | None:
        self._journal.before(append)
        overlap = self._transaction.append(append)
        if overlap is None:
            self.appends.append(append)
        return overlap

    def shift_events(self, shift_id: str) -> list[AnyShiftEvent]:
        self._journal.replays.append(shift_id)
        return self._transaction.shift_events(shift_id)

    @property
    def looks_back(self) -> bool:
        return self._transaction.looks_back

    @looks_back.setter
    def looks_back(self, looks_back: bool) -> None:
        self._transaction.looks_back = looks_back

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transaction, name)


def unavailable(_: Append) -> None:
    """Fail as a full disk does."""
    raise JournalUnavailable("the disk is full")


def unknown(_: Append) -> None:
    """Fail as a disk does that breaks in the middle of a commit, which was made."""
    raise CommitUnknown("the disk failed")


class Bug(Exception):
    """Raised when a test needs something nobody expected."""


def broken_for(stream: str, error: BaseException) -> Fault:
    """Fail as a bug does, for one stream only."""

    def fail(append: Append) -> None:
        if append.stream == stream:
            raise error

    return fail
