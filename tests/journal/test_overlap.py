"""A caregiver cannot hold two shifts at the same time, whatever is decided at the same moment."""

import pytest

from firstyes.actors.journal.port import Overlap
from firstyes.domain.shift.commands import CancelShift
from support.kept import HOUR, NOW, Kept, decided_on

pytestmark = pytest.mark.fault(23)


def test_a_claim_that_overlaps_one_the_caregiver_holds_is_refused_and_names_it(kept: Kept, store) -> None:
    # given
    held = kept.post("s1", starts=NOW + 2 * HOUR, hours=8)
    kept.offer("s1")
    kept.offer("s2", starts=NOW + 9 * HOUR)
    kept.claim("alma", "s1")
    # when
    outcome = kept.append(kept.yes("alma", "s2", message_id="late"))
    # then
    assert outcome == Overlap(held)
    assert len(kept.journal.shift_events("s2")) == 2
    assert store.rows("SELECT * FROM inbox WHERE message_id = 'late'") == []


def test_shifts_that_only_touch_do_not_overlap(kept: Kept) -> None:
    kept.offer("s1", starts=NOW + 2 * HOUR, hours=8)
    kept.offer("s2", starts=NOW + 10 * HOUR, hours=8)
    kept.claim("alma", "s1")
    kept.claim("alma", "s2")


def test_another_caregiver_may_hold_a_shift_at_the_same_time(kept: Kept) -> None:
    kept.offer("s1")
    kept.offer("s2")
    kept.claim("alma", "s1")
    kept.claim("bea", "s2")


def test_of_two_overlapping_claims_in_one_transaction_the_second_is_refused(kept: Kept) -> None:
    # given
    held = kept.post("s1")
    for shift_id in ("s1", "s2", "s3"):
        kept.offer(shift_id)
    # when
    outcomes = kept.append_all(kept.yes("alma", "s1"), kept.yes("alma", "s2"), kept.yes("bea", "s3"))
    # then
    assert outcomes == [None, Overlap(held), None]
    assert [kept.state(one).claimed_by for one in ("s1", "s2", "s3")] == ["alma", None, "bea"]


@pytest.mark.parametrize("written", [False, True], ids=["gathered", "written"])
def test_a_claim_that_ends_in_the_same_transaction_is_in_nobodys_way(kept: Kept, *, written: bool) -> None:
    """Whether what was decided is still gathered, or was written because somebody looked."""
    # given
    kept.offer("s1")
    kept.offer("s2")
    claimed, wanted = kept.yes("alma", "s1"), kept.yes("alma", "s2")
    called_off = decided_on(claimed, CancelShift(at=NOW, by="coordinator", confirm=True))
    # when
    with kept.journal.transaction() as transaction:
        assert transaction.append(claimed) is None
        if written:
            transaction.flush()
        assert transaction.append(called_off) is None
        # then
        assert transaction.append(wanted) is None
    assert kept.state("s2").claimed_by == "alma"


@pytest.mark.parametrize("ending", ["release", "cancel"])
def test_a_claim_that_has_ended_is_in_nobodys_way(kept: Kept, ending: str) -> None:
    # given
    kept.offer("s1")
    kept.offer("s2")
    kept.claim("alma", "s1")
    # when
    getattr(kept, ending)("s1")
    # then
    kept.claim("alma", "s2")


def test_a_claim_that_stood_before_and_ends_in_the_transaction_is_in_nobodys_way(kept: Kept) -> None:
    # given
    kept.offer("s1")
    kept.offer("s2")
    kept.claim("alma", "s1")
    cancelled = kept.decided("s1", CancelShift(at=NOW, by="coordinator", confirm=True))
    # then
    assert kept.append_all(cancelled, kept.yes("alma", "s2")) == [None, None]


def test_a_released_shift_can_be_claimed_by_another_and_has_one_claim(kept: Kept, store) -> None:
    # given
    kept.offer("s1")
    kept.claim("alma", "s1")
    # when
    kept.release("s1")
    kept.claim("bea", "s1")
    # then
    assert store.rows("SELECT caregiver_id FROM claims WHERE released_at IS NULL") == [("bea",)]
    assert store.rows("SELECT count(*) FROM claims") == [(2,)]
