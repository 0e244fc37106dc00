"""A journal that could not be written, and to which nobody writes any more: it finds out by itself that it can be."""

import sqlite3
from threading import Event, Semaphore

import pytest

from firstyes.actors.journal import writer
from firstyes.actors.journal.port import JournalUnavailable
from firstyes.domain.policy import Channel
from support.kept import Gate, Kept
from support.patience import PATIENCE


class Full:
    """A disk without room, until `freed`; `tried` is released at each write that finds none."""

    def __init__(self) -> None:
        self.freed = False
        self.tried = Semaphore(0)
        self.silent = Event()

    def __call__(self, point: str) -> None:
        if point == "before commit" and not self.freed:
            self.tried.release()
            error = sqlite3.OperationalError("made up")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        # Made when nobody writes, and only on a journal that can be written.
        if point == "before checkpoint":
            self.silent.set()


@pytest.fixture
def full(kept: Kept, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> Full:
    """Somebody has just been refused."""
    monkeypatch.setattr(writer, "IDLE_AFTER", 0.01)
    kept.offer()
    gate.on = full = Full()
    with pytest.raises(JournalUnavailable, match="full"):
        kept.decline("alma")
    assert full.tried.acquire(timeout=PATIENCE)
    return full


@pytest.mark.fault(38)
def test_nobody_has_to_write_for_it_to_be_found_that_there_is_room_again(kept: Kept, full: Full) -> None:
    full.freed = True

    assert full.silent.wait(PATIENCE)

    assert kept.journal.health().error is None


@pytest.mark.fault(38)
def test_as_long_as_there_is_none_it_says_so(kept: Kept, full: Full) -> None:
    for _ in range(3):
        assert full.tried.acquire(timeout=PATIENCE)

    assert kept.journal.health().error == "the disk is full"


@pytest.mark.fault(38)
def test_what_changes_nothing_says_nothing_about_room(kept: Kept, gate: Gate) -> None:
    kept.offer()
    gate.on = full = Full()
    with pytest.raises(JournalUnavailable, match="full"):
        kept.decline("alma")
    full.freed = True

    kept.journal.interrupted(Channel.SMS)

    assert kept.journal.health().error == "the disk is full"


@pytest.mark.fault(38)
def test_looking_for_room_leaves_nothing_behind(kept: Kept, full: Full, store) -> None:
    full.freed = True

    assert full.silent.wait(PATIENCE)

    assert store.rows("SELECT count(*) FROM sqlite_sequence WHERE name = 'room'") == [(0,)]
