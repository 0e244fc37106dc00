"""The board, read in one statement for its rows and one for its figures."""

import json
from datetime import datetime, timedelta
from statistics import median

from ....domain.caregiver import role_key
from ....domain.when import midnight
from ...board import Board, BoardFilter, BoardRow, Part
from ..instants import to_micros
from ..many_rows import dump
from .offers import SAID
from .rows import Lists, rows

# ruff: noqa: S608 - what is put into queries are parts of ours
LOOKS_BACK = timedelta(days=7)
# An alert may be about no shift: beside that NULL, nothing would be told apart.
ALERTED = "shifts.key IN (SELECT shift FROM alerts WHERE closed_at IS NULL AND shift IS NOT NULL)"
OPEN = "shifts.status IN ('pending', 'offering', 'unfilled')"
NEEDS_YOU = f"(shifts.status = 'unfilled' OR {ALERTED})"
# Each status by itself, by its start: so an index gives the first of thousands, and the rest is not looked at.
OPEN_ONES = f"""
SELECT key FROM (
  SELECT * FROM (SELECT shifts.key, 0 AS rank, shifts.starts FROM shifts WHERE {ALERTED}{{narrowed}})
  UNION SELECT * FROM (SELECT shifts.key, 0, shifts.starts FROM shifts WHERE shifts.status = 'unfilled'{{narrowed}}
    ORDER BY shifts.starts LIMIT :limit)
  UNION ALL SELECT * FROM (SELECT shifts.key, 1, shifts.starts FROM shifts
    WHERE shifts.status = 'offering' AND NOT {ALERTED}{{narrowed}} ORDER BY shifts.starts LIMIT :limit)
  UNION ALL SELECT * FROM (SELECT shifts.key, 2, shifts.starts FROM shifts
    WHERE shifts.status = 'pending' AND NOT {ALERTED}{{narrowed}} ORDER BY shifts.starts LIMIT :limit)
) ORDER BY rank, starts LIMIT :limit"""
ONE_PART = "SELECT shifts.key FROM shifts WHERE {part}{narrowed} ORDER BY {order} LIMIT :limit"
PARTS = {
    Part.NEEDS_YOU: NEEDS_YOU,
    Part.OFFERING: "shifts.status = 'offering'",
    Part.PENDING: "shifts.status = 'pending'",
    Part.FILLED: "(shifts.status = 'claimed' AND shifts.ends > :now)",
    Part.OVER: "(shifts.status IN ('cancelled', 'expired') OR (shifts.status = 'claimed' AND shifts.ends <= :now))",
}
FILTERS = {
    "organizations": "shifts.organization_id IN (SELECT value FROM json_each(:organizations))",
    "role": "shifts.role_key = :role",
    "text": """(instr(lower(shifts.role || ' ' || coalesce(shifts.area, '') || ' ' || shifts.shift_id), :text) > 0
      OR EXISTS (SELECT 1 FROM caregivers WHERE caregivers.id = shifts.claimed_by AND instr(lower(caregivers.name), :text) > 0))""",
}
# What came back counts as `offers_of` tells it of each person: their last word.
ROWS = f"""
WITH chosen AS MATERIALIZED (
  SELECT key, row_number() OVER () AS place FROM ({{chosen}})),
heard AS MATERIALIZED (
  SELECT inbox.shift AS shift, inbox.caregiver_id AS caregiver_id, inbox.intent AS intent, inbox.status AS status,
    max(inbox.id) AS last
  FROM chosen CROSS JOIN inbox ON inbox.shift = chosen.key AND inbox.caregiver_id IS NOT NULL
    AND inbox.intent IN ({", ".join(f"'{one}'" for one in SAID)})
  GROUP BY inbox.shift, inbox.caregiver_id),
one AS (
  SELECT offers.shift AS shift, CASE
      WHEN shifts.status = 'claimed' AND shifts.claimed_by = offers.caregiver_id THEN 'yes'
      WHEN EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.contact_id = offers.contact_id
        AND opt_outs.organization_id = shifts.organization_id) THEN 'unreachable'
      WHEN heard.intent IN ('decline', 'call_off') OR (heard.intent IS NULL AND offers.declined) THEN 'no'
      WHEN heard.intent = 'accept' AND heard.status <> 'clarify' THEN iif(EXISTS (SELECT 1 FROM claims
        WHERE claims.shift = offers.shift AND claims.caregiver_id = offers.caregiver_id
        AND claims.released_at IS NOT NULL), 'no', 'late')
      WHEN heard.intent IS NOT NULL THEN 'question'
      WHEN outbox.state IN ('failed', 'unknown') THEN 'unreachable'
      WHEN outbox.channel = 'voice' AND outbox.state IN ('sending', 'sent', 'delivered') AND shifts.status = 'offering'
        THEN 'calling'
      WHEN outbox.state = 'delivered' THEN 'delivered'
      WHEN outbox.state = 'sent' THEN 'sent'
      ELSE 'waiting' END AS came
  FROM chosen CROSS JOIN shifts ON shifts.key = chosen.key
  CROSS JOIN offers ON offers.shift = shifts.key AND offers.fanout = shifts.fanout
  LEFT JOIN outbox ON outbox.seq = (SELECT max(seq) FROM outbox AS sent WHERE sent.stream = offers.shift
    AND sent.caregiver_id = offers.caregiver_id AND sent.purpose = 'offer' AND sent.fanout = offers.fanout)
  LEFT JOIN heard ON heard.shift = offers.shift AND heard.caregiver_id = offers.caregiver_id),
bars AS MATERIALIZED (
  SELECT shift, json_group_object(came, many) AS asked
  FROM (SELECT shift, came, count(*) AS many FROM one GROUP BY shift, came) GROUP BY shift)
SELECT shifts.shift_id AS id, shifts.organization_id, organizations.name AS organization_name, shifts.role AS role_required,
  shifts.start_time, shifts.end_time, coalesce(shifts.time_zone, organizations.time_zone) AS zone, shifts.area,
  shifts.status, (SELECT coalesce(max(version), 0) FROM events WHERE stream = shifts.key) AS version, shifts.round,
  shifts.rounds, shifts.paused, shifts.next_deadline, shifts.claimed_by,
  (SELECT name FROM caregivers WHERE id = shifts.claimed_by) AS holder,
  (SELECT claimed_at FROM claims WHERE claims.shift = shifts.key AND released_at IS NULL) AS claimed_at,
  {NEEDS_YOU} AS needs_you,
  (SELECT count(*) FROM alerts WHERE alerts.shift = shifts.key AND closed_at IS NULL) AS alerts,
  alerts.message AS alert, alerts.kind AS alert_kind, coalesce(bars.asked, '{{{{}}}}') AS asked
FROM chosen CROSS JOIN shifts ON shifts.key = chosen.key
LEFT JOIN organizations ON organizations.id = shifts.organization_id
LEFT JOIN alerts ON alerts.id = (
  SELECT max(id) FROM alerts AS last WHERE last.shift = shifts.key AND last.closed_at IS NULL)
LEFT JOIN bars ON bars.shift = shifts.key
ORDER BY chosen.place
"""
FIGURES = f"""
SELECT
  (SELECT json_group_object(status, many) FROM (SELECT status, count(*) AS many FROM shifts WHERE {OPEN}{{narrowed}}
    GROUP BY status)) AS counts,
  (SELECT json_group_object(status, many) FROM (SELECT status, count(*) AS many FROM shifts
    WHERE {ALERTED} AND status <> 'unfilled'{{narrowed}} GROUP BY status)) AS alerted,
  (SELECT json_group_array(json_array(coalesce(shifts.time_zone, organizations.time_zone), claims.claimed_at,
      claims.claimed_at - fanouts.started_at))
    FROM claims CROSS JOIN shifts ON shifts.key = claims.shift
    LEFT JOIN organizations ON organizations.id = shifts.organization_id
    LEFT JOIN fanouts ON fanouts.shift = claims.shift AND fanouts.number = claims.fanout
    WHERE claims.claimed_at >= :since AND claims.released_at IS NULL{{narrowed}}) AS claimed
"""


