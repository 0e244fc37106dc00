"""Threads that wait for others, so that actors need not."""

import logging
from collections import deque
from collections.abc import Callable, Iterable
from threading import Condition, Thread
from time import monotonic
from typing import Generic, TypeVar

from .failure_log import log_failure

logger = logging.getLogger(__name__)

Work = TypeVar("Work")


class WorkerPool(Generic[Work]):
    """Up to `size` daemon threads that `do` pieces of work which may block; started as they are needed.

    Urgent work goes first, and `reserved` threads do nothing else: however much other work is under way, and however
    long each piece blocks, urgent work finds a thread.

    If this fails: should `do` raise, which it must not, that is logged by type, and the thread goes on.
    """

    def __init__(self, size: int, name: str, do: Callable[[Work], None], *, reserved: int = 0) -> None:
        if not 0 <= reserved < size:
            raise ValueError("a pool needs at least one thread for work that is not urgent")
        self.size = size
        self.reserved = reserved
        self._name = name
        self._do = do
        self._urgent: deque[Work] = deque()
        self._other: deque[Work] = deque()
        self._changed = Condition()
        self._threads: list[Thread] = []
        self._idle = 0
        self._others_running = 0
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether it takes no more work."""
        return self._closed

    @property
    def threads(self) -> int:
        """How many threads have been started."""
        return len(self._threads)

    def put(self, work: Iterable[Work], *, urgent: bool = False) -> bool:
        """Queue pieces of work, in order; False, and nothing is queued, on a pool that was closed."""
        with self._changed:
            if self._closed:
                return False
            before = len(self._urgent) + len(self._other)
            (self._urgent if urgent else self._other).extend(work)
            queued = len(self._urgent) + len(self._other)
            self._changed.notify(queued - before)
            wanted = min(queued - self._idle, self.size - len(self._threads))
            for _ in range(wanted):
                name = f"{self._name}-{len(self._threads) + 1}"
                thread = Thread(target=self._run, name=name, daemon=True)
                self._threads.append(thread)
                thread.start()
        return True

    def clear(self) -> list[Work]:
        """Give back what nobody began."""
        with self._changed:
            left = [*self._urgent, *self._other]
            self._urgent.clear()
            self._other.clear()
            return left

    def close(self) -> list[Work]:
        """Send the threads home after what they have in hand, and give back what nobody began. Returns at once."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            return self.clear()

    def join(self, timeout: float) -> bool:
        """Wait at most `timeout` seconds for the threads of a closed pool; False when some are still at work."""
        deadline = monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, deadline - monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self) -> None:
        while (taken := self._take()) is not None:
            work, urgent = taken
            try:
                self._do(work)
            except BaseException as error:  # noqa: BLE001 - no piece of work may cost the others a thread
                log_failure(logger, "A piece of work failed", error)
            if not urgent:
                with self._changed:
                    self._others_running -= 1
                    # Somebody may have gone idle because too many of us did what is not urgent.
                    if self._other:
                        self._changed.notify()

    def _take(self) -> tuple[Work, bool] | None:
        with self._changed:
            while True:
                if self._urgent:
                    return self._urgent.popleft(), True
                if self._other and self._others_running < self.size - self.reserved:
                    self._others_running += 1
                    return self._other.popleft(), False
                if self._closed:
                    return None
                self._idle += 1
                # No timeout: an idle thread has nothing else to do, and `close` wakes it.
                self._changed.wait()
                self._idle -= 1
