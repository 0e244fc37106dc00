"""Whom to tell of alerts, and the messages that tell them, as rows."""

import json
from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Cursor

from ...domain.alert import AlertKind
from ...domain.message import Message, Purpose
from ...domain.on_call import Called, Matter, OnCall, at_once, calling_list, next_called, said
from ...domain.policy import Channel
from .alert_port import AGAIN, CALLS
from .instants import from_micros, to_micros
from .many_rows import dump
from .numbers import Numbers
from .outbox_rows import INSERT_OUTBOX, outbox_row
from .queries.words import SHIFT_IN_WORDS, in_words

# ruff: noqa: S608 - what is put into queries are parts of ours
A_FEW = 32
"""Alerts of which people are told in one turn of the loop."""

STREAM = "alerts"
"""The stream of the messages that tell of alerts. It has no events: an alert is a row."""

DUE = f"""
SELECT alerts.id, alerts.called, alerts.at, alerts.message, alerts.organization_id, alerts.kind, {SHIFT_IN_WORDS},
  alerts.caregiver_id, caregivers.name, contacts.phone
FROM alerts LEFT JOIN shifts ON shifts.key = alerts.shift
LEFT JOIN organizations ON organizations.id = shifts.organization_id
LEFT JOIN caregivers ON caregivers.id = alerts.caregiver_id
LEFT JOIN contacts ON contacts.id = coalesce(caregivers.contact_id, alerts.contact_id)
WHERE alerts.closed_at IS NULL AND alerts.call_at <= ?1 ORDER BY alerts.call_at LIMIT ?2
"""
ON_CALL = (
    "SELECT id, coalesce(name, id), on_call FROM organizations "
    "WHERE on_call <> '[]' AND (?1 IS NULL OR id = ?1) ORDER BY key"
)
ONLY_ONE = "SELECT count(*) = 1 FROM organizations"
TOLD = "UPDATE alerts SET called = ?2, call_at = ?3 WHERE id = ?1"
NAME = "SELECT name FROM caregivers WHERE id = ?"
FIND_STREAM = "SELECT id FROM streams WHERE name = ?"
MAKE_STREAM = "INSERT INTO streams (id, name) VALUES (?, ?)"
MAKE_CONTACT = "INSERT INTO contacts (phone) VALUES (?) ON CONFLICT DO NOTHING"
CONTACT = "SELECT id FROM contacts WHERE phone = ?"
WAS_TOLD = (
    "SELECT EXISTS (SELECT 1 FROM outbox WHERE contact_id = ?1 AND purpose = 'alert' AND cause / ?2 = ?3 "
    "AND state NOT IN ('failed', 'dropped'))"
)


def write_on_call(on_call: Sequence[OnCall]) -> str:
    """Write who is on call as JSON."""
    return dump([[one.channel, one.to, one.wait] for one in on_call])


def read_on_call(text: str) -> tuple[OnCall, ...]:
    """Give who is on call from the JSON."""
    # Checked when it was stored.
    return tuple(
        OnCall.model_construct(channel=Channel(channel), to=to, wait=wait)
        for channel, to, wait in json.loads(text)
    )


def call_out(
    cursor: Cursor, numbers: Numbers, at: datetime, channels: frozenset[Channel]
) -> list[tuple[int, Channel]]:
    """Tell whoever is next on the list of each alert that nobody sees to, of the first few that are due; give the keys of
    the phones (or addresses) and the channels."""
    told: list[tuple[int, Channel]] = []
    for alert_id, called, opened, *facts in cursor.execute(DUE, (to_micros(at), A_FEW)).fetchall():
        begun, calls = called - called % AGAIN, called
        matter = _matter(alert_id, from_micros(opened), *facts)
        everybody = _everybody(cursor, matter.organization_id) if _concerns(cursor, matter) else []
        now, wait = next_called(everybody, called - begun, channels)
        for number, one in now:
            row = _message(cursor, matter, one, Purpose.ALERT)
            cause = alert_id * CALLS + begun + number
            stream = _stream(cursor, numbers)
            INSERT_OUTBOX.write(
                cursor,
                [outbox_row(numbers.next_message(), stream, cause, row, None, None, to_micros(at))],
            )
            told.append((row.contact_id, row.channel))
            calls = begun + number + 1
        cursor.execute(TOLD, (alert_id, calls, None if wait is None else to_micros(at + wait)))
    return told


