"""Organizations and caregivers, for people: lists with cursors."""

import json
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Row, exists, select

from ....domain.organization import Organization
from ...records import CaregiverRecord, Page
from ..schema import CAREGIVER_ALIASES, CAREGIVERS, CONTACTS, OPT_OUTS, ORGANIZATIONS
from ..shift_rows import read_rounds
from .cursors import cursor_after, text_position
from .list_engine import ListEngine

_OPTED_OUT = exists().where(
    OPT_OUTS.c.contact_id == CAREGIVERS.c.contact_id,
    OPT_OUTS.c.organization_id == CAREGIVERS.c.organization_id,
)
_PEOPLE = select(
    CAREGIVERS,
    CONTACTS.c.phone,
    CONTACTS.c.doubted_at,
    CONTACTS.c.no_calls_at,
    _OPTED_OUT.label("opted_out"),
).join(CONTACTS, CONTACTS.c.id == CAREGIVERS.c.contact_id)


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
    engine: ListEngine,
    organization_id: str | None,
    cursor: str | None,
    limit: int,
    opted_out: bool | None = None,
) -> Page[CaregiverRecord]:
    """List caregivers by id, each person once; `opted_out` narrows to those who are, or are not."""
    table = CAREGIVERS.c
    query = _PEOPLE.order_by(table.id).limit(limit + 1)
    position = text_position("caregivers", cursor)
    if position is not None:
        query = query.where(table.id > position)
    if organization_id is not None:
        query = query.where(table.organization_id == organization_id)
    if opted_out is not None:
        query = query.where(_OPTED_OUT if opted_out else ~_OPTED_OUT)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
        aliases = _aliases(connection, [row.key for row in rows])
    items = tuple(_caregiver(row, aliases) for row in rows[:limit])
    more = len(rows) > limit
    return Page(items=items, next_cursor=cursor_after("caregivers", items[-1].id) if more else None)


def caregiver(engine: ListEngine, caregiver_id: str) -> CaregiverRecord | None:
    """Give one person, by their id or an alias of it."""
    alias = select(CAREGIVER_ALIASES.c.caregiver).where(CAREGIVER_ALIASES.c.id == caregiver_id)
    query = _PEOPLE.where((CAREGIVERS.c.id == caregiver_id) | CAREGIVERS.c.key.in_(alias))
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
        return None if row is None else _caregiver(row, _aliases(connection, [row.key]))


def _aliases(connection: Connection, keys: list[int]) -> dict[int, list[str]]:
    table = CAREGIVER_ALIASES.c
    query = select(table.caregiver, table.id).where(table.caregiver.in_(keys)).order_by(table.id)
    found: dict[int, list[str]] = defaultdict(list)
    for key, alias in connection.execute(query):
        found[key].append(alias)
    return found


def _organization(row: Row[Any]) -> Organization:
    return Organization(
        id=row.id,
        name=row.name,
        time_zone=row.time_zone,
        country=row.country,
        phones=tuple(json.loads(row.phones)),
        rounds=None if row.rounds is None else read_rounds(json.loads(row.rounds)),
    )


def _caregiver(row: Row[Any], aliases: dict[int, list[str]]) -> CaregiverRecord:
    return CaregiverRecord(
        id=row.id,
        organization_id=row.organization_id,
        name=row.name,
        roles=tuple(json.loads(row.roles)),
        phone=row.phone,
        language=row.language,
        active=row.active,
        distinct=row.is_distinct,
        aliases=tuple(aliases.get(row.key, ())),
        opted_out=row.opted_out,
        in_doubt=row.doubted_at is not None,
        no_calls=row.no_calls_at is not None,
    )
