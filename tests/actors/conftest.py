"""The two actor types, each made ready for a test, and a journal that fails on purpose."""

from collections.abc import Callable, Iterator
from typing import Any

import pykka
import pytest

from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.runtime.loop import Loop
from firstyes.actors.runtime.loop_actor import LoopActor
from support.actor_kinds import DaemonThreadingActor, Kind
from support.callers import Caller
from support.journals import FailingJournal
from support.patience import PATIENCE
from support.stores import EmptyStore


@pytest.fixture
def journal() -> Iterator[FailingJournal]:
    """A journal that fails when a test wants it to."""
    journal = FailingJournal(SqliteJournal.open("sqlite://"))
    yield journal
    journal.close()


@pytest.fixture
def store() -> EmptyStore:
    return EmptyStore()


@pytest.fixture
def loop(store: EmptyStore) -> Iterator[Loop]:
    """A loop that turns by itself."""
    loop = Loop(store)
    loop.start()
    yield loop
    loop.stop(timeout=PATIENCE)


@pytest.fixture
def looped(loop: Loop) -> Kind:
    return Kind(LoopActor, loop)


@pytest.fixture
def threaded() -> Iterator[Kind]:
    yield Kind(DaemonThreadingActor)
    pykka.ActorRegistry.stop_all(timeout=PATIENCE)


@pytest.fixture(params=["threaded", "looped"])
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.getfixturevalue(request.param)


@pytest.fixture
def stepped(store: EmptyStore) -> Loop:
    """A loop that a test turns."""
    return Loop(store)


@pytest.fixture
def heard() -> list[Any]:
    return []


@pytest.fixture
def new(stepped: Loop, heard: list[Any]) -> Callable[..., Any]:
    """Starts actors that write down together what they hear, each of them begun."""

    def start(**details: Any) -> pykka.ActorRef[Caller]:
        ref = Caller.start(stepped, heard, **details)
        stepped.turn()
        return ref

    return start
