"""What people had stopped who were erased: kept under a hash of their number, so that whoever is entered again is not texted.

The key of the hash lies in the journal: whoever has the journal can find a number in it by trying all of them, and cannot read it.
"""

import hmac
from datetime import datetime
from secrets import token_bytes
from sqlite3 import Cursor

from ...domain.policy import Channel
from .instants import from_micros

KEY = "SELECT key FROM kept_key"
STOPPED = (
    "SELECT organization_id, ?2, at FROM opt_outs WHERE contact_id = ?1 UNION ALL "
    "SELECT organization_id, ?3, at FROM call_refusals WHERE contact_id = ?1"
)
KEEP = "INSERT OR REPLACE INTO kept_opt_outs (digest, organization_id, channel, at) VALUES (?, ?, ?, ?)"
TAKE = "DELETE FROM kept_opt_outs WHERE digest = ? RETURNING organization_id, channel, at"


def keep_opt_outs(cursor: Cursor, contact_id: int, phone: str) -> bool:
    """Keep what a phone that is about to be forgotten has stopped; say whether there is anything."""
    stopped = cursor.execute(STOPPED, (contact_id, Channel.SMS, Channel.VOICE)).fetchall()
    if stopped and cursor.execute(KEY).fetchone() is None:
        cursor.execute("INSERT INTO kept_key (key) VALUES (?)", (token_bytes(32),))
    for row in stopped:
        cursor.execute(KEEP, (_digest(cursor, phone), *row))
    return bool(stopped)


def take_kept_opt_outs(cursor: Cursor, phone: str) -> list[tuple[str, Channel, datetime]]:
    """Take out what the phone had stopped when its person was erased: from which organization, which channel, and when."""
    found = cursor.execute(TAKE, (_digest(cursor, phone),)).fetchall()
    return [(organization, Channel(channel), from_micros(at)) for organization, channel, at in found]


def _digest(cursor: Cursor, phone: str) -> str:
    (key,) = cursor.execute(KEY).fetchone()
    return hmac.digest(key, phone.encode(), "sha256").hex()
