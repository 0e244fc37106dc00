"""The two actor types, each made ready for a test."""

from collections.abc import Iterator

import pykka
import pytest

from firstyes.actors.pool import Pool
from firstyes.actors.pooled_actor import PooledActor
from support.actor_kinds import DaemonThreadingActor, Kind
from support.patience import PATIENCE


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(size=4)
    yield pool
    pool.stop(timeout=PATIENCE)


@pytest.fixture
def pooled(pool: Pool) -> Kind:
    return Kind(PooledActor, pool)


@pytest.fixture
def threaded() -> Iterator[Kind]:
    yield Kind(DaemonThreadingActor)
    pykka.ActorRegistry.stop_all(timeout=PATIENCE)


@pytest.fixture(params=["threaded", "pooled"])
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.getfixturevalue(request.param)
