"""Who may come in, in memory: asked with each request, read anew when a commit has changed it."""

from collections.abc import Callable
from hashlib import sha256
from threading import Lock

from ..errors import NotRunning
from ..journal.access_port import AccessTables
from ..journal.errors import JournalDamaged, JournalUnavailable


def digest(secret: str) -> str:
    """Give what is kept of a secret that we made: it is too random to be guessed, so one round is enough."""
    return sha256(secret.encode(errors="replace")).hexdigest()


class Access:
    """Remembers what the journal says of users, sessions, links and API tokens.

    `changed` is called by the loop after each commit that touched them, before anybody is told of it: so nobody who was shut
    out comes in after that was answered. Asked on any thread. What cannot be read then is read by whoever asks next.
    """

    def __init__(self) -> None:
        """Know of nobody, until it is opened."""
        self.nobody = True
        """Whether there has never been a user."""
        self._load: Callable[[], AccessTables] = _not_open
        self.commits = 0
        """How many commits have changed it since it was opened."""
        self._known: tuple[int, AccessTables] | None = None
        self._one_reads = Lock()

    def open(self, load: Callable[[], AccessTables]) -> None:
        """Read what there is, and from now on whenever it has changed. Raises `JournalUnavailable`."""
        self._load, self._known = load, None
        self.tables()

    def tables(self) -> AccessTables:
        """Give all of it. Raises `JournalUnavailable` when it has to be read and cannot."""
        known = self._known
        if known is not None and known[0] == self.commits:
            return known[1]
        with self._one_reads:
            # Counted before it is read: what is committed meanwhile makes it old.
            commits = self.commits
            found = self._load()
            self._known = commits, found
            self.nobody = not found.users
        return found

    def changed(self) -> None:
        """Take note that a commit has changed something."""
        self.commits += 1
        try:
            self.tables()
        except (JournalUnavailable, JournalDamaged):
            # Somebody may have come.
            self.nobody = False


def _not_open() -> AccessTables:
    raise NotRunning("the desk is not open: use it as a context manager, or call start() first")
