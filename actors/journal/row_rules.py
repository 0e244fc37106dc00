"""What must hold in rows that no event tells of: each rule is a query that finds what breaks it."""

from collections.abc import Iterator
from enum import StrEnum
from sqlite3 import Connection

from ...domain.access.user import UserRole
from ...domain.alert import AlertKind
from ...domain.answer import Status
from ...domain.message import Purpose
from ...domain.policy import Channel
from ...domain.replies.reading import Intent
from ..records import Delivery

SHOWN = 5
"""Rows that are named for one broken rule."""


def _words(kind: type[StrEnum]) -> str:
    return ", ".join(f"'{one.value}'" for one in kind)


# ruff: noqa: S608 - what is put into queries are names and words of ours
RULES = {
    "message {} has a state, channel or purpose that does not exist": (
        f"SELECT seq FROM outbox WHERE state NOT IN ({_words(Delivery)}) OR channel NOT IN ({_words(Channel)}) "
        f"OR purpose NOT IN ({_words(Purpose)})"
    ),
    "message {} was read as something that does not exist": (
        f"SELECT id FROM inbox WHERE intent NOT IN ({_words(Intent)}) OR channel NOT IN ({_words(Channel)}) "
        f"OR status NOT IN ({_words(Status)}) OR NOT json_valid(words) OR NOT json_valid(codes)"
    ),
    "message {}: what was answered cannot be read": (
        "SELECT id FROM inbox WHERE iif(json_valid(answer), json_extract(answer, '$.status') IS NOT status, true)"
    ),
    "message {} went out and came in": "SELECT seq FROM outbox WHERE seq IN (SELECT id FROM inbox)",
    "caregiver {} cannot be read": (
        "SELECT id FROM caregivers WHERE NOT (json_valid(roles) AND json_valid(own_roles) AND json_valid(role_keys) "
        "AND active IN (0, 1) AND is_distinct IN (0, 1))"
    ),
    "caregiver {} is found by other roles than they have": (
        "SELECT id FROM caregivers WHERE (SELECT json_group_array(role_key) FROM (SELECT role_key FROM caregiver_roles "
        "WHERE caregiver = caregivers.key AND organization_id = caregivers.organization_id ORDER BY role_key)) <> "
        "(SELECT json_group_array(value) FROM (SELECT value FROM json_each(role_keys) ORDER BY value))"
    ),
    "id {} is a caregiver's own, and an alias": (
        "SELECT id FROM caregivers WHERE id IN (SELECT id FROM caregiver_aliases)"
    ),
    "organization {} cannot be read": (
        "SELECT id FROM organizations WHERE NOT json_valid(coalesce(rounds, '[]')) "
        "UNION SELECT organization_id FROM organization_phones WHERE NOT json_valid(channels)"
    ),
    "the phone of conversation {} is missing": (
        "SELECT name FROM streams WHERE name GLOB 'contact/*' "
        "AND CAST(substr(name, 9) AS INTEGER) NOT IN (SELECT id FROM contacts)"
    ),
    "alert {} is of a kind that does not exist": f"SELECT id FROM alerts WHERE kind NOT IN ({_words(AlertKind)})",
    "alert {} is closed by nobody, or by somebody and open": (
        "SELECT id FROM alerts WHERE (closed_at IS NULL) <> (closed_by IS NULL)"
    ),
    "alert {} names messages that never came": (
        "SELECT id FROM alerts WHERE count < 1 OR last_at < at OR json_type(messages) <> 'array' OR EXISTS "
        "(SELECT 1 FROM json_each(messages) WHERE substr(value, 1, 3) <> 'in-' "
        "OR CAST(substr(value, 4) AS INTEGER) NOT IN (SELECT id FROM inbox))"
    ),
    "user {} has a role or organizations that cannot be read": (
        f"SELECT name FROM users WHERE role NOT IN ({_words(UserRole)}) OR NOT json_valid(coalesce(organizations, '[]'))"
    ),
    "link {} has a role or organizations that cannot be read": (
        f"SELECT key FROM links WHERE role NOT IN ({_words(UserRole)}) OR NOT json_valid(coalesce(organizations, '[]'))"
    ),
    "a number of {} would be given twice": (
        "SELECT name FROM sqlite_sequence WHERE (name = 'outbox' AND seq < (SELECT max(seq) FROM outbox)) "
        "OR (name = 'streams' AND seq < (SELECT max(id) FROM streams)) "
        "OR (name = 'contacts' AND seq < (SELECT max(id) FROM contacts))"
    ),
}


def broken_rules(connection: Connection) -> Iterator[str]:
    """Say which rows break a rule, or refer to what is not there. Raises `sqlite3.Error`."""
    for said, query in RULES.items():
        rows = connection.execute(query).fetchmany(SHOWN)
        yield from (said.format(row[0]) for row in rows)
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} belongs to nothing in {parent}"