class BoardLists(Lists):
    """The board."""

    def board(self, which: BoardFilter, now: datetime) -> Board:
        values: dict[str, object] = {
            "now": to_micros(now),
            "since": to_micros(now - LOOKS_BACK),
            "organizations": None if which.organization_ids is None else dump(sorted(which.organization_ids)),
            "role": None if which.role is None else role_key(which.role),
            "text": None if which.text is None else which.text.lower(),
            "shift_id": which.shift_id,
            "limit": which.limit + 1,
        }
        narrowed = "".join(f" AND {text}" for name, text in FILTERS.items() if values[name] is not None)
        in_sight = f" AND {FILTERS['organizations']}" if which.organization_ids is not None else ""
        part = "shifts.shift_id = :shift_id" if which.shift_id is not None else PARTS.get(which.part)
        order = "shifts.starts DESC" if which.part is Part.OVER else "shifts.starts"
        chosen = (OPEN_ONES if part is None else ONE_PART).format(part=part, narrowed=narrowed, order=order)
        with self._reads.one_state() as connection:
            found = rows(connection, ROWS.format(chosen=chosen), values)
            [figures] = connection.execute(FIGURES.format(narrowed=in_sight), values)
        counts, alerted, claimed = map(json.loads, figures)
        lasted = [micros / 1e6 for _, _, micros in claimed if micros is not None and micros >= 0]
        began = {zone: to_micros(midnight(now, zone)) for zone in {zone for zone, _, _ in claimed}}
        return Board(
            rows=tuple(BoardRow(**one) for one in found[: which.limit]),
            more=len(found) > which.limit,
            counts={
                Part.NEEDS_YOU: counts.get("unfilled", 0) + sum(alerted.values()),
                Part.OFFERING: counts.get("offering", 0) - alerted.get("offering", 0),
                Part.PENDING: counts.get("pending", 0) - alerted.get("pending", 0),
            },
            filled_today=sum(at >= began[zone] for zone, at, _ in claimed),
            seconds_to_fill=median(lasted) if lasted else None,
        )
