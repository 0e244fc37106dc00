"""Compares the journal's rows with what its events lead to."""

import sqlite3
from pathlib import Path

from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.diagnosis import diagnose
from firstyes.actors.journal.instants import to_micros
from firstyes.actors.journal.shift_rows import moved_row

from .shift_book import ShiftBook
from .violation import Report, Rule, Violation

SHIFT = "SELECT key, status, round, next_deadline, claimed_by, paused FROM shifts WHERE shift_id = ?"
CLAIMS = (
    "SELECT caregiver_id, fanout, override, released_at IS NULL FROM claims WHERE shift = ? ORDER BY version"
)
FANOUTS = "SELECT number, revision, closed_at IS NULL FROM fanouts WHERE shift = ? ORDER BY number"
OFFERS = (
    "SELECT fanout, caregiver_id, contact_id, code, open_until, declined, told FROM offers WHERE shift = ?"
)


def compare(connection: sqlite3.Connection, book: ShiftBook, report: Report) -> None:
    """Compare all rows of one shift."""
    state = book.state
    row = connection.execute(SHIFT, (book.shift_id,)).fetchone()
    if row is None or list(row) != moved_row(row[0], state):
        report(Rule.ROWS, f"{book.shift_id}: {row}")
    if row is None:
        return
    claims = connection.execute(CLAIMS, (row[0],)).fetchall()
    holders = [who for who, _, _, unreleased in claims if unreleased]
    if holders != ([] if book.holder is None else [book.holder]):
        report(Rule.ONE_CLAIM, f"{book.shift_id}: {holders}")
    if claims != [(one.caregiver_id, one.fanout, one.override, int(one.open)) for one in book.claims]:
        report(Rule.ROWS, f"{book.shift_id}: claims {claims}")
    fanouts = connection.execute(FANOUTS, (row[0],)).fetchall()
    if fanouts != [(number, *one) for number, one in sorted(book.fanouts.items())]:
        report(Rule.ROWS, f"{book.shift_id}: fan-outs {fanouts}, not {book.fanouts}")
    if state.fanout:
        _compare_offers(connection, row[0], book, report)


def _compare_offers(connection: sqlite3.Connection, key: int, book: ShiftBook, report: Report) -> None:
    state = book.state
    stored = {(fanout, who): rest for fanout, who, *rest in connection.execute(OFFERS, (key,))}
    for one in state.offers.values():
        who = one.offer.caregiver_id
        until = to_micros(book.offers[who].until)
        noted = [int(one.declined), int(one.told is not None)]
        expected = [one.offer.contact_id, one.offer.code, until, *noted]
        found = stored.get((one.fanout, who))
        if found != expected:
            report(Rule.ROWS, f"{book.shift_id}: offer to {who} is {found}, not {expected}")
    present = sum(fanout == state.fanout for fanout, _ in stored)
    if present != len(state.present()):
        report(Rule.ROWS, f"{book.shift_id}: {present} offers for {len(state.present())}")


def look_over(path: Path) -> Violation | None:
    """Look as `firstyes doctor` does: the tables made anew from the events must be those that are kept."""
    found = diagnose(DatabaseFile(path))
    return None if found.sound else Violation(Rule.ROWS, str(found.faults))
