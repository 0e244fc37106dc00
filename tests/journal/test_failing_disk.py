"""When the database cannot be written: the caller hears it, nothing is pretended, and it recovers by itself."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.port import CommitUnknown, JournalUnavailable
from firstyes.actors.journal.writer import Writer
from firstyes.domain.answer import Status
from firstyes.domain.organization import Organization
from firstyes.domain.policy import Channel
from firstyes.domain.shift.shift import ShiftStatus
from support.kept import NOW, Gate, Kept
from support.patience import PATIENCE


def sqlite_error(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(f"{name}, made up")
    error.sqlite_errorcode = getattr(sqlite3, name)
    error.sqlite_errorname = name
    return error


def raising(error: Exception, point: str = "before commit"):
    """Fail once, at that point."""
    left = [error]

    def fail(at: str) -> None:
        if at == point and left:
            raise left.pop()

    return fail


class FailingCommit:
    """A writer's cursor whose next COMMIT reports an error, whether it was `made` or not."""

    def __init__(self, writer: Writer, *, made: bool) -> None:
        self._real = writer._cursor
        self._made = made
        writer._cursor = self  # type: ignore[assignment]

    def execute(self, query: str, *parameters: Any) -> Any:
        if query != "COMMIT":
            return self._real.execute(query, *parameters)
        if self._made:
            self._real.execute(query)
        raise sqlite_error("SQLITE_IOERR")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def writer_of(kept: Kept) -> Writer:
    writer = kept.journal._open_writer
    assert isinstance(writer, Writer)
    return writer


@contextmanager
def no_room(kept: Kept) -> Iterator[None]:
    """Let the database not grow by a page."""
    connection = writer_of(kept)._connection
    assert connection is not None
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    yield
    connection.execute("PRAGMA max_page_count = 1000000000")


def fill_up(kept: Kept) -> str:
    """Employ people until there is no room for the next one, and give that one's id."""
    for number in range(1_000):
        name = f"nurse-{number}"
        try:
            kept.employ(name, name="Wanda " * 13)
        except JournalUnavailable as error:
            assert "full" in str(error)  # noqa: PT017 - which of the thousand it is cannot be known
            return name
    raise AssertionError("there was room for a thousand")


@pytest.mark.fault(38)
def test_when_the_disk_is_full_the_caller_hears_it_and_nothing_has_changed(kept: Kept) -> None:
    # given
    kept.offer()
    # when
    with no_room(kept):
        last = fill_up(kept)
        known = {one.id for one in kept.journal.caregivers(None, None, 500).items}
        error = kept.journal.health().error
        offered = kept.journal.due(Channel.SMS, NOW, 10)
    # then
    assert last not in known
    assert error is not None and "full" in error
    assert len(offered) == 2
    # when
    kept.employ(last)
    # then
    assert kept.journal.health().error is None
    kept.claim("alma")


@pytest.mark.fault(38)
@pytest.mark.parametrize("error", ["SQLITE_FULL", "SQLITE_IOERR"])
def test_a_commit_that_fails_takes_all_of_it_back_and_it_can_be_made_again(
    kept: Kept, gate: Gate, error: str
) -> None:
    # given
    kept.offer("s1")
    kept.offer("s2")
    decided = kept.yes("alma", "s1"), kept.no("bea", "s2")
    gate.on = raising(sqlite_error(error))
    # when
    with pytest.raises(JournalUnavailable):
        kept.append_all(*decided)
    # then
    assert kept.state("s1").status is ShiftStatus.OFFERING
    assert kept.contact("alma").offers[0].live
    assert not kept.contact("bea").offers[0].declined
    assert kept.append_all(*decided) == [None, None]


@pytest.mark.fault(38)
def test_after_an_io_error_a_new_connection_is_opened(kept: Kept, gate: Gate) -> None:
    kept.offer()
    old = writer_of(kept)._connection
    gate.on = raising(sqlite_error("SQLITE_IOERR"))
    with pytest.raises(JournalUnavailable):
        kept.decline("alma")
    kept.decline("alma")
    assert writer_of(kept)._connection is not old
    assert kept.journal.health().error is None


