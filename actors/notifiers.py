"""Calls people's own programs: one thread for each, so that a slow one holds up nothing else."""

import logging
from collections import deque
from collections.abc import Callable
from threading import Condition, Thread
from typing import Generic, TypeVar

from ..domain.notice import Notice

T = TypeVar("T")

logger = logging.getLogger(__name__)

Notifier = Callable[[Notice], None]
"""Is told of each notice, in order, after what it tells of was committed; on a thread of its own. What it raises is
logged."""

MOST_WAITING = 1_000
"""Notices that wait for one notifier; of more, the oldest are dropped, and that is logged."""


class NotifierThread(Generic[T]):
    """Calls one notifier, a notice at a time, on a daemon thread that starts with the first.

    If this fails: a notifier that raises costs that notice only; one that never returns costs its own notices.
    """

    def __init__(self, notifier: Callable[[T], None], name: str) -> None:
        self._notifier = notifier
        self._name = name
        self._waiting: deque[T] = deque()
        self._changed = Condition()
        self._thread: Thread | None = None
        self._closed = False
        self._telling = False
        self._dropped = 0

    def put(self, notice: T) -> None:
        """Queue a notice. Returns at once."""
        with self._changed:
            if self._closed:
                return
            if len(self._waiting) >= MOST_WAITING:
                self._waiting.popleft()
                if not self._dropped:
                    logger.error("A notifier is too slow: notices are dropped, the oldest first")
                self._dropped += 1
            else:
                self._dropped = 0
            self._waiting.append(notice)
            self._changed.notify_all()
            if self._thread is None:
                self._thread = Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def wait_idle(self, timeout: float) -> None:
        """Wait until it has been told everything, at most `timeout` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._waiting or self._telling), timeout)

    def close(self, timeout: float) -> None:
        """Take no more, and wait at most `timeout` seconds for what is queued to be told."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(timeout)
            if self._thread.is_alive():
                logger.warning("A notifier was still at work, %d notices were not told", len(self._waiting))

    def _run(self) -> None:
        while (notice := self._take()) is not None:
            try:
                self._notifier(notice)
            except Exception as error:  # noqa: BLE001 - somebody else's code
                logger.error("A notifier failed with %s", type(error).__name__)

    def _take(self) -> T | None:
        with self._changed:
            self._telling = False
            self._changed.notify_all()
            while not self._waiting and not self._closed:
                # No timeout: the thread has nothing else to do, and `close` wakes it.
                self._changed.wait()
            self._telling = bool(self._waiting)
            return self._waiting.popleft() if self._waiting else None
