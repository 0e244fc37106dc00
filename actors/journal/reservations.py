"""Reply codes: reserved before a fan-out is decided, so that its texts carry them.

A phone never has the same code twice while a reply to the first may still be on its way, over all organizations.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from sqlite3 import Cursor

from ...domain.inbound.contact import ANSWERABLE
from ...domain.policy import open_until
from ...domain.shift.candidates import JOINING, Candidate
from ...domain.shift.shift import Shift
from .errors import BrokenAppend
from .instants import to_micros
from .many_rows import dump, insert, update
from .port import shift_stream

RANGES = ((10, 99), (100, 999), (1000, 9999))

STREAM = "SELECT id FROM streams WHERE name = ?"
STARTED = "SELECT 1 FROM fanouts WHERE shift = ? AND number = ?"
RESERVED = "SELECT caregiver_id, contact_id, code FROM offers WHERE shift = ? AND fanout = ?"
FORGET = (
    "DELETE FROM offers WHERE shift = ?1 AND fanout = ?2 "
    "AND caregiver_id IN (SELECT value FROM json_each(?3))"
)
HELD = """
SELECT json_group_array(json_array(contacts.id, contacts.last_code,
  (SELECT group_concat(code) FROM offers WHERE contact_id = contacts.id AND open_until > ?2)))
FROM json_each(?1) AS wanted CROSS JOIN contacts ON contacts.id = wanted.value
"""
KEEP = "UPDATE offers SET open_until = ?3 WHERE shift = ?1 AND fanout = ?2"
INSERT_OFFERS = insert("offers", "shift, fanout, caregiver_id, contact_id, code, open_until")
REMEMBER = update("contacts", "id, last_code", "last_code = new.last_code", "contacts.id = new.id")


def reserve(
    cursor: Cursor, shift: Shift, fanout: int, offered: Sequence[Candidate], at: datetime
) -> dict[str, str]:
    """Give each candidate a code, in the transaction that is open. Once the fan-out has started nothing changes.

    A phone that has none left gets none.
    """
    row = cursor.execute(STREAM, (shift_stream(shift.id),)).fetchone()
    if row is None:
        raise BrokenAppend(f"codes for shift {shift.id}, which was never posted")
    key = row[0]
    wanted = {one.caregiver.id: one.contact_id for one in offered}
    codes: dict[str, str] = {}
    gone: list[str] = []
    for caregiver_id, contact_id, code in cursor.execute(RESERVED, (key, fanout)).fetchall():
        if wanted.get(caregiver_id) == contact_id:
            codes[caregiver_id] = code
        elif fanout != JOINING or caregiver_id in wanted:
            gone.append(caregiver_id)
    if fanout != JOINING and cursor.execute(STARTED, (key, fanout)).fetchone() is not None:
        return codes
    until = to_micros(open_until(at, shift.start_time, shift.end_time))
    if codes:
        cursor.execute(KEEP, (key, fanout, until))
    if gone:
        cursor.execute(FORGET, (key, fanout, dump(gone)))
    new = {caregiver_id: contact for caregiver_id, contact in wanted.items() if caregiver_id not in codes}
    if new:
        codes.update(_give(cursor, key, fanout, new, until, to_micros(at - ANSWERABLE)))
    return codes


def _give(
    cursor: Cursor, key: int, fanout: int, new: dict[str, int], until: int, answerable_from: int
) -> dict[str, str]:
    contacts = dump(sorted(set(new.values())))
    held: dict[int, set[str]] = {}
    last: dict[int, str | None] = {}
    for contact_id, last_code, in_use in json.loads(
        cursor.execute(HELD, (contacts, answerable_from)).fetchone()[0]
    ):
        held[contact_id] = set(in_use.split(",")) if in_use else set()
        last[contact_id] = last_code
    codes: dict[str, str] = {}
    rows: list[list[object]] = []
    for caregiver_id, contact_id in new.items():
        code = next((one for one in _following(last[contact_id]) if one not in held[contact_id]), None)
        if code is None:
            continue
        held[contact_id].add(code)
        last[contact_id] = codes[caregiver_id] = code
        rows.append([key, fanout, caregiver_id, contact_id, code, until])
    INSERT_OFFERS.write(cursor, rows)
    REMEMBER.write(cursor, [(one, last[one]) for one in set(new.values())])
    return codes


def _following(last: str | None) -> Iterator[str]:
    """Give all codes, short ones first, each length starting behind the last one given and going round."""
    previous = int(last or 0)
    for lowest, highest in RANGES:
        begin = previous + 1 if lowest <= previous < highest else lowest
        yield from map(str, chain(range(begin, highest + 1), range(lowest, begin)))
