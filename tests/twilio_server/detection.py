"""Answering machine detection: what the carrier believes has picked up, and when it says so."""

from .call import Call
from .phone import Phone

HUMAN_AFTER = 2.5
MACHINE_AFTER = 4.0


def detect(call: Call, phone: Phone) -> tuple[float, str | None]:
    """Give the seconds that detection takes after picking up, and what it says; None where it was not asked for."""
    if call.detection is None:
        return 0.0, None
    if phone.machine is None and phone.screening is None:
        return HUMAN_AFTER, "human"
    if call.detection == "DetectMessageEnd" and phone.machine:
        return max(phone.machine.greeting, MACHINE_AFTER), "machine_end_beep"
    return MACHINE_AFTER, "machine_start"
