"""Organizations and caregivers as rows: created and replaced, within a transaction of the writer."""

import json
from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Cursor
from typing import Any

from ...domain.answer import Answer, Refusal, Status, refuse, taken
from ...domain.caregiver import Caregiver, role_key
from ...domain.data.register import SAVED, Entry, differences, register
from ...domain.organization import Organization
from ...domain.phone import PhoneReading, read_phone
from .access_rows import AccessRows
from .call_rows import write_on_call
from .deliveries import UNQUEUE_OF
from .instants import to_micros
from .many_rows import dump, insert
from .queries.people import ORGANIZATION, ORGANIZATION_COLUMNS, STILL_HAS
from .queries.words import in_words
from .shift_rows import write_rounds

SAVED_WITHOUT_ZONE = Answer(
    status=Status.SUCCESS,
    message="Saved. It has no time_zone, and texts say UTC until it has one: give it, as America/Chicago.",
)

NUMBERS_TAKEN = (
    "SELECT phone FROM organization_phones WHERE organization_id <> ?1 "
    "AND phone IN (SELECT value FROM json_each(?2)) LIMIT 1"
)
PUT_ORGANIZATION = insert(
    "organizations",
    ", ".join(ORGANIZATION_COLUMNS),
    "ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{one} = excluded.{one}" for one in ORGANIZATION_COLUMNS[1:]),
)
ORGANIZATION_THERE = "SELECT EXISTS (SELECT 1 FROM organizations WHERE id = ?)"
ORGANIZATION_USED = (
    "SELECT EXISTS (SELECT 1 FROM shifts WHERE organization_id = ?1) "
    "OR EXISTS (SELECT 1 FROM caregivers WHERE organization_id = ?1)"
)
DELETE_ORGANIZATION = "DELETE FROM organizations WHERE id = ?"
FORGET_NUMBERS = "DELETE FROM organization_phones WHERE organization_id = ?"
SAVED_ORGANIZATION = f"SELECT {ORGANIZATION} FROM organizations WHERE id = ?"  # noqa: S608 - columns of ours
INSERT_CHANGES = insert("changes", "at, by, organization_id, caregiver_id, what")
INSERT_NUMBERS = insert("organization_phones", "phone, organization_id, account, channels")

KNOWN_ORGANIZATIONS = "SELECT json_group_array(json_array(id, country)) FROM organizations WHERE id IN (SELECT value FROM json_each(?))"
OWNERS = (
    "SELECT json_group_array(json_array(wanted.value, caregivers.organization_id)) FROM json_each(?1) AS wanted "
    "CROSS JOIN caregivers ON caregivers.key = coalesce((SELECT key FROM caregivers WHERE id = wanted.value), "
    "(SELECT caregiver FROM caregiver_aliases WHERE id = wanted.value))"
)
ENTRIES = """
SELECT json_group_array(json_array(caregivers.id, caregivers.organization_id, caregivers.name, caregivers.own_roles,
  contacts.phone, caregivers.language, caregivers.active, caregivers.is_distinct,
  (SELECT json_group_object(caregiver_aliases.id, json(caregiver_aliases.roles)) FROM caregiver_aliases
   WHERE caregiver_aliases.caregiver = caregivers.key)))
FROM caregivers CROSS JOIN contacts ON contacts.id = caregivers.contact_id
WHERE caregivers.key IN (
  SELECT caregivers.key FROM json_each(?1) AS wanted CROSS JOIN caregivers ON caregivers.id = wanted.value
  UNION SELECT caregiver FROM json_each(?1) AS wanted CROSS JOIN caregiver_aliases
    ON caregiver_aliases.id = wanted.value
  UNION SELECT caregivers.key FROM json_each(?2) AS wanted CROSS JOIN contacts ON contacts.phone = wanted.value
    CROSS JOIN caregivers ON caregivers.contact_id = contacts.id)
"""
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
    "id, organization_id, name, roles, own_roles, role_keys, contact_id, language, active, is_distinct",
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, roles = excluded.roles, own_roles = excluded.own_roles, "
    "role_keys = excluded.role_keys, contact_id = excluded.contact_id, language = excluded.language, "
    "active = excluded.active, is_distinct = excluded.is_distinct",
)
FORGET_ALIASES = "DELETE FROM caregiver_aliases WHERE id IN (SELECT value FROM json_each(?))"
INSERT_ALIASES = (
    "INSERT INTO caregiver_aliases (id, caregiver, roles) "
    "SELECT json_extract(wanted.value, '$[0]'), caregivers.key, json_extract(wanted.value, '$[2]') "
    "FROM json_each(?) AS wanted CROSS JOIN caregivers ON caregivers.id = json_extract(wanted.value, '$[1]') WHERE true "
    "ON CONFLICT (id) DO UPDATE SET caregiver = excluded.caregiver, roles = excluded.roles"
)
INSERT_ROLES = (
    "INSERT INTO caregiver_roles (organization_id, role_key, caregiver) "
    "SELECT caregivers.organization_id, roles.value, caregivers.key FROM json_each(?) AS wanted "
    "CROSS JOIN caregivers ON caregivers.id = wanted.value CROSS JOIN json_each(caregivers.role_keys) AS roles"
)


