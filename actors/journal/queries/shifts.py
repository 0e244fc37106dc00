"""Shifts for people: one with its offers, lists with cursors, and the timeline."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from ....domain.caregiver import role_key
from ...records import Page, ShiftRecord, TimelineEntry
from ..port import Deadline, ShiftFilter
from .cursors import number_position
from .left_out import left_out_of
from .messages import HEARD_OF_SHIFT, READING
from .offers import offers_of
from .reach import reach_of
from .rows import Lists, narrowed, rows

# ruff: noqa: S608 - what is put into queries are parts of ours
SHIFT = """
shifts.shift_id AS id, shifts.organization_id, shifts.role AS role_required, shifts.start_time, shifts.end_time,
  shifts.time_zone, shifts.area, shifts.status, shifts.revision, shifts.fanout,
  iif(shifts.status = 'offering', shifts.round, NULL) AS round, shifts.rounds, shifts.paused, shifts.next_deadline,
  shifts.claimed_by,
  (SELECT coalesce(max(version), 0) FROM events WHERE stream = shifts.key) AS version
FROM shifts"""
SHIFTS = {
    "after": "shifts.key > :after",
    "status": "shifts.status = :status",
    "role": "shifts.role_key = :role",
    "organization_id": "shifts.organization_id = :organization_id",
}
ONE = f"SELECT shifts.key AS key, {SHIFT} WHERE shifts.shift_id = :shift_id"
EVENTS = """
SELECT events.version, events.data AS details FROM shifts CROSS JOIN events ON events.stream = shifts.key
WHERE shifts.shift_id = :shift_id ORDER BY events.version
"""
READINGS = f"SELECT inbox.message_id, inbox.body, {READING} FROM inbox WHERE {HEARD_OF_SHIFT}"

# By key, as the rows lie: by the index of states, each would be looked for.
DEADLINES = """
SELECT next_deadline, shift_id, starts FROM shifts WHERE next_deadline IS NOT NULL
AND key IN (SELECT key FROM shifts WHERE status IN ('pending', 'offering', 'unfilled', 'cancelled'))
"""
AT_A_TIME = 5_000
AS_DEADLINE: Callable[[tuple[Any, ...]], Deadline] = partial(tuple.__new__, Deadline)
"""A row as it is: there may be a million, and calling the class costs five times as much."""


class ShiftLists(Lists):
    """Shifts, one and many."""

    def shift(self, shift_id: str) -> ShiftRecord | None:
        """Give one shift with the latest offer to everybody, and with whom its last fan-out left out."""
        with self._reads.one_state() as connection:
            found = rows(connection, ONE, {"shift_id": shift_id})
            if not found:
                return None
            [row] = found
            key = row.pop("key")
            offers = offers_of(connection, key, row["revision"])
            left_out = left_out_of(connection, key)
            return ShiftRecord(
                **row,
                offers=offers,
                left_out=tuple(one for _, one in left_out),
                reach=reach_of(offers, [why for why, _ in left_out]),
            )

    def shifts(self, which: ShiftFilter, cursor: str | None, limit: int) -> Page[ShiftRecord]:
        values = {
            "after": number_position("shifts", cursor),
            "status": which.status,
            "role": None if which.role is None else role_key(which.role),
            "organization_id": which.organization_id,
        }
        query = narrowed(SHIFT, SHIFTS, values, "shifts.key")
        return self._page("shifts", query, values, limit, ShiftRecord)

    def timeline(self, shift_id: str) -> list[TimelineEntry]:
        values = {"shift_id": shift_id}
        with self._reads.one_state() as connection:
            events = rows(connection, EVENTS, values)
            read = {
                row["message_id"]: (row["reading"], row["body"]) for row in rows(connection, READINGS, values)
            }
        return [_entry(read, **event) for event in events]

    def deadlines(self) -> Iterator[Deadline]:
        """Give all deadlines, read a stretch at a time."""
        with self._reads.connection() as connection:
            cursor = connection.execute(DEADLINES)
            try:
                while rows := cursor.fetchmany(AT_A_TIME):
                    yield from map(AS_DEADLINE, rows)
            finally:
                cursor.close()


def _entry(read: dict[str, Any], version: int, details: dict[str, Any]) -> TimelineEntry:
    at, by, kind = details.pop("at"), details.pop("by"), details.pop("type")
    reading, text = read.get(details.get("message_id") or "", (None, None))
    return TimelineEntry(
        version=version,
        at=datetime.fromisoformat(at),
        by=by,
        type=kind,
        details=details,
        reading=reading,
        text=text,
    )
