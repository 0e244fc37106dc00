"""What must hold between the rows that no event tells of: each rule is a query that finds what breaks it."""

import json
from collections.abc import Iterator
from enum import StrEnum
from sqlite3 import Cursor
from typing import Any

from ...domain.alert import AlertKind
from ...domain.answer import Answer, Status
from ...domain.caregiver import Caregiver
from ...domain.message import Purpose
from ...domain.organization import Organization
from ...domain.policy import Channel
from ...domain.replies.reading import Intent
from ..records import Delivery
from .shift_rows import read_rounds

SHOWN = 5
"""Rows that are named for one broken rule."""


def _words(kind: type[StrEnum]) -> str:
    return ", ".join(f"'{one.value}'" for one in kind)


# ruff: noqa: S608 - what is put into queries are names and words of ours
RULES = {
    "event {} belongs to no stream": "SELECT id FROM events WHERE stream NOT IN (SELECT id FROM streams)",
    "shift {} has no events": (
        "SELECT shift_id FROM shifts WHERE key NOT IN (SELECT stream FROM events WHERE stream IS NOT NULL)"
    ),
    "a fan-out belongs to no shift ({})": "SELECT shift FROM fanouts WHERE shift NOT IN (SELECT key FROM shifts)",
    "an offer belongs to no shift ({})": "SELECT id FROM offers WHERE shift NOT IN (SELECT key FROM shifts)",
    "an offer is made to no known phone ({})": (
        "SELECT id FROM offers WHERE contact_id NOT IN (SELECT id FROM contacts)"
    ),
    "a claim belongs to no shift ({})": "SELECT id FROM claims WHERE shift NOT IN (SELECT key FROM shifts)",
    "message {} has a state, channel or purpose that does not exist": (
        f"SELECT seq FROM outbox WHERE state NOT IN ({_words(Delivery)}) OR channel NOT IN ({_words(Channel)}) "
        f"OR purpose NOT IN ({_words(Purpose)})"
    ),
    "message {} goes to no known phone": (
        "SELECT seq FROM outbox WHERE contact_id NOT IN (SELECT id FROM contacts)"
    ),
    "message {} was caused by nothing that is known": (
        "SELECT seq FROM outbox WHERE stream NOT IN (SELECT id FROM streams) "
        "OR (shift IS NOT NULL AND shift NOT IN (SELECT key FROM shifts))"
    ),
    "message {} comes from no known phone": (
        "SELECT id FROM inbox WHERE contact_id NOT IN (SELECT id FROM contacts)"
    ),
    "message {} was read as something that does not exist": (
        f"SELECT id FROM inbox WHERE intent NOT IN ({_words(Intent)}) OR channel NOT IN ({_words(Channel)}) "
        f"OR status NOT IN ({_words(Status)})"
    ),
    "message {} went out and came in": "SELECT seq FROM outbox WHERE seq IN (SELECT id FROM inbox)",
    "caregiver {} has no organization or no phone": (
        "SELECT id FROM caregivers WHERE organization_id NOT IN (SELECT id FROM organizations) "
        "OR contact_id NOT IN (SELECT id FROM contacts)"
    ),
    "caregiver {} is found by other roles than they have": (
        "SELECT id FROM caregivers WHERE (SELECT json_group_array(role_key) FROM (SELECT role_key FROM caregiver_roles "
        "WHERE caregiver = caregivers.key AND organization_id = caregivers.organization_id ORDER BY role_key)) <> "
        "(SELECT json_group_array(value) FROM (SELECT value FROM json_each(role_keys) ORDER BY value))"
    ),
    "role {} belongs to no caregiver": (
        "SELECT role_key FROM caregiver_roles WHERE (caregiver, organization_id) NOT IN "
        "(SELECT key, organization_id FROM caregivers)"
    ),
    "alias {} belongs to no caregiver": (
        "SELECT id FROM caregiver_aliases WHERE caregiver NOT IN (SELECT key FROM caregivers)"
    ),
    "id {} is a caregiver's own, and an alias": (
        "SELECT id FROM caregivers WHERE id IN (SELECT id FROM caregiver_aliases)"
    ),
    "organization {} is found by other numbers than it has": (
        "SELECT id FROM organizations WHERE (SELECT json_group_array(phone) FROM (SELECT phone FROM organization_phones "
        "WHERE organization_id = organizations.id ORDER BY phone)) <> "
        "(SELECT json_group_array(value) FROM (SELECT value FROM json_each(phones) ORDER BY value))"
    ),
    "number {} belongs to no organization": (
        "SELECT phone FROM organization_phones WHERE organization_id NOT IN (SELECT id FROM organizations)"
    ),
    "an opt-out belongs to no phone ({})": (
        "SELECT contact_id FROM opt_outs WHERE contact_id NOT IN (SELECT id FROM contacts)"
    ),
    "phone {} has a question open or is opted out, and never wrote": (
        "SELECT id FROM contacts WHERE (question IS NOT NULL OR id IN (SELECT contact_id FROM opt_outs)) "
        "AND 'contact/' || id NOT IN (SELECT name FROM streams)"
    ),
    "alert {} is about no shift": (
        "SELECT id FROM alerts WHERE shift IS NOT NULL AND shift NOT IN (SELECT key FROM shifts)"
    ),
    "alert {} is of a kind that does not exist": f"SELECT id FROM alerts WHERE kind NOT IN ({_words(AlertKind)})",
    "alert {} is about no known phone": (
        "SELECT id FROM alerts WHERE contact_id IS NOT NULL AND contact_id NOT IN (SELECT id FROM contacts)"
    ),
    "alert {} is closed by nobody, or by somebody and open": (
        "SELECT id FROM alerts WHERE (closed_at IS NULL) <> (closed_by IS NULL)"
    ),
    "alert {} names messages that never came": (
        "SELECT id FROM alerts WHERE count < 1 OR last_at < at OR json_type(messages) <> 'array' OR EXISTS "
        "(SELECT 1 FROM json_each(messages) WHERE substr(value, 1, 3) <> 'in-' "
        "OR CAST(substr(value, 4) AS INTEGER) NOT IN (SELECT id FROM inbox))"
    ),
    "a number of {} would be given twice": (
        "SELECT name FROM sqlite_sequence WHERE (name = 'outbox' AND seq < (SELECT max(seq) FROM outbox)) "
        "OR (name = 'streams' AND seq < (SELECT max(id) FROM streams)) "
        "OR (name = 'contacts' AND seq < (SELECT max(id) FROM contacts))"
    ),
}
CAREGIVERS = (
    "SELECT caregivers.id, caregivers.organization_id, caregivers.name, caregivers.roles, contacts.phone, "
    "caregivers.language, caregivers.active, caregivers.is_distinct, caregivers.own_roles FROM caregivers JOIN contacts ON contacts.id = caregivers.contact_id"
)
ORGANIZATIONS = "SELECT id, name, time_zone, country, phones, rounds FROM organizations"
ANSWERS = "SELECT id, answer, status, words, codes FROM inbox"


