"""Whom a shift's last fan-out left out, in words: names and shifts are looked up, events have only their ids."""

from sqlite3 import Connection
from typing import Any

from ....domain.answer import LeftOut
from ....domain.shift.candidates import reason
from ....domain.shift.events import WhyLeftOut
from .rows import rows
from .words import in_words

LEFT_OUT = """
SELECT json_extract(omitted.value, '$.caregiver_id') AS caregiver_id, json_extract(omitted.value, '$.why') AS why,
  caregivers.name, held.shift_id, held.organization_id AS posted_by, held.role, held.start_time, held.end_time,
  coalesce(held.time_zone, shifts.time_zone, organizations.time_zone) AS zone
FROM (SELECT max(version) AS version FROM events WHERE stream = :shift AND type IN ('fan_out_started', 'shift_unfilled')
      AND (type = 'fan_out_started' OR json_array_length(data, '$.left_out') > 0)) AS last
CROSS JOIN events ON events.stream = :shift AND events.version >= last.version
  AND events.type IN ('fan_out_started', 'offers_added', 'shift_unfilled')
CROSS JOIN json_each(events.data, '$.left_out') AS omitted
CROSS JOIN shifts ON shifts.key = :shift
LEFT JOIN organizations ON organizations.id = shifts.organization_id
LEFT JOIN caregivers ON caregivers.id = json_extract(omitted.value, '$.caregiver_id')
LEFT JOIN shifts AS held ON held.shift_id = json_extract(omitted.value, '$.held_shift_id')
ORDER BY events.version, omitted.key
"""


def left_out_of(connection: Connection, shift: int) -> tuple[tuple[WhyLeftOut, LeftOut], ...]:
    """Give those with the role who were not asked last time, and why."""
    return tuple(
        (WhyLeftOut(row["why"]), _left_out(**row)) for row in rows(connection, LEFT_OUT, {"shift": shift})
    )


def _left_out(caregiver_id: str, why: str, name: str | None, **held: Any) -> LeftOut:
    told = None if held["shift_id"] is None else in_words(**held)
    return LeftOut(caregiver_id=caregiver_id, name=name or caregiver_id, reason=reason(WhyLeftOut(why), told))
