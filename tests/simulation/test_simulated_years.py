"""A simulated year: what must hold, held at every step, and a year in which things happen."""

from functools import cache

import pytest

from simulation.script import write
from simulation.world import Outcome, play

# Counting lines makes a year nearly twice as long, and the shorter stories have been through all of them.
pytestmark = pytest.mark.no_cover

AT_LEAST = {
    "shift_posted": 3_000,
    "fan_out_started": 3_000,
    "round_started": 1_200,
    "shift_claimed": 1_500,
    "shift_released": 80,
    "shift_cancelled": 120,
    "shift_expired": 800,
    "shift_unfilled": 700,
    "overlap_refused": 150,
    "offers_added": 30,
    "offer_moved": 80,
    "number_doubted": 120,
    "calls_refused": 100,
    "texts that matter and did not arrive": 10,
    "drop_requested": 100,
    "opted_out": 180,
    "opted_in": 180,
    "question_asked": 400,
    "bare yeses that may mean several": 300,
    "crashes": 500,
    "faults carrier": 180,
    "faults journal": 100,
    "sent confirmation": 1_500,
    "sent offer": 110_000,
    "sent too_late": 2_500,
    "sent withdrawal": 1_500,
    "rounds given up early": 5,
    "writes nobody heard of": 80,
}
"""What a year has to hold, so that it cannot pass by doing nothing."""


def tried(number: int, counted: str, least: int) -> object:
    """A fault that the year must have met at least so often, by what was counted."""
    return pytest.param(counted, least, id=f"{number}-{counted}", marks=pytest.mark.fault(number))


@cache
def year() -> Outcome:
    return play(write(1, 365))


def test_a_year_of_two_hundred_caregivers_breaks_no_rule() -> None:
    assert year().violation is None
    found = {name: year().counts.get(name, 0) for name in AT_LEAST}
    assert {name: number for name, number in found.items() if number < AT_LEAST[name]} == {}


@pytest.mark.parametrize(
    ("counted", "least"),
    [
        tried(1, "died at outbox before hand-over", 30),
        tried(2, "died at outbox after hand-over", 35),
        tried(3, "died before a message was written", 30),
        tried(4, "died before a winner was told", 8),
        tried(5, "carrier lost after", 60),
        tried(6, "carrier lost before", 60),
        tried(8, "deadlines met while the carrier was down", 25),
        tried(9, "answered again", 1_000),
        tried(10, "sent already_yours", 200),
        tried(11, "yeses in the same instant", 350),
        tried(13, "claimed while offers were going out", 8),
        tried(15, "late yes to a shift that was cancelled", 80),
        tried(16, "cancelled in the instant of a yes", 8),
        tried(17, "late yes to a shift that was claimed", 2_000),
        tried(18, "claimed after a no", 80),
        tried(19, "late yes to a shift that was expired", 100),
        tried(21, "question_asked", 400),
        tried(23, "overlap_refused", 150),
        tried(29, "opted out before a call", 70),
        tried(32, "made inactive while offered", 100),
        tried(34, "faults clock", 25),
        tried(36, "died between two rounds", 130),
        tried(37, "begun while down for six hours", 50),
        tried(38, "writes that failed", 90),
    ],
)
def test_the_year_meets_the_fault_and_breaks_no_rule(counted: str, least: int) -> None:
    assert year().violation is None
    assert year().counts.get(counted, 0) >= least
