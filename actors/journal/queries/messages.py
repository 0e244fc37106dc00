"""Messages in and out, for people: one list, newest first."""

from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, Table, select, text, union_all

from ....domain.policy import Channel
from ...records import MessageRecord, Page
from ..instants import from_micros
from ..port import shift_stream
from ..schema import CONTACTS, INBOX, OUTBOX, SHIFTS, STREAMS
from .cursors import cursor_after, number_position
from .list_engine import ListEngine
from .shifts import reading

LONGEST_NUMBER = 19
"""Digits from which on a number is none of ours: the database could not even compare it."""


def messages(
    engine: ListEngine, shift_id: str | None, phone: str | None, cursor: str | None, limit: int
) -> Page[MessageRecord]:
    """List messages. In and out share one sequence of numbers, so that each side gives its newest, and the newest
    of both are the page."""
    position = number_position("messages", cursor)
    sent, received = _of(OUTBOX).order_by(OUTBOX.c.seq.desc()), _of(INBOX).order_by(INBOX.c.id.desc())
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


def message(engine: ListEngine, message_id: str) -> MessageRecord | None:
    """Give one message; None when there is none of this id."""
    direction, _, number = message_id.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER):
        return None
    with engine.connect() as connection:
        if direction == "out":
            row = connection.execute(_of(OUTBOX).where(OUTBOX.c.seq == int(number))).one_or_none()
            return None if row is None else _sent(row)
        if direction == "in":
            row = connection.execute(_of(INBOX).where(INBOX.c.id == int(number))).one_or_none()
            return None if row is None else _received(row)
    return None


def _of(table: Table) -> Select[Any]:
    query = select(table, CONTACTS.c.phone, SHIFTS.c.shift_id)
    query = query.join(CONTACTS, CONTACTS.c.id == table.c.contact_id)
    return query.outerjoin(SHIFTS, SHIFTS.c.key == table.c.shift)


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
