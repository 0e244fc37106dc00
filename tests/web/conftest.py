"""An app on a desk that plays what a test wrote for it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from firstyes.web.app import create_app
from firstyes.web.server import server as serving
from firstyes.web.service.web_settings import WebSettings
from support.front import Front
from support.scripted_desk import ScriptedDesk

TOKEN = "a-long-and-secret-token"


@pytest.fixture
def desk() -> ScriptedDesk:
    return ScriptedDesk()


@pytest.fixture
def app(desk: ScriptedDesk) -> Flask:
    return create_app(desk, WebSettings(open=True))  # type: ignore[arg-type]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def guarded(desk: ScriptedDesk) -> FlaskClient:
    """A client of an app that wants a token, without it."""
    return create_app(desk, WebSettings(api_token=SecretStr(TOKEN))).test_client()  # type: ignore[arg-type]


@pytest.fixture
def token() -> dict[str, str]:
    """The header that opens `guarded`."""
    return {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def problem_of() -> Callable[[TestResponse], dict[str, Any]]:
    """Reads a problem document, after making sure that it is one."""

    def read(response: TestResponse) -> dict[str, Any]:
        assert response.content_type == "application/problem+json"
        document: dict[str, Any] = response.get_json(force=True)
        assert document["status"] == response.status_code >= 400
        assert document["type"] and document["title"] and document["detail"] and document["instance"]
        return document

    return read


@pytest.fixture
def front(monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    monkeypatch.setattr(serving, "LOOKS_EVERY", 0.01)
    front = Front()
    yield front
    front.hold.set()
    for one in front.connections:
        one.close()
    front.stop()
