"""A journal that could not be written, and to which nobody writes any more: it finds out by itself that it can be."""

import pytest

from firstyes.actors.journal.port import JournalUnavailable
from firstyes.domain.policy import Channel
from support.kept import Gate, Kept

from .test_failing_disk import sqlite_error

pytestmark = pytest.mark.fault(38)


class Full:
    """A disk without room, until `freed`."""

    def __init__(self) -> None:
        self.freed = False

    def __call__(self, point: str) -> None:
        if point == "before commit" and not self.freed:
            raise sqlite_error("SQLITE_FULL")


@pytest.fixture
def full(kept: Kept, gate: Gate) -> Full:
    """Somebody has just been refused."""
    kept.offer()
    gate.on = full = Full()
    with pytest.raises(JournalUnavailable, match="full"):
        kept.decline("alma")
    return full


def test_nobody_has_to_write_for_it_to_be_found_that_there_is_room_again(
    kept: Kept, full: Full, store
) -> None:
    full.freed = True

    kept.journal.idle()

    assert kept.journal.health().error is None
    assert store.rows("SELECT count(*) FROM sqlite_sequence WHERE name = 'room'") == [(0,)]


def test_as_long_as_there_is_none_it_says_so(kept: Kept, full: Full) -> None:
    for _ in range(3):
        kept.journal.idle()

        assert kept.journal.health().error == "the disk is full"


def test_what_changes_nothing_says_nothing_about_room(kept: Kept, full: Full) -> None:
    full.freed = True

    kept.interrupted(Channel.SMS)

    assert kept.journal.health().error == "the disk is full"
