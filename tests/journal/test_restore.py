"""A backup takes the journal's place: whatever lies there already, as often as one likes."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from firstyes.actors.journal.files.acceptance import accept_loss
from firstyes.actors.journal.files.backup import back_up
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.diagnosis import diagnose
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from support.kept import Kept

Restore = Callable[[Path], None]


@pytest.fixture
def backup(kept: Kept, store, tmp_path: Path) -> Path:
    """A backup in which s1 is claimed; the journal it is of has since gone on, to s2."""
    kept.offer()
    kept.claim("alma")
    target = tmp_path / "backups" / "monday.db"
    target.parent.mkdir()
    back_up(DatabaseFile(store.path), target)
    kept.offer("s2")
    return target


def started(path: Path) -> tuple[bool, bool]:
    """Start the journal at a path and stop it; whether s1 is claimed there, and s2 unknown."""
    journal = SqliteJournal.open(f"sqlite:///{path}")
    try:
        record = journal.shift("s1")
        return record is not None and record.claimed_by == "alma", journal.shift("s2") is None
    finally:
        journal.close()


def test_row_45_a_restored_backup_starts_again_and_again(backup: Path, store, kept: Kept) -> None:
    # given
    kept.journal.close()
    for old in store.path.parent.glob("journal.db*"):
        old.unlink()
    # when
    shutil.copyfile(backup, store.path)
    # then
    assert [started(store.path) for _ in range(3)] == [(True, True)] * 3
    assert diagnose(DatabaseFile(store.path)).sound


@pytest.mark.parametrize("stopped", [True, False], ids=["after a stop", "after a kill"])
def test_row_45_what_another_journal_left_beside_a_backup_is_set_aside(
    backup: Path, store, kept: Kept, tmp_path: Path, stopped: bool
) -> None:
    """A log that was left would be applied by SQLite, a seal that was left call the backup damaged."""
    # given
    place = tmp_path / "place"
    place.mkdir()
    if stopped:
        kept.journal.close()
    left = [one for one in store.path.parent.glob("journal.db*") if one.is_file()]
    assert any(one.name.endswith("-wal") for one in left) is not stopped
    for one in left:
        shutil.copyfile(one, place / one.name)
    # when
    shutil.copyfile(backup, place / "journal.db")
    # then
    assert diagnose(DatabaseFile(place / "journal.db")).sound
    assert [started(place / "journal.db") for _ in range(2)] == [(True, True)] * 2
    [aside] = place.glob("*.set-aside-*")
    assert {one.name for one in aside.iterdir()} == {
        "journal.db.seal",
        *(() if stopped else ("journal.db-wal",)),
    }
    assert diagnose(DatabaseFile(place / "journal.db")).sound


def test_row_45_a_backup_can_be_restored_twice_into_any_folder_and_be_backed_up_itself(
    backup: Path, kept: Kept, tmp_path: Path
) -> None:
    place = tmp_path / "elsewhere" / "journal.db"
    place.parent.mkdir()
    for number in range(2):
        shutil.copyfile(backup, place)
        assert [started(place) for _ in range(2)] == [(True, True)] * 2
        # A backup of what was restored, and one of the backup itself.
        for source in (place, backup):
            again = tmp_path / f"again-{number}-{source.name}"
            back_up(DatabaseFile(source), again)
            assert [started(again) for _ in range(2)] == [(True, True)] * 2


def test_row_45_what_was_committed_after_a_restore_survives_a_kill(
    backup: Path, kept: Kept, tmp_path: Path
) -> None:
    # given
    place, killed = tmp_path / "place" / "journal.db", tmp_path / "killed"
    place.parent.mkdir()
    shutil.copyfile(backup, place)
    journal = SqliteJournal.open(f"sqlite:///{place}")
    Kept(journal).offer("s3")
    # when
    shutil.copytree(place.parent, killed)
    journal.close()
    # then
    assert (killed / "journal.db-wal").stat().st_size > 0
    again = SqliteJournal.open(f"sqlite:///{killed}/journal.db")
    assert again.shift("s3") is not None
    again.close()


def test_row_45_accepting_a_loss_takes_a_backup_without_a_log_that_was_left(
    backup: Path, store, kept: Kept, tmp_path: Path
) -> None:
    # given
    place = tmp_path / "place"
    place.mkdir()
    shutil.copyfile(store.path.with_name("journal.db-wal"), place / "journal.db-wal")
    shutil.copyfile(backup, place / "journal.db")
    # when
    accept_loss(DatabaseFile(place / "journal.db"))
    # then
    assert [started(place / "journal.db") for _ in range(2)] == [(True, True)] * 2
