"""What actors look up: who can be offered a shift, who cannot be reached any more, what waits for when."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from ....domain.caregiver import role_key
from ....domain.conversation.events import CONVERSATION_EVENT, AnyConversationEvent
from ....domain.organization import Organization
from ....domain.shift.candidates import Candidate
from ....domain.shift.events import SHIFT_EVENT, AnyShiftEvent
from ....domain.shift.shift import Shift
from ..event_rows import READ
from ..instants import to_micros
from ..many_rows import dump
from ..port import JournalDamaged, contact_stream, shift_stream
from ..sqlite_errors import WHAT_TO_DO
from .outbox import OVERLAPS, OutboxQueries
from .people import ORGANIZATION, ORGANIZATION_COLUMNS
from .rows import row, saved_organization
from .spent import SpentQueries

# ruff: noqa: S608 - what is put into queries are parts of ours
AGREED = """EXISTS (SELECT 1 FROM consents WHERE consents.contact_id = contacts.id
    AND consents.caregiver_id = caregivers.id)"""
PERSON = f"""json_array(caregivers.key, contacts.id, caregivers.id, caregivers.organization_id, caregivers.name,
  json(caregivers.role_keys), caregivers.language, caregivers.active,
  EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.contact_id = contacts.id
          AND opt_outs.organization_id = caregivers.organization_id), contacts.doubted_at IS NOT NULL,
  NOT EXISTS (SELECT 1 FROM organizations WHERE id = caregivers.organization_id AND consent_required) OR {AGREED},
  EXISTS (SELECT 1 FROM caregivers AS other WHERE other.contact_id = contacts.id AND other.key <> caregivers.key
          AND other.organization_id = caregivers.organization_id AND other.active)"""
WITH_ROLE = """
FROM caregiver_roles CROSS JOIN caregivers ON caregivers.key = caregiver_roles.caregiver
CROSS JOIN contacts ON contacts.id = caregivers.contact_id
WHERE caregiver_roles.organization_id = ?1 AND caregiver_roles.role_key = ?2
"""
OVERLAPPING = """FROM claims CROSS JOIN shifts AS held ON held.key = claims.shift
   WHERE claims.caregiver_id = caregivers.id AND claims.released_at IS NULL AND claims.ends > ?3
   AND claims.starts < ?4 AND held.shift_id <> ?5"""
HELD = f"""(SELECT json_array(held.shift_id, held.organization_id, held.role, held.start_time, held.end_time,
    held.time_zone, held.area) {OVERLAPPING})"""
ABLE = f"""caregivers.active AND contacts.doubted_at IS NULL
  AND (NOT EXISTS (SELECT 1 FROM organizations WHERE id = ?1 AND consent_required) OR {AGREED})
  AND NOT EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.contact_id = contacts.id
    AND opt_outs.organization_id = caregivers.organization_id)
  AND NOT EXISTS (SELECT 1 {OVERLAPPING}) AND caregivers.id NOT IN (SELECT value FROM json_each(?6))"""
# Whom the present round has passed over may be told by it; who was told ahead of their round has that of another channel.
TOLD = """(offers.declined OR shifts.round = 0 OR EXISTS (SELECT 1 FROM outbox WHERE outbox.stream = shifts.key
  AND outbox.caregiver_id = offers.caregiver_id AND outbox.purpose = 'offer' AND outbox.fanout = offers.fanout
  AND (outbox.round >= shifts.round OR outbox.channel <> json_extract(shifts.rounds, '$[' || outbox.round || '][0]'))))"""
EVERYBODY = (
    f"SELECT json_group_array(json(CASE WHEN {ABLE} THEN NULL ELSE {PERSON}, {HELD}) END)) {WITH_ROLE}"
)
CANDIDATES = f"""
SELECT json_group_array(json(person)) FROM (
  SELECT {PERSON}, NULL) AS person {WITH_ROLE}
  AND caregiver_roles.caregiver > ?7 AND caregiver_roles.caregiver <= ?8 AND {ABLE} AND NOT EXISTS (
    SELECT 1 FROM shifts CROSS JOIN offers ON offers.shift = shifts.key AND offers.fanout = ?9
    AND offers.caregiver_id = caregivers.id WHERE shifts.shift_id = ?5 AND {TOLD})
  ORDER BY caregiver_roles.caregiver LIMIT ?10)
