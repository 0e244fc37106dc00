"""The database on disk: where it lies, how it is opened, and what is refused before it is."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISREG
from tempfile import mkdtemp
from urllib.parse import quote

from ..port import JournalDamaged, JournalUnavailable
from ..sqlite_errors import WHAT_TO_DO

URL = re.compile(r"(\w+)(?:\+\w+)?://([^/?]*)(?:/([^?]*))?(\?.*)?", re.DOTALL)
"""Which database, on which host, where on it, and what else is said."""

OLDEST_SQLITE = (3, 37)
"""What the statements need, as Ubuntu 22.04 has it: STRICT tables are as young as that."""

BUSY_FOR = 2_000
"""How long a write waits, in milliseconds, for another process that keeps the database locked."""
PRIVATE = 0o600
"""The mode of every file of a journal: names, numbers and texts stand in them."""
BACKUP_MARK = b"fyBU"
"""What a backup has as SQLite's "application id" until it is started for the first time as a journal."""
OPEN_MARK = b"fyOP"
"""What a journal has there while it is in use: what was committed last is in its log, and the file alone has less."""
AT_REST = b"\0\0\0\0"
"""What it has there when it was stopped."""
MARK_AT = 68
STATEMENTS = 512
"""How many prepared statements a connection keeps: the ones over many rows come in many sizes, of which a service uses some."""


