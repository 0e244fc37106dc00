"""Row 63: the journal's files are removed or replaced while the service runs. Nothing is acknowledged into the void."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from firstyes.actors.journal.files.database_file import AT_REST, BACKUP_MARK, MARK_AT, DatabaseFile
from firstyes.actors.journal.files.diagnosis import diagnose
from firstyes.actors.journal.port import JournalDamaged, JournalUnavailable
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.domain.message import InboundMessage
from support.doomed import PHONES, open_desk, set_the_scene
from support.kept import Gate, Kept

pytestmark = pytest.mark.fault(39)


def remove(path: Path) -> None:
    path.unlink()


def replace_by_a_copy(path: Path) -> None:
    """As `mv` does, or an editor: the same content in another file."""
    copy = path.with_name("copy")
    shutil.copyfile(path, copy)
    copy.replace(path)


def replace_by_another(path: Path) -> None:
    path.rename(path.with_name("aside"))
    sqlite3.connect(path).close()
    path.touch()


LOST = [
    pytest.param("", remove, id="the database is removed"),
    pytest.param("", replace_by_a_copy, id="the database is replaced by a copy"),
    pytest.param("", replace_by_another, id="the database is replaced by another"),
    pytest.param("-wal", remove, id="the log is removed"),
    pytest.param("-wal", replace_by_a_copy, id="the log is replaced"),
    pytest.param(".lock", remove, id="the owner's lock is removed"),
    pytest.param(".lock", replace_by_a_copy, id="the owner's lock is replaced"),
]


def marked(content: bytes, mark: bytes) -> bytes:
    return content[:MARK_AT] + mark + content[MARK_AT + len(mark) :]


COPIED_OVER = [
    pytest.param(lambda older: marked(older, BACKUP_MARK), id="a backup"),
    pytest.param(lambda older: marked(older, AT_REST), id="a journal that was stopped"),
    pytest.param(lambda older: b"", id="nothing"),
    pytest.param(lambda older: b"no database" * 1_000, id="no database"),
]


@pytest.mark.parametrize(("suffix", "lose"), LOST)
def test_row_63_nothing_is_acknowledged_any_more_and_the_journal_says_why(
    kept: Kept, gate: Gate, store, suffix: str, lose: Callable[[Path], None]
) -> None:
    # given
    kept.offer()
    heard = kept.no("bea")
    kept.append(heard)
    new = kept.yes("alma")
    path = store.path.with_name(f"journal.db{suffix}")
    assert kept.journal.health().error is None
    gate.points.clear()
    # when
    lose(path)
    # then
    words = f"{path} was removed or replaced while the service ran"
    error = kept.journal.health().error
    assert error is not None and error.startswith(words)
    for decided in (new, heard):
        with pytest.raises(JournalUnavailable, match=words):
            kept.append(decided)
    kept.journal.idle()
    kept.journal.close()
    assert gate.points == []


@pytest.mark.parametrize("content", COPIED_OVER)
def test_row_63_nothing_is_acknowledged_after_something_was_copied_over_the_database(
    kept: Kept, store, content: Callable[[bytes], bytes]
) -> None:
    """As `cp` does: it is the same file, with other content."""
    # given
    kept.offer()
    kept.journal.idle()
    older, yes = store.path.read_bytes(), kept.yes("alma")
    kept.employ(*(f"nurse-{number}" for number in range(100)))
    kept.journal.idle()
    kept.offer("s2")
    # when
    store.path.write_bytes(content(older))
    # then
    words = f"{store.path} was removed or replaced while the service ran"
    error = kept.journal.health().error
    assert error is not None and error.startswith(words)
    with pytest.raises(JournalUnavailable, match=words):
        kept.append(yes)
    kept.journal.idle()
    # when
    with suppress(JournalDamaged):
        kept.journal.close()
    # then
    with pytest.raises(JournalDamaged):
        store.open()


def test_row_63_where_the_mark_cannot_be_read_it_is_the_database_that_says_whether_it_works(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    kept.offer()

    def fail(*_: object) -> bytes:
        raise OSError("input/output error")

    # when
    monkeypatch.setattr("os.pread", fail)
    # then
    kept.claim("alma")
    assert kept.journal.health().error is None


def test_row_63_a_service_that_is_killed_then_starts_from_the_backup(kept: Kept, store) -> None:
    # given
    kept.offer()
    kept.journal.idle()
    backup = marked(store.path.read_bytes(), BACKUP_MARK)
    kept.claim("alma")
    folder = store.path.with_name("killed")
    # when
    store.path.write_bytes(backup)
    assert kept.journal.health().error is not None
    shutil.copytree(store.path.parent, folder)
    # then
    with closing(SqliteJournal.open(folder / store.path.name)) as journal:
        assert Kept(journal).state("s1").claimed_by is None


def test_row_63_a_file_that_is_back_in_its_place_is_written_again(kept: Kept, store) -> None:
    # given
    kept.offer()
    yes, aside = kept.yes("alma"), store.path.with_name("aside")
    store.path.rename(aside)
    with pytest.raises(JournalUnavailable):
        kept.append(yes)
    # when
    aside.rename(store.path)
    kept.journal.idle()
    # then
    assert kept.journal.health().error is None
    assert kept.append(yes) is None


def test_row_63_another_database_is_not_read_either(kept: Kept, store) -> None:
    """Whoever texts would be told that nobody knows them."""
    kept.offer()
    phone, readings = kept.phone("alma"), kept.journal._reads
    replace_by_another(store.path)
    with readings.connection(), pytest.raises(JournalUnavailable, match="was removed or replaced"):
        kept.journal.contact(phone, None, kept.now)


def test_row_63_no_new_database_is_made_in_the_place_of_a_lost_one(kept: Kept, store) -> None:
    kept.offer()
    kept.journal._open_writer._disconnect()
    store.path.unlink()
    with pytest.raises(JournalUnavailable, match="was removed or replaced"):
        kept.decline("alma")
    assert not store.path.exists()
    kept.journal.close()
    with pytest.raises(JournalDamaged, match="is missing or empty"):
        store.open()


def test_row_63_a_stop_saves_what_only_a_lost_log_had(kept: Kept, store) -> None:
    # given
    kept.offer()
    kept.claim("alma")
    # when
    store.path.with_name("journal.db-wal").unlink()
    kept.journal.close()
    # then
    assert Kept(store.open()).state("s1").claimed_by == "alma"
    assert diagnose(DatabaseFile(store.path)).sound


def test_row_63_a_database_in_another_s_place_is_called_damaged_at_the_next_start(
    kept: Kept, store, tmp_path: Path
) -> None:
    """What SQLite would make of it and of the log of the former one is neither of them."""
    # given
    kept.offer()
    kept.journal.idle()
    older = tmp_path / "older"
    shutil.copyfile(store.path, older)
    kept.claim("alma")
    kept.journal.idle()
    kept.post("s2")
    # when
    older.replace(store.path)
    kept.journal.close()
    # then
    with pytest.raises(JournalDamaged):
        store.open()


def test_row_63_the_desk_says_so_and_is_not_ready(tmp_path: Path) -> None:
    # given
    with open_desk(tmp_path) as desk:
        set_the_scene(desk)
        desk.fan_out("early")
        assert desk.health().ready
        # when
        (tmp_path / "journal.db").unlink()
        # then
        health = desk.health()
        assert not health.ready
        assert health.reason is not None and "was removed or replaced" in health.reason
        with pytest.raises(JournalUnavailable, match="was removed or replaced"):
            desk.receive(InboundMessage(from_phone=PHONES["Ana"], body="yes", message_id="SM-1"))
