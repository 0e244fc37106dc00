"""Alerts as rows: at most one is open on a matter, and collects what else is said on it."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from sqlite3 import Cursor

from ...domain.alert import AlertKind
from ...domain.caregiver import Caregiver
from ...domain.closing import Closing
from .alert_port import AGAIN, AlertChanges, NewAlert
from .instants import to_micros
from .many_rows import ManyRows, Values, dump, insert, update

MOST_MESSAGES = 100
"""Messages that one alert names: the newest."""

COLUMNS = "at, last_at, organization_id, shift, contact_id, caregiver_id, kind, matter, message, messages, count, call_at"
MATTER = COLUMNS.split(", ").index("matter")
# What somebody writes after that was not known to whoever acknowledged it.
WROTE_AGAIN = "alerts.acknowledged_at IS NOT NULL AND excluded.messages <> '[]'"
RAISE = insert(
    "alerts",
    COLUMNS,
    "ON CONFLICT (matter) WHERE closed_at IS NULL DO UPDATE SET at = min(at, excluded.at), last_at = max(last_at, excluded.last_at), "
    "message = excluded.message, count = count + 1, messages = CASE WHEN excluded.messages = '[]' THEN messages ELSE "
    f"json_insert(CASE WHEN json_array_length(messages) < {MOST_MESSAGES} THEN messages "
    "ELSE json_remove(messages, '$[0]') END, '$[#]', json_extract(excluded.messages, '$[0]')) END, "
    f"called = iif({WROTE_AGAIN}, (called / {AGAIN} + 1) * {AGAIN}, called), "
    f"call_at = iif({WROTE_AGAIN}, excluded.last_at, call_at), "
    f"acknowledged_by = iif({WROTE_AGAIN}, NULL, acknowledged_by), "
    f"acknowledged_at = iif({WROTE_AGAIN}, NULL, acknowledged_at) "
    "RETURNING id, count",
)
CLOSING = "closed_at = new.at, closed_by = new.by"
WHICH = (
    "alerts.closed_at IS NULL AND instr(new.kinds, '/' || alerts.kind || '/') "
    "AND (new.caregiver_id IS NULL OR alerts.caregiver_id = new.caregiver_id)"
)
CLOSE_OF_SHIFT = update(
    "alerts",
    "shift, kinds, caregiver_id, at, by",
    CLOSING,
    f"alerts.shift = new.shift AND {WHICH} RETURNING id",
)
CLOSE_OF_CONTACT = update(
    "alerts",
    "contact_id, kinds, caregiver_id, at, by",
    CLOSING,
    f"alerts.contact_id = new.contact_id AND {WHICH} RETURNING id",
)
CLOSE_OF_MATTER = update(
    "alerts",
    "matter, at, by",
    CLOSING,
    "alerts.closed_at IS NULL AND alerts.matter = new.matter RETURNING id",
)
OPEN_MATTERS = "SELECT matter FROM alerts WHERE closed_at IS NULL AND matter >= ? AND matter < ?"
IS_OPEN = "SELECT 1 FROM alerts WHERE closed_at IS NULL AND matter = ?"
CLOSE_ONE = (
    "UPDATE alerts SET closed_at = ?2, closed_by = ?3 WHERE id = ?1 AND closed_at IS NULL RETURNING id"
)
ACKNOWLEDGE = (
    "UPDATE alerts SET acknowledged_at = ?2, acknowledged_by = ?3, call_at = NULL "
    "WHERE id = ?1 AND closed_at IS NULL AND acknowledged_at IS NULL RETURNING id"
)
CLOSE_CORRECTED = """
UPDATE alerts SET closed_at = ?2, closed_by = 'coordinator' WHERE closed_at IS NULL
AND matter >= 'wrong_number/' AND matter < 'wrong_number0' AND caregiver_id IN (SELECT value FROM json_each(?1))
AND contact_id <> (SELECT contact_id FROM caregivers WHERE caregivers.id = alerts.caregiver_id)
RETURNING id
"""
PLACES = """
SELECT (SELECT id FROM streams WHERE name = 'shift/' || ?1),
  coalesce(?2, (SELECT organization_id FROM shifts WHERE shift_id = ?1))
