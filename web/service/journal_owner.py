"""Which process owns a journal, found without touching its lock."""

from pathlib import Path

from ...actors.journal.files.database_file import DatabaseFile

LOCKS = Path("/proc/locks")


def owner_of(file: DatabaseFile) -> int | None:
    """Give the process id of the owner; None when there is none, or the kernel does not list its locks."""
    try:
        inode = file.lock.stat().st_ino
        lines = LOCKS.read_text().splitlines()
    except OSError:
        return None
    # A line holds number, kind, how strict it is, READ or WRITE, process, device:inode, and the bytes it spans.
    for fields in map(str.split, lines):
        if "FLOCK" in fields and len(fields) > 5 and fields[5].rpartition(":")[2] == str(inode):
            return int(fields[4])
    return None
