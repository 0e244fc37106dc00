"""One decision of an actor: all of it is kept, or nothing."""

from dataclasses import replace

import pytest

from firstyes.actors.journal.errors import BrokenAppend
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.domain.conversation.state import Note
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.shift import ShiftStatus
from support.kept import Kept


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


def test_an_unknown_stream_has_no_events(journal: SqliteJournal) -> None:
    assert journal.shift_events("nowhere") == []
    assert journal.conversation_events(77) == []


def test_a_decision_on_a_stale_state_is_refused_and_leaves_no_trace(kept: Kept, store) -> None:
    # given
    kept.offer()
    stale = kept.yes("bea", message_id="late")
    kept.claim("alma")
    # when
    with pytest.raises(BrokenAppend, match="is at 3, and was decided on at 2"):
        kept.append(stale)
    # then
    assert kept.state("s1").claimed_by == "alma"
    assert store.rows("SELECT * FROM inbox WHERE message_id = 'late'") == []
    assert len(store.rows("SELECT * FROM claims")) == 1


def test_a_decision_on_a_state_that_is_ahead_is_refused(kept: Kept) -> None:
    kept.offer()
    ahead = kept.yes("alma")
    with pytest.raises(BrokenAppend):
        kept.append(replace(ahead, expected=5, state=replace(ahead.state, version=6)))


def test_an_append_that_contradicts_itself_is_refused(kept: Kept) -> None:
    kept.offer()
    broken = kept.no("alma")
    with pytest.raises(BrokenAppend):
        kept.append(replace(broken, state=replace(broken.state, version=99)))
    assert len(kept.journal.shift_events("s1")) == 2


def test_one_cause_does_not_tell_one_person_the_same_thing_twice(kept: Kept) -> None:
    # given
    kept.offer()
    doubled = kept.yes("alma")
    # when
    with pytest.raises(BrokenAppend):
        kept.append(replace(doubled, messages=[*doubled.messages, *doubled.messages]))
    # then
    assert kept.state("s1").status is ShiftStatus.OFFERING
    kept.decline("alma")


@pytest.mark.fault(9)
@pytest.mark.fault(26)
def test_a_message_that_was_taken_before_gets_its_first_answer_again(kept: Kept, store) -> None:
    # given
    kept.offer()
    first = kept.yes("alma", message_id="SM-once")
    kept.append(first)
    # when
    answer = kept.append(kept.yes("alma", message_id="SM-once"))
    # then
    assert answer == first.answer
    assert len(kept.journal.shift_events("s1")) == 3
    assert len(store.rows("SELECT * FROM inbox")) == 1


@pytest.mark.fault(9)
@pytest.mark.fault(26)
def test_a_message_taken_before_is_recognised_after_a_restart(kept: Kept, store) -> None:
    # given
    kept.offer()
    first = kept.yes("alma", message_id="SM-once")
    kept.append(first)
    kept.journal.close()
    # when
    answer = Kept(store.open()).append(first)
    # then
    assert answer == first.answer


def test_a_message_that_changes_nothing_is_kept_with_its_answer(kept: Kept) -> None:
    # given
    kept.offer()
    kept.decline("alma")
    second_no = kept.no("alma", message_id="SM-again")
    assert not second_no.events
    # when
    outcomes = [kept.append(second_no), kept.append(second_no)]
    # then
    assert outcomes == [None, second_no.answer]


def test_a_first_word_that_changes_nothing_opens_a_conversation(kept: Kept) -> None:
    inbound = kept.inbound("alma", "thanks", Intent.UNCLEAR)
    note = kept.converse("alma", Note, inbound, intent=Intent.UNCLEAR)
    silent = replace(note, events=(), messages=(), state=replace(note.state, version=0))
    assert kept.append(silent) is None
    assert kept.append(silent) == silent.answer


def test_no_phone_number_and_no_body_stands_in_an_event(kept: Kept, store) -> None:
    # given
    kept.offer()
    body = "yes my darling"
    inbound = kept.inbound("alma", body, Intent.ACCEPT, shift_id="s1")
    # when
    kept.append(replace(kept.yes("alma"), inbound=inbound))
    # then
    everything = " ".join(data for (data,) in store.rows("SELECT data FROM events"))
    assert kept.phone("alma").removeprefix("+") not in everything
    assert body not in everything


def test_text_that_no_database_keeps_is_kept_all_but_what_cannot_be(kept: Kept) -> None:
    # given
    kept.offer()
    inbound = kept.inbound("alma", "s\u00ed \U0001f44d half \ud83d a", Intent.ACCEPT, shift_id="s1")
    # when
    kept.append(replace(kept.yes("alma"), inbound=inbound))
    # then
    newest = kept.journal.messages("s1", None, None, 2).items[1]
    assert newest.body == "s\u00ed \U0001f44d half \ufffd a"
