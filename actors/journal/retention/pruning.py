"""What is long over is taken out of the journal: shifts with all that belongs to them, and old messages."""

from dataclasses import dataclass
from sqlite3 import Cursor

from ....domain.conversation.events import CONVERSATION_EVENT, PersonNeeded
from ..alert_port import CALLS
from ..alert_rows import matter
from ..instants import to_micros

# ruff: noqa: S608 - what is put into queries are parts of ours
NEEDED = "SELECT CAST(substr(value, 4) AS INTEGER) FROM alerts CROSS JOIN json_each(alerts.messages) WHERE closed_at IS NULL"
# The newest shift and event stay, so that no number is given twice: programs follow events by them.
GONE = f"""
CREATE TEMP TABLE gone AS SELECT shifts.key, streams.name, shifts.shift_id FROM shifts CROSS JOIN streams ON streams.id = shifts.key
WHERE shifts.ends < :before AND shifts.next_deadline IS NULL
AND shifts.key <> (SELECT max(id) FROM streams) AND shifts.key <> (SELECT stream FROM events ORDER BY id DESC LIMIT 1)
AND NOT EXISTS (SELECT 1 FROM fanouts WHERE fanouts.shift = shifts.key AND fanouts.open_until >= :before)
AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.stream = shifts.key
  AND (outbox.created_at >= :before OR outbox.state IN ('planned', 'sending', 'unknown')))
AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.shift = shifts.key
  AND (outbox.created_at >= :before OR outbox.state IN ('planned', 'sending', 'unknown')))
AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.shift = shifts.key
  AND (inbox.received_at >= :before OR inbox.id IN ({NEEDED})))
AND NOT EXISTS (SELECT 1 FROM alerts WHERE alerts.shift = shifts.key
  AND (alerts.closed_at IS NULL OR alerts.closed_at >= :before))
"""
OF_ONE = "SELECT key FROM temp.gone"
# An alert that is open is told by its number; who was told it may answer.
TOLD_OF_OPEN = f"purpose = 'alert' AND cause / {CALLS} IN (SELECT id FROM alerts WHERE closed_at IS NULL)"
MESSAGES = (
    "CREATE TEMP TABLE heard AS SELECT id FROM inbox WHERE received_at < :before "
    f"AND (shift IS NULL OR shift IN ({OF_ONE})) AND id NOT IN ({NEEDED})",
    "CREATE TEMP TABLE sent AS SELECT seq FROM outbox WHERE created_at < :before "
    "AND state NOT IN ('planned', 'sending', 'unknown') "
    f"AND (shift IS NULL OR shift IN ({OF_ONE})) AND NOT ({TOLD_OF_OPEN})",
)
FORGET_NAMED = """
UPDATE alerts SET messages = (SELECT json_group_array(value) FROM (SELECT value FROM json_each(alerts.messages)
  WHERE CAST(substr(value, 4) AS INTEGER) NOT IN (SELECT id FROM temp.heard) ORDER BY key))
WHERE EXISTS (SELECT 1 FROM json_each(alerts.messages)
  WHERE CAST(substr(value, 4) AS INTEGER) IN (SELECT id FROM temp.heard))
"""
CONVERSATIONS = """
SELECT events.id, CAST(substr(streams.name, 9) AS INTEGER), data, shifts.key, gone.key IS NOT NULL
FROM events CROSS JOIN streams ON streams.id = events.stream
LEFT JOIN shifts ON shifts.shift_id = data ->> '$.shift_id' LEFT JOIN temp.gone ON gone.key = shifts.key
WHERE events.type = 'person_needed' ORDER BY events.id
"""
ITS_ALERT = "SELECT id FROM alerts WHERE matter = ? AND at <= ? AND last_at >= ? ORDER BY id DESC LIMIT 1"
MOVE_ALERT = "UPDATE alerts SET shift = NULL, matter = ? WHERE id = ?"
OLD_ALERTS = (
    f"DELETE FROM alerts WHERE shift IN ({OF_ONE}) OR (shift IS NULL AND closed_at < :before AND last_at < :before "
    "AND id NOT IN (SELECT id FROM temp.told))"
)
STRANGERS = """
DELETE FROM contacts WHERE id NOT IN (SELECT contact_id FROM caregivers UNION SELECT contact_id FROM outbox
  UNION SELECT contact_id FROM inbox UNION SELECT contact_id FROM offers UNION SELECT contact_id FROM opt_outs
  UNION SELECT contact_id FROM alerts WHERE contact_id IS NOT NULL)
AND 'contact/' || id NOT IN (SELECT name FROM streams)
"""


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much was taken out."""

    shifts: int
    messages: int
    alerts: int
    phones: int
    sessions: int


def prune(cursor: Cursor, before: int) -> Pruned:
    """Take out what ended before an instant, in microseconds, in the transaction that is open.

    A shift goes with its events, offers, claims, messages and alerts once it is over, nothing of it is newer, and no alert on it
    is open. Messages and alerts that belong to no shift go by their age. Kept are people, what their phones want, what
    conversations led to, and what is open.
    """
    at = {"before": before}
    cursor.execute(GONE, at)
    for statement in MESSAGES:
        cursor.execute(statement, at)
    _loosen_alerts(cursor)
    cursor.execute(FORGET_NAMED)
    counted = {
        table: cursor.execute(f"DELETE FROM {table} WHERE {which}").rowcount
        for table, which in (
            ("inbox", "id IN (SELECT id FROM temp.heard)"),
            ("outbox", "seq IN (SELECT seq FROM temp.sent)"),
            ("claims", f"shift IN ({OF_ONE})"),
            ("offers", f"shift IN ({OF_ONE})"),
            ("fanouts", f"shift IN ({OF_ONE})"),
        )
    }
    alerts = cursor.execute(OLD_ALERTS, at).rowcount
    shifts = cursor.execute(f"DELETE FROM shifts WHERE key IN ({OF_ONE})").rowcount
    cursor.execute(f"DELETE FROM events WHERE stream IN ({OF_ONE})")
    cursor.execute(f"DELETE FROM streams WHERE id IN ({OF_ONE})")
    phones = cursor.execute(STRANGERS).rowcount
    sessions = cursor.execute("DELETE FROM sessions WHERE coalesce(ended_at, used_at) < :before", at).rowcount
    cursor.execute("DELETE FROM links WHERE expires_at < :before", at)
    cursor.execute("DELETE FROM changes WHERE at < :before", at)
    return Pruned(shifts, counted["inbox"] + counted["outbox"], alerts, phones, sessions)


def _loosen_alerts(cursor: Cursor) -> None:
    """Note the alerts that conversations opened: their events stay, so they do. Where their shift goes, neither names it any
    more."""
    cursor.execute("CREATE TEMP TABLE told (id INTEGER PRIMARY KEY)")
    for event_id, contact_id, data, shift, goes in cursor.execute(CONVERSATIONS).fetchall():
        event = CONVERSATION_EVENT.validate_json(data)
        assert isinstance(event, PersonNeeded)
        at, who = to_micros(event.at), event.caregiver_id or f"phone:{contact_id}"
        what = matter(event.kind, shift, event.organization_id, who)
        alert = cursor.execute(ITS_ALERT, (what, at, at)).fetchone()
        if alert is not None:
            cursor.execute("INSERT OR IGNORE INTO temp.told VALUES (?)", alert)
        if goes:
            loose = event.model_copy(update={"shift_id": None}).model_dump_json()
            cursor.execute("UPDATE events SET data = ? WHERE id = ?", (loose, event_id))
            if alert is not None:
                cursor.execute(MOVE_ALERT, (matter(event.kind, None, event.organization_id, who), *alert))
