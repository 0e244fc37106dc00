"""Messages in and out, for people: one list, newest first."""

from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, select, text, union_all

from ...domain.policy import Channel
from ..records import MessageRecord, Page
from .cursors import cursor_after, number_position
from .instants import from_micros
from .list_engine import ListEngine
from .port import shift_stream
from .schema import CONTACTS, INBOX, OUTBOX, SHIFTS, STREAMS
from .shift_lists import reading


def messages(
    engine: ListEngine, shift_id: str | None, phone: str | None, cursor: str | None, limit: int
) -> Page[MessageRecord]:
    """List messages. In and out share one sequence of numbers, so that each side gives its newest, and the newest
    of both are the page."""
    position = number_position("messages", cursor)
    sent = select(OUTBOX, CONTACTS.c.phone, SHIFTS.c.shift_id)
    sent = sent.join(CONTACTS, CONTACTS.c.id == OUTBOX.c.contact_id)
    sent = sent.outerjoin(SHIFTS, SHIFTS.c.key == OUTBOX.c.shift).order_by(OUTBOX.c.seq.desc())
    received = select(INBOX, CONTACTS.c.phone, SHIFTS.c.shift_id)
    received = received.join(CONTACTS, CONTACTS.c.id == INBOX.c.contact_id)
    received = received.outerjoin(SHIFTS, SHIFTS.c.key == INBOX.c.shift).order_by(INBOX.c.id.desc())
    if position is not None:
        sent, received = sent.where(OUTBOX.c.seq < position), received.where(INBOX.c.id < position)
    if shift_id is not None:
        key = select(STREAMS.c.id).where(STREAMS.c.name == shift_stream(shift_id)).scalar_subquery()
        sent, received = sent.where(_caused_by(key)), received.where(INBOX.c.shift == key)
    if phone is not None:
        contact = select(CONTACTS.c.id).where(CONTACTS.c.phone == phone).scalar_subquery()
        sent, received = (
            sent.where(OUTBOX.c.contact_id == contact),
            received.where(INBOX.c.contact_id == contact),
        )
    with engine.connect() as connection:

        def newest(query: Select[Any]) -> list[Row[Any]]:
            return list(connection.execute(query.limit(limit + 1)).all())

        found = [(row.seq, _sent(row)) for row in newest(sent)]
        found += [(row.id, _received(row)) for row in newest(received)]
    found.sort(key=lambda one: one[0], reverse=True)
    items = tuple(record for _, record in found[:limit])
    more = len(found) > limit
    return Page(items=items, next_cursor=cursor_after("messages", found[limit - 1][0]) if more else None)


def _caused_by(stream: ScalarSelect[int]) -> ColumnElement[bool]:
    # Written out, because two indexes hold the two halves.
    half = select(OUTBOX.c.seq).where(OUTBOX.c.stream == stream)
    return OUTBOX.c.seq.in_(
        union_all(half.where(text("purpose = 'offer'")), half.where(text("purpose <> 'offer'")))
    )


def _sent(row: Row[Any]) -> MessageRecord:
    return MessageRecord(
        id=f"out-{row.seq}",
        direction="out",
        at=from_micros(row.created_at),
        phone=row.phone,
        channel=Channel(row.channel),
        body=row.body,
        state=row.state,
        purpose=row.purpose,
        shift_id=row.shift_id,
        caregiver_id=row.caregiver_id or None,
    )


def _received(row: Row[Any]) -> MessageRecord:
    return MessageRecord(
        id=f"in-{row.id}",
        direction="in",
        at=from_micros(row.received_at),
        phone=row.phone,
        channel=Channel(row.channel),
        body=row.body,
        state=row.status,
        shift_id=row.shift_id,
        reading=reading(row),
    )
