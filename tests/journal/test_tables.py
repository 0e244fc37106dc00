"""The tables: made whole or not at all, of one form, and strict about what they take."""

import logging
import sqlite3
from pathlib import Path

import pytest

from firstyes.actors.journal import schema
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.port import JournalDamaged
from firstyes.actors.journal.sqlite_journal import SqliteJournal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "journal.db"
    SqliteJournal.open(f"sqlite:///{path}").close()
    return path


def test_a_journal_says_its_form(path: Path) -> None:
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone() == (schema.FORM,)


@pytest.mark.fault(56)
def test_a_journal_of_a_former_form_is_refused_in_words_and_left_alone(path: Path) -> None:
    # given
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {schema.FORM - 1}")
    connection.close()
    path.with_name("journal.db.seal").unlink()
    before = path.read_bytes()
    # then
    with pytest.raises(JournalDamaged, match="load your organizations"):
        SqliteJournal.open(f"sqlite:///{path}")
    with pytest.raises(JournalDamaged, match="Start anew"):
        SqliteJournal.open_read_only(path)
    assert path.read_bytes() == before


@pytest.mark.fault(56)
def test_tables_that_cannot_all_be_made_leave_none_behind(tmp_path: Path) -> None:
    # given
    file = DatabaseFile(tmp_path / "journal.db")
    connection = file.connect_writer()
    connection.execute("CREATE TABLE shifts (in_the_way TEXT)")
    # when
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        schema.make(connection)
    connection.close()
    # then
    left = sqlite3.connect(file.path)
    assert [name for (name,) in left.execute("SELECT name FROM sqlite_master")] == ["shifts"]
    assert left.execute("PRAGMA user_version").fetchone() == (0,)


def test_every_table_is_strict(path: Path) -> None:
    lax = (
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite_%'"
    )
    assert sqlite3.connect(path).execute(lax).fetchall() == []


def test_a_value_of_another_kind_is_not_taken(path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="BLOB value in TEXT column"):
        sqlite3.connect(path).execute("INSERT INTO streams VALUES (1, x'00')")


def test_opening_sets_up_no_logging(path: Path) -> None:
    before = (logging.root.level, list(logging.root.handlers))
    SqliteJournal.open(f"sqlite:///{path}").close()
    assert (logging.root.level, list(logging.root.handlers)) == before