@pytest.mark.fault(38)
def test_so_it_is_when_nobody_reads_and_the_log_went_with_the_old_one(store, gate: Gate) -> None:
    kept = Kept(store.open(crash_point=gate))
    gate.on = raising(sqlite_error("SQLITE_IOERR"))
    with pytest.raises(JournalUnavailable):
        kept.put_organization(Organization(id="hilltop"))
    assert not DatabaseFile(store.path).log.exists()
    assert kept.put_organization(Organization(id="hilltop")).status is Status.SUCCESS


@pytest.mark.fault(38)
def test_a_commit_that_reports_an_error_though_it_was_made_counts_as_made(kept: Kept, gate: Gate) -> None:
    # given
    kept.offer()
    before = gate.commits
    FailingCommit(writer_of(kept), made=True)
    # when
    kept.claim("alma")
    # then
    assert gate.commits == before + 1
    assert kept.state("s1").claimed_by == "alma"
    assert kept.journal.health().error is None
    kept.release()
    kept.claim("bea")


@pytest.mark.fault(38)
def test_a_commit_that_was_not_made_is_known_not_to_be(kept: Kept) -> None:
    # given
    kept.offer()
    yes = kept.yes("alma")
    FailingCommit(writer_of(kept), made=False)
    # when
    with pytest.raises(JournalUnavailable):
        kept.append(yes)
    # then
    assert kept.state("s1").status is ShiftStatus.OFFERING
    assert kept.append(yes) is None


@pytest.mark.fault(38)
@pytest.mark.parametrize("made", [True, False])
def test_while_it_cannot_be_found_out_the_commit_is_unknown_and_then_the_journal_says_it(
    kept: Kept, store, monkeypatch: pytest.MonkeyPatch, *, made: bool
) -> None:
    # given
    kept.offer()
    yes, writer = kept.yes("alma"), writer_of(kept)
    FailingCommit(writer, made=made)

    def fail() -> sqlite3.Connection:
        raise sqlite_error("SQLITE_CANTOPEN")

    # when
    monkeypatch.setattr(writer, "_connect", fail)
    with pytest.raises(CommitUnknown, match="will be known when it works again"):
        kept.append(yes)
    # then
    assert kept.journal.health().error is not None
    with pytest.raises(JournalUnavailable):
        kept.decline("bea")
    # when
    monkeypatch.setattr(writer, "_connect", DatabaseFile(store.path).connect_writer)
    heard = kept.append(yes)
    kept.journal.idle()
    # then
    assert heard == (yes.answer if made else None)
    assert kept.state("s1").claimed_by == "alma"
    assert kept.journal.health().error is None


@pytest.mark.fault(41)
def test_while_another_process_locks_the_database_callers_hear_it_and_then_all_goes_on(
    kept: Kept, store
) -> None:
    # given
    kept.offer()
    yes = kept.yes("alma")
    connection = writer_of(kept)._connection
    assert connection is not None
    connection.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    # when
    with pytest.raises(JournalUnavailable, match="locked"):
        kept.append(yes)
    # then
    assert kept.contact("alma").offers[0].live
    # when
    other.execute("ROLLBACK")
    other.close()
    # then
    assert kept.append(yes) is None


@pytest.mark.fault(41)
def test_reading_goes_on_while_a_write_is_held_up_and_another_write_waits_a_bounded_time(store) -> None:
    # given
    gate = Gate()
    kept = Kept(store.open(crash_point=gate, timeout=0.01))
    kept.employ("alma", "bea")
    kept.offer()
    claimed = kept.yes("alma")
    gate.shut()
    # when
    with ThreadPoolExecutor(1) as pool:
        answered = pool.submit(kept.append, claimed)
        gate.wait_until_reached()
        # then
        assert kept.contact("alma").offers[0].live
        assert len(kept.journal.shift_events("s1")) == 2
        assert len(kept.journal.due(Channel.SMS, NOW, 10)) == 2
        with pytest.raises(JournalUnavailable, match="does not end"):
            kept.decline("bea")
        assert not answered.done()
        # when
        gate.open()
        # then
        assert answered.result(PATIENCE) is None
    assert kept.state("s1").claimed_by == "alma"
