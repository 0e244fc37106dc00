"""What an outbox has planned, read from the journal."""

from datetime import datetime

from firstyes.actors.journal.instants import from_micros
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.domain.policy import Channel


def next_due(journal: SqliteJournal, channel: Channel) -> datetime | None:
    """The soonest instant for which a message is planned."""
    (found,) = journal.one(
        "SELECT min(due_at) FROM outbox WHERE state = 'planned' AND channel = ?", (channel,)
    )
    return None if found is None else from_micros(found)
