"""Opening the console where somebody sits in front of a screen."""

import os
import sys
import webbrowser
from contextlib import suppress
from threading import Thread

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
ELSEWHERE = ("SSH_CONNECTION", "SSH_TTY", "CI")


def open_browser(url: str) -> bool:
    """Open `url` in a browser, unless this is not a terminal on a machine with a screen; False then. Never raises."""
    has_screen = any(os.environ.get(name) for name in SCREENS)
    if not has_screen or any(os.environ.get(name) for name in ELSEWHERE) or not sys.stdout.isatty():
        return False
    # A browser may take its time to start, and be waited for.
    Thread(target=_open, args=(url,), name="firstyes-browser", daemon=True).start()
    return True


def _open(url: str) -> None:
    with suppress(Exception):
        webbrowser.open(url)
