"""A copy of the journal made while it is written holds everything that was answered before, and can take its place."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from firstyes.actors.journal.files.backup import back_up
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.diagnosis import diagnose
from firstyes.actors.journal.port import JournalDamaged, JournalUnavailable
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.policy import Channel
from support.kept import LAKESIDE, NOW, Kept


@pytest.mark.fault(39)
def test_a_backup_under_load_holds_all_that_was_answered_before_it_began(
    kept: Kept, store, tmp_path: Path
) -> None:
    # given
    stop = Event()
    answered: list[str] = []

    def employ(writer: int) -> None:
        number = 0
        while not stop.is_set():
            name = f"n{writer}-{number}"
            number += 1
            person = {"id": name, "name": name, "organization_id": LAKESIDE, "roles": ("RN",)}
            phone = f"+1312{writer}{number:06}"
            kept.put_caregivers(Caregiver.model_validate({**person, "phone": phone}))
            answered.append(name)

    before: list[set[str]] = []
    copies: list[Path] = []
    # when
    with ThreadPoolExecutor(4) as pool:
        for writer in range(4):
            pool.submit(employ, writer)
        try:
            while len(copies) < 4:
                before.append(set(answered))
                target = tmp_path / f"backup-{len(copies)}.db"
                assert back_up(DatabaseFile(store.path), target).sound
                copies.append(target)
        finally:
            stop.set()
    # then
    assert before[-1]
    for answered_before, copy in zip(before, copies, strict=True):
        connection = sqlite3.connect(copy)
        kept_names = {name for (name,) in connection.execute("SELECT id FROM caregivers")}
        connection.close()
        assert answered_before <= kept_names
        assert diagnose(DatabaseFile(copy)).sound
    assert [one.name for one in tmp_path.glob("backup-*")] and not list(tmp_path.glob("*.part*"))


def test_what_is_sent_after_a_restore_has_numbers_that_were_never_given(
    kept: Kept, store, tmp_path: Path
) -> None:
    # given
    kept.offer("s1")
    back_up(DatabaseFile(store.path), tmp_path / "backup.db")
    kept.offer("s2")
    last = max(one.key for one in kept.journal.due(Channel.SMS, NOW, 100))
    # when
    store.url = f"sqlite:///{tmp_path}/backup.db"
    restored = Kept(store.open())
    restored.offer("s3")
    # then
    assert max(one.key for one in restored.journal.due(Channel.SMS, NOW, 100)) > last


def test_so_it_is_after_a_restore_of_a_backup_that_was_made_before_the_first_message(
    kept: Kept, store, tmp_path: Path
) -> None:
    # given
    back_up(DatabaseFile(store.path), tmp_path / "backup.db")
    kept.offer("s1")
    last = max(one.key for one in kept.journal.due(Channel.SMS, NOW, 100))
    # when
    store.url = f"sqlite:///{tmp_path}/backup.db"
    restored = Kept(store.open())
    restored.employ("alma")
    restored.offer("s2")
    # then
    assert min(one.key for one in restored.journal.due(Channel.SMS, NOW, 100)) > last


def test_two_backups_to_one_name_at_once_write_two_files(
    kept: Kept, store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    other = tmp_path / "backup.db.part"
    other.write_bytes(b"")
    # when
    back_up(DatabaseFile(store.path), tmp_path / "backup.db")
    # then
    assert diagnose(DatabaseFile(tmp_path / "backup.db")).made
    assert other.exists()


@pytest.mark.parametrize("name", ["a_file/backup.db", "n" * 300])
def test_where_no_backup_can_be_written_it_is_told(kept: Kept, store, tmp_path: Path, name: str) -> None:
    (tmp_path / "a_file").touch()
    with pytest.raises(JournalUnavailable, match="cannot write"):
        back_up(DatabaseFile(store.path), tmp_path / name)


def test_a_backup_replaces_nothing(kept: Kept, store, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    target.write_text("the only copy")
    with pytest.raises(JournalUnavailable, match="exists"):
        back_up(DatabaseFile(store.path), target)
    assert target.read_text() == "the only copy"


@pytest.mark.fault(40)
def test_of_a_journal_that_does_not_fit_together_no_backup_is_made(kept: Kept, store, tmp_path: Path) -> None:
    kept.offer()
    kept.claim("alma")
    kept.journal.close()
    store.alter("DELETE FROM claims")
    with pytest.raises(JournalDamaged, match=r"no backup was made: .*claims"):
        back_up(DatabaseFile(store.path), tmp_path / "backup.db")
    assert not list(tmp_path.glob("backup*"))


@pytest.mark.fault(38)
def test_a_folder_that_is_not_there_is_told_of(kept: Kept, store, tmp_path: Path) -> None:
    with pytest.raises(JournalUnavailable):
        back_up(DatabaseFile(store.path), tmp_path / "nowhere" / "backup.db")
