"""The moment a message leaves: one call to the carrier, and what came of it as a value."""

import logging
from dataclasses import dataclass
from enum import Enum, auto

from ...domain.policy import Channel
from ..carriers.port import (
    Carrier,
    CarrierRefuses,
    OutboundMessage,
    OutcomeUnknown,
    PermanentFailure,
    SendFailed,
    Throttled,
    Trouble,
)
from ..journal.port import OutboxRow
from ..journal.writer import CrashPoint, no_crash
from ..runtime.failure_log import log_failure

logger = logging.getLogger(__name__)

LONGEST_ERROR = 200
"""Characters of a carrier's error that are kept."""


class Errand(Enum):
    """What the carrier is asked."""

    SEND = auto()
    LOOK_UP = auto()


class Outcome(Enum):
    """What came of it."""

    TAKEN = auto()
    """The carrier has the message."""
    NOT_TAKEN = auto()
    """The carrier has not got it, and it was never refused: a look-up found nothing, or nobody asked."""
    THROTTLED = auto()
    """The carrier takes nothing from anybody for now."""
    TRANSIENT = auto()
    PERMANENT = auto()
    REFUSED = auto()
    """The carrier takes nothing from this account or number, until a person has seen to it."""
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Job:
    """One question to the carrier. `attempt` counts how often the message was to be sent, this time included;
    `tries` the look-ups that could not say. `beside` are other rows that are part of the same text."""

    row: OutboxRow
    outbound: OutboundMessage
    attempt: int
    errand: Errand = Errand.SEND
    tries: int = 0
    beside: tuple[OutboxRow, ...] = ()

    @property
    def rows(self) -> tuple[OutboxRow, ...]:
        """All rows that the message is made of."""
        return (self.row, *self.beside)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job. `carrier_id` is set when the carrier has the message; `trouble` is what a permanent failure means
    for the phone."""

    job: Job
    outcome: Outcome
    carrier_id: str | None = None
    error: str | None = None
    trouble: Trouble | None = None

    @property
    def surely_not_taken(self) -> bool:
        """Whether the carrier has surely not got the message. A look-up that failed says nothing of that."""
        if self.job.errand is Errand.LOOK_UP:
            return self.outcome is Outcome.NOT_TAKEN
        return self.outcome not in (Outcome.TAKEN, Outcome.UNKNOWN)


def hand_over(carrier: Carrier, job: Job, crash_point: CrashPoint = no_crash) -> Result:
    """Ask the carrier. Never raises: an exception that the port does not name leaves the outcome unknown.

    Crash points: "before hand-over" (marked, not sent) and "after hand-over" (sent, not recorded).
    """
    try:
        if job.errand is Errand.LOOK_UP:
            found = carrier.look_up(job.outbound)
            return Result(job, Outcome.NOT_TAKEN if found is None else Outcome.TAKEN, stored_id(found))
        crash_point("before hand-over")
        send = carrier.place_call if job.outbound.channel is Channel.VOICE else carrier.send_text
        carrier_id = send(job.outbound)
        crash_point("after hand-over")
        return Result(job, Outcome.TAKEN, stored_id(carrier_id))
    except PermanentFailure as error:
        return Result(job, Outcome.PERMANENT, error=stored_error(error), trouble=error.trouble)
    except CarrierRefuses as error:
        return Result(job, Outcome.REFUSED, error=stored_error(error))
    except OutcomeUnknown as error:
        return Result(job, Outcome.UNKNOWN, error=stored_error(error))
    except Throttled as error:
        return Result(job, Outcome.THROTTLED, error=stored_error(error))
    except SendFailed as error:
        return Result(job, Outcome.TRANSIENT, error=stored_error(error))
    except BaseException as error:  # noqa: BLE001 - a carrier's bug must not leave a message without an outcome
        log_failure(logger, "The carrier failed in a way its port does not name", error)
        return Result(job, Outcome.UNKNOWN, error=type(error).__name__)


def stored_id(given: object) -> str | None:
    """Give an id that can be kept, whatever a carrier gave: what it has taken must not be sent again."""
    if given is None or isinstance(given, str):
        return given and _storable(given)
    logger.error("The carrier gave a %s, which is no id", type(given).__name__)
    return _storable(str(given))


def stored_error(told: object) -> str:
    """Give what a carrier says went wrong as it can be kept."""
    return _storable(str(told) or type(told).__name__)[:LONGEST_ERROR]


def _storable(text: str) -> str:
    return text.encode(errors="backslashreplace").decode()