def delete_organization(cursor: Cursor, organization_id: str, at: datetime, by: str) -> Answer:
    """Delete an organization that nothing belongs to."""
    (known,) = cursor.execute(ORGANIZATION_THERE, (organization_id,)).fetchone()
    if not known:
        return refuse(Refusal.UNKNOWN, f"There is no organization {organization_id}.")
    (used,) = cursor.execute(ORGANIZATION_USED, (organization_id,)).fetchone()
    if used or AccessRows(cursor).leads_to(organization_id):
        told = (
            "has caregivers or shifts, which are kept, or users or tokens: switch caregivers off (active: false), cancel "
            "shifts, take users and tokens away."
        )
        return refuse(Refusal.IN_USE, f"Organization {organization_id} {told}")
    cursor.execute(FORGET_NUMBERS, (organization_id,))
    cursor.execute(DELETE_ORGANIZATION, (organization_id,))
    _record(cursor, at, by, organization_id, "deleted")
    return Answer(status=Status.SUCCESS, message="Deleted.")


def put_organization(cursor: Cursor, organization: Organization, at: datetime, by: str) -> Answer:
    """Create or replace an organization; refused when a number of it is another one's."""
    numbers = [one.number for one in organization.phones]
    taken = cursor.execute(NUMBERS_TAKEN, (organization.id, dump(numbers))).fetchone()
    if taken is not None:
        return refuse(Refusal.OTHER_OWNER, f"The number {taken[0]} belongs to another organization.")
    before = cursor.execute(SAVED_ORGANIZATION, (organization.id,)).fetchone()
    rounds = None if organization.rounds is None else write_rounds(organization.rounds)
    row = (
        organization.id,
        organization.name,
        organization.time_zone,
        organization.country,
        rounds,
        organization.releases_call_offs,
        organization.consent_required,
        organization.welcomes,
        write_on_call(organization.on_call),
        organization.texts and organization.texts.model_dump_json(exclude_none=True),
    )
    PUT_ORGANIZATION.write(cursor, [row])
    cursor.execute(UNQUEUE_OF, (organization.id,))
    cursor.execute(FORGET_NUMBERS, (organization.id,))
    INSERT_NUMBERS.write(
        cursor,
        [(one.number, organization.id, one.account, dump(one.channels)) for one in organization.phones],
    )
    if before is None or before != cursor.execute(SAVED_ORGANIZATION, (organization.id,)).fetchone():
        _record(cursor, at, by, organization.id, "added" if before is None else "changed")
    return SAVED if organization.time_zone else SAVED_WITHOUT_ZONE


def put_caregivers(cursor: Cursor, caregivers: Sequence[Caregiver], at: datetime, by: str) -> list[Answer]:
    """Create or replace caregivers, each by itself; who is one person with somebody else is decided by `register`. What has
    become another is kept with who said so."""
    countries: dict[str, str] = dict(
        _loaded(cursor, KNOWN_ORGANIZATIONS, list({one.organization_id for one in caregivers}))
    )
    owners = dict(_loaded(cursor, OWNERS, list({one.id for one in caregivers})))
    answers: list[Answer | PhoneReading] = []
    kept: list[Caregiver] = []
    for one in caregivers:
        country = countries.get(one.organization_id)
        if country is None:
            answers.append(refuse(Refusal.UNKNOWN, f"There is no organization {one.organization_id}."))
        elif owners.setdefault(one.id, one.organization_id) != one.organization_id:
            answers.append(taken(one.id))
        else:
            reading = read_phone(one.phone, country)
            if reading.number is None:
                answers.append(refuse(Refusal.NOT_A_PHONE, f"Caregiver {one.id}, phone: {reading.problem}."))
            else:
                answers.append(reading)
                kept.append(one.model_copy(update={"phone": reading.number}))
    known = _entries(cursor, kept)
    found = register(known, kept)
    cursor.execute(FORGET_ALIASES, (dump(found.released),))
    before = {one.own.id: one for one in known}
    in_other_roles = {
        name
        for one in found.changed
        if "roles" in differences(before.get(one.own.id), one)
        for name in (one.own.id, *one.aliases)
    }
    if found.changed:
        _write(cursor, found.changed)
        changes = [
            (to_micros(at), by, one.own.organization_id, one.own.id, dump(what))
            for one in found.changed
            if (what := differences(before.get(one.own.id), one))
        ]
        INSERT_CHANGES.write(cursor, changes)
    registered = iter(found.answers)
    told = [_with_number(next(registered), one) if isinstance(one, PhoneReading) else one for one in answers]
    return [
        answer
        if (one.active and one.id not in in_other_roles) or answer.status is Status.REFUSED
        else _with_shifts(cursor, answer, one, at)
        for one, answer in zip(caregivers, told, strict=True)
    ]


