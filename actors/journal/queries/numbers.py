"""Figures over weeks, read for people."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from ...numbers import FilledShift, Numbers, Share
from ..instants import from_micros, to_micros
from ..many_rows import dump
from .rows import Lists

# ruff: noqa: S608 - what is put into queries are parts of ours
IN_SIGHT = (
    "(:organizations IS NULL OR shifts.organization_id IN (SELECT value FROM json_each(:organizations)))"
)
WITHIN = f"shifts.starts >= :since AND shifts.starts < :until AND {IN_SIGHT}"
MOST_SHIFTS = 20_000
MOST_ANSWERS = 20_000
SHIFTS = f"""
SELECT shifts.role, shifts.starts, shifts.status = 'claimed' AS filled,
  (SELECT claims.claimed_at - (SELECT min(started_at) FROM fanouts WHERE fanouts.shift = shifts.key)
   FROM claims WHERE claims.shift = shifts.key AND claims.released_at IS NULL) AS lasted,
  (SELECT count(*) FROM outbox WHERE outbox.stream = shifts.key AND outbox.purpose = 'offer' AND outbox.channel = 'sms'
   AND outbox.state IN ('sent', 'delivered')) AS texts,
  (SELECT count(*) FROM outbox WHERE outbox.stream = shifts.key AND outbox.purpose = 'offer' AND outbox.channel = 'voice'
   AND outbox.state IN ('sent', 'delivered')) AS calls
FROM shifts WHERE {WITHIN} AND shifts.fanout > 0 AND shifts.status IN ('claimed', 'expired', 'unfilled', 'offering')
ORDER BY shifts.starts DESC LIMIT {MOST_SHIFTS}
"""
ANSWERS = f"""
SELECT inbox.received_at FROM (SELECT * FROM inbox ORDER BY id DESC LIMIT {MOST_ANSWERS}) AS inbox
CROSS JOIN shifts ON shifts.key = inbox.shift WHERE inbox.received_at >= :since AND {IN_SIGHT}
"""
SHARES = f"""
SELECT offers.caregiver_id, coalesce(caregivers.name, offers.caregiver_id), count(DISTINCT offers.shift),
  count(DISTINCT CASE WHEN shifts.claimed_by = offers.caregiver_id THEN offers.shift END),
  (SELECT coalesce(sum(won.ends - won.starts), 0) FROM shifts AS won WHERE won.claimed_by = offers.caregiver_id
   AND won.status = 'claimed' AND won.starts >= :since AND won.starts < :until) / 3600000000.0
FROM shifts CROSS JOIN offers ON offers.shift = shifts.key LEFT JOIN caregivers ON caregivers.id = offers.caregiver_id
WHERE {WITHIN} GROUP BY offers.caregiver_id ORDER BY 4 DESC, 3 DESC, 2
"""


class NumberLists(Lists):
    """Figures."""

    def numbers(self, organization_ids: Collection[str] | None, since: datetime, until: datetime) -> Numbers:
        values: dict[str, Any] = {
            "organizations": None if organization_ids is None else dump(sorted(organization_ids)),
            "since": to_micros(since),
            "until": to_micros(until),
        }
        with self._reads.one_state() as connection:
            shifts = connection.execute(SHIFTS, values).fetchall()
            answers = connection.execute(ANSWERS, values).fetchall()
            shares = connection.execute(SHARES, values).fetchall()
        return Numbers(
            shifts=tuple(
                FilledShift(
                    role=role,
                    start_time=from_micros(starts),
                    filled=bool(filled),
                    seconds=None if lasted is None or lasted < 0 else lasted / 1e6,
                    texts=texts,
                    calls=calls,
                )
                for role, starts, filled, lasted, texts, calls in shifts
            ),
            answered_at=tuple(from_micros(at) for (at,) in answers),
            shares=tuple(
                Share(caregiver_id=who, name=name, offers=offers, wins=wins, hours=hours)
                for who, name, offers, wins, hours in shares
            ),
        )
