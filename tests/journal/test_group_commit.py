"""Many decisions, one commit."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from firstyes.actors.journal.port import Committed, JournalUnavailable
from firstyes.actors.journal.writer import HEAVIEST_BATCH, Writer
from firstyes.actors.reply import Reply
from firstyes.domain.conversation.state import GiveHelp
from firstyes.domain.organization import Organization
from support.kept import NOW, Gate, Kept, Together, wait_until
from support.patience import PATIENCE


def test_what_is_queued_behind_one_commit_is_written_by_the_next(kept: Kept, gate: Gate) -> None:
    # given
    kept.employ(*[f"nurse-{number}" for number in range(40)])
    appends = [kept.converse(f"nurse-{number}", GiveHelp) for number in range(40)]
    before = gate.commits
    # when
    with Together(kept.journal, gate) as together:
        outcomes = [together.append(one) for one in appends]
    # then
    assert {one.result() for one in outcomes} == {Committed(version=1)}
    assert gate.commits == before + 2


def test_appends_changes_and_everything_else_share_a_commit(kept: Kept, gate: Gate) -> None:
    # given
    kept.offer()
    shift, alma = kept.post("s2"), kept.journal.candidates("lakeside", "rn")[:1]
    append = kept.no("bea")
    before = gate.commits
    # when
    with Together(kept.journal, gate) as together:
        done = [
            together.append(append),
            together.call(kept.journal.reserve_codes, shift, 1, alma, NOW),
            together.call(kept.journal.put_organization, Organization(id="hilltop"), NOW),
        ]
    # then
    assert done[0].result() == Committed(version=3)
    assert set(done[1].result()) == {"alma"}
    assert kept.journal.organization("hilltop") is not None
    assert gate.commits == before + 2


@pytest.mark.fault(46)
def test_a_batch_is_bounded_so_that_nobody_waits_for_everybody(kept: Kept, gate: Gate) -> None:
    # given
    numbers = range(HEAVIEST_BATCH // 100 + 10)
    before = gate.commits
    # when
    with Together(kept.journal, gate) as together:
        for number in numbers:
            together.call(kept.journal.put_organization, Organization(id=f"o{number}"), NOW)
    # then
    assert gate.commits == before + 3


def test_answers_are_given_after_the_commit_only(kept: Kept, gate: Gate) -> None:
    # given
    kept.offer()
    append = kept.yes("alma")
    gate.shut()
    with ThreadPoolExecutor(1) as pool:
        # when
        outcome = pool.submit(kept.journal.append, append)
        gate.wait_until_reached()
        # then
        assert gate.points[-1] == "before commit"
        assert not outcome.done()
        assert len(kept.journal.shift_events("s1")) == 2
        # when
        gate.open()
        # then
        assert outcome.result(PATIENCE) == Committed(version=3)


@pytest.mark.fault(41)
def test_a_caller_waits_a_bounded_time_and_what_was_given_up_is_not_written(
    store, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that was being committed may still be kept; the one behind it never is."""
    # given
    kept = Kept(store.open(crash_point=gate))
    writer = kept.journal._open_writer  # type: ignore[attr-defined]
    over = Event()

    def wait_until_over(reply: Reply[Any]) -> Any:
        assert over.wait(PATIENCE)
        return Writer._wait(writer, reply)

    monkeypatch.setattr(writer, "_timeout", 0)
    monkeypatch.setattr(writer, "_wait", wait_until_over)
    gate.shut()
    # when
    with ThreadPoolExecutor(2) as pool:
        taken = pool.submit(kept.journal.put_organization, Organization(id="taken"), NOW)
        gate.wait_until_reached()
        queued = pool.submit(kept.journal.put_organization, Organization(id="queued"), NOW)
        over.set()
        errors = [taken.exception(PATIENCE), queued.exception(PATIENCE)]
    monkeypatch.undo()
    gate.open()
    # then
    assert [type(one) for one in errors] == [JournalUnavailable, JournalUnavailable]
    wait_until(lambda: kept.journal.organization("taken") is not None)
    assert kept.journal.put_organization(Organization(id="next"), NOW).message.startswith("Saved.")
    assert kept.journal.organization("queued") is None


def test_closing_writes_what_is_queued_first(kept: Kept, gate: Gate, store) -> None:
    # given
    kept.offer("s1")
    kept.offer("s2")
    appends = [kept.no("alma", "s1"), kept.no("alma", "s2"), kept.no("bea", "s1", message_id="behind")]
    # when
    with Together(kept.journal, gate) as together:
        outcomes = [together.append(one) for one in appends]
        closing = ThreadPoolExecutor(1).submit(kept.journal.close)
    closing.result(PATIENCE)
    # then
    assert [type(one.result()).__name__ for one in outcomes] == ["Committed", "Committed", "Conflict"]
    assert len(store.open().shift_events("s1")) == 3


def test_after_closing_nothing_can_be_written_or_read(kept: Kept) -> None:
    kept.offer()
    append = kept.yes("alma")
    kept.journal.close()
    kept.journal.close()
    with pytest.raises(JournalUnavailable):
        kept.journal.append(append)
    with pytest.raises(JournalUnavailable):
        kept.journal.shift_events("s1")
    with pytest.raises(JournalUnavailable):
        kept.journal.shift("s1")
    assert kept.journal.health().error is not None
