"""What becomes of outbox rows."""

from collections.abc import Sequence
from sqlite3 import Cursor

from ...domain.policy import Channel
from .instants import micros_or_none
from .many_rows import update
from .port import DeliveryChange

# What has ended stays ended, and what was sent is not planned again, however late a report comes in.
CHANGE = update(
    "outbox",
    "seq, state, carrier_id, error, due_at",
    "state = new.state, carrier_id = coalesce(new.carrier_id, outbox.carrier_id), error = new.error, "
    "due_at = coalesce(new.due_at, outbox.due_at), attempt = outbox.attempt + (new.state = 'sending')",
    "outbox.seq = new.seq AND (outbox.state IN ('planned', 'sending', 'unknown') "
    "OR (outbox.state = 'sent' AND new.state IN ('delivered', 'failed')))",
)
INTERRUPT = "UPDATE outbox SET state = 'unknown' WHERE state = 'sending' AND channel = ?"


def write_changes(cursor: Cursor, changes: Sequence[DeliveryChange]) -> None:
    """Write the changes in their order, in the transaction that is open."""
    rows = [
        (one.key, one.delivery.value, one.carrier_id, one.error, micros_or_none(one.due_at))
        for one in changes
    ]
    if len({one.key for one in changes}) == len(rows):
        CHANGE.write(cursor, rows)
        return
    for row in rows:
        CHANGE.write(cursor, [row])


def mark_interrupted(cursor: Cursor, channel: Channel) -> None:
    """Mark what was being sent as unknown, in the transaction that is open."""
    cursor.execute(INTERRUPT, (channel,))
