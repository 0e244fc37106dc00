"""Outbound messages as rows: planned with what caused them, unique by cause, recipient and purpose."""

from sqlite3 import Cursor

from ...domain.message import Message, Purpose
from ...domain.policy import Channel
from ...domain.sending import PRIORITY, Priority
from .instants import AT_ONCE, to_micros
from .many_rows import dump, insert, plain_text

INSERT_OUTBOX = insert(
    "outbox",
    "seq, stream, cause, contact_id, caregiver_id, organization_id, purpose, channel, body, shift, fanout, round, "
    "priority, turn, created_at, due_at, state, attempt, opens",
)

Row = list[object]

NEXT_TURN = """
SELECT coalesce(min(turn), 0) FROM (
  SELECT min(turn) AS turn FROM outbox
  WHERE state = 'planned' AND queue IS NULL AND channel = ?1 AND priority = ?2 AND due_at = ?3
  UNION ALL SELECT min(turn) FROM outbox
  WHERE state = 'planned' AND queue IS NOT NULL AND channel = ?1 AND priority = ?2 AND due_at = ?3)
"""


def next_turn(cursor: Cursor, channel: Channel) -> int:
    """Give the turn that offers on a channel have come to."""
    return int(cursor.execute(NEXT_TURN, (channel.value, Priority.OFFER, AT_ONCE)).fetchone()[0])


def outbox_row(
    number: int,
    stream: int,
    cause: int,
    message: Message,
    shift: int | None,
    round_: int | None,
    at: int,
    turn: int = 0,
) -> Row:
    """Give the row of a message; `cause` is the stream's new version, or minus the inbound message's number when
    the stream did not move. `round_` is kept with offers; `turn` is when an offer is due among those of other shifts."""
    purpose = message.purpose
    return [
        number,
        stream,
        cause,
        message.contact_id,
        message.caregiver_id or "",
        message.organization_id,
        purpose.value,
        message.channel.value,
        plain_text(message.body),
        shift,
        message.fanout,
        round_ if purpose is Purpose.OFFER else None,
        PRIORITY[purpose],
        turn,
        at,
        AT_ONCE if message.due_at is None else to_micros(message.due_at),
        "planned",
        0,
        dump(message.opens),
    ]
