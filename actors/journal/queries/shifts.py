"""Shifts for people: one with its offers, lists with cursors, and the timeline."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, select, text

from ....domain.answer import LeftOut
from ....domain.caregiver import role_key
from ....domain.policy import Channel
from ....domain.shift.shift import ShiftStatus
from ...records import Delivery, OfferRecord, Page, ShiftRecord, TimelineEntry
from ..instants import instant_or_none
from ..port import ShiftFilter, shift_stream
from ..schema import CAREGIVERS, EVENTS, FANOUTS, INBOX, OFFERS, OUTBOX, SHIFTS, STREAMS
from ..shift_rows import read_rounds
from .cursors import cursor_after, number_position
from .left_out import left_out_of
from .list_engine import ListEngine
from .offer_answers import answers_of

VERSION = (
    select(func.coalesce(func.max(EVENTS.c.version), 0))
    .where(EVENTS.c.stream == SHIFTS.c.key)
    .scalar_subquery()
    .label("version")
)


def shift(engine: ListEngine, shift_id: str) -> ShiftRecord | None:
    """Give one shift with the latest offer to everybody, and with whom its last fan-out left out."""
    query = select(SHIFTS, VERSION).where(SHIFTS.c.shift_id == shift_id)
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
        if row is None:
            return None
        offers = connection.execute(_offers_of(row.key, row.revision)).all()
        holder = row.claimed_by if row.status == ShiftStatus.CLAIMED.value else None
        answers = answers_of(connection, row.key, row.organization_id, holder)
        shown = tuple(_offer(one, answers.get(one.caregiver_id)) for one in offers)
        return _record(row, shown, left_out_of(connection, row))


def shifts(engine: ListEngine, which: ShiftFilter, cursor: str | None, limit: int) -> Page[ShiftRecord]:
    """List shifts in the order they were first posted."""
    table = SHIFTS.c
    query = select(SHIFTS, VERSION).order_by(table.key).limit(limit + 1)
    position = number_position("shifts", cursor)
    if position is not None:
        query = query.where(table.key > position)
    if which.status is not None:
        query = query.where(table.status == which.status.value)
    if which.role is not None:
        query = query.where(table.role_key == role_key(which.role))
    if which.organization_id is not None:
        query = query.where(table.organization_id == which.organization_id)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    items = tuple(_record(row) for row in rows[:limit])
    more = len(rows) > limit
    return Page(items=items, next_cursor=cursor_after("shifts", rows[limit - 1].key) if more else None)


def timeline(engine: ListEngine, shift_id: str) -> list[TimelineEntry]:
    """Give every event of a shift, with how the message that caused it was read."""
    key = select(STREAMS.c.id).where(STREAMS.c.name == shift_stream(shift_id)).scalar_subquery()
    events = select(EVENTS.c.version, EVENTS.c.data).where(EVENTS.c.stream == key).order_by(EVENTS.c.version)
    with engine.connect() as connection:
        rows = connection.execute(events).all()
        inbound = connection.execute(select(INBOX).where(INBOX.c.shift == key)).all()
    readings = {row.message_id: reading(row) for row in inbound}
    return [_entry(row.version, json.loads(row.data), readings) for row in rows]


def reading(row: Row[Any]) -> dict[str, Any]:
    """Give how an inbound message was read, from its row."""
    return {
        "intent": row.intent,
        "confidence": row.confidence,
        "reason": row.reason,
        "words": json.loads(row.words),
        "codes": json.loads(row.codes),
    }


def _entry(version: int, event: dict[str, Any], readings: dict[str, dict[str, Any]]) -> TimelineEntry:
    details = dict(event)
    at, by, kind = details.pop("at"), details.pop("by"), details.pop("type")
    return TimelineEntry(
        version=version,
        at=datetime.fromisoformat(at),
        by=by,
        type=kind,
        details=details,
        reading=readings.get(details.get("message_id") or ""),
    )


def _offers_of(key: int, revision: int) -> Select[Any]:
    latest_offer = (
        select(OFFERS.c.id, func.max(OFFERS.c.fanout).label("fanout"))
        .join(FANOUTS, and_(FANOUTS.c.shift == OFFERS.c.shift, FANOUTS.c.number == OFFERS.c.fanout))
        .where(OFFERS.c.shift == key, FANOUTS.c.revision == revision)
        .group_by(OFFERS.c.caregiver_id)
        .subquery()
    )
    latest_message = (
        select(func.max(OUTBOX.c.seq))
        .where(
            OUTBOX.c.stream == OFFERS.c.shift,
            OUTBOX.c.caregiver_id == OFFERS.c.caregiver_id,
            text("outbox.purpose = 'offer'"),
            OUTBOX.c.fanout == OFFERS.c.fanout,
        )
        .correlate(OFFERS)
        .scalar_subquery()
    )
    return (
        select(OFFERS, CAREGIVERS.c.name, OUTBOX.c.channel, OUTBOX.c.state)
        .join(latest_offer, latest_offer.c.id == OFFERS.c.id)
        .outerjoin(CAREGIVERS, CAREGIVERS.c.id == OFFERS.c.caregiver_id)
        .outerjoin(OUTBOX, and_(OUTBOX.c.seq == latest_message))
        .order_by(OFFERS.c.contact_id, OFFERS.c.id)
    )


def _offer(row: Row[Any], answer: str | None) -> OfferRecord:
    return OfferRecord(
        caregiver_id=row.caregiver_id,
        caregiver_name=row.name or row.caregiver_id,
        code=row.code,
        channel=None if row.channel is None else Channel(row.channel),
        delivery=None if row.state is None else Delivery(row.state),
        answer=answer,
    )


def _record(
    row: Row[Any],
    offers: tuple[OfferRecord, ...] | None = None,
    left_out: tuple[LeftOut, ...] | None = None,
) -> ShiftRecord:
    return ShiftRecord(
        id=row.shift_id,
        organization_id=row.organization_id,
        role_required=row.role,
        start_time=datetime.fromisoformat(row.start_time),
        end_time=datetime.fromisoformat(row.end_time),
        time_zone=row.time_zone,
        area=row.area,
        status=ShiftStatus(row.status),
        revision=row.revision,
        fanout=row.fanout,
        round=row.round if row.status == ShiftStatus.OFFERING.value else None,
        rounds=read_rounds(json.loads(row.rounds)),
        next_deadline=instant_or_none(row.next_deadline),
        claimed_by=row.claimed_by,
        version=row.version,
        offers=offers,
        left_out=left_out,
    )
