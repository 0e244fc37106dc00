"""One thread that does one thing after the other, for whoever must not wait."""

import logging
from collections import deque
from collections.abc import Callable
from threading import Condition, Thread
from typing import Generic, TypeVar

from .failure_log import log_failure

Work = TypeVar("Work")

logger = logging.getLogger(__name__)

MOST_WAITING = 1_000
"""Pieces of work that wait; of more, the oldest are dropped, and that is logged."""


class SerialWorker(Generic[Work]):
    """Does pieces of work in their order, on a daemon thread that starts with the first.

    If this fails: a piece that raises is logged by type and costs only itself; one that never returns costs all after it.
    """

    def __init__(self, do: Callable[[Work], None], name: str, who: str) -> None:
        """`name` is the thread's, `who` begins what is logged of it ("A notifier")."""
        self._do = do
        self._name = name
        self._who = who
        self._waiting: deque[Work] = deque()
        self._changed = Condition()
        self._thread: Thread | None = None
        self._closed = False
        self._busy = False
        self._dropping = False

    def put(self, work: Work) -> None:
        """Queue a piece of work. Returns at once."""
        with self._changed:
            if self._closed:
                return
            full = len(self._waiting) >= MOST_WAITING
            if full:
                self._waiting.popleft()
            if full and not self._dropping:
                logger.error("%s is too slow: what waits is dropped, the oldest first", self._who)
            self._dropping = full
            self._waiting.append(work)
            self._changed.notify_all()
            if self._thread is None:
                thread = Thread(target=self._run, name=self._name, daemon=True)
                try:
                    thread.start()
                except RuntimeError as error:
                    # The machine has no thread to give: what waits is done when the next piece finds one.
                    log_failure(logger, f"{self._who} has to wait", error)
                else:
                    self._thread = thread

    def wait_idle(self, timeout: float) -> None:
        """Wait until all is done, at most `timeout` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._waiting or self._busy), timeout)

    def close(self, timeout: float) -> None:
        """Take no more, and wait at most `timeout` seconds for what is queued."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(timeout)
            if self._thread.is_alive():
                logger.warning("%s was still at work, %d things were not done", self._who, len(self._waiting))

    def _run(self) -> None:
        while (work := self._take()) is not None:
            try:
                self._do(work)
            except BaseException as error:  # noqa: BLE001 - it may be somebody else's code, which ends nothing here
                logger.error("%s failed with %s", self._who, type(error).__name__)

    def _take(self) -> Work | None:
        with self._changed:
            self._busy = False
            self._changed.notify_all()
            while not self._waiting and not self._closed:
                # No timeout: the thread has nothing else to do, and `close` wakes it.
                self._changed.wait()
            self._busy = bool(self._waiting)
            return self._waiting.popleft() if self._waiting else None
