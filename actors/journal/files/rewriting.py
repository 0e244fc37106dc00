"""A journal written anew, without what was taken out of it: nothing of that is left in free pages or in the log."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import TypeVar

from ..port import JournalDamaged, JournalUnavailable
from ..sqlite_errors import explained
from .database_file import AT_REST, PRIVATE, DatabaseFile, wait_for_disk
from .diagnosis import diagnose
from .folder_beside import folder_beside
from .opening import check_readable, prepare
from .owner_lock import OwnerLock
from .sealing import seal_up

T = TypeVar("T")

Change = Callable[[sqlite3.Cursor], T]
"""Takes something out, in a transaction that is open."""

NUMBER = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'outbox'"
LAST = "SELECT max(coalesce((SELECT max(seq) FROM outbox), 0), coalesce((SELECT max(id) FROM inbox), 0))"


def rewrite(file: DatabaseFile, change: Change[T]) -> T:
    """Change a journal that nobody has open, and put a file in its place that has nothing else in it.

    The change is made in a copy, which is looked over as the doctor does before it takes the journal's place. Killed at any
    point, the journal is as before or as after. Needs twice its room on the disk meanwhile.

    Raises `JournalBusy` when the journal is in use, `JournalDamaged` when it is not whole, before or after (nothing was
    changed then), `JournalUnavailable` when the disk does not let us.
    """
    file.refuse_vanished(was_made=True)
    lock = OwnerLock(file.lock)
    try:
        with explained(f"cannot write {file.path} anew"):
            prepare(file)
            with folder_beside(file, alone=True) as folder:
                copy = DatabaseFile(folder / "anew.db")
                found = _changed(file, copy, change)
                # Without a seal it is sealed anew at the next start, whichever of the two files that finds.
                file.seal.unlink(missing_ok=True)
                _empty_log(file)
                for one in (file.log, file.shared):
                    one.unlink(missing_ok=True)
                copy.take_the_place_of(file, file.path.stat())
            seal_up(file).close()
            return found
    finally:
        lock.release()


def rehearse(file: DatabaseFile, change: Change[T]) -> T:
    """Make the change in a copy that is thrown away, beside the journal's owner or without one. Raises as `rewrite` does."""
    with explained(f"cannot copy {file.path}"):
        check_readable(file.looked_at())
        with folder_beside(file, alone=False) as folder:
            return _changed(file, DatabaseFile(folder / "anew.db"), change)


def _empty_log(file: DatabaseFile) -> None:
    """Have the database hold all that its log has: killed, the service left its last commits only there."""
    with closing(file.connect_writer()) as connection:
        connection.execute(f"PRAGMA application_id = {int.from_bytes(AT_REST)}")
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            raise JournalUnavailable(f"another program is reading {file.path}: wait until it is done")


def _changed(file: DatabaseFile, copy: DatabaseFile, change: Change[T]) -> T:
    copy.path.touch(PRIVATE)
    with (
        closing(file.connect_reader()) as source,
        closing(sqlite3.connect(copy.path, isolation_level=None)) as connection,
    ):
        source.backup(connection, pages=-1)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA application_id = 0")
        cursor = connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        # What is taken out had numbers, too, which carriers remember.
        cursor.execute(NUMBER, cursor.execute(LAST).fetchone())
        found = change(cursor)
        cursor.execute("COMMIT")
        cursor.execute("VACUUM")
    diagnosis = diagnose(copy, with_seal=False)
    if not diagnosis.sound:
        said = "; ".join(one for faults in diagnosis.faults.values() for one in faults)
        raise JournalDamaged(
            f'nothing was changed, because it would not fit together: {said}. Ask "firstyes doctor".'
        )
    wait_for_disk(copy.path)
    return found
