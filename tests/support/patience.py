"""How long a test waits for what another thread or another process does.

A wait ends when that has come about, so a long one costs nothing while all is well, and a short one fails on a machine that
is busy with something else.
"""

from typing import Any, Final

from firstyes.actors.desk.desk import ShiftDesk
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.runtime import loop

PATIENCE: Final = 300.0
"""Seconds after which it counts as never coming about."""


def be_patient() -> None:
    """Have desks and journals wait as long by default; in service none waits more than fifteen seconds."""
    by_name: tuple[tuple[Any, str], ...] = (
        (SqliteJournal.open.__func__, "timeout"),  # type: ignore[attr-defined]
        (SqliteJournal.open_read_only.__func__, "timeout"),  # type: ignore[attr-defined]
        (ShiftDesk.__init__, "patience"),
    )
    for waiting, name in by_name:
        assert name in waiting.__kwdefaults__
        waiting.__kwdefaults__[name] = PATIENCE
    # What was sent at once is one batch, however long a busy machine takes over it.
    loop.ENOUGH = PATIENCE
    for ending in (SqliteJournal.close, ShiftDesk.close, ShiftDesk.settle):
        assert len(ending.__defaults__ or ()) == 1
        ending.__defaults__ = (PATIENCE,)
