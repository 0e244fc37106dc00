"""What can be wrong with the carrier for a while."""

from firstyes.actors.carriers.fault_plan import NO_FAULTS, FaultPlan

from .stimulus import Stimulus

SLOWNESS = 1.5
"""Seconds that a slow carrier keeps a sender waiting."""


def illness(one: Stimulus, phones: frozenset[str]) -> tuple[FaultPlan, float]:
    """Give the fault plan that a stimulus stands for, and how slow the carrier is; `phones` are everybody's."""
    seed = one.id
    match one.text:
        case "down":
            return FaultPlan(seed, down=True), 0.0
        case "losing before":
            return FaultPlan(seed, lose_before=0.5), 0.0
        case "losing after":
            return FaultPlan(seed, lose_after=0.5), 0.0
        case "busy":
            return FaultPlan(seed, refuse=0.5), 0.0
        case "deaf":
            return FaultPlan(seed, refuse_first=3), 0.0
        case "refusing for good":
            return FaultPlan(seed, dead_numbers=phones), 0.0
        case "limited":
            return FaultPlan(seed, rate=5), 0.0
        case _:
            return NO_FAULTS, SLOWNESS
