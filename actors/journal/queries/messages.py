"""Messages in and out, for people: one list, newest first."""

import json
from collections.abc import Sequence

from ....domain.text import number_of
from ...records import MessageRecord, Page
from .access import DIALLED_OR_MEANT
from .cursors import number_position
from .rows import Lists, narrowed

# ruff: noqa: S608 - what is put into queries are parts of ours
READING = """json_object('intent', inbox.intent, 'confidence', inbox.confidence, 'reason', inbox.reason,
  'words', json(inbox.words), 'codes', json(inbox.codes)) AS reading"""
SENT = """
'out-' || outbox.seq AS id, 'out' AS direction, outbox.created_at AS at, contacts.phone, outbox.channel, outbox.body,
  outbox.state, outbox.purpose, shifts.shift_id, nullif(outbox.caregiver_id, '') AS caregiver_id, NULL AS reading,
  CASE WHEN outbox.purpose = 'direct' THEN (SELECT data ->> '$.by' FROM events
    WHERE events.stream = outbox.stream AND events.version = outbox.cause) END AS written_by
FROM outbox CROSS JOIN contacts ON contacts.id = outbox.contact_id LEFT JOIN shifts ON shifts.key = outbox.shift"""
RECEIVED = f"""
'in-' || inbox.id AS id, 'in' AS direction, inbox.received_at AS at, contacts.phone, inbox.channel, inbox.body,
  inbox.status AS state, NULL AS purpose, shifts.shift_id, NULL AS caregiver_id, {READING},
  NULL AS written_by
FROM inbox CROSS JOIN contacts ON contacts.id = inbox.contact_id LEFT JOIN shifts ON shifts.key = inbox.shift"""
ONE = {
    "out": f"SELECT {SENT} WHERE outbox.seq = :number",
    "in": f"SELECT {RECEIVED} WHERE inbox.id = :number",
}
SHIFT = "(SELECT key FROM shifts WHERE shift_id = :shift_id)"
CONTACT = "(SELECT id FROM contacts WHERE phone = :phone)"
# A text that speaks of several shifts is kept with one of them; the events of each name it, and so does its answer.
HEARD_OF_SHIFT = f"""inbox.id IN (SELECT id FROM inbox WHERE shift = {SHIFT}
  UNION SELECT inbox.id FROM events CROSS JOIN inbox ON inbox.message_id = events.data ->> '$.message_id'
  WHERE events.stream = {SHIFT} AND events.type NOT IN ('fan_out_started', 'offers_added')
  AND EXISTS (SELECT 1 FROM json_each(inbox.answer, '$.results') WHERE value ->> '$.shift_id' = :shift_id))"""
OF_SENT = {
    "before": "outbox.seq < :before",
    # Written out, because two indexes hold the two halves.
    "shift_id": f"""outbox.seq IN (SELECT seq FROM outbox WHERE stream = {SHIFT} AND purpose = 'offer'
      UNION ALL SELECT seq FROM outbox WHERE stream = {SHIFT} AND purpose <> 'offer')""",
    "phone": f"outbox.contact_id = {CONTACT}",
    "organization_id": "outbox.organization_id = :organization_id",
}
OF_RECEIVED = {
    "before": "inbox.id < :before",
    "shift_id": HEARD_OF_SHIFT,
    "phone": f"inbox.contact_id = {CONTACT}",
    # What tells nothing of whose it is belongs to each organization that its phone works for.
    "organization_id": f"""coalesce({DIALLED_OR_MEANT} = :organization_id, EXISTS (SELECT 1 FROM caregivers
      WHERE caregivers.contact_id = inbox.contact_id AND caregivers.organization_id = :organization_id))""",
}

NEVER_HEARD = """SELECT value FROM json_each(?)
WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.message_id = value) ORDER BY key"""


class MessageLists(Lists):
    """Messages, one and many."""

    def messages(
        self,
        shift_id: str | None,
        phone: str | None,
        cursor: str | None,
        limit: int,
        organization_id: str | None = None,
    ) -> Page[MessageRecord]:
        """List messages. In and out share one sequence of numbers, so that each side gives its newest, and the newest
        of both are the page."""
        values = {
            "before": number_position("messages", cursor),
            "shift_id": shift_id,
            "phone": phone,
            "organization_id": organization_id,
        }
        sent = narrowed(SENT, OF_SENT, values, "outbox.seq DESC")
        received = narrowed(RECEIVED, OF_RECEIVED, values, "inbox.id DESC")
        query = (
            f"SELECT * FROM ({sent}) UNION ALL SELECT * FROM ({received}) ORDER BY position DESC LIMIT :limit"
        )
        return self._page("messages", query, values, limit, MessageRecord)

    def never_heard(self, message_ids: Sequence[str]) -> list[str]:
        rows = self._reads.all(NEVER_HEARD, (json.dumps([*message_ids]),))
        return [one for (one,) in rows]

    def message(self, message_id: str) -> MessageRecord | None:
        direction, _, number = message_id.partition("-")
        found = number_of(number)
        if direction not in ONE or found is None:
            return None
        return self._one_record(ONE[direction], {"number": found}, MessageRecord)
