"""A journal whose making was cut short by a kill: the next start makes it."""

import shutil
import sqlite3
from pathlib import Path

from firstyes.actors.journal.sqlite_journal import SqliteJournal


def half_made(path: Path) -> None:
    """Leave what a process leaves that dies while SQLite still changes the file in place: a rollback journal."""
    model = path.with_name("model.db")
    connection = sqlite3.connect(model, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN")
    connection.execute("CREATE TABLE streams (name)")
    for _ in range(50):
        connection.execute("INSERT INTO streams VALUES (zeroblob(4000))")
    for suffix in ("", "-journal"):
        shutil.copy(f"{model}{suffix}", f"{path}{suffix}")
    connection.execute("ROLLBACK")
    connection.close()


def test_a_journal_that_was_killed_while_it_was_being_made_is_made_by_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    half_made(path)
    assert path.stat().st_size > 0

    journal = SqliteJournal.open(f"sqlite:///{path}")

    assert journal.organizations(None, 10).items == ()
    journal.close()
    assert not path.with_name("journal.db-journal").exists()
