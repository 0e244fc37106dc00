"""The doctor finds what does not fit together, says so, changes nothing, and knows a way back."""

import shutil
import sqlite3
from pathlib import Path
from random import Random

import pytest

from firstyes.actors.journal.files.acceptance import accept_loss
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.diagnosis import Diagnosis, Trouble, diagnose
from firstyes.actors.journal.port import JournalBusy, JournalDamaged
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from support.kept import Kept


def said(diagnosis: Diagnosis) -> str:
    return "\n".join(one for faults in diagnosis.faults.values() for one in faults)


def test_a_whole_journal_is_sound_and_left_as_it_was(file: DatabaseFile) -> None:
    # given
    before = file.path.read_bytes(), file.seal.read_bytes()
    # when
    found = diagnose(file)
    # then
    assert found.sound, said(found)
    assert (found.shifts, found.conversations, found.sealed) == (3, 3, True)
    assert found.commits == found.acknowledged
    assert (file.path.read_bytes(), file.seal.read_bytes()) == before


def test_beside_its_owner_it_sees_one_state(lived: Kept, store) -> None:
    assert diagnose(DatabaseFile(store.path)).sound


ALTERED = {
    "UPDATE events SET data = replace(data, 'alma', 'alms') WHERE type = 'shift_claimed'": "s1",
    "UPDATE events SET data = replace(data, '\"by\"', '\"bx\"') WHERE id = 2": "cannot be read",
    "UPDATE events SET type = 'shift_clained' WHERE type = 'shift_claimed'": "not what was written",
    "UPDATE events SET data = replace(data, '{', '{ ') WHERE id = 3": "not what was written",
    "DELETE FROM events WHERE version = 2": "one before it is missing",
    "DELETE FROM events WHERE version = (SELECT max(version) FROM events)": "by its events",
    "UPDATE streams SET name = 'shift/s9' WHERE name = 'shift/s1'": "of another shift",
    "UPDATE streams SET name = 'shfit/s1' WHERE name = 'shift/s1'": "of shfit/s1, number 1: it cannot be read",
    "UPDATE shifts SET status = 'claimed'": "status is 'claimed', by its events",
    "UPDATE shifts SET next_deadline = next_deadline + 1": "next_deadline is",
    "UPDATE shifts SET role_key = 'rm'": "role_key is 'rm'",
    "DELETE FROM shifts WHERE shift_id = 's2'": "shifts 2 is missing",
    "UPDATE fanouts SET closed_at = NULL": "closed_at is None, by its events",
    "DELETE FROM claims": "claims 1/4 is missing",
    "UPDATE claims SET caregiver_id = 'bea'": "claims 1/4: caregiver_id is 'bea', by its events 'alma'",
    "UPDATE offers SET code = '99' WHERE id = 1": "offers 1/1/alma: code is '99', by its events '10'",
    "UPDATE offers SET declined = 0": "offers 1/1/bea: declined is 0, by its events 1",
    "UPDATE offers SET told = 1 WHERE id = 1": "offers 1/1/alma: told is 1, by its events 0",
    "UPDATE offers SET open_until = open_until + 1 WHERE id = 1": "offers 1/1/alma: open_until is",
    "DELETE FROM offers WHERE id = 1": "offers 1/1/alma is missing",
    "DELETE FROM opt_outs": "opt_outs 4/lakeside is missing",
    "UPDATE contacts SET question = NULL": "question is None, by its events",
    "DELETE FROM alerts": "alerts 1 is missing",
    "UPDATE alerts SET last_at = at - 1": "is missing",
    "UPDATE alerts SET kind = 'unfiled'": "of a kind that does not exist",
    "UPDATE alerts SET shift = 999": "row 1 of alerts belongs to nothing in shifts",
    "UPDATE alerts SET contact_id = 999": "row 1 of alerts belongs to nothing in contacts",
    "UPDATE alerts SET closed_at = at": "is closed by nobody",
    "UPDATE alerts SET messages = '[\"in-999\"]'": "names messages that never came",
    "UPDATE outbox SET state = 'planted' WHERE seq = (SELECT min(seq) FROM outbox)": "a state",
    "UPDATE outbox SET contact_id = 999 WHERE seq = (SELECT min(seq) FROM outbox)": "of outbox belongs to nothing in contacts",
    "UPDATE outbox SET stream = 999 WHERE seq = (SELECT min(seq) FROM outbox)": "of outbox belongs to nothing in streams",
    "UPDATE inbox SET answer = '{}'": "what was answered",
    "UPDATE inbox SET status = 'clarify' WHERE status = 'success'": "what was answered",
    "UPDATE inbox SET intent = 'accent' WHERE intent = 'accept'": "does not exist",
    "UPDATE caregivers SET roles = '[' WHERE id = 'alma'": "caregiver alma cannot be read",
    "UPDATE caregivers SET role_keys = '[\"rm\"]' WHERE id = 'alma'": "other roles",
    "UPDATE caregivers SET own_roles = '[' WHERE id = 'alma'": "caregiver alma cannot be read",
    "INSERT INTO caregiver_aliases VALUES ('alma-2', 999, '[]')": "of caregiver_aliases belongs to nothing in caregivers",
    "INSERT INTO caregiver_aliases SELECT id, key, '[]' FROM caregivers": "id alma is a caregiver's own",
    "UPDATE caregivers SET organization_id = 'lakesidf' WHERE id = 'alma'": "of caregivers belongs to nothing in organizations",
    "INSERT INTO users (name, role, password, made_at, made_by) VALUES ('ann', 'rooot', '', 0, '')": "user ann has a role",
    "INSERT INTO links (digest, role, organizations, made_at, made_by, expires_at) VALUES ('', 'viewer', '[', 0, '', 0)": "link 1",
    "INSERT INTO sessions VALUES ('', 999, '', 0, 0, NULL)": "of sessions belongs to nothing in users",
    "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'outbox'": "given twice",
    "DROP INDEX claims_one_a_shift": "claims_one_a_shift is missing",
    "DROP TABLE alerts": "alerts is missing",
    "ALTER TABLE alerts RENAME COLUMN kind TO kine": "alerts is missing, or not as it was made",
}


