"""The words of WSGI, and of answering without a thread that waits."""

from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Reply = Callable[[Wsgi], None]
"""Takes the answer to a request, as a WSGI app, from any thread, and calls it soon."""
Defer = Callable[[Callable[[], None]], None]
"""Has something done on a thread that may wait."""
