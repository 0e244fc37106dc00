"""Several decisions in one transaction: as if each had had its own, and all of them are kept, or none."""

from collections.abc import Callable

import pytest

from firstyes.actors.journal.errors import BrokenAppend
from firstyes.actors.journal.port import JournalUnavailable
from firstyes.actors.journal.transaction import Transaction
from firstyes.domain.conversation.state import GiveHelp, OptIn, OptOut
from firstyes.domain.organization import Organization
from firstyes.domain.policy import Channel
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.commands import AcceptOffer, CancelShift, DeclineOffer
from firstyes.domain.shift.shift import ShiftStatus
from support.kept import BY, LAKESIDE, Gate, Kept, append, decided_on


def yes(kept: Kept, name: str) -> AcceptOffer:
    return AcceptOffer(at=kept.now, by=f"caregiver:{name}", caregiver_id=name)


def no(kept: Kept, name: str) -> DeclineOffer:
    return DeclineOffer(at=kept.now, by=f"caregiver:{name}", caregiver_id=name)


def test_decisions_on_each_other_are_kept_by_one_commit(kept: Kept, gate: Gate) -> None:
    # given
    kept.employ("cleo")
    kept.offer()
    first = kept.no("alma")
    second = decided_on(first, no(kept, "bea"))
    third = decided_on(second, yes(kept, "cleo"))
    before = gate.commits
    # when
    assert kept.append_all(first, second, third) == [None, None, None]
    # then
    assert gate.commits == before + 1
    assert kept.state("s1").claimed_by == "cleo"
    assert [kept.contact(name).offers[0].declined for name in ("alma", "bea", "cleo")] == [True, True, False]


def test_decisions_codes_and_organizations_share_a_commit(kept: Kept, gate: Gate) -> None:
    # given
    kept.offer()
    no_of_bea = kept.no("bea")
    before = gate.commits
    # when
    with kept.journal.transaction() as transaction:
        transaction.append(no_of_bea)
        codes = transaction.find_codes(kept.candidates()[:1], kept.now)
        transaction.put_organization(Organization(id="hilltop"), kept.now, BY)
    # then
    assert gate.commits == before + 1
    assert set(codes) == {"alma"}
    assert kept.contact("bea").offers[0].declined
    assert kept.journal.organization("hilltop") is not None


@pytest.mark.fault(11)
def test_of_two_yeses_on_one_state_the_second_is_a_bug_and_takes_the_first_back(kept: Kept, store) -> None:
    kept.offer()
    with pytest.raises(BrokenAppend, match="is at 3, and was decided on at 2"):
        kept.append_all(kept.yes("alma"), kept.yes("bea"))
    assert kept.state("s1").status is ShiftStatus.OFFERING
    assert store.rows("SELECT count(*) FROM inbox") == [(0,)]
    kept.claim("alma")


@pytest.mark.fault(9)
def test_the_same_message_twice_in_one_transaction_has_one_effect(kept: Kept, store) -> None:
    # given
    kept.offer("s1")
    kept.offer("s2")
    first = kept.no("alma", "s1", message_id="SM-once")
    # when
    outcomes = kept.append_all(first, kept.no("alma", "s2", message_id="SM-once"))
    # then
    assert outcomes == [None, first.answer]
    assert len(kept.journal.shift_events("s2")) == 2
    assert store.rows("SELECT count(*) FROM inbox") == [(1,)]


@pytest.mark.fault(9)
def test_another_text_or_phone_under_the_same_message_id_is_another_message(kept: Kept) -> None:
    kept.offer("s1")
    kept.offer("s2")
    first = kept.no("alma", "s1", message_id="SM-once")
    others = kept.no("bea", "s2", "SM-once"), kept.yes("alma", "s2", "SM-once")
    with kept.journal.transaction() as transaction:
        transaction.append(first)
        assert [transaction.heard(one.inbound) for one in others if one.inbound] == [None, None]


def test_what_is_asked_in_a_transaction_sees_what_was_decided_in_it_and_nobody_else_does(kept: Kept) -> None:
    # given
    kept.offer()
    claimed = kept.yes("alma")
    shift = kept.state("s1").shift
    assert shift is not None
    called_off = decided_on(claimed, CancelShift(at=kept.now, by="coordinator", confirm=True))
    opted_out = kept.converse("bea", OptOut, organization_ids=(LAKESIDE,))
    # when
    with kept.journal.transaction() as transaction:
        for one in (claimed, called_off, opted_out):
            append(transaction, one)
        # then
        assert len(transaction.shift_events("s1")) == 4
        assert [one.caregiver_id for one in transaction.candidates(shift)] == ["alma"]
        assert len(transaction.due(Channel.SMS, kept.now, 10)) > 2
        assert len(kept.journal.shift_events("s1")) == 2
        assert len(kept.journal.due(Channel.SMS, kept.now, 10)) == 2
        assert kept.contact("alma").offers[0].live
    assert len(kept.journal.shift_events("s1")) == 4


