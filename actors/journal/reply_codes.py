"""Reply codes: found before a fan-out is decided, so that its texts carry them, and kept with its offers.

A phone never has the same code twice while a reply to the first may still be on its way, over all organizations.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from sqlite3 import Cursor

from ...domain.inbound.contact import ANSWERABLE
from ...domain.shift.candidates import Candidate
from .instants import to_micros
from .many_rows import dump, update

RANGES = ((10, 99), (100, 999), (1000, 9999))

HELD = """
SELECT json_group_array(json_array(contacts.id, contacts.last_code,
  (SELECT group_concat(code) FROM offers WHERE contact_id = contacts.id AND open_until > ?2)))
FROM json_each(?1) AS wanted CROSS JOIN contacts ON contacts.id = wanted.value
"""
REMEMBER = update("contacts", "id, last_code", "last_code = new.last_code", "contacts.id = new.id")


def find_codes(cursor: Cursor, offered: Sequence[Candidate], at: datetime) -> dict[str, str]:
    """Give each candidate a code, in the transaction that is open, whose last fan-out has been written.

    A phone that has none left gets none.
    """
    contacts = dump(sorted({one.contact_id for one in offered}))
    held: dict[int, set[str]] = {}
    last: dict[int, str | None] = {}
    answerable_from = to_micros(at - ANSWERABLE)
    for contact_id, last_code, in_use in json.loads(
        cursor.execute(HELD, (contacts, answerable_from)).fetchone()[0]
    ):
        held[contact_id] = set(in_use.split(",")) if in_use else set()
        last[contact_id] = last_code
    codes: dict[str, str] = {}
    for one in offered:
        contact_id = one.contact_id
        code = next((one for one in _following(last[contact_id]) if one not in held[contact_id]), None)
        if code is not None:
            held[contact_id].add(code)
            last[contact_id] = codes[one.caregiver_id] = code
    REMEMBER.write(cursor, list(last.items()))
    return codes


def _following(last: str | None) -> Iterator[str]:
    """Give all codes, short ones first, each length starting behind the last one given and going round."""
    previous = int(last or 0)
    for lowest, highest in RANGES:
        begin = previous + 1 if lowest <= previous < highest else lowest
        yield from map(str, chain(range(begin, highest + 1), range(lowest, begin)))
