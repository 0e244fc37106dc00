"""What has happened, kept on disk."""

from .port import Journal
from .sqlite_journal import SqliteJournal


def open_journal(url: str) -> Journal:
    """Open the journal at a database URL, as its owner; what it may be, and what it raises: `SqliteJournal.open`."""
    return SqliteJournal.open(url)
