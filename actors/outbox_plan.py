"""What an outbox is given and gives: room for messages, and a plan of what is to be written and handed over."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..domain.message import Purpose
from .hand_over import Job
from .journal.port import DeliveryChange, OutboxRow


@dataclass(frozen=True, slots=True)
class Room:
    """How many more messages may be on the way: `answers` to people, and `others`."""

    answers: int
    others: int


def is_answer(row: OutboxRow) -> bool:
    """Whether one person waits for it, so that the senders kept free for answers may take it."""
    return row.purpose not in (Purpose.OFFER, Purpose.WITHDRAWAL)


@dataclass(slots=True)
class Plan:
    """What an outbox adds to a batch: changes to write, jobs to give out once they are on disk. `goes_on`: so much was
    dropped that the rest is for the next batch, at once."""

    changes: dict[int, DeliveryChange] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)
    failed_rounds: list[tuple[str, int]] = field(default_factory=list)
    goes_on: bool = False


def jobs_by_urgency(jobs: Iterable[Job]) -> tuple[list[Job], list[Job]]:
    """Part the answers from the others, each in order."""
    answers: list[Job] = []
    others: list[Job] = []
    for job in jobs:
        (answers if is_answer(job.row) else others).append(job)
    return answers, others