def news(
    cursor: Cursor,
    channels: frozenset[Channel],
    organization_id: str,
    caregiver_id: str,
    at: datetime,
    shift_id: str,
    shift: str,
) -> list[Message]:
    """Give the messages that tell of a shift that a caregiver took: to those who would be told of an alert first."""
    first = at_once(_everybody(cursor, organization_id), channels)
    if not first:
        return []
    name = cursor.execute(NAME, (caregiver_id,)).fetchone()
    who = name[0] if name else caregiver_id
    matter = Matter(
        at=at,
        message=f"Filled: {who} has {shift}.",
        organization_id=organization_id,
        shift_id=shift_id,
        shift=shift,
        caregiver_id=caregiver_id,
        caregiver_name=who,
    )
    return [_message(cursor, matter, one, Purpose.NEWS) for one in first]


def was_told(cursor: Cursor, contact_id: int, alert_id: int) -> bool:
    """Whether an alert was told to this phone."""
    return bool(cursor.execute(WAS_TOLD, (contact_id, CALLS, alert_id)).fetchone()[0])


def _concerns(cursor: Cursor, matter: Matter) -> bool:
    """Whether an alert may be told at all: one of no organization is another's business only where a carrier is down."""
    if matter.organization_id is not None or matter.kind is AlertKind.CARRIER_DOWN:
        return True
    return bool(cursor.execute(ONLY_ONE).fetchone()[0])


def _everybody(cursor: Cursor, organization_id: str | None) -> list[Called]:
    found = cursor.execute(ON_CALL, (organization_id,)).fetchall()
    # What concerns everybody could fill more than there are numbers for.
    return calling_list({(one, name): read_on_call(text) for one, name, text in found})[: AGAIN // 4]


def _message(cursor: Cursor, matter: Matter, called: Called, purpose: Purpose) -> Message:
    to = called.contact.to
    cursor.execute(MAKE_CONTACT, (to,))
    (contact_id,) = cursor.execute(CONTACT, (to,)).fetchone()
    return Message(
        contact_id=contact_id,
        caregiver_id=None,
        organization_id=called.organization_id,
        channel=called.contact.channel,
        purpose=purpose,
        body=said(matter, called),
        opens=(matter.code,) if matter.code else (),
    )


def _stream(cursor: Cursor, numbers: Numbers) -> int:
    found = cursor.execute(FIND_STREAM, (STREAM,)).fetchone()
    if found is not None:
        return int(found[0])
    key = numbers.next_stream()
    cursor.execute(MAKE_STREAM, (key, STREAM))
    return key


def _matter(
    alert_id: int,
    opened: datetime,
    message: str,
    organization_id: str | None,
    kind: str,
    shift_id: str | None,
    posted_by: str,
    role: str,
    start_time: str,
    end_time: str,
    zone: str | None,
    caregiver_id: str | None,
    caregiver_name: str | None,
    caregiver_phone: str | None,
) -> Matter:
    shift = None
    if shift_id is not None:
        starts, ends = datetime.fromisoformat(start_time), datetime.fromisoformat(end_time)
        shift = in_words(shift_id, posted_by, role, starts, ends, zone)
    return Matter(
        at=opened,
        message=message,
        organization_id=organization_id or (posted_by if shift_id is not None else None),
        alert_id=alert_id,
        kind=AlertKind(kind),
        shift_id=shift_id,
        shift=shift,
        caregiver_id=caregiver_id,
        caregiver_name=caregiver_name,
        caregiver_phone=caregiver_phone,
    )
