"""Days of an agency whose every text and call goes through Twilio's protocol: what must hold, held at every step."""

from dataclasses import replace

import pytest

from simulation.script import write
from simulation.stimulus import Kind, Stimulus
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
def test_days_that_meet_each_fault_of_a_carrier_break_no_rule() -> None:
    # given
    story = write(4, 1.5, twilio=True)
    offered = next(one for one in story.stimuli if one.kind is Kind.FAN_OUT)
    number = max(one.id for one in story.stimuli) + 1
    dies = Stimulus(offered.at - 1, number, Kind.CRASH, text="outbox after hand-over", one=3, two=60)
    # when
    days = play(replace(story, stimuli=tuple(sorted([*story.stimuli, dies]))))
    # then
    assert days.violation is None
    assert {one for one in MET if not days.counts.get(one)} == set()
    assert days.counts["sent confirmation"] >= 10
