"""Several decisions of one actor in one commit: as if each had had its own."""

from collections.abc import Callable
from dataclasses import replace
from functools import reduce

from firstyes.actors.journal.port import AlreadySeen, Append, Committed, Conflict, Journal, Outcome
from firstyes.domain.conversation import decide as conversation_decide
from firstyes.domain.conversation import state as conversation
from firstyes.domain.conversation.state import AnyConversationCommand, OptIn, OptOut
from firstyes.domain.shift import decide as shift_decide
from firstyes.domain.shift.commands import AcceptOffer, AnyShiftCommand, CancelShift, DeclineOffer
from firstyes.domain.shift.shift import ShiftStatus
from firstyes.domain.shift.state import evolve
from support.kept import LAKESIDE, Gate, Kept


def decided_on(before: Append, command: AnyShiftCommand) -> Append:
    """Decide on the state that another append leads to."""
    decision = shift_decide.decide(before.state, command)  # type: ignore[arg-type]
    return Append(
        stream=before.stream,
        expected=before.state.version,
        events=decision.events,
        messages=decision.messages,
        answer=decision.answer,
        state=reduce(evolve, decision.events, before.state),  # type: ignore[arg-type]
    )


def yes(kept: Kept, name: str) -> AcceptOffer:
    return AcceptOffer(at=kept.now, by=f"caregiver:{name}", caregiver_id=name)


def no(kept: Kept, name: str) -> DeclineOffer:
    return DeclineOffer(at=kept.now, by=f"caregiver:{name}", caregiver_id=name)


def test_nothing_to_append_is_no_outcome(journal: Journal) -> None:
    assert journal.append_all([]) == []


def test_all_of_them_are_kept_by_one_commit(kept: Kept, gate: Gate) -> None:
    # given
    kept.employ("cleo")
    kept.offer()
    first = kept.no("alma")
    second = decided_on(first, no(kept, "bea"))
    third = decided_on(second, yes(kept, "cleo"))
    before = gate.commits
    # when
    outcomes = kept.journal.append_all([first, second, third])
    # then
    assert outcomes == [Committed(version=3), Committed(version=4), Committed(version=5)]
    assert gate.commits == before + 1
    assert kept.state("s1").claimed_by == "cleo"
    assert [kept.contact(name).offers[0].declined for name in ("alma", "bea", "cleo")] == [True, True, False]


def test_where_one_is_refused_what_was_decided_on_its_events_is_refused_too(kept: Kept) -> None:
    # given
    kept.employ("cleo")
    kept.offer()
    stale = kept.no("alma")
    kept.decline("bea")
    # when
    outcomes = kept.journal.append_all([stale, decided_on(stale, no(kept, "cleo"))])
    # then
    assert outcomes == [Conflict(), Conflict()]
    assert len(kept.journal.shift_events("s1")) == 3


def test_a_message_taken_before_refuses_itself_only_when_it_changed_nothing(kept: Kept) -> None:
    # given
    kept.employ("cleo")
    kept.offer()
    first = kept.no("alma", message_id="SM-once")
    again = replace(first, events=(), messages=(), expected=3)
    last = decided_on(first, no(kept, "bea"))
    # when
    outcomes: list[Outcome] = kept.journal.append_all([first, again, last])
    # then
    assert outcomes == [Committed(version=3), AlreadySeen(first.answer), Committed(version=4)]


def test_a_claim_that_is_called_off_in_the_same_commit_is_released(kept: Kept, store) -> None:
    # given
    kept.offer()
    claimed = kept.yes("alma")
    called_off = decided_on(claimed, CancelShift(at=kept.now, by="coordinator", confirm=True))
    # when
    kept.journal.append_all([claimed, called_off])
    # then
    assert store.rows("SELECT count(*) FROM claims WHERE released_at IS NULL") == [(0,)]
    record = kept.journal.shift("s1")
    assert record is not None and record.status is ShiftStatus.CANCELLED
    assert not kept.contact("alma").offers[0].mine


def test_who_came_too_late_in_the_same_commit_is_told_so(kept: Kept) -> None:
    kept.offer()
    claimed = kept.yes("alma")
    kept.journal.append_all([claimed, decided_on(claimed, yes(kept, "bea"))])
    assert kept.contact("bea").offers[0].told
    assert not kept.contact("alma").offers[0].told


def test_the_last_word_on_opting_out_counts(kept: Kept) -> None:
    # given
    out_and_in, in_and_out = (OptOut, OptIn), (OptIn, OptOut)
    kept.tell("bea", OptOut, organization_ids=(LAKESIDE,))
    # when
    kept.journal.append_all(conversed(kept, "alma", *out_and_in))
    kept.journal.append_all(conversed(kept, "bea", *in_and_out))
    # then
    assert not kept.contact("alma").people[0].opted_out
    assert kept.contact("bea").people[0].opted_out


def conversed(kept: Kept, name: str, *kinds: Callable[..., AnyConversationCommand]) -> list[Append]:
    """Decide one command after the other, the first words of a conversation among them."""
    contact_id = kept.contact_id(name)
    state = kept.conversation(contact_id)
    appends = []
    for kind in kinds:
        command = kind(
            at=kept.now,
            by=f"caregiver:{name}",
            contact_id=contact_id,
            organization_id=LAKESIDE,
            organization_ids=(LAKESIDE,),
        )
        decision = conversation_decide.decide(state, command)
        after = reduce(conversation.evolve, decision.events, state)
        appends.append(
            Append(
                stream=f"contact/{contact_id}",
                expected=state.version,
                events=decision.events,
                messages=decision.messages,
                answer=decision.answer,
                state=after,
            )
        )
        state = after
    return appends
