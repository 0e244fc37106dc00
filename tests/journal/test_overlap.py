"""A caregiver cannot hold two shifts at the same time, whatever is decided at the same moment."""

import pytest

from firstyes.actors.journal.port import Committed, Overlap
from firstyes.domain.shift.commands import CancelShift
from support.kept import HOUR, NOW, Gate, Kept, Together

pytestmark = pytest.mark.fault(23)


def test_a_claim_that_overlaps_one_the_caregiver_holds_is_refused_and_names_it(kept: Kept, store) -> None:
    # given
    held = kept.post("s1", starts=NOW + 2 * HOUR, hours=8)
    kept.offer("s1")
    kept.offer("s2", starts=NOW + 9 * HOUR)
    kept.claim("alma", "s1")
    # when
    outcome = kept.journal.append(kept.yes("alma", "s2", message_id="late"))
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


def test_of_two_overlapping_claims_in_one_commit_the_second_is_refused(kept: Kept, gate: Gate) -> None:
    # given
    held = kept.post("s1")
    kept.offer("s1")
    kept.offer("s2")
    kept.offer("s3")
    first, second, third = kept.yes("alma", "s1"), kept.yes("alma", "s2"), kept.yes("bea", "s3")
    # when
    with Together(kept.journal, gate) as together:
        outcomes = [together.append(one) for one in (first, second, third)]
    # then
    assert [one.result() for one in outcomes] == [Committed(version=3), Overlap(held), Committed(version=3)]
    assert gate.commits == len(gate.points) / 2


def test_a_claim_of_a_shift_that_was_refused_itself_does_not_count(kept: Kept, gate: Gate) -> None:
    # given
    kept.offer("s1")
    kept.offer("s2")
    stale, good = kept.yes("alma", "s1"), kept.yes("alma", "s2")
    kept.cancel("s1")
    # when
    with Together(kept.journal, gate) as together:
        outcomes = [together.append(stale), together.append(good)]
    # then
    assert outcomes[1].result() == Committed(version=3)


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


def test_a_claim_that_ends_in_the_same_commit_is_in_nobodys_way(kept: Kept, gate: Gate) -> None:
    # given
    kept.offer("s1")
    kept.offer("s2")
    kept.claim("alma", "s1")
    wanted = kept.yes("alma", "s2")
    cancelled = kept.decided("s1", CancelShift(at=NOW, by="coordinator", confirm=True))
    # when
    with Together(kept.journal, gate) as together:
        outcomes = [together.append(cancelled), together.append(wanted)]
    # then
    assert [type(one.result()) for one in outcomes] == [Committed, Committed]


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
