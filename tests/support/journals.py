"""Journals that fail on purpose, around one that works."""

from collections.abc import Callable, Sequence
from typing import Any

from firstyes.actors.journal.port import Append, Journal, JournalUnavailable, Outcome
from firstyes.domain.shift.events import AnyShiftEvent

Fault = Callable[[Append], None]


class FailingJournal:
    """Passes everything on to a real journal; `before` and `after` see each append, and may raise."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.before: Fault = lambda _: None
        self.after: Fault = lambda _: None
        self.appends: list[Append] = []
        self.together: list[int] = []
        self.replays: list[str] = []

    def append(self, append: Append) -> Outcome:
        self.before(append)
        outcome = self._journal.append(append)
        self.appends.append(append)
        self.after(append)
        return outcome

    def append_all(self, appends: Sequence[Append]) -> list[Outcome]:
        for append in appends:
            self.before(append)
        outcomes = self._journal.append_all(appends)
        self.appends += appends
        self.together.append(len(appends))
        for append in appends:
            self.after(append)
        return outcomes

    def shift_events(self, shift_id: str) -> list[AnyShiftEvent]:
        self.replays.append(shift_id)
        return self._journal.shift_events(shift_id)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)


def unavailable(_: Append) -> None:
    """Fail as a full disk does."""
    raise JournalUnavailable("the disk is full")


class Bug(Exception):
    """Raised when a test needs something nobody expected."""


def broken_for(stream: str, error: BaseException) -> Fault:
    """Fail as a bug does, for one stream only."""

    def fail(append: Append) -> None:
        if append.stream == stream:
            raise error

    return fail
