"""How the journal does."""

from ....domain.errors import FirstyesError
from ..port import JournalHealth
from ..queries.read_connections import ReadConnections
from ..writer import Writer
from .database_file import DatabaseFile

# Rows that have ended are many and would have to be counted one by one.
COUNTS = """
SELECT 'shifts.' || status, count(*) FROM shifts GROUP BY status
UNION ALL SELECT 'outbox.planned', count(*) FROM outbox WHERE state = 'planned'
UNION ALL SELECT 'outbox.sending', count(*) FROM outbox WHERE state = 'sending'
UNION ALL SELECT 'outbox.unknown', count(*) FROM outbox WHERE state = 'unknown'
"""


def read_health(reads: ReadConnections, writer: Writer | None, file: DatabaseFile) -> JournalHealth:
    """Say how the journal does. Never raises: what cannot be read is an error to tell of."""
    error = (writer.error if writer is not None else None) or reads.damage
    counts: dict[str, int] = {}
    size = 0
    try:
        size = file.size
        counts = dict(reads.all(COUNTS))
    except (FirstyesError, OSError) as problem:
        error = error or str(problem)
    return JournalHealth(size=size, error=error, counts=counts)
