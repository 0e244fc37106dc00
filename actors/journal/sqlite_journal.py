"""The journal on SQLite: one file, one writer, any number of readers."""

import logging
import shutil
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NoReturn, Self

from .files.database_file import DatabaseFile
from .files.health import read_health
from .files.identity import FileIdentity
from .files.opening import check_readable, prepare
from .files.owner_lock import OwnerLock
from .files.seal_keeper import SealKeeper
from .files.sealing import seal_up
from .port import Journal, JournalHealth, JournalUnavailable
from .queries.access import AccessLists
from .queries.actors import QueriesForActors
from .queries.alerts import AlertLists
from .queries.board import BoardLists
from .queries.contact import ContactQuery
from .queries.events import EventLists
from .queries.messages import MessageLists
from .queries.numbers import NumberLists
from .queries.people import PeopleLists
from .queries.read_connections import ReadConnections
from .queries.shifts import ShiftLists
from .sqlite_errors import ERRORS, explain, explained
from .transaction import Transaction
from .writer import CrashPoint, Writer, no_crash

TIMEOUT = 10.0
PRIVATE_FOLDER = 0o700

log = logging.getLogger(__name__)


class SqliteJournal(
    ContactQuery,
    QueriesForActors,
    PeopleLists,
    ShiftLists,
    MessageLists,
    AlertLists,
    BoardLists,
    AccessLists,
    EventLists,
    NumberLists,
    Journal,
):
    """The journal on SQLite; its methods say in `Journal` what they do. Made by `open` or `open_read_only`."""

    def __init__(
        self,
        file: DatabaseFile,
        identity: FileIdentity,
        lock: OwnerLock | None,
        writer: Writer | None,
        timeout: float,
    ) -> None:
        """Put together what `open` and `open_read_only` have opened."""
        self._file = file
        self._lock = lock
        self._open_writer = writer
        self._reads = ReadConnections(identity.connect_reader, timeout=timeout)

    @classmethod
    def open(cls, url: str | Path, *, timeout: float = TIMEOUT, crash_point: CrashPoint = no_crash) -> Self:
        """Open the journal at `url` (or path) as its owner, making or upgrading it where needed.

        "sqlite:///var/firstyes.db" is a file below the present folder, "sqlite:////srv/firstyes.db" one anywhere,
        "sqlite://" one that is kept in a temporary folder, without waiting for the disk, until `close`. `timeout`
        bounds every wait, in seconds. `crash_point` is called before and after each commit and each check-point.

        Raises `JournalBusy` when another process owns it, `JournalDamaged` (`JournalTooNew`) when it cannot be used
        as it is, `JournalUnavailable` when the disk does not let us.
        """
        file = DatabaseFile.at(url)
        lock = None
        try:
            if not file.fleeting:
                file.refuse_read_only()
                _make_folder(file.path.parent)
                lock = OwnerLock(file.lock)
                file.refuse_vanished(was_made=lock.journal_was_made)
                with explained(f"cannot make {file.path}"):
                    file.keep_private()
            prepare(file)
            if lock is not None:
                lock.remember_journal()
            identity = FileIdentity(file, lock)
            seal = None if file.fleeting else _sealed(file)
            writer = Writer(
                file.connect_writer,
                identity,
                timeout=timeout,
                crash_point=crash_point,
                seal=seal,
                left_in_log=file.log.stat().st_size if file.log.exists() else 0,
            )
        except BaseException as error:
            if lock is not None:
                lock.release()
            _remove_fleeting(file)
            if isinstance(error, ERRORS):
                raise explain(error) from error
            raise
        return cls(file, identity, lock, writer, timeout)

    @classmethod
    def open_read_only(cls, url: str | Path, *, timeout: float = TIMEOUT) -> Self:
        """Open the journal at `url` to look at it, beside its owner or without one. Writing to it raises
        `JournalUnavailable`; opening it raises what `open` does."""
        file = DatabaseFile.at(url).looked_at()
        check_readable(file)
        return cls(file, FileIdentity(file), None, None, timeout)

    # -- writing
    def transaction(self) -> AbstractContextManager[Transaction]:
        return self._writer.transaction()

    def idle(self) -> None:
        try:
            self._writer.idle()
        except Exception:
            log.exception("the journal could not be tidied up")

    # -- reading: the rest is in the classes that are inherited
    def one(self, query: str, parameters: tuple[object, ...] = ()) -> Any:
        """Give the first row, None when there is none."""
        return self._reads.one(query, parameters)

    def all(self, query: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        """Give all rows."""
        return self._reads.all(query, parameters)

    # -- its files
    def health(self) -> JournalHealth:
        """Say how the journal does. Of outbox rows, those are counted that have not ended."""
        return read_health(self._reads, self._open_writer, self._file)

    def close(self, timeout: float = TIMEOUT) -> None:
        """Commit what is queued, checkpoint, and let go of the files. Later calls raise `JournalUnavailable`.

        If the writer does not come to an end within `timeout` seconds, the journal stays locked until the process ends.
        """
        self._reads.close()
        if self._open_writer is not None and not self._open_writer.close(timeout):
            return
        if self._lock is not None:
            self._lock.release()
        _remove_fleeting(self._file)

    @property
    def _writer(self) -> Writer:
        return self._open_writer or _refuse_to_write()


def _refuse_to_write() -> NoReturn:
    raise JournalUnavailable("the journal was opened to be read only")


def _make_folder(folder: Path) -> None:
    with explained(f"cannot make the folder {folder}"):
        if not folder.exists():
            folder.mkdir(parents=True, mode=PRIVATE_FOLDER)
            folder.chmod(PRIVATE_FOLDER)


def _sealed(file: DatabaseFile) -> SealKeeper:
    with explained(f"cannot seal the journal with {file.seal}"):
        return seal_up(file)


def _remove_fleeting(file: DatabaseFile) -> None:
    if file.fleeting:
        shutil.rmtree(file.path.parent, ignore_errors=True)
