"""Debian's Chromium, since no browser is fetched."""

import shutil

from playwright.sync_api import Browser, Playwright

FLAGS = (
    "--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip


def chromium_path() -> str | None:
    """Say where a Chromium is installed, None when there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def launch(playwright: Playwright, path: str) -> Browser:
    """Start it."""
    return playwright.chromium.launch(executable_path=path, args=[*FLAGS])
