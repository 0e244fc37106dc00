"""Alerts, for people: whom and which shift each is about, in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ....domain.alert import ASKS
from ...records import AlertRecord, Page
from ..alert_port import AlertFilter, Names
from ..many_rows import dump
from .access import THE_ONLY_ONE
from .cursors import number_position
from .rows import Lists, narrowed
from .words import SHIFT_IN_WORDS, in_words

# ruff: noqa: S608 - what is put into queries are parts of ours
ALERT = f"""
alerts.id, alerts.at, alerts.last_at, alerts.organization_id, {SHIFT_IN_WORDS}, alerts.kind, alerts.message,
  alerts.caregiver_id, caregivers.name AS caregiver_name, contacts.phone, alerts.messages AS message_ids, alerts.count,
  alerts.acknowledged_at, alerts.acknowledged_by, iif(alerts.closed_at IS NULL, alerts.call_at, NULL) AS next_call_at,
  alerts.closed_at, alerts.closed_by
FROM alerts LEFT JOIN shifts ON shifts.key = alerts.shift
LEFT JOIN organizations ON organizations.id = shifts.organization_id
LEFT JOIN caregivers ON caregivers.id = alerts.caregiver_id
LEFT JOIN contacts ON contacts.id = coalesce(caregivers.contact_id, alerts.contact_id)"""
ALERTS = {
    "before": "alerts.id < :before",
    # Of no organization are a carrier that is down, which concerns each, and phones that nobody has, which may be another's.
    "organization_id": f"""(alerts.organization_id = :organization_id OR (alerts.organization_id IS NULL
      AND (alerts.kind = 'carrier_down' OR {THE_ONLY_ONE} = :organization_id)))""",
    "kind": "alerts.kind = :kind",
    "shift_id": "alerts.shift = (SELECT key FROM shifts WHERE shift_id = :shift_id)",
    "open": "(alerts.closed_at IS NULL) = :open",
}
THESE = f"SELECT {ALERT} WHERE alerts.id IN (SELECT value FROM json_each(:ids)) ORDER BY alerts.id"
NAMES = f"""
SELECT {SHIFT_IN_WORDS}, (SELECT name FROM caregivers WHERE id = :caregiver_id) AS caregiver
FROM shifts LEFT JOIN organizations ON organizations.id = shifts.organization_id WHERE shifts.shift_id = :shift_id
"""


class AlertLists(Lists):
    """Alerts, and what they are about."""

    def alerts(self, which: AlertFilter, cursor: str | None, limit: int) -> Page[AlertRecord]:
        values = {
            "before": number_position("alerts", cursor),
            "organization_id": which.organization_id,
            "kind": which.kind,
            "shift_id": which.shift_id,
            "open": which.open,
        }
        query = narrowed(ALERT, ALERTS, values, "alerts.id DESC")
        return self._page("alerts", query, values, limit, _record)

    def alerts_by_id(self, ids: Sequence[int]) -> list[AlertRecord]:
        return [_record(**row) for row in self._rows(THESE, {"ids": dump(ids)})]

    def names(self, shift_id: str, caregiver_id: str | None) -> Names | None:
        return self._one_record(NAMES, {"shift_id": shift_id, "caregiver_id": caregiver_id}, _names)


def _names(caregiver: str | None, **shift: Any) -> Names:
    return Names(shift["posted_by"], in_words(**shift), caregiver)


def _record(
    *,
    shift_id: str | None,
    posted_by: str,
    role: str,
    start_time: datetime,
    end_time: datetime,
    zone: str,
    **alert: Any,
) -> AlertRecord:
    told = None if shift_id is None else in_words(shift_id, posted_by, role, start_time, end_time, zone)
    return AlertRecord(
        shift_id=shift_id, shift=told, role=role, start_time=start_time, asks=ASKS[alert["kind"]], **alert
    )
