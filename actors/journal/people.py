"""Organizations and caregivers as rows: created and replaced, within a transaction of the writer."""

import json
from collections.abc import Sequence
from sqlite3 import Cursor
from typing import Any

from ...domain.answer import Answer, Refusal, Status, refused
from ...domain.caregiver import Caregiver, role_key
from ...domain.organization import Organization
from ...domain.phone import PhoneReading, read_phone
from .many_rows import dump, insert
from .shift_rows import write_rounds

SAVED = Answer(status=Status.SUCCESS, message="Saved.")

NUMBERS_TAKEN = (
    "SELECT phone FROM organization_phones WHERE organization_id <> ?1 "
    "AND phone IN (SELECT value FROM json_each(?2)) LIMIT 1"
)
PUT_ORGANIZATION = (
    "INSERT INTO organizations (id, name, time_zone, country, phones, rounds) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone, "
    "country = excluded.country, phones = excluded.phones, rounds = excluded.rounds"
)
FORGET_NUMBERS = "DELETE FROM organization_phones WHERE organization_id = ?"
INSERT_NUMBERS = insert("organization_phones", "phone, organization_id")

KNOWN_ORGANIZATIONS = "SELECT json_group_array(json_array(id, country)) FROM organizations WHERE id IN (SELECT value FROM json_each(?))"
KNOWN_CAREGIVERS = (
    "SELECT json_group_array(json_array(id, organization_id)) FROM caregivers "
    "WHERE id IN (SELECT value FROM json_each(?))"
)
INSERT_CONTACTS = (
    "INSERT INTO contacts (phone) SELECT value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING"
)
CONTACTS = (
    "SELECT json_group_array(json_array(phone, id)) FROM contacts "
    "WHERE phone IN (SELECT value FROM json_each(?))"
)
FORGET_ROLES = (
    "DELETE FROM caregiver_roles WHERE (organization_id, role_key, caregiver) IN ("
    "SELECT caregivers.organization_id, roles.value, caregivers.key FROM json_each(?) AS wanted "
    "CROSS JOIN caregivers ON caregivers.id = wanted.value CROSS JOIN json_each(caregivers.role_keys) AS roles)"
)
PUT_CAREGIVERS = insert(
    "caregivers",
    "id, organization_id, name, roles, role_keys, contact_id, language, active",
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, roles = excluded.roles, role_keys = excluded.role_keys, "
    "contact_id = excluded.contact_id, language = excluded.language, active = excluded.active",
)
INSERT_ROLES = (
    "INSERT INTO caregiver_roles (organization_id, role_key, caregiver) "
    "SELECT caregivers.organization_id, roles.value, caregivers.key FROM json_each(?) AS wanted "
    "CROSS JOIN caregivers ON caregivers.id = wanted.value CROSS JOIN json_each(caregivers.role_keys) AS roles"
)


def put_organization(cursor: Cursor, organization: Organization) -> Answer:
    """Create or replace an organization; refused when a number of it is another one's."""
    numbers = list(dict.fromkeys(organization.phones))
    taken = cursor.execute(NUMBERS_TAKEN, (organization.id, dump(numbers))).fetchone()
    if taken is not None:
        return refused(Refusal.OTHER_OWNER, f"The number {taken[0]} belongs to another organization.")
    rounds = None if organization.rounds is None else write_rounds(organization.rounds)
    row = (
        organization.id,
        organization.name,
        organization.time_zone,
        organization.country,
        dump(numbers),
        rounds,
    )
    cursor.execute(PUT_ORGANIZATION, row)
    cursor.execute(FORGET_NUMBERS, (organization.id,))
    INSERT_NUMBERS.write(cursor, [(number, organization.id) for number in numbers])
    return SAVED


def put_caregivers(cursor: Cursor, caregivers: Sequence[Caregiver]) -> list[Answer]:
    """Create or replace caregivers, each by itself; of several with one id the last is kept."""
    countries: dict[str, str] = dict(
        _loaded(cursor, KNOWN_ORGANIZATIONS, list({one.organization_id for one in caregivers}))
    )
    owners = dict(_loaded(cursor, KNOWN_CAREGIVERS, list({one.id for one in caregivers})))
    answers: list[Answer] = []
    kept: dict[str, Caregiver] = {}
    for one in caregivers:
        country = countries.get(one.organization_id)
        if country is None:
            answers.append(refused(Refusal.UNKNOWN, f"There is no organization {one.organization_id}."))
        elif owners.setdefault(one.id, one.organization_id) != one.organization_id:
            answers.append(
                refused(Refusal.OTHER_OWNER, f"Caregiver {one.id} belongs to another organization.")
            )
        else:
            reading = read_phone(one.phone, country)
            if reading.number is None:
                answers.append(refused(Refusal.NOT_A_PHONE, f"Caregiver {one.id}, phone: {reading.problem}."))
            else:
                answers.append(_saved(reading))
                kept[one.id] = one.model_copy(update={"phone": reading.number})
    if kept:
        _write(cursor, list(kept.values()))
    return answers


def _saved(reading: PhoneReading) -> Answer:
    if not reading.repaired:
        return SAVED
    return Answer(status=Status.SUCCESS, message=f"Saved. The phone is read as {reading.number}.")


def _write(cursor: Cursor, caregivers: Sequence[Caregiver]) -> None:
    phones = dump(list(dict.fromkeys(one.phone for one in caregivers)))
    cursor.execute(INSERT_CONTACTS, (phones,))
    contacts = dict(_loaded(cursor, CONTACTS, phones))
    ids = dump([one.id for one in caregivers])
    cursor.execute(FORGET_ROLES, (ids,))
    rows = [
        [
            one.id,
            one.organization_id,
            one.name,
            dump(one.roles),
            dump(list(dict.fromkeys(role_key(role) for role in one.roles))),
            contacts[one.phone],
            one.language,
            int(one.active),
        ]
        for one in caregivers
    ]
    PUT_CAREGIVERS.write(cursor, rows)
    cursor.execute(INSERT_ROLES, (ids,))


def _loaded(cursor: Cursor, query: str, wanted: list[str] | str) -> list[Any]:
    parameter = wanted if isinstance(wanted, str) else dump(wanted)
    found: list[Any] = json.loads(cursor.execute(query, (parameter,)).fetchone()[0])
    return found
