"""What a journal may raise. Import them from `port`, with all else that belongs to it."""

from ...domain.errors import FirstyesError
from ..errors import NoAnswer


class JournalUnavailable(FirstyesError):
    """Raised when the journal cannot be written or read now (disk full, locked, gone). Nothing was changed; the
    same call may succeed later, without a restart."""


class HeardBefore(FirstyesError):
    """Raised when a transaction that does not look for it writes a message that was heard before. It stays inside."""


class CommitUnknown(NoAnswer):
    """Raised when the disk failed in the middle of a commit, and it cannot be found out now whether that was made."""


class JournalDamaged(FirstyesError):
    """Raised when the journal cannot be opened as it is; the message says where the damage lies and what to do."""


class JournalCutShort(JournalDamaged):
    """Raised when the journal no longer holds the last of what was answered for: commits are missing at its end."""


class JournalTooNew(JournalDamaged):
    """Raised when a newer release wrote the journal: its tables are not known here, and nothing was touched."""


class BrokenAppend(FirstyesError):
    """Raised when one append contradicts itself or what is kept. That is a bug, not a state of the database:
    nothing was written of it, and other appends are not touched."""


class JournalBusy(FirstyesError):
    """Raised when another process owns the journal; the message names its process id."""


class BadCursor(FirstyesError):
    """Raised when a cursor was not given out by the list it is used on."""
