"""A copy of the journal made while the service runs, fit to take its place."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from ..port import JournalDamaged, JournalUnavailable
from ..sqlite_errors import explained
from .database_file import BACKUP_MARK, PRIVATE, DatabaseFile, wait_for_disk
from .diagnosis import Diagnosis, diagnose
from .opening import check_readable

# What was sent after the copy was made had numbers that the carrier remembers; none of them may be given again.
SKIP = (
    "INSERT INTO sqlite_sequence (name, seq) SELECT 'outbox', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'outbox')",
    "UPDATE sqlite_sequence SET seq = seq + 1000000 WHERE name = 'outbox'",
)


def back_up(file: DatabaseFile, target: Path) -> Diagnosis:
    """Copy one state of the journal to `target`, not older than this call, and look the copy over.

    It is a database without log or seal, in a file that appears when it is complete and on the disk. It is marked as a
    backup, so that its first start takes no log and no seal beside it for its own.

    Raises `JournalUnavailable` when `target` exists or cannot be written, `JournalDamaged` when the journal cannot be
    read, or the copy does not fit together; then there is no file at `target`.
    """
    cannot = f"cannot write {target}"
    with explained(cannot):
        if target.exists():
            raise JournalUnavailable(
                f"{target} exists; a backup replaces nothing. Name another file, or remove it first."
            )
    file = file.looked_at()
    check_readable(file)
    # With a name of its own: two backups at once must not write one file.
    part = DatabaseFile(target.with_name(f"{target.name}.part-{os.getpid()}").absolute())
    try:
        with explained(cannot):
            _copy(file, part)
            diagnosis = diagnose(part, with_seal=False)
            if not (diagnosis.sound and diagnosis.made):
                said = "; ".join(one for faults in diagnosis.faults.values() for one in faults)
                raise JournalDamaged(
                    f'the journal is damaged, and no backup was made: {said}. Ask "firstyes doctor".'
                )
            wait_for_disk(part.path)
            part.path.rename(target)
            wait_for_disk(target.absolute().parent)
    finally:
        for one in (part.path, part.log, part.shared):
            with suppress(OSError):
                one.unlink()
    return diagnosis


def skip_numbers(connection: sqlite3.Connection) -> None:
    """Let the numbers of messages go on far behind the last one that is stored."""
    for statement in SKIP:
        connection.execute(statement)


def _copy(file: DatabaseFile, part: DatabaseFile) -> None:
    part.path.unlink(missing_ok=True)
    os.close(os.open(part.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE))
    with (
        closing(file.connect_reader()) as source,
        closing(sqlite3.connect(part.path, isolation_level=None)) as copy,
    ):
        # All pages in one step: a state of one instant, which holds up no writer.
        source.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute(f"PRAGMA application_id = {int.from_bytes(BACKUP_MARK)}")
        skip_numbers(copy)
