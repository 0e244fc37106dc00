"""A journal that cannot be trusted is not opened, and never started anew as if nothing had been there."""

import sqlite3
from functools import partial
from pathlib import Path

import pytest

from firstyes.actors.journal.files import opening
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.diagnosis import diagnose
from firstyes.actors.journal.files.integrity import look_over
from firstyes.actors.journal.files.sealing import refuse_altered
from firstyes.actors.journal.port import JournalDamaged, JournalTooNew, JournalUnavailable
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from support.kept import Kept


@pytest.fixture
def closed(kept: Kept, store) -> Path:
    """A journal with a shift in it, closed."""
    kept.offer()
    kept.journal.close()
    path: Path = store.path
    return path


@pytest.mark.fault(39)
@pytest.mark.parametrize("left", [None, b""])
def test_a_database_that_has_vanished_is_damage_and_no_new_one_is_made(
    closed: Path, store, left: bytes | None
) -> None:
    closed.unlink()
    if left is not None:
        closed.write_bytes(left)
    with pytest.raises(JournalDamaged, match="missing or empty"):
        store.open()
    assert not closed.exists() or closed.stat().st_size == 0


@pytest.mark.fault(39)
def test_a_log_without_its_database_is_damage(tmp_path: Path) -> None:
    (tmp_path / "journal.db-wal").write_bytes(b"x" * 5_000)
    with pytest.raises(JournalDamaged, match="missing or empty"):
        SqliteJournal.open(f"sqlite:///{tmp_path}/journal.db")


@pytest.mark.fault(39)
def test_what_was_committed_and_only_stands_in_the_log_is_there_after_a_kill(
    kept: Kept, store, tmp_path: Path
) -> None:
    # given
    kept.offer()
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("journal.db", "journal.db-wal"):
        (copy / name).write_bytes((tmp_path / name).read_bytes())
    # when
    journal = SqliteJournal.open(f"sqlite:///{copy}/journal.db")
    # then
    assert len(journal.shift_events("s1")) == 2
    journal.close()


@pytest.mark.fault(40)
@pytest.mark.parametrize("place", [0, 5, 16, 100])
def test_a_damaged_first_page_is_refused(closed: Path, store, place: int) -> None:
    content = bytearray(closed.read_bytes())
    content[place] ^= 0xFF
    closed.write_bytes(content)
    with pytest.raises((JournalDamaged, JournalUnavailable)) as refused:
        store.open()
    assert isinstance(refused.value, JournalDamaged)
    assert "backup" in str(refused.value)


@pytest.mark.fault(40)
def test_a_page_in_the_middle_that_is_overwritten_is_refused(closed: Path, store) -> None:
    content = bytearray(closed.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    closed.write_bytes(content)
    with pytest.raises(JournalDamaged):
        store.open()


@pytest.mark.fault(40)
def test_a_database_that_was_cut_off_is_refused(closed: Path, store) -> None:
    content = closed.read_bytes()
    closed.write_bytes(content[: len(content) // 2])
    with pytest.raises(JournalDamaged):
        store.open()


@pytest.mark.fault(40)
def test_damage_found_while_reading_is_told_as_damage(kept: Kept, store) -> None:
    # given
    kept.offer()
    kept.journal.close()
    reader = SqliteJournal.open_read_only(store.url)
    # when
    content = bytearray(store.path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    store.path.write_bytes(content)
    # then
    with pytest.raises(JournalDamaged):
        reader.shift_events("s1")
    with pytest.raises(JournalDamaged):
        reader.shift("s1")
    reader.close()


@pytest.mark.fault(40)
@pytest.mark.parametrize("word", [b"CREATE TABLE", b"PRIMARY KEY"])
def test_damage_in_the_names_of_tables_is_told_as_damage(closed: Path, store, word: bytes) -> None:
    """SQLite quotes it, and the driver cannot read what it says."""
    content = closed.read_bytes()
    closed.write_bytes(content.replace(word, word[:-2] + b"\xe9" + word[-1:]))
    store.unseal()
    with pytest.raises(JournalDamaged):
        store.open()
    with pytest.raises(JournalDamaged):
        SqliteJournal.open_read_only(store.url)
    assert not diagnose(DatabaseFile(closed)).sound


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Call Alma at nine. " * 10)
    with pytest.raises(JournalDamaged, match="no SQLite database"):
        SqliteJournal.open(f"sqlite:///{notes}")
    assert notes.read_text().startswith("Call Alma")


def test_a_database_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(JournalDamaged, match="not a journal"):
        SqliteJournal.open(f"sqlite:///{path}")
    assert path.read_bytes() == before


@pytest.mark.fault(56)
def test_a_journal_of_a_newer_release_is_refused_and_left_alone(closed: Path, store) -> None:
    # given
    store.alter("PRAGMA user_version = 9999")
    # then
    with pytest.raises(JournalTooNew, match="newer release"):
        store.open()
    with pytest.raises(JournalTooNew):
        SqliteJournal.open_read_only(store.url)


@pytest.mark.fault(56)
def test_a_start_that_died_before_the_tables_were_made_is_begun_again(store) -> None:
    store.path.with_name("journal.db.lock").write_text("12345\n")
    store.path.write_bytes(b"")
    store.open()


def test_there_is_nothing_to_look_at_without_a_journal(store) -> None:
    with pytest.raises(JournalUnavailable, match="there is no journal at"):
        SqliteJournal.open_read_only(store.url)
    assert not store.path.exists()


@pytest.mark.fault(40)
def test_a_look_that_takes_too_long_is_broken_off_and_no_harm_is_done(closed: Path) -> None:
    # given
    connection = sqlite3.connect(closed)
    connection.execute(
        "CREATE TABLE filler AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) SELECT i FROM n"
    )
    connection.commit()
    # then
    assert look_over(connection) is True
    assert look_over(connection, seconds=-1) is False
    assert connection.execute("SELECT count(*) FROM filler").fetchone() == (40_000,)
    connection.close()


@pytest.mark.fault(40)
@pytest.mark.parametrize(("seconds", "looks"), [(60.0, 0), (-1.0, 1)])
def test_what_the_seal_could_not_be_asked_about_in_time_is_looked_over(
    closed: Path, store, monkeypatch: pytest.MonkeyPatch, seconds: float, looks: int
) -> None:
    # given
    looked: list[object] = []
    monkeypatch.setattr(opening, "refuse_altered", partial(refuse_altered, seconds=seconds))
    monkeypatch.setattr(opening, "look_over", looked.append)
    # when
    store.open()
    # then
    assert len(looked) == looks


@pytest.mark.fault(40)
def test_an_index_that_does_not_match_its_table_is_refused(closed: Path, store) -> None:
    with sqlite3.connect(closed) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'claims_of_caregiver'"
        ).fetchone()
    connection.close()
    content = bytearray(closed.read_bytes())
    start = (page - 1) * 4096
    content[start + 3 : start + 5] = b"\x00\x09"
    closed.write_bytes(content)
    store.unseal()
    with pytest.raises(JournalDamaged, match="claims"):
        store.open()
