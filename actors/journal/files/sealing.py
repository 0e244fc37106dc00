"""Comparing a journal with its seal, and sealing one that has none."""

import os
import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import closing
from itertools import chain, zip_longest
from time import monotonic
from zlib import crc32

from ..errors import JournalCutShort
from ..numbers import last_commit
from ..port import JournalDamaged
from ..sqlite_errors import WHAT_TO_DO
from .database_file import DatabaseFile, give_to
from .seal import Seal
from .seal_keeper import SealKeeper
from .write_ahead_log import pages_in_log

LOOKS_FOR = 1.0
"""Seconds; enough for about 1.5 GB. What is not seen then is seen by `firstyes doctor`."""
READ_AT_ONCE = 256
PAGE_SIZE_AT = 16


def refuse_altered(file: DatabaseFile, seal: Seal | None, seconds: float = LOOKS_FOR) -> bool:
    """Look for a page that is not what was written, as long as time suffices; True when each was looked at. Nobody may be
    writing, and this process may have no connection open: closing the file lets go of locks on it.

    Raises `JournalDamaged`, naming the page.
    """
    if seal is None or seal.sums is None:
        return False
    try:
        for page in altered_pages(file, seal, monotonic() + seconds):
            raise JournalDamaged(
                f"the journal is damaged: page {page} of {file.path.name} (bytes from {(page - 1) * seal.page_size}) is "
                f"not what was written there. {WHAT_TO_DO}"
            )
    except TimeoutError:
        return False
    return True


def refuse_cut_short(connection: sqlite3.Connection, file: DatabaseFile, seal: Seal | None) -> None:
    """Raise `JournalCutShort` when the journal has fewer commits than the seal, read before, says."""
    if seal is None:
        return
    commits = last_commit(connection.cursor())
    if commits < seal.commits:
        raise JournalCutShort(
            f"the journal has lost its last {seal.commits - commits} commits: it ends with number {commits}, and number "
            f"{seal.commits} was answered for. Either {file.log.name} is damaged or missing, or an older copy was put "
            f'in its place. {WHAT_TO_DO} To go on without what is lost: "firstyes doctor --accept-loss".'
        )


def altered_pages(file: DatabaseFile, seal: Seal, until: float | None = None) -> Iterator[int]:
    """Give the pages of the database that are neither what the seal says nor read from the log, in order; pages that are
    missing or too many are among them. Raises `TimeoutError` after that instant of the monotonic clock."""
    assert seal.sums is not None
    in_log = pages_in_log(file.log)
    before = 0
    for sums in _sums_of(file, seal.page_size):
        known = seal.sums[before : before + len(sums)]
        if sums != known:
            pairs = enumerate(zip_longest(sums, known), before + 1)
            yield from (page for page, (value, was) in pairs if value != was and page not in in_log)
        before += len(sums)
        if until is not None and monotonic() > until:
            raise TimeoutError
    yield from (one for one in range(before + 1, len(seal.sums) + 1) if one not in in_log)


def seal_up(file: DatabaseFile) -> SealKeeper:
    """Give the keeper of a journal's seal, sealing what has none. Its owner has looked it over, and has no connection
    to it. Raises `OSError` and `sqlite3.Error`."""
    with closing(file.connect_reader()) as connection:
        commits = last_commit(connection.cursor())
    seal = Seal.read(file.seal)
    if seal is None or seal.sums is None:
        # A file that had no log yet, such as a backup, is changed by getting one: before its sums are taken.
        file.connect_writer().close()
        size = page_size_of(file)
        seal = Seal(commits, size, array("I", chain.from_iterable(_sums_of(file, size))))
        seal.write(file.seal)
        give_to(file.seal, file.path.stat())
    keeper = SealKeeper(file, seal)
    keeper.note(max(commits, seal.commits))
    return keeper


def page_size_of(file: DatabaseFile) -> int:
    """Read the size of pages from the database's header; 1 stands for 65,536."""
    with file.path.open("rb") as database:
        size = int.from_bytes(database.read(PAGE_SIZE_AT + 2)[PAGE_SIZE_AT:], "big")
    return 65_536 if size == 1 else size


def _sums_of(file: DatabaseFile, page_size: int) -> Iterator["array[int]"]:
    """Give the sums of all pages, a stretch at a time."""
    with file.path.open("rb", buffering=0) as database:
        if database.seek(0, os.SEEK_END) == 0:
            return
        database.seek(0)
        while data := memoryview(database.read(READ_AT_ONCE * page_size)):
            starts = range(0, len(data), page_size)
            yield array("I", [crc32(data[start : start + page_size]) for start in starts])
