"""SQLite's errors in our words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from .port import CommitUnknown, JournalDamaged, JournalUnavailable

WHAT_TO_DO = (
    "Stop the service, keep a copy of the journal's files, and restore them from a backup; "
    '"firstyes doctor" says what is wrong.'
)
ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What the driver raises: where damage stands in a message of SQLite, the driver fails to read the message."""

A_BUG = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.DataError)
"""What is no fault of the disk."""

NO_TEXT = ("Could not decode to UTF-8", "malformed JSON")
"""How the driver and SQLite begin to say it of a column."""

PASSING = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_BUSY: "another process keeps the database locked",
    sqlite3.SQLITE_LOCKED: "another process keeps the database locked",
}


@contextmanager
def explained(cannot: str) -> Iterator[None]:
    """Let go on what SQLite raises as an error of ours, and what the disk raises as `JournalUnavailable`: what we `cannot` do."""
    try:
        yield
    except ERRORS as error:
        raise explain(error) from error
    except OSError as error:
        raise JournalUnavailable(f"{cannot}: {error.strerror}") from error


def explain(error: sqlite3.Error | UnicodeDecodeError) -> JournalUnavailable | JournalDamaged:
    """Give the error of ours: damage when the file's content is wrong, else a state that may pass."""
    # The driver's own words would quote what stands there.
    if isinstance(error, UnicodeDecodeError) or str(error).startswith(NO_TEXT):
        return JournalDamaged(f"the journal is damaged: what should be text is none. {WHAT_TO_DO}")
    code = _primary_code(error)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return JournalDamaged(f"the journal is damaged ({error}). {WHAT_TO_DO}")
    return JournalUnavailable(PASSING.get(code, f"the journal cannot be used now ({error})"))


def is_of_the_disk(error: Exception) -> bool:
    """Whether the journal failed, and not who used it."""
    ours = isinstance(error, (JournalUnavailable, JournalDamaged, CommitUnknown))
    return ours or (isinstance(error, ERRORS) and not isinstance(error, A_BUG))


def needs_new_connection(error: sqlite3.Error | UnicodeDecodeError) -> bool:
    """Whether the connection itself may be broken; a full or locked database leaves it whole."""
    return _primary_code(error) not in PASSING


def _primary_code(error: sqlite3.Error | UnicodeDecodeError) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
