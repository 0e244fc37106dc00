"""Compares the journal's rows with what its events lead to."""

import sqlite3

from ..actors.journal.shift_rows import moved_row
from .shift_book import CLAIMED, OFFERING, ShiftBook
from .violation import Report, Rule

SHIFT = "SELECT key, status, round, next_deadline, claimed_by FROM shifts WHERE shift_id = ?"
CLAIMS = "SELECT caregiver_id FROM claims WHERE shift = ? AND released_at IS NULL"
FANOUTS = "SELECT number, closed_at IS NULL FROM fanouts WHERE shift = ? ORDER BY number"
OFFERS = (
    "SELECT fanout, caregiver_id, contact_id, code, declined_at IS NOT NULL, told_at IS NOT NULL FROM offers "
    "WHERE shift = ? AND fanout <= ?"
)


def compare(connection: sqlite3.Connection, book: ShiftBook, report: Report) -> None:
    """Compare all rows of one shift."""
    state = book.state
    row = connection.execute(SHIFT, (book.shift_id,)).fetchone()
    if row is None or list(row) != moved_row(row[0], state):
        report(Rule.ROWS, f"{book.shift_id}: {row}")
    if row is None:
        return
    holders = [one for (one,) in connection.execute(CLAIMS, (row[0],)).fetchall()]
    if holders != ([book.winners[-1]] if book.status is CLAIMED else []):
        report(Rule.ONE_CLAIM, f"{book.shift_id}: {holders}")
    fanouts = connection.execute(FANOUTS, (row[0],)).fetchall()
    live = [
        (number, int(book.status is OFFERING and number == state.fanout))
        for number in range(1, state.fanout + 1)
    ]
    if fanouts != live:
        report(Rule.ROWS, f"{book.shift_id}: fan-outs {fanouts}")
    if state.fanout:
        _compare_offers(connection, row[0], book, report)


def _compare_offers(connection: sqlite3.Connection, key: int, book: ShiftBook, report: Report) -> None:
    state = book.state
    stored = {(fanout, who): rest for fanout, who, *rest in connection.execute(OFFERS, (key, state.fanout))}
    latest = list(state.offers.values())
    for one in latest:
        expected = [one.offer.contact_id, one.offer.code, int(one.declined), int(one.told is not None)]
        found = stored.get((one.fanout, one.offer.caregiver_id))
        if found != expected:
            report(
                Rule.ROWS, f"{book.shift_id}: offer to {one.offer.caregiver_id} is {found}, not {expected}"
            )
    present = sum(fanout == state.fanout for fanout, _ in stored)
    if present != len(state.present()):
        report(Rule.ROWS, f"{book.shift_id}: {present} offers for {len(state.present())}")
