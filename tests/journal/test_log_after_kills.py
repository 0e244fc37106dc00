"""The log that a killed service leaves behind: the next one copies it into the database, even if it is never silent."""

import shutil
from pathlib import Path

import pytest

from firstyes.actors.journal import writer
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from support.kept import Gate, Kept


@pytest.mark.fault(49)
def test_a_service_that_is_killed_again_and_again_does_not_let_its_log_grow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a log as long as it may become, left by a service that had no time to copy it
    monkeypatch.setattr(writer, "IDLE_AFTER", 3_600.0)
    killed = Kept(SqliteJournal.open(f"sqlite:///{tmp_path}/killed.db"))
    killed.employ("alma", "bea")
    killed.offer()
    for suffix in ("", "-wal", ".seal"):
        shutil.copy(f"{tmp_path}/killed.db{suffix}", f"{tmp_path}/next.db{suffix}")
    killed.journal.close()
    monkeypatch.setattr(
        writer, "CHECKPOINT_AT", Path(f"{tmp_path}/next.db-wal").stat().st_size // writer.A_PAGE
    )
    # when
    gate = Gate()
    following = Kept(SqliteJournal.open(f"sqlite:///{tmp_path}/next.db", crash_point=gate))
    following.decline("alma")
    following.decline("bea")
    # then
    assert gate.points[:3] == ["before commit", "after commit", "before checkpoint"]
    assert gate.commits > 1
    following.journal.close()
