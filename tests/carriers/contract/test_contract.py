"""The simulator keeps what every carrier promises."""

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.port import Carrier
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.policy import Channel
from firstyes.testing import CarrierContract
from support.outbox_world import START

TRIES = {
    7: CarrierContract.test_being_busy_is_a_transient_failure_and_nothing_was_taken,
    5: CarrierContract.test_a_lost_answer_leaves_it_open_and_the_message_can_be_found,
    6: CarrierContract.test_a_lost_message_leaves_it_open_and_is_not_found,
    2: CarrierContract.test_looking_up_gives_the_id_that_sending_gave,
}
"""Faults of the repository's list, which the tests that ship know nothing of."""
for fault, tried in TRIES.items():
    pytest.mark.fault(fault)(tried)


class TestSimulator(CarrierContract):
    """On a clock that stands still."""

    def make_carrier(self) -> Carrier:
        self.simulator = Simulator(ManualClock(START), pause=lambda seconds: None)
        return self.simulator

    def arrived(self, phone: str, channel: Channel) -> list[str]:
        found = self.simulator.phone(phone)
        return [one.body for one in (found.calls if channel is Channel.VOICE else found.texts)]

    def fail(self, plan: FaultPlan) -> None:
        self.simulator.faults = plan
