"""Real threads race for shifts: nothing wrong is found on the desk as it is, and something on each broken one."""

from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest

from evidence.contested import part as contested
from evidence.contested.desk import Contests, contest
from evidence.linearizability import Said
from firstyes.actors.desk.desk import ShiftDesk
from firstyes.actors.errors import NoAnswer
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.journal.transaction import Transaction
from firstyes.domain.shift import claiming
from firstyes.domain.shift import decide as shift_decide
from firstyes.domain.shift.commands import AcceptOffer
from firstyes.domain.shift.events import ShiftClaimed
from firstyes.domain.shift.shift import ShiftStatus
from firstyes.domain.shift.state import ShiftState


def small(seed: int = 1) -> Contests:
    return contest(160, callers=40, at_once=2, people=10, seed=seed, patience=60)


@pytest.mark.fault(9)
@pytest.mark.fault(11)
@pytest.mark.fault(16)
@pytest.mark.fault(23)
def test_no_shift_is_given_to_two_whoever_races_for_it() -> None:
    # when
    found = contest(1_000, callers=200)
    # then
    assert found.wrong == []
    assert found.contested >= 1_000
    assert found.answers[Said.WON] > 2 * found.shifts
    assert found.answers[Said.RELEASED] > 2 * found.shifts
    assert found.answers[Said.LOST] > 400
    assert found.answers[Said.NOT_FOR_THEM] > 0
    assert found.answers[Said.HELD] + found.answers[Said.CANCELLED] > 0
    assert found.answers[Said.UNKNOWN] == 0


def claim_whoever_comes() -> Any:
    """A yes wins although the shift is taken."""
    honest = claiming.accept

    def accept(state: Any, command: Any) -> Any:
        return honest(replace(state, status=ShiftStatus.OFFERING), command)

    return patch.dict(shift_decide.DECIDERS, {AcceptOffer: accept})


def overlap_not_checked() -> Any:
    """Somebody may hold two shifts at once."""
    return patch.object(Transaction, "_overlapping", lambda self, caregiver_id, shift: None)


def released_taken_again() -> Any:
    """Who gave the shift back takes it again."""
    honest = ShiftState.live

    def live(self: ShiftState, *more: Any) -> bool:
        return honest(replace(self, released=frozenset()), *more)

    return patch.object(ShiftState, "live", live)


def claims_are_not_kept() -> Any:
    """Whoever wins is told so, and nothing is written."""
    honest = SqliteJournal.shift_events

    def shift_events(self: SqliteJournal, shift_id: str) -> Any:
        return [one for one in honest(self, shift_id) if not isinstance(one, ShiftClaimed)]

    return patch.object(SqliteJournal, "shift_events", shift_events)


def some_get_no_answer() -> Any:
    """Whoever releases a shift waits in vain."""
    return patch.object(ShiftDesk, "release", side_effect=NoAnswer("no answer"))


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        # The journal's own rule refuses the second claim, and the actor dies of it.
        (claim_whoever_comes, "no answer but HandlerFailed"),
        (overlap_not_checked, "No single hand could have answered so"),
        (released_taken_again, "No single hand could have answered so"),
        (claims_are_not_kept, "told that it is theirs"),
        (some_get_no_answer, "NoAnswer"),
    ],
)
def test_a_broken_desk_is_found_out(broken: Any, says: str) -> None:
    with broken():
        # A race may not come about the first time; it ends when it has.
        found = any(says in wrong for seed in range(1, 41) for wrong in small(seed).wrong)
    assert found


def test_the_part_adds_up_what_its_desk_found_and_holds_only_if_nothing_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given one instead of two: each reads all modules anew
    monkeypatch.setattr(contested, "DESKS", 1)
    # when
    shares: list[float] = []
    finding = contested.run(0.000_1, shares.append)
    # then
    assert finding.holds
    assert "no wrong" in finding.summary
    assert finding.problems == ()
    assert shares[-1] == 1.0
