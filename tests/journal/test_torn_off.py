"""Row 46: only the database file of a journal in use is copied, and started: refused, and never ready with less."""

import shutil
from pathlib import Path

import pytest

from firstyes.actors.journal.port import JournalDamaged
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from support.kept import Kept

pytestmark = pytest.mark.fault(39)


def copied(path: Path, *suffixes: str) -> Path:
    """The journal's files of these suffixes, copied to another place."""
    target = path.parent / "elsewhere" / path.name
    target.parent.mkdir()
    for suffix in suffixes:
        shutil.copyfile(f"{path}{suffix}", f"{target}{suffix}")
    return target


def test_row_46_the_bare_file_of_a_running_service_is_refused_in_words(kept: Kept, store) -> None:
    kept.offer()
    alone = copied(store.path, "")
    with pytest.raises(
        JournalDamaged, match=r"was copied while its service was running, without journal.db-wal"
    ):
        SqliteJournal.open(alone)


@pytest.mark.parametrize("suffixes", [("", "-wal"), ("", "-wal", ".seal")])
def test_row_46_with_its_log_it_starts_and_has_everything(kept: Kept, store, suffixes) -> None:
    kept.offer()
    kept.claim("alma")
    opened = SqliteJournal.open(copied(store.path, *suffixes))
    try:
        record = opened.shift("s1")
        assert record is not None and record.claimed_by == "alma"
    finally:
        opened.close()


def test_row_46_the_bare_file_of_a_service_that_was_stopped_starts(kept: Kept, store) -> None:
    kept.offer()
    kept.journal.close()
    opened = SqliteJournal.open(copied(store.path, ""))
    try:
        assert opened.shift("s1") is not None
    finally:
        opened.close()


def test_row_46_who_did_not_close_its_journal_and_lost_its_log_starts_by_its_seal(kept: Kept, store) -> None:
    """SQLite copies the log itself when the last connection goes, without a word to us."""
    kept.offer()
    kept.journal._open_writer._check_point()
    opened = SqliteJournal.open(copied(store.path, "", ".seal"))
    try:
        assert opened.shift("s1") is not None
    finally:
        opened.close()