"""
CANDIDATE = f"""
SELECT {PERSON}, NULL)
FROM caregivers CROSS JOIN contacts ON contacts.id = caregivers.contact_id
WHERE caregivers.key = coalesce((SELECT key FROM caregivers WHERE id = ?1),
  (SELECT caregiver FROM caregiver_aliases WHERE id = ?1))
"""
MOVED_AWAY = f"""
SELECT DISTINCT {PERSON}, NULL)
FROM streams CROSS JOIN offers ON offers.shift = streams.id
CROSS JOIN caregivers ON caregivers.id = offers.caregiver_id AND caregivers.contact_id <> offers.contact_id
CROSS JOIN contacts ON contacts.id = caregivers.contact_id
WHERE streams.name = ?1 ORDER BY contacts.id
"""
MISSED = f"""
SELECT DISTINCT shifts.shift_id FROM caregivers CROSS JOIN json_each(caregivers.role_keys) AS role
CROSS JOIN shifts ON shifts.status = 'offering' AND shifts.organization_id = caregivers.organization_id
  AND shifts.role_key = role.value
WHERE {{which}} AND caregivers.active AND NOT EXISTS (
  SELECT 1 FROM offers WHERE offers.shift = shifts.key AND offers.fanout = shifts.fanout
  AND offers.caregiver_id = caregivers.id AND {TOLD})
"""
MOVED = """
SELECT DISTINCT shifts.shift_id FROM caregivers
CROSS JOIN offers ON offers.caregiver_id = caregivers.id AND offers.open_until > ?2
  AND offers.contact_id <> caregivers.contact_id
CROSS JOIN shifts ON shifts.key = offers.shift AND shifts.ends > ?3
  AND (shifts.status IN ('offering', 'unfilled', 'pending') OR shifts.claimed_by = caregivers.id)
WHERE {which}
"""
SOME = """caregivers.key IN (SELECT key FROM caregivers WHERE id IN (SELECT value FROM json_each(?1))
  UNION SELECT caregiver FROM caregiver_aliases WHERE id IN (SELECT value FROM json_each(?1)))"""
AT_PHONE = "caregivers.contact_id = ?1"
UNAVAILABLE = f"""
SELECT json_group_array(offers.caregiver_id)
FROM streams CROSS JOIN offers ON offers.shift = streams.id AND offers.fanout = ?2
JOIN shifts ON shifts.key = offers.shift JOIN contacts ON contacts.id = offers.contact_id
LEFT JOIN caregivers ON caregivers.id = offers.caregiver_id
WHERE streams.name = ?1 AND (coalesce(caregivers.active, 0) = 0 OR contacts.doubted_at IS NOT NULL
  OR NOT EXISTS (SELECT 1 FROM json_each(caregivers.role_keys) WHERE value = shifts.role_key) OR EXISTS (
  SELECT 1 FROM opt_outs WHERE opt_outs.contact_id = offers.contact_id
  AND opt_outs.organization_id = caregivers.organization_id) OR {OVERLAPS})
