"""What becomes of outbox rows, and which alerts follow from it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from sqlite3 import Cursor

from ...domain.alert import AlertKind
from ...domain.conversation.numbers import CARRIER
from ...domain.policy import Channel
from ...domain.sending import LOST, NOT_TOLD, must_be_told
from ..records import Delivery
from .alert_port import CALLS, AlertChanges
from .alert_rows import AlertRows, matter
from .instants import micros_or_none, to_micros
from .many_rows import dump, update
from .port import DeliveryChange, OutboxRow
from .queries.outbox import SENDER, THESE, outbox_rows

# What has ended stays ended, and what was sent is not planned again, however late a report comes in. Where a message was sent
# twice after all, that one of them failed says nothing of the other.
CHANGE = update(
    "outbox",
    "seq, state, carrier_id, error, due_at, counts, from_phone, handed_at, sent_with",
    "state = new.state, carrier_id = coalesce(new.carrier_id, outbox.carrier_id), error = new.error, "
    "due_at = coalesce(new.due_at, outbox.due_at), attempt = outbox.attempt + (new.state = 'sending') - (NOT new.counts), "
    "from_phone = coalesce(new.from_phone, outbox.from_phone), handed_at = coalesce(new.handed_at, outbox.handed_at), "
    "sent_with = iif(new.state IN ('sending', 'planned'), new.sent_with, outbox.sent_with)",
    "outbox.seq = new.seq AND (outbox.state IN ('planned', 'sending', 'unknown') "
    "OR (outbox.state = 'sent' AND (new.state = 'delivered' "
    "OR (new.state = 'failed' AND coalesce(outbox.carrier_id, '') = coalesce(new.carrier_id, outbox.carrier_id, ''))))) "
    "RETURNING organization_id, CASE WHEN (attempt < 2 AND due_at > created_at) OR state IN ('failed', 'dropped') "
    "OR (state = 'sending' AND sent_with IS NOT NULL) THEN contact_id END",
)
"""Gives whose they are, and the phone whose last text may be another one now: of what was put off, which is told when it goes
out and not before, of what was not sent after all, and of several in one text."""
INTERRUPT = "UPDATE outbox SET state = 'unknown' WHERE state = 'sending' AND channel = ?"

# Before its first attempt a message waits as long as it was planned to: until the morning, or until its person is free.
BRING_PLANNED = """
UPDATE outbox SET due_at = ?2 WHERE state = 'planned' AND queue IS NULL AND channel = ?1 AND due_at > ?3
AND (attempt > 0 OR created_at > ?3)
"""
BRING_QUEUED = BRING_PLANNED.replace("queue IS NULL", "queue IS NOT NULL")
QUEUE = f"""
UPDATE outbox AS due SET queue = coalesce({SENDER}, '') WHERE seq IN (SELECT seq FROM outbox
  WHERE state = 'planned' AND queue IS NULL AND channel = ?1 ORDER BY priority, due_at, turn, seq LIMIT ?2)
"""  # noqa: S608 - what is put in is a part of ours
UNQUEUE = "UPDATE outbox SET queue = NULL WHERE state = 'planned' AND queue IS NOT NULL AND channel = ?1"
UNQUEUE_OF = """
UPDATE outbox SET queue = NULL WHERE state = 'planned' AND queue IS NOT NULL AND channel IN ('sms', 'voice')
AND queue IN (SELECT phone FROM organization_phones WHERE organization_id = ?1 UNION SELECT '')
"""
BRING_UNKNOWN = "UPDATE outbox SET due_at = ?2 WHERE state = 'unknown' AND channel = ?1 AND due_at > ?3"
FARTHEST = timedelta(hours=1)
"""Nothing waits so long to be tried again or looked up."""

# These may have to be told by a person, unless they had ended before.
MAY_MATTER = """
SELECT json_group_array(seq) FROM outbox WHERE seq IN (SELECT value FROM json_each(?1))
AND purpose IN ('confirmation', 'release', 'withdrawal') AND state IN ('planned', 'sending', 'unknown', 'sent')
AND instr(coalesce(error, ''), ?2) = 0
"""
# Whom an alert does not reach cannot see to it: the next is told at once.
NEXT_ON_CALL = f"""
UPDATE alerts SET call_at = ?2 WHERE closed_at IS NULL AND call_at > ?2 AND (id, called) IN (
  SELECT cause / {CALLS}, cause % {CALLS} + 1 FROM outbox
  WHERE seq IN (SELECT value FROM json_each(?1)) AND purpose = 'alert' AND state IN ('failed', 'dropped'))
