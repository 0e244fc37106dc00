"""Opening a journal: what is looked at before anything is written, and the making of its tables."""

import logging
import sqlite3
from contextlib import closing

from ..port import JournalDamaged, JournalUnavailable
from ..schema import check, make
from ..sqlite_errors import ERRORS, WHAT_TO_DO, explain
from .database_file import BUSY_FOR, OLDEST_SQLITE, DatabaseFile
from .integrity import look_over
from .seal import Seal
from .sealing import refuse_altered, refuse_cut_short
from .set_aside import set_aside

log = logging.getLogger(__name__)

OLDEST = ".".join(map(str, OLDEST_SQLITE))


def prepare(file: DatabaseFile) -> None:
    """Look the database over, making it when there is none. A backup becomes a journal.

    Raises `JournalDamaged`, `JournalTooNew` or `JournalUnavailable`; then nothing was changed.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise JournalUnavailable(f"SQLite {sqlite3.sqlite_version} is too old: {OLDEST} or newer is needed")
    try:
        _undo_half_made(file)
        if file.looked_at().backup:
            _start_from_backup(file)
        file.refuse_torn_off()
        # Looked at first over a connection that only reads: what is not ours is left as it is.
        if not file.empty and _look_at(file, alone=True):
            return
        with closing(file.connect_writer()) as connection:
            make(connection)
    except ERRORS as error:
        raise explain(error) from error


def _undo_half_made(file: DatabaseFile) -> None:
    """Have SQLite undo what a kill cut short while the database was being made, before it had a write-ahead log: only
    a connection that may write can."""
    if file.path.with_name(f"{file.path.name}-journal").exists() and file.path.exists():
        with closing(sqlite3.connect(file.path, timeout=BUSY_FOR / 1000)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()


def _start_from_backup(file: DatabaseFile) -> None:
    """Make a backup that was put here a journal of its own: SQLite would apply the log of another one that was left
    beside it, and a seal of another one says nothing about it. Killed at any point, the next start does it again."""
    try:
        aside = set_aside(file, file.log, file.seal)
        file.shared.unlink(missing_ok=True)
    except OSError as error:
        raise JournalUnavailable(
            f"{file.path} is a backup, and what lies beside it of an earlier journal cannot be set aside: {error.strerror}"
        ) from error
    with closing(sqlite3.connect(file.path, timeout=BUSY_FOR / 1000, isolation_level=None)) as connection:
        # In the file itself, before there is a log: a mark that stayed would have the next start throw the log away.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA application_id = 0")
    if file.looked_at().backup:
        raise JournalUnavailable(f"{file.path} is a backup, and its mark as one cannot be taken off")
    log.warning("The journal starts from a backup; all that was answered after it was made is unknown here")
    for one in aside:
        log.warning("It belonged to an earlier journal and was set aside: %s", one)


def check_readable(file: DatabaseFile, *, alone: bool = False) -> None:
    """Raise what `prepare` would, of a journal that is only to be read; pages are compared with the seal when we are
    `alone`, with no owner that may be writing."""
    file.refuse_vanished(was_made=True)
    try:
        made = _look_at(file, alone=alone)
    except ERRORS as error:
        raise explain(error) from error
    if not made:
        raise JournalUnavailable(f"{file.path} has no tables yet: start its owner first")


def _look_at(file: DatabaseFile, *, alone: bool) -> bool:
    try:
        with file.path.open("rb") as database:
            header = database.read(16)
    except OSError as error:
        raise JournalUnavailable(f"cannot read {file.path}: {error.strerror}") from error
    if header != b"SQLite format 3\0":
        raise JournalDamaged(
            f"{file.path} is no SQLite database, or its first bytes are damaged. {WHAT_TO_DO}"
        )
    # Read before the journal, behind which it may only lag.
    seal = None if file.backup else Seal.read(file.seal)
    whole = alone and refuse_altered(file, seal)
    with closing(file.connect_reader()) as connection:
        made = check(connection)
        if made:
            refuse_cut_short(connection, file, seal)
        if not whole:
            look_over(connection)
        return made
