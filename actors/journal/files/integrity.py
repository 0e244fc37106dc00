"""A look at the pages of a database before it is trusted: as much of it as can be seen in a second."""

import sqlite3
from time import monotonic

from ..port import JournalDamaged
from ..sqlite_errors import WHAT_TO_DO

LOOKS_FOR = 1.0
"""Seconds; 100,000 shifts with their events take about half of that. What is not seen then is found when it is
read."""
STEPS_BETWEEN_GLANCES = 50_000
MOST_WANTED = ("claims", "shifts", "streams", "events", "outbox", "inbox")


def look_over(connection: sqlite3.Connection, seconds: float = LOOKS_FOR) -> bool:
    """Look for damaged pages, the most important tables first; False when the time did not suffice for all.

    Sees pages that are not well-formed, not a flipped bit inside a text: SQLite keeps no checksums in the database.

    Raises `JournalDamaged`, naming the page.
    """
    until = monotonic() + seconds
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    names.sort(key=lambda name: MOST_WANTED.index(name) if name in MOST_WANTED else len(MOST_WANTED))
    connection.set_progress_handler(lambda: monotonic() > until, STEPS_BETWEEN_GLANCES)
    try:
        for name in names:
            (found,) = connection.execute(f"PRAGMA quick_check('{name}')").fetchone()
            if found != "ok":
                raise JournalDamaged(f"the journal is damaged: {found} (table {name}). {WHAT_TO_DO}")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return False
    finally:
        connection.set_progress_handler(None, 0)
    return True
