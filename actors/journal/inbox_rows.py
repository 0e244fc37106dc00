"""Inbound messages as rows, with how they were read and what was answered."""

from ...domain.answer import Answer
from .instants import to_micros
from .many_rows import dump, insert, plain_text
from .port import Inbound

INSERT_INBOX = insert(
    "inbox",
    "id, message_id, contact_id, caregiver_id, digest, to_phone, body, received_at, channel, intent, confidence, reason, words, codes, "
    "answer, status, shift",
)

Row = list[object]


def inbox_row(number: int, inbound: Inbound, answer: Answer, shift: int | None) -> Row:
    """Give the row of an inbound message; `shift` is the key of the shift it led to."""
    reading = inbound.reading
    return [
        number,
        inbound.message_id,
        inbound.contact_id,
        inbound.caregiver_id,
        inbound.digest,
        inbound.to_phone,
        plain_text(inbound.body),
        to_micros(inbound.received_at),
        inbound.channel.value,
        reading.intent.value,
        reading.confidence,
        plain_text(reading.reason),
        dump([plain_text(word) for word in reading.words]),
        dump(reading.codes),
        answer.model_dump_json(),
        answer.status.value,
        shift,
    ]
