"""Days of an agency whose every text and call goes through Twilio's protocol: what must hold, held at every step."""

from functools import cache

import pytest

from simulation.outcome import Outcome
from simulation.script import write
from simulation.world import play


@cache
def days() -> Outcome:
    return play(write(4, 4, twilio=True))


def test_four_days_break_no_rule() -> None:
    assert days().violation is None
    assert days().counts["sent confirmation"] > 20


@pytest.mark.parametrize(
    "counted",
    [
        pytest.param("died at outbox after hand-over", marks=pytest.mark.fault(2)),
        pytest.param("carrier lost after", marks=pytest.mark.fault(5)),
        pytest.param("carrier lost before", marks=pytest.mark.fault(6)),
        pytest.param("carrier throttled", marks=pytest.mark.fault(7)),
        pytest.param("deadlines met while the carrier was down", marks=pytest.mark.fault(8)),
    ],
)
def test_the_days_meet_the_fault_and_break_no_rule(counted: str) -> None:
    assert days().violation is None
    assert days().counts[counted] > 0
