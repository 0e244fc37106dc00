"""Five times twelve days of an agency: what must hold, held at every step, and days in which things happen."""

from collections import Counter
from functools import cache

import pytest

from evidence.simulated import DAYS, too_seldom
from simulation.outcome import Outcome
from simulation.script import write
from simulation.world import play


def tried(number: int, counted: str) -> object:
    """A fault that the days must have met, by what was counted."""
    return pytest.param(counted, id=f"{number}-{counted}", marks=pytest.mark.fault(number))


SEEDS = (1, 2, 3, 4, 5)
DAYS_EACH = 12


@cache
def stories() -> tuple[Outcome, ...]:
    return tuple(play(write(seed, DAYS_EACH)) for seed in SEEDS)


@cache
def counts() -> Counter[str]:
    together: Counter[str] = Counter()
    for outcome in stories():
        together.update(outcome.counts)
    return together


def test_sixty_days_of_two_hundred_caregivers_break_no_rule() -> None:
    assert [one.violation for one in stories()] == [None] * len(SEEDS)
    assert too_seldom(counts(), len(SEEDS) * DAYS_EACH / DAYS) == {}


@pytest.mark.parametrize(
    "counted",
    [
        tried(1, "died at outbox before hand-over"),
        tried(2, "died at outbox after hand-over"),
        tried(3, "died before a message was written"),
        tried(4, "died before a winner was told"),
        tried(5, "carrier lost after"),
        tried(6, "carrier lost before"),
        tried(8, "deadlines met while the carrier was down"),
        tried(9, "answered again"),
        tried(10, "sent already_yours"),
        tried(11, "yeses in the same instant"),
        tried(13, "claimed while offers were going out"),
        tried(15, "late yes to a shift that was cancelled"),
        tried(16, "cancelled in the instant of a yes"),
        tried(17, "late yes to a shift that was claimed"),
        tried(18, "claimed after a no"),
        tried(19, "late yes to a shift that was expired"),
        tried(21, "question_asked"),
        tried(23, "overlap_refused"),
        tried(29, "opted out before a call"),
        tried(32, "made inactive while offered"),
        tried(34, "faults clock"),
        tried(36, "died between two rounds"),
        tried(37, "begun while down for six hours"),
        tried(38, "writes that failed"),
    ],
)
def test_the_days_meet_the_fault_and_break_no_rule(counted: str) -> None:
    assert [one.violation for one in stories()] == [None] * len(SEEDS)
    assert counts()[counted] > 0


def test_days_in_which_nothing_happens_are_found() -> None:
    assert too_seldom({}, DAYS_EACH / DAYS)["shift_claimed"] == 0
