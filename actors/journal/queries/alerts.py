"""Alerts, for people: whom and which shift each is about, in words."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select

from ....domain import wording
from ....domain.alert import ASKS, AlertKind
from ....domain.shift.shift import Shift
from ...records import AlertRecord, Page
from ..alert_port import AlertFilter, Names
from ..instants import from_micros, instant_or_none
from ..schema import ALERTS, CAREGIVERS, CONTACTS, ORGANIZATIONS, SHIFTS
from .cursors import cursor_after, number_position
from .list_engine import ListEngine

SHIFT_IN_WORDS = (
    SHIFTS.c.shift_id,
    SHIFTS.c.organization_id.label("organization_of_shift"),
    SHIFTS.c.role,
    SHIFTS.c.start_time,
    SHIFTS.c.end_time,
    func.coalesce(SHIFTS.c.time_zone, ORGANIZATIONS.c.time_zone).label("zone"),
)
"""The columns from which a shift is told, beside its organization's."""


def alerts(engine: ListEngine, which: AlertFilter, cursor: str | None, limit: int) -> Page[AlertRecord]:
    """List alerts, newest first."""
    table = ALERTS.c
    query = _query().order_by(table.id.desc()).limit(limit + 1)
    position = number_position("alerts", cursor)
    if position is not None:
        query = query.where(table.id < position)
    if which.organization_id is not None:
        query = query.where(
            or_(table.organization_id == which.organization_id, table.organization_id.is_(None))
        )
    if which.kind is not None:
        query = query.where(table.kind == which.kind.value)
    if which.shift_id is not None:
        query = query.where(SHIFTS.c.shift_id == which.shift_id)
    if which.open is not None:
        query = query.where(table.closed_at.is_(None) if which.open else table.closed_at.is_not(None))
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    items = tuple(_record(row) for row in rows[:limit])
    more = len(rows) > limit
    return Page(items=items, next_cursor=cursor_after("alerts", items[-1].id) if more else None)


def alerts_by_id(engine: ListEngine, ids: Sequence[int]) -> list[AlertRecord]:
    """Give these alerts, in the order of their ids."""
    query = _query().where(ALERTS.c.id.in_(ids)).order_by(ALERTS.c.id)
    with engine.connect() as connection:
        return [_record(row) for row in connection.execute(query).all()]


def names(engine: ListEngine, shift_id: str, caregiver_id: str | None) -> Names | None:
    """Say in words which shift it is, whose, and who the caregiver is; None when the shift is unknown."""
    name = select(CAREGIVERS.c.name).where(CAREGIVERS.c.id == caregiver_id).scalar_subquery()
    query = (
        select(*SHIFT_IN_WORDS, name.label("name"))
        .outerjoin(ORGANIZATIONS, ORGANIZATIONS.c.id == SHIFTS.c.organization_id)
        .where(SHIFTS.c.shift_id == shift_id)
    )
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    told = None if row is None else _told(row)
    return None if row is None or told is None else Names(row.organization_of_shift, told, row.name)


def _query() -> Select[Any]:
    contact = func.coalesce(CAREGIVERS.c.contact_id, ALERTS.c.contact_id)
    return (
        select(
            ALERTS,
            *SHIFT_IN_WORDS,
            CAREGIVERS.c.name,
            CONTACTS.c.phone,
        )
        .outerjoin(SHIFTS, SHIFTS.c.key == ALERTS.c.shift)
        .outerjoin(ORGANIZATIONS, ORGANIZATIONS.c.id == SHIFTS.c.organization_id)
        .outerjoin(CAREGIVERS, CAREGIVERS.c.id == ALERTS.c.caregiver_id)
        .outerjoin(CONTACTS, CONTACTS.c.id == contact)
    )


def _record(row: Row[Any]) -> AlertRecord:
    kind = AlertKind(row.kind)
    return AlertRecord(
        id=row.id,
        at=from_micros(row.at),
        last_at=from_micros(row.last_at),
        organization_id=row.organization_id,
        shift_id=row.shift_id,
        shift=_told(row),
        role=row.role,
        start_time=None if row.start_time is None else datetime.fromisoformat(row.start_time),
        kind=kind,
        message=row.message,
        asks=ASKS[kind],
        caregiver_id=row.caregiver_id,
        caregiver_name=row.name,
        phone=row.phone,
        message_ids=tuple(json.loads(row.messages)),
        count=row._mapping["count"],
        closed_at=instant_or_none(row.closed_at),
        closed_by=row.closed_by,
    )


def _told(row: Any) -> str | None:
    if row.shift_id is None:
        return None
    shift = Shift(
        id=row.shift_id,
        organization_id=row.organization_of_shift,
        role_required=row.role,
        start_time=datetime.fromisoformat(row.start_time),
        end_time=datetime.fromisoformat(row.end_time),
    )
    return wording.describe(shift, row.zone)
