"""What an outbox is given and gives: room for messages, and a plan of what is to be written and handed over."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from ..domain.message import OFFERS, Purpose
from .carriers.port import OutboundMessage, Trouble
from .hand_over import Job
from .journal.port import DeliveryChange, OutboxRow

OFFER_VALID_FOR = 60
"""Seconds an offer may wait at the carrier: later it might be of a shift that somebody has."""

VALID_FOR = 3_600
"""Seconds that anything else may wait there: then a person should tell it."""

LONGEST_KEY = 19
"""Digits from which on a number is none of a row."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many more messages may be on the way: `answers` to people, and `others`."""

    answers: int
    others: int


def is_answer(row: OutboxRow) -> bool:
    """Whether one person waits for it, so that the senders kept free for answers may take it."""
    return row.purpose not in OFFERS and row.purpose is not Purpose.WITHDRAWAL


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


def outbound_of(row: OutboxRow, store: str, since: datetime | None) -> OutboundMessage:
    """Give the message that a row is, as it is handed over at `since`. `store` begins its key."""
    return OutboundMessage(
        key=f"{store}{row.key}",
        channel=row.channel,
        to_phone=row.to_phone,
        from_phone=row.from_phone,
        body=row.body,
        code=row.code,
        account=row.account,
        valid_for=OFFER_VALID_FOR if row.purpose in OFFERS else VALID_FOR,
        since=since,
    )


def row_key(key: str, store: str) -> int | None:
    """Give the row that a message's key names; None when it names none of this store."""
    number = key.removeprefix(store)
    known = key.startswith(store) and number.isascii() and number.isdecimal() and len(number) < LONGEST_KEY
    return int(number) if known else None
