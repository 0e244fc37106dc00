"""What waits for the writer: appends, changed deliveries, and everything else that writes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from sqlite3 import Cursor
from typing import Any

from ..reply import Reply
from .alert_port import AlertChanges
from .port import Append, DeliveryChange, Outcome


@dataclass(slots=True)
class AppendTask:
    """One actor's decisions, each made on the state that the one before leads to."""

    appends: Sequence[Append]
    reply: Reply[list[Outcome]] = field(default_factory=Reply)

    @property
    def stream(self) -> str:
        """The one stream they are for."""
        return self.appends[0].stream

    @property
    def weight(self) -> int:
        """How many rows it takes, roughly."""
        return sum(4 + len(append.messages) for append in self.appends)


@dataclass(slots=True)
class DeliveryTask:
    """What became of outbox rows."""

    changes: Sequence[DeliveryChange]
    reply: Reply[None] = field(default_factory=Reply)

    @property
    def weight(self) -> int:
        """How many rows it takes, roughly."""
        return len(self.changes)


@dataclass(slots=True)
class WorkTask:
    """Anything else that writes: a function that is run inside the transaction, and tells which alerts it opened
    and closed. It may be run again when the first transaction failed, and must keep nothing between."""

    work: Callable[[Cursor, AlertChanges], Any]
    reply: Reply[Any] = field(default_factory=Reply)

    @property
    def weight(self) -> int:
        """How many rows it takes, roughly: it may be many."""
        return 100


Task = AppendTask | DeliveryTask | WorkTask


def write_and_take_back(cursor: Cursor, _: AlertChanges) -> None:
    """Change a page and leave no row: work that finds out whether there is room."""
    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('room', 0)")
    cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'room'")
