"""An app on a desk that plays what a test wrote for it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from firstyes.actors.journal.port import JournalHealth
from firstyes.actors.records import Page
from firstyes.actors.system import DeskHealth
from firstyes.domain.answer import Answer, Status
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings

TOKEN = "a-long-and-secret-token"


class ScriptedDesk:
    """Plays a desk: answers what the test wrote, raises what it wrote, and keeps what it was called with."""

    simulated = True
    forked = False

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        done = Answer(status=Status.SUCCESS, message="Done.")
        self._script: dict[str, Any] = {
            "receive": done,
            "fan_out": done,
            "cancel": done,
            "release": done,
            "assign": done,
            "post_shifts": [done],
            "put_organizations": [done],
            "delete_organization": done,
            "put_caregivers": [done],
            "shift": None,
            "organization": None,
            "message": None,
            "close_alert": None,
            "timeline": [],
            "health": DeskHealth(ready=True, reason=None, journal=JournalHealth(0)),
        }
        for pages in ("shifts", "messages", "alerts", "organizations", "caregivers"):
            self._script[pages] = Page(items=())

    def will(self, **script: Any) -> None:
        """Say what a method gives, or which exception it raises."""
        self._script.update(script)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in self._script:
            raise AttributeError(name)

        def play(*args: Any, **kwargs: Any) -> Any:
            self.calls.append((name, args, kwargs))
            outcome = self._script[name]
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        return play


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