"""  # noqa: S608 - a number of ours
# Most of the time nothing is open that a message could close.
OPEN = """
SELECT EXISTS (SELECT 1 FROM alerts WHERE closed_at IS NULL AND matter >= 'not_told/' AND matter < 'not_told0')
  OR EXISTS (SELECT 1 FROM alerts WHERE closed_at IS NULL AND matter >= 'carrier_down/' AND matter < 'carrier_down0')
"""
SENT = """
SELECT DISTINCT channel, CASE WHEN purpose IN ('confirmation', 'already_yours', 'release')
  OR (purpose = 'withdrawal' AND fanout IS NULL) THEN shift END, caregiver_id
FROM outbox WHERE seq IN (SELECT value FROM json_each(?1))
"""


def write_changes(
    cursor: Cursor, changes: Sequence[DeliveryChange], alerts: AlertChanges
) -> list[tuple[str, int | None]]:
    """Write the changes in their order, in the transaction that is open, and the alerts that follow from them; give what
    `CHANGE` does."""
    ended = {
        one.key: one for one in changes if one.lost or one.delivery in (Delivery.FAILED, Delivery.DROPPED)
    }
    may_matter: str | None = None
    if ended:
        may_matter = cursor.execute(MAY_MATTER, (dump(list(ended)), LOST)).fetchone()[0]
    rows = [
        (
            one.key,
            one.delivery.value,
            one.carrier_id,
            f"{LOST} {one.error or ''}".rstrip() if one.lost else one.error,
            micros_or_none(one.due_at),
            one.counts,
            one.from_phone,
            micros_or_none(one.at) if one.delivery is Delivery.SENDING else None,
            one.sent_with,
        )
        for one in changes
    ]
    together = [rows] if len({one.key for one in changes}) == len(rows) else [[row] for row in rows]
    touched = [one for some in together for one in CHANGE.write(cursor, some)]
    if ended:
        at = max(micros_or_none(one.at) or 0 for one in ended.values())
        cursor.execute(NEXT_ON_CALL, (dump(list(ended)), at))
    follow = AlertRows(alerts)
    if may_matter not in (None, "[]"):
        for row_out in outbox_rows(cursor.execute(THESE, (may_matter,)).fetchone()[0]):
            _call_a_person(follow, ended[row_out.key], row_out)
    sent = [one for one in changes if one.delivery in (Delivery.SENT, Delivery.DELIVERED)]
    if sent and cursor.execute(OPEN).fetchone()[0]:
        at = max(micros_or_none(one.at) or 0 for one in sent)
        for what in _matters(cursor, sent):
            follow.close_matter(what, at, CARRIER)
    follow.write(cursor)
    return touched


def bring_forward(cursor: Cursor, channel: Channel, at: datetime) -> None:
    """Plan for `at` what waits for longer than anything does, in the transaction that is open."""
    for statement in (BRING_PLANNED, BRING_QUEUED, BRING_UNKNOWN):
        cursor.execute(statement, (channel, to_micros(at), to_micros(at + FARTHEST)))


def _call_a_person(follow: AlertRows, change: DeliveryChange, row: OutboxRow) -> None:
    if change.at is None or not must_be_told(row):
        return
    follow.open(
        to_micros(change.at),
        AlertKind.NOT_TOLD,
        f"{NOT_TOLD[row.purpose]}: {row.error or 'The carrier did not take the text.'}",
        organization_id=row.organization_id,
        shift=row.shift,
        contact_id=row.contact_id,
        caregiver_id=row.caregiver_id,
    )


def _matters(cursor: Cursor, sent: Sequence[DeliveryChange]) -> Iterator[str]:
    rows = cursor.execute(SENT, (dump([one.key for one in sent]),)).fetchall()
    for channel in {channel for channel, _, _ in rows}:
        yield matter(AlertKind.CARRIER_DOWN, None, None, channel)
    for _, shift, caregiver_id in rows:
        if shift is not None and caregiver_id:
            yield matter(AlertKind.NOT_TOLD, shift, None, caregiver_id)
