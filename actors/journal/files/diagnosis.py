"""A journal looked over from end to end, without changing anything: what `firstyes doctor` says."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from time import sleep

from ..numbers import last_commit
from ..port import JournalDamaged, JournalUnavailable
from ..row_rules import broken_rules
from ..schema import check, make
from ..sqlite_errors import ERRORS, explain
from .database_file import DatabaseFile
from .rebuilt import BrokenEvents, rebuilt
from .seal import BrokenSeal, Seal
from .sealing import altered_pages

SHOWN = 20
"""Faults that are told of each kind; there may be more."""
LOOKED_AGAIN = 3
"""How often a page is looked at anew before it counts as altered: a running service may be copying it just then."""
BETWEEN = 0.2
MADE = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' "
    "AND tbl_name NOT LIKE 'sqlite_%'"
)


class Trouble(Enum):
    """What kind of fault it is; the way back depends on it."""

    SEAL = "the seal itself is damaged"
    ALTERED = "pages are not what was written"
    CUT_SHORT = "commits are missing at the end"
    ROWS = "rows are not what the events say"
    DAMAGED = "what is there does not fit together"


@dataclass(slots=True)
class Diagnosis:
    """What was found. `commits` is the number of the last commit in the journal, `acknowledged` the last one that the
    seal knows; `sealed` says whether there were sums to compare the pages with; `made`, whether there are tables at all."""

    commits: int = 0
    acknowledged: int | None = None
    sealed: bool = False
    pages: int = 0
    made: bool = False
    shifts: int = 0
    conversations: int = 0
    events: int = 0
    messages_out: int = 0
    messages_in: int = 0
    faults: dict[Trouble, list[str]] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    @property
    def fits(self) -> bool:
        """Whether what is there fits together, whatever may be missing or altered."""
        return not self.faults.keys() & {Trouble.ROWS, Trouble.DAMAGED}

    def add(self, trouble: Trouble, *said: str) -> None:
        """Note faults."""
        if said:
            self.faults.setdefault(trouble, []).extend(said)


def diagnose(file: DatabaseFile, *, with_seal: bool = True) -> Diagnosis:
    """Look a journal over, beside its owner or without one, in a process that has it not open otherwise.

    Raises `JournalUnavailable` when it cannot be read now, and `JournalTooNew`.
    """
    found = Diagnosis()
    file = file.looked_at()
    if with_seal and not file.backup:
        _look_at_pages(file, found)
    try:
        connection = file.connect_reader()
    except ERRORS as error:
        ours = explain(error)
        if not isinstance(ours, JournalDamaged):
            raise ours from error
        found.add(Trouble.DAMAGED, f"it cannot be opened: {error}")
        return found
    try:
        _look_at_content(connection, found)
        if found.made:
            _look_at_rows(file, found)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_IOERR,
        ):
            raise JournalUnavailable(f"the journal cannot be read now ({error})") from error
        found.add(Trouble.DAMAGED, f"it cannot be read to the end: {error}")
    except (*ERRORS, OverflowError) as error:
        found.add(Trouble.DAMAGED, f"it cannot be read to the end: {error}")
    finally:
        connection.close()
    return found


def _look_at_pages(file: DatabaseFile, found: Diagnosis) -> None:
    try:
        seal = Seal.read(file.seal)
        if seal is None:
            return
        found.acknowledged = seal.commits
        if seal.sums is None:
            return
        found.sealed, found.pages = True, len(seal.sums)
        altered = set(altered_pages(file, seal))
        for _ in range(LOOKED_AGAIN):
            if not altered:
                return
            sleep(BETWEEN)
            altered &= set(altered_pages(file, Seal.read(file.seal) or seal))
    except BrokenSeal as broken:
        found.add(Trouble.SEAL, str(broken))
        return
    except OSError as error:
        raise JournalUnavailable(f"cannot read {file.path} or {file.seal.name}: {error.strerror}") from error
    pages = sorted(altered)
    found.add(
        Trouble.ALTERED,
        *(
            f"page {page}, from byte {(page - 1) * seal.page_size}, is not what was written"
            for page in pages[:SHOWN]
        ),
        *([f"and {len(pages) - SHOWN} more pages"] if len(pages) > SHOWN else []),
    )


def _look_at_content(connection: sqlite3.Connection, found: Diagnosis) -> None:
    # In one transaction, so that all is of one state while a service writes.
    connection.execute("BEGIN")
    try:
        found.made = check(connection)
    except JournalDamaged as damage:
        found.add(Trouble.DAMAGED, str(damage))
        return
    problems = [str(one) for (one,) in connection.execute(f"PRAGMA integrity_check({SHOWN})") if one != "ok"]
    found.add(Trouble.DAMAGED, *problems)
    if not found.made:
        return
    found.add(Trouble.DAMAGED, *_tables_that_differ(connection))
    cursor = connection.cursor()
    found.commits = last_commit(cursor)
    if found.acknowledged is not None and found.commits < found.acknowledged:
        missing = found.acknowledged - found.commits
        found.add(
            Trouble.CUT_SHORT,
            f"the last {missing} commits are missing: number {found.acknowledged} was answered for, the last one here "
            f"is {found.commits}",
        )
    counts = "SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM inbox)"
    found.messages_out, found.messages_in = cursor.execute(counts).fetchone()
    found.add(Trouble.DAMAGED, *islice(broken_rules(connection), SHOWN))


def _look_at_rows(file: DatabaseFile, found: Diagnosis) -> None:
    try:
        with rebuilt(file) as tables:
            found.shifts, found.conversations, found.events = (
                tables.shifts,
                tables.conversations,
                tables.events,
            )
            differences = tables.differences()
            found.add(Trouble.ROWS, *islice(differences, SHOWN))
            more = sum(1 for _ in differences)
            found.add(Trouble.ROWS, *([f"and {more} more"] if more else []))
    except BrokenEvents as broken:
        found.add(Trouble.DAMAGED, str(broken))


def _tables_that_differ(connection: sqlite3.Connection) -> Iterator[str]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        make(fresh)
        wanted = set(fresh.execute(MADE))
    there = set(connection.execute(MADE))
    for kind, name, *_ in sorted(wanted - there):
        yield f"the {kind} {name} is missing, or not as it was made"
    for kind, name, *_ in sorted(there - wanted):
        if not any(name == one[1] for one in wanted):
            yield f"there is a {kind} {name} that is not ours"
