"""What an outbox is given and gives: room for messages, and a plan of what is to be written and handed over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ...domain.message import OFFERS, Purpose
from ...domain.sending import PRIORITY, Priority
from ...domain.wording import several_offers
from ..carriers.port import OutboundMessage, Trouble
from ..journal.port import DeliveryChange, OutboxRow
from .hand_over import Job

OFFER_VALID_FOR = 60
"""Seconds an offer may wait at the carrier: later it might be of a shift that somebody has."""

VALID_FOR = 3_600
"""Seconds that anything else may wait there: then a person should tell it."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many more messages may be on the way: `answers` to people, and `others`."""

    answers: int
    others: int


def is_answer(row: OutboxRow) -> bool:
    """Whether one person waits for it, so that the senders kept free for answers may take it."""
    return PRIORITY[row.purpose] is Priority.ANSWER


@dataclass(slots=True)
class Plan:
    """What an outbox adds to a batch: changes to write, jobs to give out once they are on disk. `failed_rounds` are those that did
    not reach everybody, `words` what the carrier says of phones, each with the message it said it of. `goes_on`: so much was
    dropped that the rest is for the next batch, at once."""

    changes: dict[int, DeliveryChange] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)
    failed_rounds: list[tuple[str, int]] = field(default_factory=list)
    words: list[tuple[OutboxRow, Trouble]] = field(default_factory=list)
    goes_on: bool = False


def jobs_by_urgency(jobs: Iterable[Job]) -> tuple[list[Job], list[Job]]:
    """Part the answers from the others, each in order."""
    answers: list[Job] = []
    others: list[Job] = []
    for job in jobs:
        (answers if is_answer(job.row) else others).append(job)
    return answers, others


def told_together(rows: Sequence[OutboxRow]) -> str | None:
    """Give the one text that rows to one person make: offers with a line each, answers one below the other, in the order in
    which they were planned, so that a later process finds the same words. None where offers cannot be one."""
    rows = sorted(rows, key=lambda one: one.key)
    if rows[0].purpose is Purpose.OFFER and len(rows) > 1:
        return several_offers([(row.body, row.code or "") for row in rows])
    return "\n".join(row.body for row in rows)


def outbound_of(row: OutboxRow, since: datetime | None, beside: Sequence[OutboxRow] = ()) -> OutboundMessage:
    """Give the message that a row is, with those `beside` it, as it is handed over at `since`."""
    return OutboundMessage(
        key=str(row.key),
        channel=row.channel,
        to_phone=row.to_phone,
        from_phone=row.from_phone,
        body=told_together((row, *beside)) or row.body,
        code=row.code,
        account=row.account,
        valid_for=OFFER_VALID_FOR if row.purpose in OFFERS else VALID_FOR,
        since=since,
    )
