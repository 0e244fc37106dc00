"""One decision of an actor: all of it is kept, or nothing."""

from dataclasses import replace

import pytest

from firstyes.actors.journal.errors import BrokenAppend
from firstyes.actors.journal.port import AlreadySeen, Committed, Conflict, Journal
from firstyes.domain.conversation.state import Note
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.shift import ShiftStatus
from support.kept import Gate, Kept, Together


def test_what_was_appended_is_replayed_in_order(kept: Kept) -> None:
    # given
    kept.offer()
    # when
    kept.claim("alma")
    # then
    assert [event.type for event in kept.journal.shift_events("s1")] == [
        "shift_posted",
        "fan_out_started",
        "shift_claimed",
    ]
    assert kept.state("s1").claimed_by == "alma"


def test_an_unknown_stream_has_no_events(journal: Journal) -> None:
    assert journal.shift_events("nowhere") == []
    assert journal.conversation_events(77) == []


def test_a_commit_says_the_version_the_stream_has_now(kept: Kept) -> None:
    kept.offer()
    assert kept.journal.append(kept.yes("alma")) == Committed(version=3)


def test_a_decision_on_a_stale_state_is_refused_and_leaves_no_trace(kept: Kept, store) -> None:
    # given
    kept.offer()
    stale = kept.yes("bea", message_id="late")
    kept.claim("alma")
    # when
    outcome = kept.journal.append(stale)
    # then
    assert outcome == Conflict()
    assert kept.state("s1").claimed_by == "alma"
    assert store.rows("SELECT * FROM inbox WHERE message_id = 'late'") == []
    assert len(store.rows("SELECT * FROM claims")) == 1


def test_a_decision_on_a_state_that_is_ahead_is_refused(kept: Kept) -> None:
    kept.offer()
    ahead = kept.yes("alma")
    ahead = replace(ahead, expected=5, state=replace(ahead.state, version=6))
    assert kept.journal.append(ahead) == Conflict()


@pytest.mark.fault(11)
def test_of_two_yeses_in_one_commit_the_first_wins_and_the_other_must_decide_again(
    kept: Kept, gate: Gate
) -> None:
    # given
    kept.offer()
    first, second = kept.yes("alma"), kept.yes("bea")
    # when
    with Together(kept.journal, gate) as together:
        outcomes = [together.append(first), together.append(second)]
    # then
    assert [one.result() for one in outcomes] == [Committed(version=3), Conflict()]
    assert kept.state("s1").claimed_by == "alma"


def test_a_conflict_refuses_that_append_alone(kept: Kept, gate: Gate) -> None:
    # given
    kept.offer("s1")
    kept.offer("s2")
    stale = kept.no("alma", "s1")
    kept.decline("bea", "s1")
    # when
    with Together(kept.journal, gate) as together:
        outcomes = [together.append(stale), together.append(kept.no("alma", "s2"))]
    # then
    assert [one.result() for one in outcomes] == [Conflict(), Committed(version=3)]


@pytest.mark.fault(9)
@pytest.mark.fault(26)
def test_a_message_that_was_taken_before_gets_its_first_answer_again(kept: Kept, store) -> None:
    # given
    kept.offer()
    first = kept.yes("alma", message_id="SM-once")
    kept.journal.append(first)
    # when
    again = kept.yes("alma", message_id="SM-once")
    outcome = kept.journal.append(again)
    # then
    assert outcome == AlreadySeen(first.answer)
    assert len(kept.journal.shift_events("s1")) == 3
    assert len(store.rows("SELECT * FROM inbox")) == 1


@pytest.mark.fault(9)
@pytest.mark.fault(26)
def test_a_message_taken_before_is_recognised_after_a_restart(kept: Kept, store) -> None:
    # given
    kept.offer()
    first = kept.yes("alma", message_id="SM-once")
    kept.journal.append(first)
    kept.journal.close()
    # when
    outcome = store.open().append(first)
    # then
    assert outcome == AlreadySeen(first.answer)


@pytest.mark.fault(9)
def test_the_same_message_twice_in_one_commit_has_one_effect(kept: Kept, gate: Gate, store) -> None:
    # given
    kept.offer("s1")
    kept.offer("s2")
    first = kept.no("alma", "s1", message_id="SM-once")
    second = kept.no("alma", "s2", message_id="SM-once")
    # when
    with Together(kept.journal, gate) as together:
        outcomes = [together.append(first), together.append(second)]
    # then
    assert [one.result() for one in outcomes] == [Committed(version=3), AlreadySeen(first.answer)]
    assert len(kept.journal.shift_events("s2")) == 2
    assert store.rows("SELECT count(*) FROM inbox") == [(1,)]


