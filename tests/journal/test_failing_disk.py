"""When the database cannot be written: the caller hears it, nothing is pretended, and it recovers by itself."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from firstyes.actors.journal.port import Committed, JournalUnavailable
from firstyes.domain.organization import Organization
from firstyes.domain.policy import Channel
from firstyes.domain.shift.shift import ShiftStatus
from support.kept import NOW, Gate, Kept, Together


def raising(error: Exception, point: str = "before commit"):
    """Fail once, at that point."""
    left = [error]

    def fail(at: str) -> None:
        if at == point and left:
            raise left.pop()

    return fail


@contextmanager
def no_room(kept: Kept) -> Iterator[None]:
    """Let the database not grow by a page."""
    writer = kept.journal._open_writer  # type: ignore[attr-defined]
    connection = writer._connection
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
def test_when_the_disk_is_full_the_caller_hears_it_and_nothing_has_changed(kept: Kept, store) -> None:
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
def test_a_claim_that_found_no_room_is_not_a_claim_and_can_be_made_again(kept: Kept, gate: Gate) -> None:
    # given
    kept.offer()
    yes = kept.yes("alma")
    gate.on = raising(sqlite_error("SQLITE_FULL"))
    # when
    with pytest.raises(JournalUnavailable):
        kept.journal.append(yes)
    # then
    assert kept.state("s1").status is ShiftStatus.OFFERING
    assert kept.contact("alma").offers[0].live
    assert kept.journal.append(yes) == Committed(version=3)


@pytest.mark.fault(38)
def test_a_commit_that_fails_refuses_everybody_in_it_and_nobody_after_it(kept: Kept, gate: Gate) -> None:
    # given
    kept.offer("s1")
    kept.offer("s2")
    appends = [kept.no("alma", "s1"), kept.no("alma", "s2")]
    fail = raising(sqlite_error("SQLITE_IOERR"))
    commits = []

    def on_second(point: str) -> None:
        if point == "before commit":
            commits.append(point)
            if len(commits) == 2:
                fail(point)

    gate.on = on_second
    # when
    with Together(kept.journal, gate) as together:
        outcomes = [together.append(one) for one in appends]
    # then
    assert [type(one.exception()) for one in outcomes] == [JournalUnavailable, JournalUnavailable]
    assert [kept.journal.append(one) for one in appends] == [Committed(version=3), Committed(version=3)]


@pytest.mark.fault(38)
def test_after_an_io_error_a_new_connection_is_opened(kept: Kept, gate: Gate) -> None:
    kept.offer()
    writer = kept.journal._open_writer  # type: ignore[attr-defined]
    old = writer._connection
    gate.on = raising(sqlite_error("SQLITE_IOERR"))
    with pytest.raises(JournalUnavailable):
        kept.decline("alma")
    kept.decline("alma")
    assert writer._connection is not old
    assert kept.journal.health().error is None


@pytest.mark.fault(41)
def test_while_another_process_locks_the_database_callers_hear_it_and_then_all_goes_on(
    kept: Kept, store
) -> None:
    # given
    kept.offer()
    yes = kept.yes("alma")
    writer = kept.journal._open_writer  # type: ignore[attr-defined]
    writer._connection.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    # when
    with pytest.raises(JournalUnavailable, match="locked"):
        kept.journal.append(yes)
    # then
    assert kept.contact("alma").offers[0].live
    # when
    other.execute("ROLLBACK")
    other.close()
    # then
    assert kept.journal.append(yes) == Committed(version=3)


def test_a_bug_in_one_piece_of_work_fails_nobody_else(kept: Kept, gate: Gate) -> None:
    # given
    shift = kept.post()
    unknown = shift.model_copy(update={"id": "never-posted"})
    # when
    with Together(kept.journal, gate) as together:
        bug = together.call(kept.journal.reserve_codes, unknown, 1, [], NOW)
        fine = together.call(kept.journal.put_organization, Organization(id="hilltop"), NOW)
    # then
    assert "bug" in str(bug.exception())
    assert fine.result().message.startswith("Saved.")


def test_reading_goes_on_while_a_write_is_held_up(kept: Kept, gate: Gate) -> None:
    kept.offer()
    with Together(kept.journal, gate):
        assert kept.contact("alma").offers[0].live
        assert kept.journal.shift("s1") is not None
        assert len(kept.journal.due(Channel.SMS, NOW, 10)) == 2


def sqlite_error(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(f"{name}, made up")
    error.sqlite_errorcode = getattr(sqlite3, name)
    error.sqlite_errorname = name
    return error