@dataclass(frozen=True, slots=True)
class DatabaseFile:
    """A database file. `fleeting` ones lie in a folder of their own that is removed at the end.

    A `backup` was never started, as far as was looked at: a log or seal beside it belongs to another journal.
    """

    path: Path
    fleeting: bool = False
    backup: bool = False

    @classmethod
    def at(cls, url: str | Path) -> "DatabaseFile":
        """Find the file of a path, of "sqlite:///relative.db", "sqlite:////absolute.db" or "sqlite://" (a fleeting one).

        A link is followed, so that a journal has one lock, whatever it is called by. Raises `JournalUnavailable` when the URL
        names something else, or what cannot be a file.
        """
        if isinstance(url, Path):
            return cls(_found(url))
        database = cls.check(url)
        if database is None:
            try:
                return cls(Path(mkdtemp(prefix="firstyes-")) / "journal.db", fleeting=True)
            except OSError as error:
                raise JournalUnavailable(f"cannot make a temporary folder: {error.strerror}") from error
        return cls(_found(Path(database)))

    @staticmethod
    def check(url: str) -> str | None:
        """Give the path in a URL, or None for a fleeting one. Raises `JournalUnavailable` when it names anything else.

        What is not followed is refused: the journal would lie elsewhere than its owner thinks, or nowhere.
        """
        parsed = URL.fullmatch(url)
        if parsed is None:
            raise JournalUnavailable(
                f'"{url}" is no database URL; write for example sqlite:///var/firstyes.db'
            )
        database, host, path, query = parsed.groups()
        if database != "sqlite":
            raise JournalUnavailable(
                f"this release keeps its journal in SQLite; {database} is not supported yet"
            )
        if host or query:
            raise JournalUnavailable(
                f'"{url}": {host or "what follows the question mark"} would be left out; write three slashes before a '
                "path, four if it begins at the root, and nothing behind it"
            )
        if path is not None and (not Path(path).name or path == ":memory:" or path[0] == "~" or "\0" in path):
            raise JournalUnavailable(
                f'"{url}" names no file; write for example sqlite:///var/firstyes.db, or sqlite:// for one that is '
                "forgotten at the end"
            )
        return path

    @property
    def log(self) -> Path:
        """The write-ahead log beside it."""
        return self.path.with_name(self.path.name + "-wal")

    @property
    def shared(self) -> Path:
        """The index of the log that all connections share."""
        return self.path.with_name(self.path.name + "-shm")

    @property
    def lock(self) -> Path:
        """The owner's lock beside it."""
        return self.path.with_name(self.path.name + ".lock")

    @property
    def seal(self) -> Path:
        """The seal beside it, which says from outside what was committed."""
        return self.path.with_name(self.path.name + ".seal")

    def looked_at(self) -> "DatabaseFile":
        """Find out whether it is a backup. For processes that have no connection to it: closing lets go of locks."""
        return replace(self, backup=self._mark() == BACKUP_MARK)

    def refuse_torn_off(self) -> None:
        """Raise `JournalDamaged` when it is the bare file of a service that was running, without what belongs to it."""
        beside = self.seal.exists() or (self.log.exists() and self.log.stat().st_size > 0)
        if self._mark() == OPEN_MARK and not beside:
            raise JournalDamaged(
                f"{self.path} was copied while its service was running, without {self.log.name}, in which what was answered "
                'last stands. Copy a journal with "firstyes backup", or stop the service first. What this file has can be '
                'had with "firstyes doctor --accept-loss".'
            )

    def _mark(self) -> bytes:
        try:
            with self.path.open("rb") as database:
                return database.read(MARK_AT + len(BACKUP_MARK))[MARK_AT:]
        except OSError:
            return b""

    def take_the_place_of(self, other: "DatabaseFile", owner: os.stat_result) -> None:
        """Become the database of `other`, and belong to whom that did, also where root puts it there. Returns when the disk has
        it. Raises `OSError`."""
        give_to(self.path, owner)
        self.path.replace(other.path)
        wait_for_disk(other.path.parent)

    @property
    def empty(self) -> bool:
        """Whether there is no database, or one of no bytes."""
        return not self.path.exists() or self.path.stat().st_size == 0

    @property
    def size(self) -> int:
        """Bytes on disk, the log's included."""
        return sum(one.stat().st_size for one in (self.path, self.log) if one.exists())

    def refuse_vanished(self, *, was_made: bool) -> None:
        """Raise `JournalDamaged` when there was a journal here and its database is gone or empty, `JournalUnavailable` when there
        should be one and there is nothing of it."""
        if was_made and not any(one.exists() for one in self._files()):
            raise JournalUnavailable(f"there is no journal at {self.path}")
        if self.empty and (
            was_made or self.seal.exists() or (self.log.exists() and self.log.stat().st_size > 0)
        ):
            raise JournalDamaged(
                f"there was a journal here, but {self.path} is missing or empty. {WHAT_TO_DO} "
                f"To start anew with an empty journal, remove {self.lock.name}, {self.log.name} and {self.seal.name} as well."
            )

    def refuse_read_only(self) -> None:
        """Raise `JournalUnavailable` when a file of the journal, or the folder it lies or will lie in, is read-only."""
        folder = next((one for one in self.path.parents if one.exists()), self.path.parent)
        for one in (folder, *self._files()):
            if one.exists() and not _writable(one):
                raise JournalUnavailable(
                    f"the journal cannot be written: {one} is read-only, or lies on a file system that is. Let the user "
                    "that runs the service write there, or name another journal."
                )

    def keep_private(self) -> None:
        """Have only its owner read and write the journal, whatever the umask says; SQLite gives a log the mode of its
        database. Called before anything has it open."""
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE))
        for one in self._files():
            # What belongs to somebody else is theirs to guard.
            with suppress(FileNotFoundError, PermissionError):
                one.chmod(PRIVATE)

    def _files(self) -> Iterator[Path]:
        yield from (self.path, self.log, self.shared, self.lock, self.seal)

    def connect_writer(self) -> sqlite3.Connection:
        """Open the connection that writes. Raises `sqlite3.Error`."""
        connection = sqlite3.connect(
            self.path,
            timeout=BUSY_FOR / 1000,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS,
        )
        try:
            for setting in (
                "journal_mode = WAL",
                f"synchronous = {'OFF' if self.fleeting else 'FULL'}",
                # The writer does it, which then seals what was copied.
                "wal_autocheckpoint = 0",
                "cache_size = -65536",
                "temp_store = MEMORY",
                "trusted_schema = OFF",
            ):
                connection.execute(f"PRAGMA {setting}")
        except BaseException:
            connection.close()
            raise
        return connection

    def uri(self, *, writable: bool = False) -> str:
        """Give the name that SQLite opens it by, only to read unless it is `writable`."""
        name = quote(os.fsencode(self.path))
        if writable:
            return f"file:{name}?mode=rw"
        # SQLite would apply a log that lies beside a backup, whoever's it is; of what never changes it reads none.
        alone = "&immutable=1" if self.backup and self.log.exists() else ""
        return f"file:{name}?mode=ro{alone}"

    def connect_reader(self) -> sqlite3.Connection:
        """Open a connection that can only read. Raises `sqlite3.Error`."""
        connection = sqlite3.connect(
            self.uri(),
            uri=True,
            timeout=BUSY_FOR / 1000,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute("PRAGMA query_only = ON")
            # Little: each commit makes a reader forget what it has, and there is one for every thread that reads.
            connection.execute("PRAGMA cache_size = -2048")
            connection.execute("PRAGMA trusted_schema = OFF")
        except BaseException:
            connection.close()
            raise
        return connection


def _found(path: Path) -> Path:
    real = Path(os.path.realpath(path))
    try:
        with suppress(FileNotFoundError):
            if not S_ISREG(real.stat().st_mode):
                raise JournalUnavailable(f"{path} is no file: name one, or one that is not there yet")
        with suppress(FileNotFoundError):
            # The longest name of what may lie beside it.
            real.with_name(f"{real.name}.set-aside-1").lstat()
    except OSError as error:
        raise JournalUnavailable(f"{path} cannot be a journal: {error.strerror}") from error
    return real


def _writable(path: Path) -> bool:
    """Whether we may write there. What is marked as read-only counts as such for root too, who could all the same."""
    wanted = os.W_OK | (os.X_OK if path.is_dir() else 0)
    return bool(path.stat().st_mode & 0o222) and os.access(
        path, wanted, effective_ids=os.access in os.supports_effective_ids
    )


def give_to(path: Path, owner: os.stat_result) -> None:
    """Let what root may have made belong to whom another file does. Raises `OSError`."""
    with suppress(PermissionError):
        os.chown(path, owner.st_uid, owner.st_gid)


def wait_for_disk(path: Path) -> None:
    """Return when a file's content, or a folder's names, have reached the disk. Raises `OSError`."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)
