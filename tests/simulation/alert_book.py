"""Compares the alerts that are open with what they are about."""

import sqlite3
from collections import Counter

from firstyes.actors.journal.instants import to_micros

from .shift_book import CANCELLED, CLAIMED, OFFERING, ShiftBook
from .violation import Report, Rule

OPEN_ALERTS = (
    "SELECT kind, coalesce(caregiver_id, ''), coalesce(contact_id, 0) * (caregiver_id IS NULL), last_at FROM alerts "
    "JOIN shifts ON shifts.key = alerts.shift WHERE shifts.shift_id = ? AND closed_at IS NULL"
)
STANDS_EMPTY = frozenset(
    {"not_offered", "nobody_qualifies", "nobody_reachable", "everybody_declined", "unfilled", "expired"}
)
OF_THE_HOLDER = frozenset({"drop_requested", "running_late"})
WRITTEN_BY_THE_HOLDER = frozenset({"holder_wrote", "holder_mute"})


def compare(connection: sqlite3.Connection, book: ShiftBook, report: Report) -> None:
    """See that each alert of a shift that is open is about how it stands, and alone on its matter."""
    matters: Counter[tuple[object, ...]] = Counter()
    moved_at = 0 if book.moved_at is None else to_micros(book.moved_at)
    for kind, caregiver, contact, last_at in connection.execute(OPEN_ALERTS, (book.shift_id,)).fetchall():
        matters[kind, caregiver, contact] += 1
        settled = book.status in {CLAIMED, CANCELLED}
        gone = (
            (kind in STANDS_EMPTY and (settled or book.status is OFFERING))
            or (kind == "willing" and settled)
            or (kind in OF_THE_HOLDER and caregiver != book.holder)
            or (kind in WRITTEN_BY_THE_HOLDER and caregiver != book.holder and last_at < moved_at)
        )
        if gone:
            report(Rule.ONE_ALERT, f"{kind} is open about {book.shift_id}, which is {book.status}")
    for matter, number in matters.items():
        if number > 1:
            report(Rule.ONE_ALERT, f"{number} are open about {book.shift_id}, {matter}")
