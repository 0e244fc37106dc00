"""The console on a desk with people around it."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings
from support.pages import Pages
from support.world import World, a_world


@pytest.fixture
def world() -> Iterator[World]:
    with a_world() as made:
        yield made


@pytest.fixture
def client(world: World) -> FlaskClient:
    return create_app(world.desk, WebSettings(open=True)).test_client()


@pytest.fixture
def pages(client: FlaskClient) -> Pages:
    return Pages(client)
