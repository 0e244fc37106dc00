"""When the log is copied into the database: while nobody writes, when it has grown long, and never in vain."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from firstyes.actors.journal import writer
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from support.kept import Gate, Kept

POINTS = ["before checkpoint", "after checkpoint"]


def test_while_nobody_writes_what_is_new_is_copied_once(kept: Kept, gate: Gate, store) -> None:
    # given
    kept.offer()
    gate.points.clear()
    # when
    for _ in range(2):
        kept.journal.idle()
    # then
    assert gate.points == POINTS
    with sqlite3.connect(f"file:{store.path}?immutable=1", uri=True) as database_alone:
        assert database_alone.execute("SELECT count(*) FROM events").fetchone() == (2,)


@pytest.mark.fault(49)
def test_a_log_that_has_grown_long_is_copied_although_writes_wait(
    kept: Kept, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "CHECKPOINT_AT", 3 * writer.PAGES_A_COMMIT)
    kept.journal.idle()
    gate.points.clear()
    for number in range(7):
        kept.post(f"s{number}")
    assert gate.points.count("before checkpoint") in (2, 3)


@pytest.mark.fault(49)
def test_a_service_that_is_killed_again_and_again_does_not_let_its_log_grow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a log as long as it may become, left by a service that had no time to copy it
    killed = Kept(SqliteJournal.open(f"sqlite:///{tmp_path}/killed.db"))
    killed.employ("alma", "bea")
    killed.offer()
    for suffix in ("", "-wal", ".seal"):
        shutil.copy(f"{tmp_path}/killed.db{suffix}", f"{tmp_path}/next.db{suffix}")
    killed.journal.close()
    size = Path(f"{tmp_path}/next.db-wal").stat().st_size
    monkeypatch.setattr(writer, "CHECKPOINT_AT", size // writer.A_PAGE)
    # when
    gate = Gate()
    following = Kept(SqliteJournal.open(f"sqlite:///{tmp_path}/next.db", crash_point=gate))
    following.decline("alma")
    # then
    assert gate.points[:3] == ["before commit", "after commit", "before checkpoint"]
    following.journal.close()


def test_a_journal_that_cannot_be_tidied_up_fails_nobody(
    kept: Kept, gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(point: str) -> None:
        if "checkpoint" in point:
            raise sqlite3.OperationalError("made up")

    kept.offer()
    gate.on = fail
    kept.journal.idle()
    assert "could not be tidied up" in caplog.text
    gate.on = lambda _: None
    kept.claim("alma")
