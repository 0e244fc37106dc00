"""Who a phone may be, and which offers its messages can mean: one statement, one row."""

import json
from datetime import datetime
from typing import Any

from ...domain.contact import ANSWERABLE, Contact, OfferView, Person
from ...domain.shift import ShiftStatus
from .contact_rows import read_question
from .instants import instant_or_none, to_micros
from .readings import Readings

# Only offers made to who has the phone now: a number given to somebody else brings no offers with it.
LOOK_UP = """
SELECT contacts.id, contacts.question,
  (SELECT organization_id FROM organization_phones WHERE phone = ?2),
  (SELECT json_group_array(json_array(caregivers.id, caregivers.organization_id, caregivers.name,
      caregivers.language, caregivers.active, organizations.name,
      EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.contact_id = contacts.id
              AND opt_outs.organization_id = caregivers.organization_id), caregivers.key))
   FROM caregivers JOIN organizations ON organizations.id = caregivers.organization_id
   WHERE caregivers.contact_id = contacts.id),
  (SELECT json_group_array(json_array(offers.id, shifts.shift_id, shifts.organization_id, offers.caregiver_id,
      offers.code, shifts.role, shifts.start_time, shifts.end_time, fanouts.zone, shifts.status,
      fanouts.closed_at, offers.declined_at IS NOT NULL, offers.told_at IS NOT NULL,
      shifts.claimed_by = offers.caregiver_id, offers.fanout = shifts.fanout, shifts.key))
   FROM offers
   CROSS JOIN fanouts ON fanouts.shift = offers.shift AND fanouts.number = offers.fanout
   CROSS JOIN shifts ON shifts.key = offers.shift
   WHERE offers.contact_id = contacts.id AND offers.starts_at > ?3)
FROM contacts WHERE contacts.phone = ?1
"""


def look_up(readings: Readings, phone: str, dialled: str | None, at: datetime) -> Contact | None:
    """Give the contact; None when nobody active has the phone."""
    row = readings.one(LOOK_UP, (phone, dialled, to_micros(at - ANSWERABLE)))
    if row is None:
        return None
    contact_id, question, organization, people, offers = row
    persons = _people(json.loads(people))
    if not any(one.active for one in persons):
        return None
    return Contact(
        contact_id=contact_id,
        people=persons,
        offers=_offers(json.loads(offers), {one.caregiver_id for one in persons if one.active}),
        dialled=organization,
        question=read_question(question),
    )


def _people(rows: list[list[Any]]) -> tuple[Person, ...]:
    if len(rows) > 1:
        # Who is active comes first: the first one speaks where nobody is named.
        rows.sort(key=lambda row: (not row[4], row[7]))
    return tuple(
        Person(
            caregiver_id=caregiver_id,
            organization_id=organization_id,
            name=name,
            language=language,
            active=bool(active),
            opted_out=bool(opted_out),
            sender=sender,
        )
        for caregiver_id, organization_id, name, language, active, sender, opted_out, _ in rows
    )


def _offers(rows: list[list[Any]], active: set[str]) -> tuple[OfferView, ...]:
    rows.sort(key=lambda row: row[0], reverse=True)
    latest: dict[tuple[int, str], list[Any]] = {}
    former: dict[tuple[int, str], list[str]] = {}
    for row in rows:
        whose = (row[15], row[3])
        if latest.setdefault(whose, row) is not row:
            former.setdefault(whose, []).append(row[4])
    views: list[OfferView] = []
    for whose, row in latest.items():
        _, shift_id, organization_id, caregiver_id, code, role, starts, ends, zone, status = row[:10]
        closed_at, declined, told, claimed, last = row[10:15]
        if caregiver_id not in active:
            continue
        views.append(
            OfferView(
                shift_id=shift_id,
                organization_id=organization_id,
                caregiver_id=caregiver_id,
                code=code,
                role=role,
                starts_at=datetime.fromisoformat(starts),
                ends_at=datetime.fromisoformat(ends),
                zone=zone,
                status=ShiftStatus(status) if last else ShiftStatus.UNFILLED,
                closed_at=instant_or_none(closed_at),
                declined=bool(declined),
                told=bool(told),
                mine=bool(claimed) and status == "claimed",
                former_codes=tuple(former.get(whose, ())),
            )
        )
    return tuple(views)
