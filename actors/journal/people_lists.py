"""Organizations, caregivers and alerts, for people: lists with cursors."""

import json
from typing import Any

from sqlalchemy import Row, select

from ...domain.caregiver import Caregiver
from ...domain.organization import Organization
from ..records import AlertRecord, Page
from .cursors import cursor_after, number_position, text_position
from .instants import from_micros
from .list_engine import ListEngine
from .schema import ALERTS, CAREGIVERS, CONTACTS, ORGANIZATIONS, SHIFTS
from .shift_rows import read_rounds


def organization(engine: ListEngine, organization_id: str) -> Organization | None:
    """Give one organization."""
    query = select(ORGANIZATIONS).where(ORGANIZATIONS.c.id == organization_id)
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else _organization(row)


def organizations(engine: ListEngine, cursor: str | None, limit: int) -> Page[Organization]:
    """List organizations by id."""
    table = ORGANIZATIONS.c
    query = select(ORGANIZATIONS).order_by(table.id).limit(limit + 1)
    position = text_position("organizations", cursor)
    if position is not None:
        query = query.where(table.id > position)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    items = tuple(_organization(row) for row in rows[:limit])
    more = len(rows) > limit
    return Page(items=items, next_cursor=cursor_after("organizations", items[-1].id) if more else None)


def caregivers(
    engine: ListEngine, organization_id: str | None, cursor: str | None, limit: int
) -> Page[Caregiver]:
    """List caregivers by id."""
    table = CAREGIVERS.c
    query = (
        select(CAREGIVERS, CONTACTS.c.phone)
        .join(CONTACTS, CONTACTS.c.id == table.contact_id)
        .order_by(table.id)
        .limit(limit + 1)
    )
    position = text_position("caregivers", cursor)
    if position is not None:
        query = query.where(table.id > position)
    if organization_id is not None:
        query = query.where(table.organization_id == organization_id)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    items = tuple(_caregiver(row) for row in rows[:limit])
    more = len(rows) > limit
    return Page(items=items, next_cursor=cursor_after("caregivers", items[-1].id) if more else None)


def alerts(
    engine: ListEngine, organization_id: str | None, cursor: str | None, limit: int
) -> Page[AlertRecord]:
    """List alerts, newest first."""
    table = ALERTS.c
    query = (
        select(ALERTS, SHIFTS.c.shift_id)
        .outerjoin(SHIFTS, SHIFTS.c.key == table.shift)
        .order_by(table.id.desc())
        .limit(limit + 1)
    )
    position = number_position("alerts", cursor)
    if position is not None:
        query = query.where(table.id < position)
    if organization_id is not None:
        query = query.where(table.organization_id == organization_id)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    items = tuple(
        AlertRecord(
            id=row.id,
            at=from_micros(row.at),
            organization_id=row.organization_id,
            shift_id=row.shift_id,
            kind=row.kind,
            message=row.message,
        )
        for row in rows[:limit]
    )
    more = len(rows) > limit
    return Page(items=items, next_cursor=cursor_after("alerts", items[-1].id) if more else None)


def _organization(row: Row[Any]) -> Organization:
    return Organization(
        id=row.id,
        name=row.name,
        time_zone=row.time_zone,
        country=row.country,
        phones=tuple(json.loads(row.phones)),
        rounds=None if row.rounds is None else read_rounds(json.loads(row.rounds)),
    )


def _caregiver(row: Row[Any]) -> Caregiver:
    return Caregiver(
        id=row.id,
        organization_id=row.organization_id,
        name=row.name,
        roles=tuple(json.loads(row.roles)),
        phone=row.phone,
        language=row.language,
        active=row.active,
    )
