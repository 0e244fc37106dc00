"""What is planned, read from the journal."""

from datetime import datetime

from firstyes.actors.journal.instants import from_micros
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.domain.policy import Channel

NEXT_DUE = " UNION ALL ".join(
    f"SELECT min(due_at) AS due_at FROM outbox WHERE state = 'planned' AND queue {which} AND channel = ?1"
    for which in ("IS NULL", "IS NOT NULL")
)
NEXT_DUE = f"SELECT min(due_at) FROM ({NEXT_DUE})"
"""In two parts, as the indexes are."""


def next_due(journal: SqliteJournal, channel: Channel) -> datetime | None:
    """The soonest instant for which a message is planned."""
    (found,) = journal.one(NEXT_DUE, (channel,))
    return None if found is None else from_micros(found)


def next_call(journal: SqliteJournal) -> datetime | None:
    """The soonest instant at which somebody is to be told of an alert."""
    (found,) = journal.one("SELECT min(call_at) FROM alerts WHERE closed_at IS NULL")
    return None if found is None else from_micros(found)
