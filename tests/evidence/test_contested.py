"""Real threads race for shifts: nothing wrong is found on the desk as it is, and something on each broken one."""

from typing import Any

import pytest

from firstyes.actors.desk import ShiftDesk
from firstyes.actors.errors import NoAnswer
from firstyes.domain.shift_events import ShiftClaimed
from proof import contested
from proof.contested_desk import Contests, contest
from proof.linearizability import Said
from proof.mutants import claim_whoever_comes, inbox_not_checked, patched, released_offered_again


def small(seed: int = 1) -> Contests:
    return contest(640, callers=100, at_once=4, seed=seed)


@pytest.mark.timeout(120)
@pytest.mark.fault(1)
def test_no_shift_is_given_to_two_whoever_races_for_it() -> None:
    # when
    found = contest(2_500, callers=200)
    # then
    assert found.wrong == []
    assert found.contested >= 2_500
    assert found.answers[Said.WON] > 4 * found.shifts
    assert found.answers[Said.RELEASED] > 2 * found.shifts
    assert found.answers[Said.LOST] > 1_000
    assert found.answers[Said.UNKNOWN] == 0


def claims_are_not_kept() -> Any:
    """Whoever wins is told so, and nothing is written."""
    honest = ShiftDesk.__dict__["journal"].fget

    class Journal:
        def __init__(self, journal: Any) -> None:
            self._journal = journal

        def __getattr__(self, name: str) -> Any:
            return getattr(self._journal, name)

        def shift_events(self, shift_id: str) -> Any:
            events = self._journal.shift_events(shift_id)
            return [one for one in events if not isinstance(one, ShiftClaimed)]

    return patched((ShiftDesk, "journal", property(lambda self: Journal(honest(self)))))


def some_get_no_answer() -> Any:
    """Whoever releases a shift waits in vain."""

    def release(self: ShiftDesk, shift_id: str) -> Any:
        raise NoAnswer(f"no answer about {shift_id}")

    return patched((ShiftDesk, "release", release))


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("mutant", "says"),
    [
        # The journal's own rule refuses the second claim, and the actor dies of it.
        (claim_whoever_comes, "no answer but HandlerFailed"),
        (released_offered_again, "no single hand could have answered so"),
        (inbox_not_checked, "one message was answered"),
        (claims_are_not_kept, "told that it is theirs"),
        (some_get_no_answer, "NoAnswer"),
    ],
)
def test_a_broken_desk_is_found_out(mutant: Any, says: str) -> None:
    with mutant():
        found = [wrong for seed in (1, 2, 3) for wrong in small(seed).wrong]
    assert any(says in one for one in found), found[:3]


def test_the_part_adds_up_what_the_desks_found_and_holds_only_if_nothing_is_wrong() -> None:
    # when
    shares: list[float] = []
    finding = contested.run(0.000_1, shares.append)
    # then
    assert finding.holds
    assert "no wrong" in finding.summary
    assert finding.problems == ()
    assert shares[-1] == 1.0