@pytest.mark.fault(40)
@pytest.mark.parametrize("query", ALTERED)
def test_what_does_not_fit_together_is_found(file: DatabaseFile, query: str) -> None:
    # given
    connection = sqlite3.connect(file.path)
    with connection:
        assert connection.execute(query).rowcount != 0
    connection.close()
    # when
    found = diagnose(file, with_seal=False)
    # then
    assert ALTERED[query] in said(found)
    assert not found.fits


@pytest.mark.fault(40)
def test_altered_pages_are_named_and_the_rest_is_looked_at_all_the_same(file: DatabaseFile) -> None:
    # given
    content = bytearray(file.path.read_bytes())
    content[content.index(b"Alma")] ^= 1
    file.path.write_bytes(content)
    # when
    found = diagnose(file)
    # then
    assert list(found.faults) == [Trouble.ALTERED]
    assert found.fits


@pytest.mark.fault(40)
@pytest.mark.parametrize("seed", range(12))
def test_however_a_page_is_damaged_the_doctor_says_so_and_does_not_fall_over(
    file: DatabaseFile, seed: int
) -> None:
    chance, content = Random(seed), bytearray(file.path.read_bytes())
    start = chance.randrange(4096, len(content) - 64)
    content[start : start + 64] = chance.randbytes(64)
    file.path.write_bytes(content)
    assert not diagnose(file).sound


@pytest.fixture
def cut_short(lived: Kept, store, tmp_path: Path) -> DatabaseFile:
    """What a kill left, with damage in the last commit of the log."""
    lived.claim("bea", "s1")
    folder = tmp_path / "cut"
    folder.mkdir()
    file = DatabaseFile(folder / "journal.db")
    for name in ("journal.db", "journal.db-wal", "journal.db.seal", "journal.db.lock"):
        shutil.copyfile(store.path.with_name(name), folder / name)
    log = bytearray(file.log.read_bytes())
    log[-100] ^= 1
    file.log.write_bytes(log)
    return file


@pytest.mark.fault(39)
def test_a_loss_is_accepted_only_when_told_to_and_nothing_is_thrown_away(
    cut_short: DatabaseFile, store
) -> None:
    # given
    found = diagnose(cut_short)
    assert list(found.faults) == [Trouble.CUT_SHORT]
    damaged = cut_short.log.read_bytes()
    # when
    accepted = accept_loss(cut_short)
    # then
    assert accepted.lost == 1
    assert {one.name: one for one in accepted.set_aside}["journal.db-wal"].read_bytes() == damaged
    store.url = f"sqlite:///{cut_short.path}"
    journal = store.open()
    record = journal.shift("s1")
    assert record is not None and record.claimed_by is None
    again = Kept(journal)
    last = _newest_number(journal)
    again.append(again.yes("bea", "s1", "SM-once-more"))
    assert _newest_number(journal) > last + 999_999
    journal.close()
    assert diagnose(cut_short).sound


@pytest.mark.fault(39)
def test_a_damaged_log_that_holds_nothing_new_costs_nothing(lived: Kept, store, tmp_path: Path) -> None:
    """The database by itself is whole; the log hides that."""
    # given
    lived.claim("bea", "s1")
    lived.journal.idle()
    file = DatabaseFile(tmp_path / "idle.db")
    for one, other in ((store.path, file.path), (DatabaseFile(store.path).log, file.log)):
        shutil.copyfile(one, other)
    shutil.copyfile(DatabaseFile(store.path).seal, file.seal)
    log = bytearray(file.log.read_bytes())
    log[-100] ^= 1
    file.log.write_bytes(log)
    assert Trouble.CUT_SHORT in diagnose(file).faults
    # when
    accepted = accept_loss(file)
    # then
    assert accepted.lost == 0
    store.url = f"sqlite:///{file.path}"
    record = store.open().shift("s1")
    assert record is not None and record.claimed_by == "bea"


@pytest.mark.fault(40)
def test_what_does_not_fit_together_is_not_accepted(file: DatabaseFile) -> None:
    connection = sqlite3.connect(file.path)
    with connection:
        connection.execute("DELETE FROM claims")
    connection.close()
    before = file.path.read_bytes()
    with pytest.raises(JournalDamaged, match="backup"):
        accept_loss(file)
    assert file.path.read_bytes() == before


@pytest.mark.fault(42)
def test_while_the_journal_is_in_use_nothing_is_accepted(lived: Kept, store) -> None:
    with pytest.raises(JournalBusy):
        accept_loss(DatabaseFile(store.path))


def test_a_broken_seal_is_made_anew_when_that_is_accepted(file: DatabaseFile, store) -> None:
    file.seal.write_bytes(b"?" * 2048)
    assert list(diagnose(file).faults) == [Trouble.SEAL]
    assert accept_loss(file).lost is None
    store.open()
    assert diagnose(file).sound


def _newest_number(journal: SqliteJournal) -> int:
    return int(journal.messages(None, None, None, 1).items[0].id.partition("-")[2])
