"""Who phones may be, and which offers their messages can mean: one statement, one row."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ....domain.inbound.contact import ANSWERABLE, Contact, LastTold, OfferView, Person, ShiftProgress
from ....domain.message import Purpose
from ....domain.shift.commands import Obstacle
from ....domain.shift.shift import ShiftStatus
from ..contact_rows import read_question
from ..instants import from_micros, instant_or_none, to_micros
from ..many_rows import dump
from ..port import Asked
from .reads import Reads

# Only offers made to who has the phone now: a number given to somebody else brings no offers with it.
LOOK_UP = """
SELECT json_group_array(json_array(asked.key, contacts.id, contacts.question,
  contacts.doubted_at IS NOT NULL, contacts.landline_at IS NOT NULL,
  (SELECT organization_id FROM organization_phones WHERE phone = json_extract(asked.value, '$[1]')),
  (SELECT json_group_array(json_array(caregivers.id, caregivers.organization_id, caregivers.name,
      caregivers.language, caregivers.active, organizations.name,
      EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.contact_id = contacts.id
              AND opt_outs.organization_id = caregivers.organization_id), caregivers.key,
      json(caregivers.role_keys)))
   FROM caregivers JOIN organizations ON organizations.id = caregivers.organization_id
   WHERE caregivers.contact_id = contacts.id),
  (SELECT json_group_array(json_array(offers.id, shifts.shift_id, shifts.organization_id, offers.caregiver_id,
      offers.code, shifts.role, shifts.start_time, shifts.end_time, fanouts.zone, shifts.status,
      fanouts.closed_at, offers.declined, offers.told, shifts.claimed_by,
      offers.fanout = shifts.fanout, shifts.key, shifts.role_key, fanouts.revision, shifts.revision,
      fanouts.open_until,
      EXISTS (SELECT 1 FROM claims WHERE claims.shift = offers.shift AND claims.caregiver_id = offers.caregiver_id
              AND claims.released_at IS NOT NULL AND claims.fanout >= offers.fanout), fanouts.started_at))
   FROM offers
   CROSS JOIN fanouts ON fanouts.shift = offers.shift AND fanouts.number = offers.fanout
   CROSS JOIN shifts ON shifts.key = offers.shift
   WHERE offers.contact_id = contacts.id AND offers.open_until > ?2),
  (SELECT json_array(purpose, iif(sent_with IS NULL, json(opens),
      (SELECT json_group_array(value) FROM outbox AS one, json_each(one.opens) WHERE one.sent_with = outbox.sent_with)), created_at,
      (SELECT shift_id FROM shifts WHERE shifts.key = outbox.shift), caregiver_id, organization_id)
   FROM outbox WHERE contact_id = contacts.id AND state NOT IN ('dropped', 'failed')
   AND NOT (state = 'planned' AND attempt = 0 AND due_at > created_at) ORDER BY seq DESC LIMIT 1)))
FROM json_each(?1) AS asked CROSS JOIN contacts ON contacts.phone = json_extract(asked.value, '$[0]')
"""


class ContactQuery(Reads):
    """Whose phone it is."""

    def phone_of(self, contact_id: int) -> str:
        """Give the number of a phone."""
        return str(self.one("SELECT phone FROM contacts WHERE id = ?", (contact_id,))[0])

    def contact(self, phone: str, dialled: str | None, at: datetime) -> Contact | None:
        return self.contacts([(phone, dialled)], at)[0]

    def contacts(self, asked: Sequence[Asked], at: datetime) -> list[Contact | None]:
        (rows,) = self.one(LOOK_UP, (dump(asked), to_micros(at - ANSWERABLE)))
        found: list[Contact | None] = [None] * len(asked)
        for number, contact_id, question, doubted, landline, dialled, people, offers, told in json.loads(
            rows
        ):
            found[number] = Contact(
                contact_id=contact_id,
                people=_people(people),
                offers=_offers(offers, people, at, doubted=bool(doubted)),
                dialled=dialled,
                question=read_question(question),
                last_told=None if told is None else _last_told(*told),
                doubted=bool(doubted),
                landline=bool(landline),
            )
        return found


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
        for caregiver_id, organization_id, name, language, active, sender, opted_out, _, _ in rows
    )


def _last_told(
    purpose: str,
    opens: list[str],
    at: int,
    shift_id: str | None,
    caregiver_id: str | None,
    organization_id: str,
) -> LastTold:
    return LastTold(
        Purpose(purpose), tuple(opens), from_micros(at), shift_id, caregiver_id or None, organization_id
    )


def _offers(
    rows: list[list[Any]], people: list[list[Any]], at: datetime, *, doubted: bool
) -> tuple[OfferView, ...]:
    able = {person[0]: (bool(person[4]), person[8]) for person in people}
    rows.sort(key=lambda row: row[0], reverse=True)
    latest: dict[tuple[int, str], list[Any]] = {}
    former: dict[tuple[int, str], list[list[Any]]] = {}
    for row in rows:
        whose = (row[15], row[3])
        if row[3] in able and latest.setdefault(whose, row) is not row:
            former.setdefault(whose, []).append(row)
    return tuple(
        _offer(row, former.get(whose, []), _obstacle(row, *able[row[3]], doubted=doubted), at)
        for whose, row in latest.items()
    )


def _obstacle(row: list[Any], active: bool, roles: list[str], *, doubted: bool) -> Obstacle | None:
    if not active:
        return Obstacle.INACTIVE
    if row[16] not in roles:
        return Obstacle.ROLE
    return Obstacle.FORMER_PHONE if doubted else None


def _offer(row: list[Any], former: list[list[Any]], obstacle: Obstacle | None, at: datetime) -> OfferView:
    _, shift_id, organization_id, caregiver_id, code, role, starts, ends, zone, status = row[:10]
    closed_at, declined, told, holder, last, _, _, offered, revision, until, given_back, offered_at = row[10:]
    progress = ShiftProgress(ShiftStatus(status), holder, instant_or_none(closed_at))
    may_live = offered == revision and to_micros(at) < until and not given_back and obstacle is None
    return OfferView(
        shift_id=shift_id,
        organization_id=organization_id,
        caregiver_id=caregiver_id,
        code=code,
        role=role,
        starts_at=datetime.fromisoformat(starts),
        ends_at=datetime.fromisoformat(ends),
        zone=zone,
        declined=bool(declined),
        told=bool(told),
        offered_at=from_micros(offered_at),
        obstacle=obstacle,
        former_codes=tuple(one[4] for one in former if one[17] == offered),
        open_until=from_micros(until),
        former_until=from_micros(min(one[19] for one in former)) if former else None,
        outdated_codes=tuple(one[4] for one in former if one[17] != offered),
        **progress.seen_by(caregiver_id, live=may_live, asking=bool(last)),
    )