def _record(cursor: Cursor, at: datetime, by: str, organization_id: str, what: str) -> None:
    INSERT_CHANGES.write(cursor, [(to_micros(at), by, organization_id, None, dump([what]))])


def _with_number(answer: Answer, reading: PhoneReading) -> Answer:
    if not reading.repaired or answer.status is Status.REFUSED:
        return answer
    return answer.model_copy(update={"message": f"{answer.message} The phone is read as {reading.number}."})


def _with_shifts(cursor: Cursor, answer: Answer, caregiver: Caregiver, at: datetime) -> Answer:
    """Say which shifts somebody has who is offered no more, or not in that role: nobody else comes in their place by itself."""
    held = [
        in_words(shift_id, owner, role, datetime.fromisoformat(start), datetime.fromisoformat(end), zone)
        for shift_id, owner, role, start, end, zone in cursor.execute(
            STILL_HAS, (caregiver.id, to_micros(at), caregiver.active)
        )
    ]
    if not held:
        return answer
    said = f"{answer.message} They still have {', '.join(held)}: release what somebody else is to do."
    return answer.model_copy(update={"message": said})


def _entries(cursor: Cursor, caregivers: Sequence[Caregiver]) -> list[Entry]:
    """Load everybody with an id or a phone of these."""
    ids, phones = ([one.id for one in caregivers], list({one.phone for one in caregivers}))
    found = json.loads(cursor.execute(ENTRIES, (dump(ids), dump(phones))).fetchone()[0])
    return [_entry(row) for row in found]


def _entry(row: list[Any]) -> Entry:
    caregiver_id, organization_id, name, roles, phone, language, active, distinct, aliases = row
    # Checked when it was stored.
    own = Caregiver.model_construct(
        id=caregiver_id,
        organization_id=organization_id,
        name=name,
        roles=tuple(json.loads(roles)),
        phone=phone,
        language=language,
        active=bool(active),
        distinct=bool(distinct),
    )
    return Entry(own, {alias: tuple(theirs) for alias, theirs in aliases.items()})


def _write(cursor: Cursor, entries: Sequence[Entry]) -> None:
    phones = dump(list(dict.fromkeys(one.own.phone for one in entries)))
    cursor.execute(INSERT_CONTACTS, (phones,))
    contacts = dict(_loaded(cursor, CONTACTS, phones))
    ids = dump([one.own.id for one in entries])
    cursor.execute(FORGET_ROLES, (ids,))
    rows = [
        [
            one.own.id,
            one.own.organization_id,
            one.own.name,
            dump(one.roles),
            dump(one.own.roles),
            dump(list(dict.fromkeys(role_key(role) for role in one.roles))),
            contacts[one.own.phone],
            one.own.language,
            int(one.own.active),
            int(one.own.distinct),
        ]
        for one in entries
    ]
    PUT_CAREGIVERS.write(cursor, rows)
    cursor.execute(INSERT_ROLES, (ids,))
    aliases = [(alias, one.own.id, roles) for one in entries for alias, roles in one.aliases.items()]
    cursor.execute(INSERT_ALIASES, (dump(aliases),))


def _loaded(cursor: Cursor, query: str, wanted: list[str] | str) -> list[Any]:
    parameter = wanted if isinstance(wanted, str) else dump(wanted)
    found: list[Any] = json.loads(cursor.execute(query, (parameter,)).fetchone()[0])
    return found