"""


def matter(kind: AlertKind, shift: int | None, organization_id: str | None, who: object) -> str:
    """Name what an alert is about: its kind, the shift (else the organization), and who or what."""
    place = organization_id or "" if shift is None else shift
    return f"{kind.value}/{place}/{'' if who is None else who}"


class AlertRows:
    """Gathers what opens and closes alerts, and writes it in that order, in the transaction that is open."""

    def __init__(self, changes: AlertChanges) -> None:
        """Tell `changes` what was opened and closed."""
        self._changes = changes
        self._rows: list[tuple[ManyRows, Values]] = []

    def open(
        self,
        at: int,
        kind: AlertKind,
        message: str,
        *,
        organization_id: str | None = None,
        shift: int | None = None,
        contact_id: int | None = None,
        caregiver_id: str | None = None,
        about: str | None = None,
        heard: int | None = None,
    ) -> None:
        """Open an alert, or add to the one that is open; `heard` is the number of the message that caused it."""
        phone = None if contact_id is None else f"phone:{contact_id}"
        what = matter(kind, shift, organization_id, caregiver_id or about or phone)
        messages = "[]" if heard is None else f'["in-{heard}"]'
        row = [
            at,
            at,
            organization_id,
            shift,
            contact_id,
            caregiver_id,
            kind.value,
            what,
            message,
            messages,
            1,
            at,
        ]
        self._rows.append((RAISE, row))

    def close(
        self, closings: Iterable[Closing], at: int, by: str, *, shift: int | None = None, contact_id: int = 0
    ) -> None:
        """Close those whose cause is gone, of a shift or else of a phone."""
        statement, whose = (CLOSE_OF_CONTACT, contact_id) if shift is None else (CLOSE_OF_SHIFT, shift)
        for closing in closings:
            self._rows.append((statement, [whose, _listed(closing.kinds), closing.caregiver_id, at, by]))

    def close_matter(self, what: str, at: int, by: str) -> None:
        """Close the one that is open on a matter."""
        self._rows.append((CLOSE_OF_MATTER, [what, at, by]))

    def write(self, cursor: Cursor) -> None:
        """Write what was gathered."""
        for statement, rows in groupby(self._rows, key=lambda one: one[0]):
            for one in statement.write(cursor, [row for _, row in rows]):
                if statement is not RAISE:
                    self._changes.closed.append(one[0])
                elif one[1] == 1:
                    self._changes.opened.append(one[0])
        self._rows.clear()


@cache
def _listed(kinds: frozenset[AlertKind]) -> str:
    return f"/{'/'.join(sorted(kinds))}/"


def record_alert(cursor: Cursor, alert: NewAlert, changes: AlertChanges) -> None:
    """Write an alert that belongs to no append, in the transaction that is open."""
    at, rows = to_micros(alert.at), AlertRows(changes)
    shift, organization_id = cursor.execute(PLACES, (alert.shift_id, alert.organization_id)).fetchone()
    rows.open(
        at,
        alert.kind,
        alert.message,
        organization_id=organization_id,
        shift=shift,
        contact_id=alert.contact_id,
        caregiver_id=alert.caregiver_id,
        about=alert.about,
    )
    rows.write(cursor)


def close_alert(cursor: Cursor, alert_id: int, at: int, by: str, changes: AlertChanges) -> None:
    """Close one by hand. One that is closed stays as it was closed."""
    changes.closed.extend(one for (one,) in cursor.execute(CLOSE_ONE, (alert_id, at, by)).fetchall())


def acknowledge_alert(cursor: Cursor, alert_id: int, at: int, by: str) -> bool:
    """Note that somebody sees to an alert, so that nobody else is told of it. False when it is closed, or somebody does."""
    return cursor.execute(ACKNOWLEDGE, (alert_id, at, by)).fetchone() is not None


def close_corrected(cursor: Cursor, caregivers: Sequence[Caregiver], at: int, changes: AlertChanges) -> None:
    """Close the alerts about numbers that these caregivers, just saved, have no longer."""
    ids = dump([one.id for one in caregivers])
    changes.closed.extend(one for (one,) in cursor.execute(CLOSE_CORRECTED, (ids, at)).fetchall())
