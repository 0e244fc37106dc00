"""The Twilio carrier keeps what every carrier promises, against a server that speaks Twilio's protocol."""

from collections.abc import Iterator

import pytest

from firstyes.actors.carriers.fault_plan import FaultPlan
from firstyes.actors.carriers.port import Carrier, OutboundMessage
from firstyes.actors.carriers.twilio.carrier import TwilioCarrier
from firstyes.domain.policy import Channel
from firstyes.testing import CarrierContract
from support.twilio_carrier import FailingTwilio, settings_for
from twilio_server.call import Call


class NotingCarrier(TwilioCarrier):
    """Notes what is to be said in each call: what is said is asked for when somebody picks up."""

    bodies: dict[str, str]

    def place_call(self, outbound: OutboundMessage) -> str:
        self.bodies[outbound.key] = outbound.body
        return super().place_call(outbound)


class TestTwilio(CarrierContract):
    """On sockets, with a clock that stands still."""

    takes_a_key_once = False

    @pytest.fixture(autouse=True)
    def _server(self) -> Iterator[None]:
        with FailingTwilio.serving() as self.twilio:
            self.twilio.number("+13125550000")
            yield

    def make_carrier(self) -> Carrier:
        carrier = NotingCarrier(settings_for(self.twilio))
        self.bodies = carrier.bodies = {}
        return carrier

    def arrived(self, phone: str, channel: Channel) -> list[str]:
        if channel is Channel.SMS:
            return [one.body for one in self.twilio.sent(phone)]
        return [self.bodies[key_of(one)] for one in self.twilio.calls(phone)]

    def fail(self, plan: FaultPlan) -> None:
        self.twilio.plan = plan
        for number in plan.dead_numbers:
            phone = self.twilio.phone(number)
            phone.refused = phone.call_refused = 21211


def key_of(call: Call) -> str:
    return (call.url or "").partition("#")[0].rpartition("/")[2]