def test_a_message_that_changes_nothing_is_kept_with_its_answer(kept: Kept) -> None:
    # given
    kept.offer()
    kept.decline("alma")
    second_no = kept.no("alma", message_id="SM-again")
    assert not second_no.events
    # when
    outcomes = [kept.journal.append(second_no), kept.journal.append(second_no)]
    # then
    assert outcomes == [Committed(version=3), AlreadySeen(second_no.answer)]


def test_a_first_word_that_changes_nothing_opens_a_conversation(kept: Kept) -> None:
    inbound = kept.inbound("alma", "thanks", Intent.UNCLEAR)
    note = kept.converse("alma", Note, inbound, intent=Intent.UNCLEAR)
    silent = replace(note, events=(), messages=(), state=replace(note.state, version=0))
    assert kept.journal.append(silent) == Committed(version=0)
    assert kept.journal.append(silent) == AlreadySeen(silent.answer)


def test_two_decisions_on_one_stream_are_never_in_one_commit(kept: Kept, gate: Gate) -> None:
    """The second one is settled against what the first one wrote, even if it expected just that."""
    # given
    kept.offer()
    first = kept.no("alma")
    second = kept.no("bea")
    behind = replace(
        second,
        expected=3,
        events=second.events[:1],
        state=replace(second.state, version=4),
        messages=(),
    )
    # when
    with Together(kept.journal, gate) as together:
        outcomes = [together.append(first), together.append(behind)]
    # then
    assert [one.result() for one in outcomes] == [Committed(version=3), Committed(version=4)]


def test_an_append_that_contradicts_itself_fails_alone(kept: Kept, gate: Gate) -> None:
    # given
    kept.offer("s1")
    kept.offer("s2")
    good = kept.no("alma", "s1")
    broken = kept.no("alma", "s2")
    broken = replace(broken, state=replace(broken.state, version=99))
    # when
    with Together(kept.journal, gate) as together:
        outcomes = [together.append(broken), together.append(good)]
    # then
    assert isinstance(outcomes[0].exception(), BrokenAppend)
    assert outcomes[1].result() == Committed(version=3)
    assert len(kept.journal.shift_events("s2")) == 2


def test_an_append_that_the_database_refuses_fails_alone(kept: Kept, gate: Gate) -> None:
    """Two messages of one cause, one purpose and one recipient: somebody would be told twice."""
    # given
    kept.offer("s1")
    kept.offer("s2")
    good = kept.yes("bea", "s1")
    doubled = kept.yes("alma", "s2")
    doubled = replace(doubled, messages=[*doubled.messages, *doubled.messages])
    # when
    with Together(kept.journal, gate) as together:
        outcomes = [together.append(doubled), together.append(good)]
    # then
    assert isinstance(outcomes[0].exception(), BrokenAppend)
    assert outcomes[1].result() == Committed(version=3)
    assert kept.state("s2").status is ShiftStatus.OFFERING
    assert kept.journal.append(kept.no("alma", "s2")) == Committed(version=3)


def test_no_phone_number_and_no_body_stands_in_an_event(kept: Kept, store) -> None:
    # given
    kept.offer()
    body = "yes my darling"
    inbound = kept.inbound("alma", body, Intent.ACCEPT, shift_id="s1")
    # when
    kept.journal.append(replace(kept.yes("alma"), inbound=inbound))
    # then
    everything = " ".join(data for (data,) in store.rows("SELECT data FROM events"))
    assert kept.phone("alma").removeprefix("+") not in everything
    assert body not in everything


def test_text_that_no_database_keeps_is_kept_all_but_what_cannot_be(kept: Kept) -> None:
    # given
    kept.offer()
    inbound = kept.inbound("alma", "s\u00ed \U0001f44d half \ud83d a", Intent.ACCEPT, shift_id="s1")
    # when
    kept.journal.append(replace(kept.yes("alma"), inbound=inbound))
    # then
    newest = kept.journal.messages("s1", None, None, 2).items[1]
    assert newest.body == "s\u00ed \U0001f44d half \ufffd a"
