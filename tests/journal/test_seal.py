"""What was committed is known from outside the database: nothing is dropped or altered without a word, and a seal that
lags behind blocks nobody."""

import shutil
from pathlib import Path
from random import Random

import pytest

from firstyes.actors.journal import writer
from firstyes.actors.journal.errors import JournalCutShort
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.seal import SECTOR, BrokenSeal, Seal
from firstyes.actors.journal.files.sealing import altered_pages
from firstyes.actors.journal.port import JournalDamaged
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.domain.organization import Organization
from support.kept import LAKESIDE, NOW, Gate, Kept

FILES = ("journal.db", "journal.db-wal", "journal.db.seal", "journal.db.lock")


def killed(store, folder: Path) -> DatabaseFile:
    """Copy what a process that is killed now would leave."""
    folder.mkdir(parents=True)
    for name in FILES:
        if (found := store.path.with_name(name)).exists():
            shutil.copyfile(found, folder / name)
    return DatabaseFile(folder / "journal.db")


def start(file: DatabaseFile) -> None:
    SqliteJournal.open(f"sqlite:///{file.path}").close()


def flip(path: Path, offset: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset] ^= 1
    path.write_bytes(content)


@pytest.mark.fault(39)
@pytest.mark.parametrize("where", [0.0, 0.0005, 0.5, 0.9999])
def test_what_sqlite_drops_of_a_damaged_log_is_missed(
    kept: Kept, store, tmp_path: Path, where: float
) -> None:
    # given
    kept.offer()
    kept.claim("alma")
    file = killed(store, tmp_path / "killed")
    size = file.log.stat().st_size
    # when
    flip(file.log, int(where * size))
    # then
    with pytest.raises(JournalCutShort, match="has lost its last") as refused:
        start(file)
    assert "backup" in str(refused.value)
    assert "doctor --accept-loss" in str(refused.value)
    with pytest.raises(JournalCutShort):
        SqliteJournal.open_read_only(f"sqlite:///{file.path}")


@pytest.mark.fault(39)
def test_a_log_that_is_gone_or_cut_off_is_missed(kept: Kept, store, tmp_path: Path) -> None:
    kept.offer()
    for name, left in (("gone", 0), ("cut", 5_000)):
        file = killed(store, tmp_path / name)
        file.log.write_bytes(file.log.read_bytes()[:left])
        with pytest.raises(JournalCutShort):
            start(file)


@pytest.mark.fault(39)
def test_an_older_copy_in_the_journal_s_place_is_noticed(kept: Kept, store, tmp_path: Path) -> None:
    # given
    kept.offer()
    older = killed(store, tmp_path / "older")
    kept.claim("alma")
    newer = killed(store, tmp_path / "newer")
    # when
    shutil.copyfile(older.path, newer.path)
    shutil.copyfile(older.log, newer.log)
    # then
    with pytest.raises(JournalCutShort, match="older copy"):
        start(newer)


@pytest.mark.fault(40)
def test_a_bit_that_changed_in_a_name_is_found(kept: Kept, store) -> None:
    # given
    kept.journal.close()
    at = store.path.read_bytes().index(b"Alma")
    # when
    flip(store.path, at)
    # then
    with pytest.raises(JournalDamaged, match=rf"page {at // 4096 + 1} .*not what was written"):
        store.open()


@pytest.mark.fault(40)
def test_a_page_that_is_missing_or_too_many_is_found(kept: Kept, store) -> None:
    kept.journal.close()
    whole = store.path.read_bytes()
    for content in (whole[:-4096], whole + bytes(4096)):
        store.path.write_bytes(content)
        with pytest.raises(JournalDamaged):
            store.open()


@pytest.mark.fault(39)
def test_a_seal_that_lags_as_after_a_power_cut_blocks_nobody(kept: Kept, store, tmp_path: Path) -> None:
    # given
    kept.offer()
    lagging = store.path.with_name("journal.db.seal").read_bytes()
    kept.claim("alma")
    # when
    file = killed(store, tmp_path / "cut")
    file.seal.write_bytes(lagging)
    # then
    start(file)
    seal = Seal.read(file.seal)
    assert seal is not None and seal.commits == kept.journal._open_writer._numbers.commits


