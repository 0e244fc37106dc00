"""One process owns a journal."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from firstyes.actors.journal.port import JournalBusy, JournalUnavailable
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from support.kept import Kept
from support.patience import PATIENCE

OPEN_AND_WAIT = """
import sys
from concurrent.futures import ThreadPoolExecutor
from firstyes.actors.journal.sqlite_journal import SqliteJournal
journal = SqliteJournal.open(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""
TRY_TO_OPEN = """
import sys
from concurrent.futures import ThreadPoolExecutor
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.journal.port import JournalBusy
try:
    SqliteJournal.open(sys.argv[1])
except JournalBusy as error:
    sys.exit(str(error))
"""


@pytest.mark.fault(42)
def test_a_second_process_is_refused_at_once_and_told_who_owns_it(kept: Kept, store) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TRY_TO_OPEN, store.url],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert f"process {os.getpid()}" in done.stderr
    assert kept.journal.health().error is None


@pytest.mark.fault(42)
def test_a_second_desk_in_the_same_process_is_refused(kept: Kept, store) -> None:
    with pytest.raises(JournalBusy, match=f"or another desk of this one, owns .* process {os.getpid()}"):
        SqliteJournal.open(store.url)


@pytest.mark.parametrize("linked", ["other.db", "other/agency.db"])
def test_one_journal_has_one_owner_whatever_it_is_called_by(tmp_path: Path, linked: str) -> None:
    # given
    real = tmp_path / "real" / "agency.db"
    real.parent.mkdir()
    (tmp_path / "other.db").symlink_to(real)
    (tmp_path / "other").symlink_to(real.parent)
    # when
    with closing(SqliteJournal.open(tmp_path / linked)):
        # then
        with pytest.raises(JournalBusy, match=str(real)):
            SqliteJournal.open(real)
        assert {one.name for one in tmp_path.iterdir()} == {"real", "other.db", "other"}


@pytest.mark.fault(42)
def test_a_killed_owner_leaves_no_lock_behind(store) -> None:
    # given
    with subprocess.Popen(
        [sys.executable, "-c", OPEN_AND_WAIT, store.url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "open\n"
        with pytest.raises(JournalBusy, match=str(owner.pid)):
            store.open()
        # when
        owner.kill()
        owner.wait(PATIENCE)
    # then
    store.open()


def test_closing_lets_the_next_owner_in(kept: Kept, store) -> None:
    kept.offer()
    kept.journal.close()
    assert len(store.open().shift_events("s1")) == 2


def test_closing_leaves_one_file_its_seal_and_the_lock(kept: Kept, store) -> None:
    kept.offer()
    kept.journal.close()
    left = sorted(one.name for one in store.path.parent.iterdir())
    assert left == ["journal.db", "journal.db.lock", "journal.db.seal"]


def test_two_journals_live_side_by_side_in_one_folder(tmp_path: Path) -> None:
    first = Kept(SqliteJournal.open(f"sqlite:///{tmp_path}/a.db"))
    second = Kept(SqliteJournal.open(f"sqlite:///{tmp_path}/b.db"))
    first.post()
    assert second.journal.shift("s1") is None
    first.journal.close()
    second.journal.close()


def test_a_journal_that_is_only_read_can_be_looked_at_beside_its_owner(kept: Kept, store) -> None:
    # given
    kept.offer()
    reader = SqliteJournal.open_read_only(store.url)
    # when
    kept.claim("alma")
    # then
    assert [one.type for one in reader.shift_events("s1")][-1] == "shift_claimed"
    with pytest.raises(JournalUnavailable, match="read only"):
        reader.transaction()
    assert reader.health().error is None
    reader.close()
    kept.post("s2")


def test_a_journal_without_an_owner_can_be_looked_at_and_is_left_as_it_was(kept: Kept, store) -> None:
    kept.offer()
    kept.journal.close()
    before = store.path.read_bytes()
    reader = SqliteJournal.open_read_only(store.url)
    assert len(reader.shift_events("s1")) == 2
    reader.close()
    assert store.path.read_bytes() == before


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    journal = SqliteJournal.open(f"sqlite:///{tmp_path}/var/deep/firstyes.db")
    journal.close()
    assert (tmp_path / "var/deep/firstyes.db").exists()


def test_a_folder_that_cannot_be_made_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(JournalUnavailable, match="var"):
        SqliteJournal.open(f"sqlite:///{tmp_path}/var/firstyes.db")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (Path("/dev/null"), "is no file"),
        (Path(), "is no file"),
        (Path("loop"), "symbolic links"),
        (Path("a_file/agency.db"), "Not a directory"),
        # What lies beside it has longer names.
        (Path("n" * 255), "too long"),
        (Path("n" * 246), "too long"),
        (Path("d/" * 3_000 + "agency.db"), "too long"),
    ],
)
@pytest.mark.parametrize("open_", [SqliteJournal.open, SqliteJournal.open_read_only])
def test_what_cannot_be_a_journal_is_refused_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: Path, says: str, open_: Callable[[Path], object]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("loop").symlink_to("loop")
    Path("a_file").touch()
    with pytest.raises(JournalUnavailable, match=says):
        open_(path)
    assert {one.name for one in tmp_path.iterdir()} == {"loop", "a_file"}


@pytest.mark.parametrize(
    "url", ["", "firstyes.db", "sqlite:////", "postgresql://localhost/firstyes", "sqlite"]
)
def test_another_kind_of_url_is_refused(url: str) -> None:
    with pytest.raises(JournalUnavailable):
        SqliteJournal.open(url)


def test_a_fleeting_journal_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    first, second = Kept(SqliteJournal.open("sqlite://")), Kept(SqliteJournal.open("sqlite://"))
    # when
    first.post()
    # then
    assert second.journal.shift("s1") is None
    first.journal.close()
    second.journal.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.fault(42)
def test_a_writer_that_does_not_end_keeps_the_journal_locked(store, gate) -> None:
    # given
    journal = SqliteJournal.open(store.url, crash_point=gate)
    kept = Kept(journal)
    gate.shut()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(kept.post)
        gate.wait_until_reached()
        # when
        journal.close(timeout=0.05)
        # then
        with pytest.raises(JournalBusy):
            store.open()
        gate.open()
    journal.close()
    assert store.open().shift("s1") is not None
