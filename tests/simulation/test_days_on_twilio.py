"""Days of an agency whose every text and call goes through Twilio's protocol: what must hold, held at every step."""

import pytest

from simulation.script import write
from simulation.world import play

MET = {
    "died at outbox after hand-over",
    "carrier lost after",
    "carrier lost before",
    "carrier throttled",
    "deadlines met while the carrier was down",
}


@pytest.mark.fault(2)
@pytest.mark.fault(5)
@pytest.mark.fault(6)
@pytest.mark.fault(7)
@pytest.mark.fault(8)
def test_four_days_that_meet_each_fault_of_a_carrier_break_no_rule() -> None:
    days = play(write(4, 4, twilio=True))
    assert days.violation is None
    met = {one for one in MET if days.counts[one]}
    assert met == MET
    assert days.counts["sent confirmation"] > 20