@pytest.mark.fault(39)
@pytest.mark.parametrize("seed", range(2))
def test_whenever_it_is_killed_the_seal_raises_no_false_alarm(
    store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Copied at each commit and check-point of a random life, in which readers hold the log up and it begins anew."""
    # given
    monkeypatch.setattr(writer, "CHECKPOINT_AT", 60)
    # One for each thread: which of two draws first is chance.
    chance, writers, copies = Random(seed), Random(seed), []

    def at_point(point: str) -> None:
        if writers.random() < 0.3 or "checkpoint" in point:
            copies.append(killed(store, tmp_path / f"{len(copies)}"))

    gate = Gate()
    kept = Kept(store.open(crash_point=gate))
    kept.employ("alma", "bea", "cleo")
    gate.on = at_point
    readers = []
    # when
    for number in range(25):
        match chance.choice(["post", "offer", "employ", "read", "done"]):
            case "post" | "offer":
                kept.offer(f"s{number}", starts=NOW.replace(hour=11), hours=1)
            case "employ":
                kept.employ(*(f"n{number}-{one}" for one in range(chance.randint(1, 60))))
            case "read":
                reader = SqliteJournal.open_read_only(store.url)._reads._connect()
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM events").fetchone()
                readers.append(reader)
            case _:
                while readers:
                    readers.pop().close()
    # then
    assert gate.points.count("after checkpoint") > 2
    assert len(copies) > 10
    for file in copies:
        seal = Seal.read(file.seal)
        assert seal is not None and seal.sums is not None
        assert list(altered_pages(file, seal)) == []
    for file in copies[::4]:
        start(file)
    for reader in readers:
        reader.close()
    # when
    kept.journal.close()
    # then
    store.open()


def test_a_start_after_an_upgrade_or_without_a_seal_makes_one(kept: Kept, store) -> None:
    kept.offer()
    kept.journal.close()
    store.unseal()
    journal = store.open()
    journal.close()
    seal = Seal.read(store.path.with_name("journal.db.seal"))
    assert seal is not None and seal.sums is not None
    assert len(seal.sums) == store.path.stat().st_size // 4096


@pytest.mark.fault(40)
def test_a_damaged_seal_is_refused_and_says_the_way_back(kept: Kept, store) -> None:
    kept.offer()
    kept.journal.close()
    seal = store.path.with_name("journal.db.seal")
    flip(seal, 3 * SECTOR)
    with pytest.raises(BrokenSeal, match="doctor --accept-loss"):
        store.open()


@pytest.mark.fault(40)
def test_of_two_numbers_in_the_seal_one_may_be_damaged(kept: Kept, store) -> None:
    kept.offer()
    kept.journal.close()
    seal = store.path.with_name("journal.db.seal")
    for slot in (1, 2):
        start, end = slot * SECTOR, (slot + 1) * SECTOR
        number = seal.read_bytes()[start:end]
        flip(seal, start)
        store.open().close()
        now = seal.read_bytes()
        seal.write_bytes(now[:start] + number + now[end:])
    flip(seal, 1 * SECTOR)
    flip(seal, 2 * SECTOR)
    with pytest.raises(BrokenSeal):
        store.open()


@pytest.mark.fault(38)
def test_a_seal_that_cannot_be_written_fails_no_commit(
    kept: Kept, store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # given
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("firstyes.actors.journal.files.seal_keeper.os.pwrite", full)
    # when
    kept.offer()
    kept.claim("alma")
    # then
    assert kept.state("s1").claimed_by == "alma"
    assert [one.message for one in caplog.records] == [
        "the journal's seal cannot be written: No space left on device"
    ]
    # when
    kept.journal.close()
    monkeypatch.undo()
    # then
    assert Kept(store.open()).state("s1").claimed_by == "alma"


@pytest.mark.fault(38)
def test_after_an_io_error_the_sums_are_given_up_until_the_next_start(kept: Kept, gate: Gate, store) -> None:
    """SQLite may then copy pages by itself, which must not look like damage."""
    # given
    path = store.path.with_name("journal.db.seal")
    kept.journal._open_writer._disconnect()
    # when
    kept.offer()
    # then
    seal = Seal.read(path)
    assert seal is not None and seal.sums is None
    kept.journal.close()
    store.open().close()
    renewed = Seal.read(path)
    assert renewed is not None and renewed.sums is not None


def test_a_commit_of_nothing_is_none(kept: Kept) -> None:
    # given
    kept.offer()
    no = kept.no("alma")
    kept.append(no)
    numbers = kept.journal._open_writer._numbers
    before = numbers.commits
    # when
    kept.append(no)
    # then
    assert numbers.commits == before
    kept.put_organization(Organization(id=LAKESIDE, name="Lakeside"))
    assert numbers.commits == before + 1


def test_a_fleeting_journal_has_no_seal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    journal = SqliteJournal.open("sqlite://")
    assert not list(tmp_path.rglob("*.seal"))
    journal.close()
