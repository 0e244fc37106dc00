"""Whom a shift's last fan-out left out, in words: names and shifts are looked up, events have only their ids."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from ....domain import wording
from ....domain.answer import LeftOut
from ....domain.shift.candidates import reason
from ....domain.shift.events import Omission
from ....domain.shift.shift import Shift
from ..schema import CAREGIVERS, EVENTS, ORGANIZATIONS, SHIFTS

AT_A_TIME = 500
"""Ids of one look-up: a statement takes a bounded number of values."""


def left_out_of(connection: Connection, shift: Row[Any]) -> tuple[LeftOut, ...]:
    """Give those with the role who were not asked last time, and why."""
    left_out = _kept(connection, shift.key)
    names = _named(connection, (one.caregiver_id for one in left_out))
    zone = shift.time_zone or _zone(connection, shift.organization_id)
    held = _told(connection, (one.held_shift_id for one in left_out if one.held_shift_id), zone)
    return tuple(
        LeftOut(
            caregiver_id=one.caregiver_id,
            name=names.get(one.caregiver_id, one.caregiver_id),
            reason=reason(one.why, held.get(one.held_shift_id or "")),
        )
        for one in left_out
    )


def _kept(connection: Connection, key: int) -> list[Omission]:
    query = (
        select(EVENTS.c.type, EVENTS.c.data)
        .where(EVENTS.c.stream == key, EVENTS.c.type.in_(["fan_out_started", "shift_unfilled"]))
        .order_by(EVENTS.c.version.desc())
    )
    for kind, data in connection.execute(query):
        rows = json.loads(data)["left_out"]
        if rows or kind == "fan_out_started":
            return [Omission.model_validate(one) for one in rows]
    return []


def _named(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    return {
        row.id: row.name
        for some in _in_parts(ids)
        for row in connection.execute(
            select(CAREGIVERS.c.id, CAREGIVERS.c.name).where(CAREGIVERS.c.id.in_(some))
        )
    }


def _told(connection: Connection, ids: Iterable[str], zone: str | None) -> dict[str, str]:
    return {
        row.shift_id: wording.describe(_shift(row), zone)
        for some in _in_parts(ids)
        for row in connection.execute(select(SHIFTS).where(SHIFTS.c.shift_id.in_(some)))
    }


def _in_parts(ids: Iterable[str]) -> Iterable[list[str]]:
    every = sorted(set(ids))
    return [every[start : start + AT_A_TIME] for start in range(0, len(every), AT_A_TIME)]


def _shift(row: Row[Any]) -> Shift:
    return Shift(
        id=row.shift_id,
        organization_id=row.organization_id,
        role_required=row.role,
        start_time=row.start_time,
        end_time=row.end_time,
        time_zone=row.time_zone,
        area=row.area,
    )


def _zone(connection: Connection, organization_id: str) -> str | None:
    zone: str | None = connection.execute(
        select(ORGANIZATIONS.c.time_zone).where(ORGANIZATIONS.c.id == organization_id)
    ).scalar()
    return zone
