"""All events in the order of their commits, for programs that follow what happens."""

from datetime import datetime
from typing import Any

from ...records import EventPage, EventRecord
from .rows import Lists, rows

STRETCH = 10_000
"""Events that are looked through for one page, however few of them are the organization's."""

LAST = "SELECT coalesce(max(id), 0) AS id FROM events"
PAGE = """
SELECT events.id, events.version, events.data AS details, shifts.shift_id, shifts.organization_id
FROM events LEFT JOIN shifts ON shifts.key = events.stream
WHERE events.id > :after AND events.id <= :until
  AND (:organization_id IS NULL OR shifts.organization_id = :organization_id)
ORDER BY events.id LIMIT :limit
"""


class EventLists(Lists):
    """Events, a stretch at a time."""

    def events(self, after: int, organization_id: str | None, limit: int) -> EventPage:
        """Give the events behind one, at most so many, and up to where they were looked for."""
        with self._reads.one_state() as connection:
            [(last,)] = connection.execute(LAST).fetchall()
            until = min(last, after + STRETCH)
            values = {"after": after, "until": until, "organization_id": organization_id, "limit": limit}
            items = tuple(_record(**one) for one in rows(connection, PAGE, values))
        # A page that is full ends with its last event; any other has been looked through to its end.
        seen = items[-1].id if len(items) == limit else max(after, until)
        return EventPage(items=items, next_after=seen, more=seen < last)


def _record(details: dict[str, Any], **row: Any) -> EventRecord:
    at, by, kind = details.pop("at"), details.pop("by"), details.pop("type")
    # What somebody said of their consent is a text.
    details.pop("words", None)
    return EventRecord(at=datetime.fromisoformat(at), by=by, type=kind, details=details, **row)
