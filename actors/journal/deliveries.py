"""What becomes of outbox rows."""

from collections.abc import Sequence
from sqlite3 import Cursor

from ...domain.policy import Channel
from ..records import Delivery
from .instants import micros_or_none
from .json_rows import dump, update
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
    """Write the changes, in the transaction that is open; of several to one row the last one counts."""
    rows: dict[tuple[int, Delivery], list[object]] = {}
    for one in changes:
        row = [one.key, one.delivery, one.carrier_id, one.error, micros_or_none(one.due_at)]
        rows[one.key, one.delivery] = row
    keys = {key for key, _ in rows}
    if len(keys) == len(rows):
        cursor.execute(CHANGE, (dump(list(rows.values())),))
    else:
        for row in rows.values():
            cursor.execute(CHANGE, (dump([row]),))


def mark_interrupted(cursor: Cursor, channel: Channel) -> None:
    """Mark what was being sent as unknown, in the transaction that is open."""
    cursor.execute(INTERRUPT, (channel,))
