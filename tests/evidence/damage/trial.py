"""One byte of a journal's files changed, and what becomes of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

from firstyes.actors.journal.errors import JournalCutShort
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.diagnosis import diagnose
from firstyes.actors.journal.files.seal import BrokenSeal
from firstyes.actors.journal.port import JournalDamaged, JournalUnavailable
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.domain.errors import FirstyesError

from .scene import NAME, State

HARMLESS = "harmless: all is there"
BY_SUM = "refused at start: a page is not what was written"
BY_NUMBER = "refused at start: commits are missing"
BY_SEAL = "refused at start: the seal itself is damaged"
BY_SQLITE = "refused at start: SQLite or our look at it finds it"
BY_DOCTOR = "starts, something is different: the doctor finds it"
SILENT = "starts, something is different: nobody finds it"
DROPPED = "starts, commits are missing, without a word"
UNCLEAR = "refused at start in words that say no way back"
FAILED = "ends in an error of no kind of ours"

WAYS_BACK = ("backup", "doctor", "restore")


class Trial:
    """A folder to try one state in, on a fast disk."""

    def __init__(self, folder: Path, state: State, *, sealed: bool = True) -> None:
        """Without its seal the journal shows what SQLite and the doctor find by themselves."""
        files = state.files if sealed else {part: one for part, one in state.files.items() if part != ".seal"}
        self._state = State(state.name, files)
        self._sealed = sealed
        self._folder = folder
        self._url = f"sqlite:///{folder}/{NAME}"
        self._state.write(folder)
        self._whole, self._commits = content(folder / NAME)
        self._state.write(folder)

    def flip(self, part: str, offset: int) -> str:
        """Change one bit of one byte, another one at each offset, start as the service would, and say what came of it."""
        path, usual = self._folder / f"{NAME}{part}", self._state.files[part][offset]
        _put(path, offset, usual ^ (1 << offset % 8))
        try:
            outcome = self._start()
        except JournalCutShort as error:
            outcome = _clear(error, BY_NUMBER)
        except BrokenSeal as error:
            outcome = _clear(error, BY_SEAL)
        except JournalDamaged as error:
            outcome = _clear(error, BY_SUM if "not what was written" in str(error) else BY_SQLITE)
        except JournalUnavailable as error:
            outcome = f"{UNCLEAR}: {error}"
        except (FirstyesError, Exception) as error:  # noqa: BLE001 - which it is is what is to be found out
            outcome = f"{FAILED}: {type(error).__name__} {error}"
        else:
            # A start and an end change more than the byte.
            self._state.write(self._folder)
            return outcome
        _put(path, offset, usual)
        return outcome

    def _start(self) -> str:
        journal = (SqliteJournal.open if self._sealed else SqliteJournal.open_read_only)(self._url)
        try:
            found, commits = content(self._folder / NAME)
        except (sqlite3.Error, UnicodeDecodeError):
            found, commits = b"", self._commits
        finally:
            journal.close()
        if found == self._whole:
            return HARMLESS
        if commits < self._commits:
            return DROPPED
        sound = diagnose(DatabaseFile(self._folder / NAME)).sound
        return SILENT if sound else BY_DOCTOR


def content(path: Path) -> tuple[bytes, int]:
    """Give a sum of all rows of all tables, and the number of the last commit."""
    summed = blake2b()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        for row in _rows(connection):
            summed.update(repr(row).encode())
        found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'commits'").fetchone()
    return summed.digest(), int(found[0]) if found and isinstance(found[0], int) else 0


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    connection.text_factory = bytes
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    for (name,) in tables:
        yield (name,)
        yield from connection.execute(f'SELECT * FROM "{name.decode(errors="replace")}" ORDER BY 1')


def _put(path: Path, offset: int, value: int) -> None:
    with path.open("r+b", buffering=0) as file:
        file.seek(offset)
        file.write(bytes([value]))


def _clear(error: JournalDamaged, outcome: str) -> str:
    said = str(error)
    return outcome if any(word in said for word in WAYS_BACK) else f"{UNCLEAR}: {said}"
