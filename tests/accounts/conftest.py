"""A desk with two organizations, and its accounts."""

from collections.abc import Iterator

import pytest

from firstyes.actors.accounts.accounts import Accounts, SignedIn
from firstyes.domain.organization import Organization
from support.accounts import cheap, let_in
from support.world import World, a_world

HILLTOP = "hilltop"


@pytest.fixture
def world() -> Iterator[World]:
    with a_world() as made:
        made.desk.put_organizations([Organization(id=HILLTOP)])
        yield made


@pytest.fixture
def accounts(world: World) -> Accounts:
    return cheap(world.desk)


@pytest.fixture
def ann(world: World) -> SignedIn:
    """The first user: an admin of all."""
    return let_in(world.desk, "ann")
