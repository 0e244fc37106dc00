"""Alerts as rows."""

from datetime import datetime
from sqlite3 import Cursor

from ...domain.alert import AlertKind
from .instants import to_micros
from .many_rows import insert

INSERT_ALERTS = insert("alerts", "at, organization_id, shift, kind, message")
INSERT_ONE = """
INSERT INTO alerts (at, organization_id, shift, kind, message)
SELECT ?1, (SELECT organization_id FROM shifts WHERE shift_id = ?2), (SELECT key FROM shifts WHERE shift_id = ?2),
  ?3, ?4
"""


def record_alert(cursor: Cursor, kind: AlertKind, message: str, shift_id: str | None, at: datetime) -> None:
    """Write an alert that belongs to no append, in the transaction that is open."""
    cursor.execute(INSERT_ONE, (to_micros(at), shift_id, kind.value, message))
