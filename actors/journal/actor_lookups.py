"""What actors look up: who can be offered a shift, who cannot be reached any more, what waits for when."""

import json
from collections.abc import Iterator
from typing import Any

from ...domain.caregiver import Caregiver
from ...domain.fan_out import Candidate
from .instants import from_micros
from .port import Deadline, shift_stream
from .readings import Readings

CANDIDATES = """
SELECT json_group_array(json_array(caregivers.id, caregivers.name, caregivers.roles, contacts.phone,
  caregivers.language, caregivers.active, contacts.id,
  EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.contact_id = contacts.id AND opt_outs.organization_id = ?1)))
FROM caregiver_roles CROSS JOIN caregivers ON caregivers.key = caregiver_roles.caregiver
CROSS JOIN contacts ON contacts.id = caregivers.contact_id
WHERE caregiver_roles.organization_id = ?1 AND caregiver_roles.role_key = ?2
"""
UNAVAILABLE = """
SELECT json_group_array(offers.caregiver_id)
FROM streams CROSS JOIN offers ON offers.shift = streams.id AND offers.fanout = ?2
LEFT JOIN caregivers ON caregivers.id = offers.caregiver_id
WHERE streams.name = ?1 AND (coalesce(caregivers.active, 0) = 0 OR EXISTS (
  SELECT 1 FROM opt_outs WHERE opt_outs.contact_id = offers.contact_id
  AND opt_outs.organization_id = caregivers.organization_id))
"""
DEADLINES = (
    "SELECT shift_id, next_deadline, starts FROM shifts "
    "WHERE status IN ('pending', 'offering', 'unfilled') AND next_deadline IS NOT NULL ORDER BY next_deadline"
)
THREAD = """
SELECT body FROM (
  SELECT * FROM (SELECT seq, body FROM outbox WHERE contact_id = ?1 ORDER BY seq DESC LIMIT ?2)
  UNION ALL
  SELECT * FROM (SELECT id, body FROM inbox WHERE contact_id = ?1 ORDER BY id DESC LIMIT ?2)
) ORDER BY seq DESC LIMIT ?2
"""
AT_A_TIME = 5_000


def candidates(readings: Readings, organization_id: str, role_key: str) -> list[Candidate]:
    """Give the caregivers with a role, in the order of their contacts."""
    rows = json.loads(readings.one(CANDIDATES, (organization_id, role_key))[0])
    rows.sort(key=lambda row: row[6])
    return [_candidate(organization_id, row) for row in rows]


def _candidate(organization_id: str, row: list[Any]) -> Candidate:
    caregiver_id, name, roles, phone, language, active, contact_id, opted_out = row
    # Checked when it was stored; checking ten thousand again would hold everybody up.
    caregiver = Caregiver.model_construct(
        id=caregiver_id,
        organization_id=organization_id,
        name=name,
        roles=tuple(json.loads(roles)),
        phone=phone,
        language=language,
        active=bool(active),
    )
    return Candidate(caregiver, contact_id, bool(opted_out))


def unavailable(readings: Readings, shift_id: str, fanout: int) -> frozenset[str]:
    """Give the caregivers of a fan-out who must not be reached any more."""
    return frozenset(json.loads(readings.one(UNAVAILABLE, (shift_stream(shift_id), fanout))[0]))


def deadlines(readings: Readings) -> Iterator[Deadline]:
    """Give all deadlines, soonest first, a stretch at a time: a million are not held in memory."""
    with readings.connection() as connection:
        cursor = connection.execute(DEADLINES)
        try:
            while rows := cursor.fetchmany(AT_A_TIME):
                for shift_id, at, starts in rows:
                    yield Deadline(shift_id, from_micros(at), from_micros(starts))
        finally:
            cursor.close()


def thread(readings: Readings, contact_id: int, limit: int) -> tuple[str, ...]:
    """Give the last messages in and out, oldest first."""
    return tuple(body for (body,) in reversed(readings.all(THREAD, (contact_id, limit))))
