"""Five times four days of an agency: what must hold, held at every step, and days in which things happen."""

from collections import Counter

import pytest

from evidence.simulated import DAYS, too_seldom
from simulation.script import write
from simulation.world import play

SEEDS = (1, 3, 8, 11, 13)
"""Chosen so that their days meet every fault twice at least."""

DAYS_EACH = 4
MET = {
    1: "died at outbox before hand-over",
    2: "died at outbox after hand-over",
    3: "died before a message was written",
    4: "died before a winner was told",
    5: "carrier lost after",
    6: "carrier lost before",
    8: "deadlines met while the carrier was down",
    9: "answered again",
    10: "sent already_yours",
    11: "yeses in the same instant",
    13: "claimed while offers were going out",
    15: "late yes to a shift that was cancelled",
    16: "cancelled in the instant of a yes",
    17: "late yes to a shift that was claimed",
    18: "claimed after a no",
    19: "late yes to a shift that was expired",
    21: "question_asked",
    23: "overlap_refused",
    29: "opted out before a call",
    32: "made inactive while offered",
    34: "faults clock",
    36: "died between two rounds",
    37: "begun while down for six hours",
    38: "writes that failed",
}
"""The faults that the days must meet, and what is counted when they do."""


@pytest.mark.fault(*MET)
def test_twenty_days_of_two_hundred_caregivers_meet_each_fault_and_break_no_rule() -> None:
    counts: Counter[str] = Counter()
    for seed in SEEDS:
        outcome = play(write(seed, DAYS_EACH))
        assert outcome.violation is None
        counts.update(outcome.counts)
    assert {number for number, counted in MET.items() if not counts[counted]} == set()
    assert too_seldom(counts, len(SEEDS) * DAYS_EACH / DAYS) == {}


def test_days_in_which_nothing_happens_are_found() -> None:
    assert too_seldom({}, DAYS_EACH / DAYS)["shift_claimed"] == 0
