"""Organizations and caregivers, for people."""

from datetime import datetime
from typing import Any

from ....domain.organization import Organization
from ....domain.policy import Channel
from ...records import CaregiverRecord, ChangeRecord, ConsentRecord, OfferedShift, Page
from .cursors import number_position, text_position
from .rows import Lists, narrowed, saved_organization
from .words import SHIFT_IN_WORDS, in_words

# ruff: noqa: S608 - what is put into queries are parts of ours
ORGANIZATION_COLUMNS = (
    "id", "name", "time_zone", "country", "rounds", "releases_call_offs", "consent_required", "welcomes", "on_call", "texts",
)  # fmt: skip
ORGANIZATION = f"""{", ".join(ORGANIZATION_COLUMNS)}, (
    SELECT json_group_array(json_object('number', phone, 'account', account, 'channels', json(channels)))
    FROM (SELECT * FROM organization_phones WHERE organization_id = organizations.id ORDER BY rowid)) AS phones"""
ORGANIZATIONS = {"after": "id > :after", "organization_id": "id = :organization_id"}
OPTED_OUT = """EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.contact_id = caregivers.contact_id
  AND opt_outs.organization_id = caregivers.organization_id)"""
NO_CALLS = OPTED_OUT.replace("opt_outs", "call_refusals")
CAREGIVER = f"""
caregivers.id, caregivers.organization_id, caregivers.name, caregivers.roles, contacts.phone, caregivers.language,
  caregivers.active, caregivers.is_distinct AS "distinct", {OPTED_OUT} AS opted_out,
  contacts.doubted_at IS NOT NULL AS in_doubt, {NO_CALLS} AS no_calls,
  contacts.busy_until, contacts.landline_at IS NOT NULL AS landline,
  (SELECT json_group_array(id) FROM (SELECT id FROM caregiver_aliases WHERE caregiver = caregivers.key ORDER BY id))
    AS aliases,
  (SELECT json_group_array(json_array(channel, how, given_at, words)) FROM (SELECT * FROM consents
   WHERE consents.contact_id = caregivers.contact_id AND consents.caregiver_id = caregivers.id ORDER BY channel)) AS consents
FROM caregivers CROSS JOIN contacts ON contacts.id = caregivers.contact_id AND contacts.phone NOT GLOB 'erased-*'"""
CAREGIVERS = {
    "after": "caregivers.id > :after",
    "organization_id": "caregivers.organization_id = :organization_id",
    "opted_out": f"{OPTED_OUT} = :opted_out",
    "text": "instr(lower(caregivers.name || ' ' || contacts.phone || ' ' || caregivers.role_keys || ' ' || caregivers.id), :text) > 0",
}
BY_ID = """caregivers.key = coalesce((SELECT key FROM caregivers WHERE id = :id),
  (SELECT caregiver FROM caregiver_aliases WHERE id = :id))"""

# Their latest offer of each shift, as it ended for them.
OFFERS_TO = """
SELECT shifts.shift_id, shifts.organization_id AS posted_by, shifts.role, shifts.start_time, shifts.end_time,
  coalesce(shifts.time_zone, organizations.time_zone) AS zone, fanouts.started_at AS at, CASE
    WHEN shifts.claimed_by = offers.caregiver_id THEN 'won'
    WHEN EXISTS (SELECT 1 FROM claims WHERE claims.shift = offers.shift AND claims.caregiver_id = offers.caregiver_id
      AND claims.released_at IS NOT NULL) THEN 'gave_back'
    WHEN offers.declined THEN 'declined' WHEN offers.told THEN 'late' ELSE 'asked' END AS came
FROM (SELECT max(id) AS id FROM offers WHERE caregiver_id = :caregiver_id GROUP BY shift ORDER BY 1 DESC LIMIT :limit) AS latest
CROSS JOIN offers ON offers.id = latest.id CROSS JOIN shifts ON shifts.key = offers.shift
LEFT JOIN organizations ON organizations.id = shifts.organization_id
LEFT JOIN fanouts ON fanouts.shift = offers.shift AND fanouts.number = offers.fanout
ORDER BY offers.id DESC
"""

# Of whoever is still active (?3): those in a role they have no more.
STILL_HAS = f"""
SELECT {SHIFT_IN_WORDS} FROM claims CROSS JOIN shifts ON shifts.key = claims.shift
CROSS JOIN caregivers AS holders ON holders.id = claims.caregiver_id
LEFT JOIN organizations ON organizations.id = shifts.organization_id
WHERE claims.caregiver_id IN (?1, (SELECT caregivers.id FROM caregiver_aliases
    CROSS JOIN caregivers ON caregivers.key = caregiver_aliases.caregiver WHERE caregiver_aliases.id = ?1))
  AND claims.released_at IS NULL AND claims.ends > ?2 AND NOT (
    ?3 AND EXISTS (SELECT 1 FROM json_each(holders.role_keys) WHERE value = shifts.role_key)) ORDER BY claims.starts
"""

