"""A real browser on the console: Debian's Chromium, since none is fetched. A missing one is a skip, in CI a failure."""

import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from browser.chromium import chromium_path, launch
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings
from support.patience import PATIENCE
from support.world import World, a_world


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium is installed: apt-get install chromium")
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        opened = launch(playwright, path)
        yield opened
        opened.close()


@pytest.fixture
def world() -> Iterator[World]:
    with a_world() as made:
        yield made


@pytest.fixture
def settings() -> WebSettings:
    """An open console; a test of who may come in gives its own."""
    return WebSettings(open=True)


@pytest.fixture
def served(world: World, settings: WebSettings) -> Iterator[str]:
    """The console on a socket; its address."""
    app = create_app(world.desk, settings)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(PATIENCE)


Open = Callable[..., Page]


@pytest.fixture
def unfit(axe: str) -> Callable[[Page], dict[str, list[str]]]:
    """Says what axe finds on a page as it is shown now, and whether it is wider than its window."""

    def look(page: Page) -> dict[str, list[str]]:
        page.evaluate(axe)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found = {one["id"]: [node["html"][:160] for node in one["nodes"]][:3] for one in result["violations"]}
        wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        return found | ({"wide": [f"{wide} of {room}"]} if wide > room else {})

    return look


@pytest.fixture
def opened(browser: Browser, served: str) -> Iterator[Open]:
    """Opens a page in a window of its own. What went wrong in any of them fails the test."""
    wrong: list[str] = []
    contexts = []

    def open_page(path: str, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: wrong.append(f"{path}: {error}"))
        page.on("dialog", lambda dialog: wrong.append(f"{path}: a dialog said {dialog.message}"))
        page.on(
            "console",
            lambda said: (
                wrong.append(f"{path}: {said.text}") if "Content Security Policy" in said.text else None
            ),
        )
        page.goto(served + path)
        return page

    yield open_page
    for one in contexts:
        one.close()
    assert wrong == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe, which a package brings."""
    spec = find_spec("axe_playwright_python")
    assert spec is not None and spec.submodule_search_locations
    [source] = Path(next(iter(spec.submodule_search_locations))).rglob("axe.min.js")
    return source.read_text()