"""
THREAD = """
SELECT body FROM (
  SELECT * FROM (SELECT seq, body FROM outbox WHERE contact_id = ?1 ORDER BY seq DESC LIMIT ?2)
  UNION ALL
  SELECT * FROM (SELECT id, body FROM inbox WHERE contact_id = ?1 ORDER BY id DESC LIMIT ?2)
) ORDER BY seq DESC LIMIT ?2
"""
LONGEST = timedelta(days=7)
"""No shift lasts longer; what was offered before its start is looked at while it lasts."""
OF_ORGANIZATION = (*ORGANIZATION_COLUMNS, "phones")
LAST = 2**63 - 1
"""No key is greater."""

Event = TypeVar("Event")


def _read(kind: TypeAdapter[Event], rows: list[tuple[str]]) -> list[Event]:
    try:
        return [kind.validate_json(data) for (data,) in rows]
    except ValidationError:
        # Its words would quote what stands there.
        raise JournalDamaged(f"the journal is damaged: an event cannot be read. {WHAT_TO_DO}") from None


class QueriesForActors(OutboxQueries, SpentQueries):
    """What actors ask, of the last commit or of a transaction under way."""

    def shift_events(self, shift_id: str) -> list[AnyShiftEvent]:
        return _read(SHIFT_EVENT, self.all(READ, (shift_stream(shift_id),)))

    def conversation_events(self, contact_id: int) -> list[AnyConversationEvent]:
        """Give all events of a conversation, in order."""
        return _read(CONVERSATION_EVENT, self.all(READ, (contact_stream(contact_id),)))

    def organization(self, organization_id: str) -> Organization | None:
        found = self.one(f"SELECT {ORGANIZATION} FROM organizations WHERE id = ?", (organization_id,))
        return None if found is None else saved_organization(**row(OF_ORGANIZATION, found))

    def candidates(
        self,
        shift: Shift,
        gone: Collection[str] = (),
        *,
        fanout: int = 0,
        after: int = 0,
        until: int = LAST,
        limit: int = -1,
    ) -> list[Candidate]:
        """Give those who can be offered a shift and are not in a fan-out of it, or whom its present round has passed over,
        by key: at most `limit` of those behind `after`, up to `until`. `gone` have given it back."""
        found = self.one(CANDIDATES, (*_values(shift, gone), after, until, fanout, limit))[0]
        return [_candidate(one) for one in json.loads(found)]

    def left_out(self, shift: Shift, gone: Collection[str]) -> tuple[list[Candidate], int]:
        """Give those with its role who cannot be offered a shift, and how many can; the domain says why."""
        found = json.loads(self.one(EVERYBODY, _values(shift, gone))[0])
        return [_candidate(one) for one in found if one is not None], found.count(None)

    def candidate(self, caregiver_id: str) -> Candidate | None:
        """Give one caregiver, None when nobody has the id."""
        found = self.one(CANDIDATE, (caregiver_id,))
        return None if found is None else _candidate(json.loads(found[0]))

    def caregivers_behind(self, key: int, limit: int) -> list[tuple[int, str]]:
        return self.all("SELECT key, id FROM caregivers WHERE key > ? ORDER BY key LIMIT ?", (key, limit))

    def moved_away(self, shift_id: str) -> list[Candidate]:
        """Give those who were offered the shift at another phone than they have now."""
        return [_candidate(json.loads(one)) for (one,) in self.all(MOVED_AWAY, (shift_stream(shift_id),))]

    def shifts_with_news(
        self, at: datetime, caregiver_ids: Sequence[str] = (), contact_id: int | None = None
    ) -> list[str]:
        """Give the shifts that these caregivers, or those with this phone, may have to be offered or told of now."""
        wanted: str | int = dump(caregiver_ids)
        which = SOME
        if contact_id is not None:
            wanted, which = contact_id, AT_PHONE
        missed = self.all(MISSED.format(which=which), (wanted,))
        moved = self.all(MOVED.format(which=which), (wanted, to_micros(at - LONGEST), to_micros(at)))
        return list(dict.fromkeys(shift_id for (shift_id,) in [*missed, *moved]))

    def unavailable(self, shift_id: str, fanout: int) -> frozenset[str]:
        """Give those offered the shift in this fan-out who opted out, left, lost the role, have a number in doubt or another
        shift at that time."""
        return frozenset(json.loads(self.one(UNAVAILABLE, (shift_stream(shift_id), fanout))[0]))

    def thread(self, contact_id: int, limit: int = 6) -> tuple[str, ...]:
        return tuple(body for (body,) in reversed(self.all(THREAD, (contact_id, limit))))


def _values(shift: Shift, gone: Collection[str]) -> tuple[str, str, int, int, str, str]:
    starts, ends = to_micros(shift.start_time), to_micros(shift.end_time)
    return shift.organization_id, role_key(shift.role_required), starts, ends, shift.id, dump(sorted(gone))


def _candidate(found: list[Any]) -> Candidate:
    key, contact_id, caregiver_id, organization_id, name, role_keys, language = found[:7]
    active, opted_out, doubted, consented, shares, held = found[7:]
    return Candidate(
        key,
        contact_id,
        caregiver_id,
        organization_id,
        name,
        role_keys,
        language,
        bool(active),
        bool(opted_out),
        bool(doubted),
        bool(shares),
        None if held is None else stored_shift(*held),
        bool(consented),
    )


def stored_shift(
    shift_id: str, organization_id: str, role: str, start: str, end: str, zone: str | None, area: str | None
) -> Shift:
    """Give a shift from its columns, which were checked when they were stored."""
    return Shift.model_construct(
        id=shift_id,
        organization_id=organization_id,
        role_required=role,
        start_time=datetime.fromisoformat(start),
        end_time=datetime.fromisoformat(end),
        time_zone=zone,
        area=area,
    )