def test_a_claim_that_is_called_off_in_the_same_transaction_is_released(kept: Kept, store) -> None:
    # given
    kept.offer()
    claimed = kept.yes("alma")
    shift = kept.state("s1").shift
    assert shift is not None
    called_off = decided_on(claimed, CancelShift(at=kept.now, by="coordinator", confirm=True))
    # when
    kept.append_all(claimed, called_off)
    # then
    assert store.rows("SELECT count(*) FROM claims WHERE released_at IS NULL") == [(0,)]
    record = kept.journal.shift("s1")
    assert record is not None and record.status is ShiftStatus.CANCELLED
    assert not kept.contact("alma").offers[0].mine


def test_who_came_too_late_in_the_same_transaction_is_told_so(kept: Kept) -> None:
    kept.offer()
    claimed = kept.yes("alma")
    kept.append_all(claimed, decided_on(claimed, yes(kept, "bea")))
    assert kept.contact("bea").offers[0].told
    assert not kept.contact("alma").offers[0].told


@pytest.mark.parametrize(("kinds", "out"), [((OptOut, OptIn), False), ((OptOut, OptIn, OptOut), True)])
def test_the_last_word_on_opting_out_counts(
    kept: Kept, kinds: tuple[type[OptOut] | type[OptIn], ...], *, out: bool
) -> None:
    """The first words of a conversation among them."""
    appends = []
    for kind in kinds:
        before = appends[-1] if appends else None
        appends.append(kept.converse("alma", kind, before=before, organization_ids=(LAKESIDE,)))
    kept.append_all(*appends)
    assert kept.contact("alma").people[0].opted_out is out


def test_the_first_words_of_forty_conversations_are_kept_by_one_commit(kept: Kept, gate: Gate) -> None:
    names = [f"nurse-{number}" for number in range(40)]
    kept.employ(*names)
    appends = [kept.converse(name, GiveHelp) for name in names]
    before = gate.commits
    kept.append_all(*appends)
    assert gate.commits == before + 1
    assert all(kept.conversation(kept.contact_id(name)).version == 1 for name in names)


def failing(kept: Kept) -> None:
    raise KeyError("a bug")


def contradicting(kept: Kept) -> None:
    kept.append(kept.yes("bea"))


BREAKS: dict[str, tuple[Callable[[Kept], None], type[Exception]]] = {
    "a bug of whoever writes": (failing, KeyError),
    "another transaction inside": (contradicting, JournalUnavailable),
}


@pytest.mark.parametrize("breaks", BREAKS)
def test_a_transaction_that_raises_takes_back_all_that_was_written_in_it(
    store, gate: Gate, breaks: str
) -> None:
    # given
    kept = Kept(store.open(crash_point=gate, timeout=0.01))
    kept.employ("alma", "bea")
    kept.offer()
    no_of_alma, before = kept.no("alma", message_id="SM-once"), gate.commits
    wrong, error = BREAKS[breaks]

    def go_wrong(transaction: Transaction) -> None:
        transaction.append(no_of_alma)
        transaction.put_organization(Organization(id="hilltop"), kept.now, BY)
        wrong(kept)

    # when
    with pytest.raises(error):
        kept.write(go_wrong)
    # then
    assert gate.commits == before
    assert kept.journal.organization("hilltop") is None
    assert len(kept.journal.shift_events("s1")) == 2
    assert kept.append(no_of_alma) is None


def test_a_message_that_nobody_decided_on_is_new(kept: Kept) -> None:
    kept.offer()
    with kept.journal.transaction() as transaction:
        assert transaction.heard(kept.inbound("alma", "yes", Intent.ACCEPT)) is None


def test_after_closing_nothing_can_be_written_or_read(kept: Kept) -> None:
    kept.offer()
    append = kept.yes("alma")
    kept.journal.close()
    kept.journal.close()
    with pytest.raises(JournalUnavailable):
        kept.append(append)
    with pytest.raises(JournalUnavailable):
        kept.journal.shift_events("s1")
    with pytest.raises(JournalUnavailable):
        kept.journal.shift("s1")
    assert kept.journal.health().error is not None
