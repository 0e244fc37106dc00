"""Carriers as the contract tests try them: what they were made to do, and what arrived."""

from collections.abc import Callable
from dataclasses import dataclass

from firstyes.actors.carriers.fault_plan import NO_FAULTS, FaultPlan
from firstyes.actors.carriers.port import Carrier, Parcel
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.clock import ManualClock
from firstyes.domain.policy import Channel

from .outbox_worlds import START


@dataclass
class OnTrial:
    """A carrier, a way to have it fail, and a way to see what arrived at a phone.

    `fail` makes everything sent from now on go as the plan says. A carrier that speaks to a server is tried
    against a fake server that knows the same plan.
    """

    carrier: Carrier
    fail: Callable[[FaultPlan], None]
    arrived: Callable[[str, Channel], list[str]]
    """Bodies that arrived at a phone."""


def a_simulator() -> OnTrial:
    """Give the simulated carrier."""
    simulator = Simulator(ManualClock(START), pause=lambda seconds: None)

    def fail(plan: FaultPlan) -> None:
        simulator.faults = plan

    def arrived(number: str, channel: Channel) -> list[str]:
        phone = simulator.phone(number)
        return [one.body for one in (phone.calls if channel is Channel.VOICE else phone.texts)]

    return OnTrial(simulator, fail, arrived)


CARRIERS: dict[str, Callable[[], OnTrial]] = {"simulator": a_simulator}
"""Every carrier, by name. A new one is added here, and passes."""


def send(carrier: Carrier, parcel: Parcel) -> str:
    """Send a parcel as its channel wants."""
    return carrier.place_call(parcel) if parcel.channel is Channel.VOICE else carrier.send_text(parcel)


def a_parcel(
    key: str = "1",
    channel: Channel = Channel.SMS,
    *,
    to: str = "+13125550104",
    body: str = "Open shift. Reply YES 27 to take it, NO 27 to pass.",
) -> Parcel:
    """Give a parcel."""
    return Parcel(key=key, channel=channel, to_phone=to, from_phone="+13125550000", body=body)


__all__ = ["CARRIERS", "NO_FAULTS", "OnTrial", "a_parcel", "send"]
