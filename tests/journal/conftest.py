"""The stores that every journal has to be kept in alike, and a journal that is opened and closed for a test."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.domain.answer import Choice
from firstyes.domain.consent import Consent
from firstyes.domain.conversation.state import AskWhich, OptOut, RefuseCalls, StateConsent
from firstyes.domain.policy import PHONES
from firstyes.domain.replies.reading import Intent
from support.kept import HOUR, LAKESIDE, NOW, Gate, Kept


class SqliteStore:
    """A place for a journal in SQLite, and a way to look at it behind the journal's back."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "journal.db"
        self.url = f"sqlite:///{self.path}"
        self._opened: list[SqliteJournal] = []

    def open(self, **options: Any) -> SqliteJournal:
        journal = SqliteJournal.open(self.url, **options)
        self._opened.append(journal)
        return journal

    def rows(self, query: str) -> list[Any]:
        connection = sqlite3.connect(self.path)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def alter(self, query: str) -> None:
        """Change the database by hand, and take away the seal that would tell."""
        with sqlite3.connect(self.path) as connection:
            connection.execute(query)
        connection.close()
        self.unseal()

    def unseal(self) -> None:
        self.path.with_name("journal.db.seal").unlink()

    def close(self) -> None:
        for journal in self._opened:
            journal.close()


STORES = {"sqlite": SqliteStore}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqliteStore]:
    store = STORES[request.param](tmp_path)
    yield store
    store.close()


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def journal(store: SqliteStore, gate: Gate) -> SqliteJournal:
    return store.open(crash_point=gate)


@pytest.fixture
def kept(journal: SqliteJournal) -> Kept:
    """A journal with an organization, two nurses and nothing else."""
    return employing(journal)


def employing(journal: SqliteJournal) -> Kept:
    kept = Kept(journal)
    kept.employ("alma", "bea")
    return kept


@pytest.fixture
def lived(kept: Kept) -> Kept:
    """A journal in which everything has happened once."""
    live(kept)
    return kept


def live(kept: Kept) -> None:
    kept.employ("cleo", "dora")
    kept.offer("s1")
    kept.decline("bea", "s1")
    kept.claim("alma", "s1")
    kept.append(kept.yes("bea", "s1"))
    kept.release("s1")
    kept.offer("s2")
    kept.claim("cleo", "s2")
    kept.cancel("s2")
    kept.offer("s3", starts=NOW + 30 * HOUR)
    for _ in range(2):
        kept.now += HOUR
        kept.meet_deadline("s3")
    kept.now = NOW
    kept.tell("dora", OptOut, organization_ids=(LAKESIDE,))
    kept.tell("cleo", RefuseCalls, organization_ids=(LAKESIDE,))
    for channel in PHONES:
        kept.tell("bea", StateConsent, consent=Consent(channel=channel, words="I agree"))
    choice = Choice(code="10", shift_id="s1", text="RN")
    kept.tell("cleo", AskWhich, intent=Intent.ACCEPT, choices=(choice,))


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of such a journal, closed."""
    store = SqliteStore(tmp_path_factory.mktemp("lived"))
    live(employing(store.open()))
    store.close()
    return list(store.path.parent.iterdir())


@pytest.fixture
def file(files: list[Path], store) -> DatabaseFile:
    """A copy of it."""
    for one in files:
        shutil.copyfile(one, store.path.with_name(one.name))
    return DatabaseFile(store.path)