def broken_rules(cursor: Cursor) -> Iterator[str]:
    """Say which rows break a rule. Raises `sqlite3.Error`."""
    for said, query in RULES.items():
        rows = cursor.execute(query).fetchmany(SHOWN)
        yield from (said.format(row[0]) for row in rows)
    yield from _unreadable(cursor)


def _unreadable(cursor: Cursor) -> Iterator[str]:
    for row in cursor.execute(ORGANIZATIONS):
        if not _reads(_organization, row):
            yield f"organization {row[0]!r} cannot be read"
    for row in cursor.execute(CAREGIVERS):
        if not _reads(_caregiver, row):
            yield f"caregiver {row[0]!r} cannot be read"
    for row in cursor.execute(ANSWERS):
        if not _reads(_answer, row):
            yield f"message {row[0]}: what was answered cannot be read"


def _reads(read: Any, row: tuple[Any, ...]) -> bool:
    try:
        read(*row)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return True


def _organization(id_: str, name: str, time_zone: str, country: str, phones: str, rounds: str | None) -> None:
    loaded = None if rounds is None else read_rounds(json.loads(rounds))
    Organization(
        id=id_,
        name=name,
        time_zone=time_zone,
        country=country,
        phones=tuple(json.loads(phones)),
        rounds=loaded,
    )


def _caregiver(
    id_: str,
    organization_id: str,
    name: str,
    roles: str,
    phone: str,
    language: str,
    active: int,
    distinct: int,
    own_roles: str,
) -> None:
    if not {active, distinct} <= {0, 1}:
        raise ValueError(active, distinct)
    stored = {
        "id": id_,
        "organization_id": organization_id,
        "name": name,
        "phone": phone,
        "language": language,
    }
    for some in (roles, own_roles):
        Caregiver.model_validate({**stored, "roles": json.loads(some), "active": bool(active)})


def _answer(_: int, answer: str, status: str, words: str, codes: str) -> None:
    if Answer.model_validate_json(answer).status.value != status:
        raise ValueError(status)
    json.loads(words)
    json.loads(codes)