CHANGES = {
    "before": "id < :before",
    "organization_id": "organization_id = :organization_id",
    "caregiver_id": "caregiver_id = :caregiver_id",
}

CONSENTS = f"""
SELECT events.type AS said, events.data ->> '$.at' AS said_at, events.data ->> '$.by' AS by, inbox.channel,
  events.data ->> '$.channel' AS agreed, events.data ->> '$.how' AS how,
  coalesce(events.data ->> '$.given_at', iif(events.data ->> '$.how' IS NULL, NULL, events.data ->> '$.written_at')) AS stated_at,
  coalesce(events.data ->> '$.words', inbox.body) AS words
FROM caregivers CROSS JOIN streams ON streams.name = 'contact/' || caregivers.contact_id
CROSS JOIN events ON events.stream = streams.id AND events.type IN ('opted_out', 'opted_in', 'calls_refused', 'consent_given')
LEFT JOIN inbox ON inbox.contact_id = caregivers.contact_id AND inbox.message_id = json_extract(events.data, '$.message_id')
WHERE {BY_ID} AND (events.data ->> '$.caregiver_id' = caregivers.id
  OR EXISTS (SELECT 1 FROM json_each(events.data, '$.organization_ids') WHERE value = caregivers.organization_id)
  OR EXISTS (SELECT 1 FROM json_each(events.data, '$.consents') WHERE value ->> '$.caregiver_id' = caregivers.id))
GROUP BY events.id ORDER BY events.id DESC
"""

BOTH = (Channel.SMS, Channel.VOICE)
COVERS = {"calls_refused": (Channel.VOICE,), "opted_out": BOTH, "opted_in": BOTH}
"""What a word of somebody is about, where it does not say."""


class PeopleLists(Lists):
    """Organizations and caregivers, one and many."""

    def own_numbers(self) -> list[tuple[str, str | None]]:
        return self._reads.all("SELECT phone, account FROM organization_phones ORDER BY phone")

    def own_number(self, number: str) -> tuple[str, str | None] | None:
        found: tuple[str, str | None] | None = self._reads.one(
            "SELECT phone, account FROM organization_phones WHERE phone = ?", (number,)
        )
        return found

    def organizations(
        self, cursor: str | None, limit: int, organization_id: str | None = None
    ) -> Page[Organization]:
        values = {"after": text_position("organizations", cursor), "organization_id": organization_id}
        query = narrowed(f"{ORGANIZATION} FROM organizations", ORGANIZATIONS, values, "id")
        return self._page("organizations", query, values, limit, saved_organization)

    def caregivers(
        self,
        organization_id: str | None,
        cursor: str | None,
        limit: int,
        opted_out: bool | None = None,
        text: str | None = None,
    ) -> Page[CaregiverRecord]:
        values = {
            "after": text_position("caregivers", cursor),
            "organization_id": organization_id,
            "opted_out": opted_out,
            "text": None if text is None else text.lower(),
        }
        query = narrowed(CAREGIVER, CAREGIVERS, values, "caregivers.id")
        return self._page("caregivers", query, values, limit, CaregiverRecord)

    def caregiver(self, caregiver_id: str) -> CaregiverRecord | None:
        return self._one_record(f"SELECT {CAREGIVER} WHERE {BY_ID}", {"id": caregiver_id}, CaregiverRecord)

    def changes(
        self, organization_id: str | None, caregiver_id: str | None, cursor: str | None, limit: int
    ) -> Page[ChangeRecord]:
        values = {
            "before": number_position("changes", cursor),
            "organization_id": organization_id,
            "caregiver_id": caregiver_id,
        }
        query = narrowed(
            "at, by, organization_id, caregiver_id, what FROM changes", CHANGES, values, "id DESC"
        )
        return self._page("changes", query, values, limit, ChangeRecord)

    def consents(self, caregiver_id: str) -> tuple[ConsentRecord, ...]:
        found = self._rows(CONSENTS, {"id": caregiver_id})
        return tuple(_said(**one) for one in found)

    def offers_to(self, caregiver_id: str, limit: int) -> tuple[OfferedShift, ...]:
        found = self._rows(OFFERS_TO, {"caregiver_id": caregiver_id, "limit": limit})
        return tuple(
            OfferedShift(
                at=one.pop("at"), came=one.pop("came"), shift_id=one["shift_id"], shift=in_words(**one)
            )
            for one in found
        )


def _said(said: str, said_at: str, agreed: str | None, stated_at: str | None, **more: Any) -> ConsentRecord:
    return ConsentRecord(
        at=datetime.fromisoformat(said_at),
        what=said,
        covers=(Channel(agreed),) if agreed else COVERS[said],
        given_at=None if stated_at is None else datetime.fromisoformat(stated_at),
        **more,
    )
