"""A journal is for its owner alone, and one that cannot be written is refused at the start."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from firstyes.actors.carriers.sent_log import SentLog
from firstyes.actors.journal.files.acceptance import accept_loss
from firstyes.actors.journal.files.backup import back_up
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.port import JournalUnavailable
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from support.kept import Kept


@pytest.fixture(params=[0o000, 0o022, 0o077])
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {one.name: one.stat().st_mode & 0o777 for one in folder.rglob("*") if one.is_file()}


@pytest.mark.usefixtures("_umask")
def test_row_54_every_file_of_a_journal_is_for_its_owner_alone(tmp_path: Path) -> None:
    # given
    folder = tmp_path / "made"
    kept = Kept(SqliteJournal.open(f"sqlite:///{folder}/a.db"))
    kept.employ("alma")
    # when
    back_up(DatabaseFile(folder / "a.db"), folder / "backup.db")
    running = modes(folder)
    kept.journal.close()
    accept_loss(DatabaseFile(folder / "a.db"))
    SentLog(folder / "carried.jsonl").close()
    # then
    assert {"a.db", "a.db-wal", "a.db-shm", "a.db.lock", "a.db.seal", "backup.db"} == running.keys()
    assert {mode & 0o077 for mode in [*running.values(), *modes(folder).values()]} == {0}
    assert {one.stat().st_mode & 0o077 for one in [folder, *folder.glob("*.set-aside-1")]} == {0}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_row_54_files_that_others_could_read_are_closed_to_them_and_a_folder_is_left_as_it_is(
    kept: Kept, store
) -> None:
    # given
    kept.journal.close()
    store.path.parent.chmod(0o755)
    for one in store.path.parent.iterdir():
        one.chmod(0o644)
    # when
    store.open()
    # then
    assert set(modes(store.path.parent).values()) == {0o600}
    assert store.path.parent.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(
    "what", ["journal.db", "journal.db.lock", "journal.db.seal", "journal.db-wal", "journal.db-shm", "."]
)
def test_row_53_a_journal_that_is_read_only_is_refused_at_the_start_and_left_alone(
    kept: Kept, store, what: str
) -> None:
    # given
    kept.journal.close()
    target = store.path.parent / what
    target.touch()
    mode = target.stat().st_mode
    target.chmod(0o555 if what == "." else 0o444)
    before = {one.name: one.read_bytes() for one in store.path.parent.iterdir()}
    # when
    with pytest.raises(JournalUnavailable, match="read-only") as refused:
        store.open()
    # then
    assert str(target.resolve()) in str(refused.value)
    assert {one.name: one.read_bytes() for one in store.path.parent.iterdir()} == before
    target.chmod(mode)
    store.open()


def test_row_53_a_folder_in_which_none_can_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "sealed").mkdir(mode=0o555)
    with pytest.raises(JournalUnavailable, match="sealed is read-only"):
        SqliteJournal.open(f"sqlite:///{tmp_path}/sealed/deep/a.db")
    assert list((tmp_path / "sealed").iterdir()) == []


def test_row_53_a_connection_that_cannot_write_is_found_out_at_the_start(
    kept: Kept, store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the modes say nothing: a mount of containers, an access list."""
    kept.journal.close()
    monkeypatch.setattr(DatabaseFile, "connect_writer", DatabaseFile.connect_reader)
    with pytest.raises(JournalUnavailable, match="readonly"):
        store.open()
    monkeypatch.undo()
    store.open()


def test_row_53_a_temporary_folder_that_cannot_be_made_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(JournalUnavailable, match="temporary folder"):
        SqliteJournal.open("sqlite://")
