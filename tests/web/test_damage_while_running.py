"""Row 72: damage that shows only while the service runs is told as damage, and the service is not ready."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings
from support.damage import nothing_read
from support.world import DIALLED, World, a_world

pytestmark = pytest.mark.fault(40)

DAMAGED = "urn:firstyes:problem:journal-damaged"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "firstyes.db"


@pytest.fixture
def journal(path: Path) -> SqliteJournal:
    return SqliteJournal.open(path)


@pytest.fixture
def world(journal: SqliteJournal) -> Iterator[World]:
    with a_world(journal) as made:
        made.asked("alma", "bea")
        made.offered("other")
        yield made
    journal.close()


@pytest.fixture
def client(world: World) -> FlaskClient:
    return create_app(world.desk, WebSettings(open=True)).test_client()


def damage(journal: SqliteJournal, path: Path, *names: str) -> None:
    """Spoil the first page of these tables and indexes on the disk, and forget what was read of them."""
    with nothing_read(journal) as writer, path.open("rb+") as database:
        assert writer._connection is not None
        for name in names:
            query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
            (page,) = writer._connection.execute(query, (name,)).fetchone()
            database.seek((page - 1) * 4096)
            database.write(b"\xff" * 4096)


def says(client: FlaskClient, world: World, name: str, body: str) -> tuple[int, dict[str, Any]]:
    message = {"from_phone": world.phones[name], "to_phone": DIALLED, "body": body}
    response = client.post("/messages/inbound", json=message)
    return response.status_code, response.get_json()


def test_row_72_a_yes_that_cannot_be_kept_is_told_so_and_the_service_is_not_ready(
    client: FlaskClient, world: World, journal: SqliteJournal, path: Path
) -> None:
    # given
    code, other = world.code("alma"), world.code("bea")
    assert client.get("/readyz").status_code == 200
    damage(journal, path, "claims_one_a_shift")
    # when
    for _ in range(4):
        status, answer = says(client, world, "alma", f"yes {code}")
        # then
        assert (status, answer["type"]) == (503, DAMAGED)
    assert world.desk.health().parked == ()
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert "damaged" in ready.get_data(as_text=True)
    # when
    status, answer = says(client, world, "bea", f"no {other}")
    journal.idle()
    # then
    assert (status, answer["status"]) == (200, "acknowledged")
    assert client.get("/readyz").status_code == 503


def test_row_72_a_text_that_cannot_be_marked_as_sent_keeps_its_yes_from_being_kept(
    client: FlaskClient, world: World, journal: SqliteJournal, path: Path
) -> None:
    """The outbox takes part in the batch, and is no bug."""
    # given
    code = world.code("alma")
    damage(journal, path, "outbox_sending")
    # then
    status, answer = says(client, world, "alma", f"yes {code}")
    assert (status, answer["type"]) == (503, DAMAGED)
    assert client.get("/readyz").status_code == 503


def test_row_72_a_list_that_cannot_be_read_is_told_so_and_the_service_is_not_ready(
    client: FlaskClient, world: World, journal: SqliteJournal, path: Path
) -> None:
    # given
    damage(journal, path, "events")
    # when
    response = client.get("/shifts/early/timeline")
    # then
    assert (response.status_code, response.get_json()["type"]) == (503, DAMAGED)
    assert client.get("/readyz").status_code == 503
