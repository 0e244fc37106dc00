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
        self._called = False
        """Whether a thread is on its way."""
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
            (self._urgent if urgent else self._other).extend(work)
            self._call()
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

    def _call(self) -> None:
        """Have one more thread come, if there is work for it, and none is on its way. Whoever takes a piece calls the next: where
        pieces are quick, one thread does many, and nobody is woken for nothing."""
        if self._called or not (self._urgent or self._may_do_other()):
            return
        if self._idle:
            self._changed.notify()
        elif len(self._threads) < self.size:
            name = f"{self._name}-{len(self._threads) + 1}"
            thread = Thread(target=self._run, name=name, daemon=True)
            try:
                thread.start()
            except RuntimeError as error:
                # The machine has none to give: the threads there are do the work, or whoever comes for the next piece.
                log_failure(logger, "A thread could not be started", error)
                return
            self._threads.append(thread)
        else:
            return
        self._called = True

    def _may_do_other(self) -> bool:
        return bool(self._other) and self._others_running < self.size - self.reserved

    def _run(self) -> None:
        with self._changed:
            self._called = False
        while (taken := self._take()) is not None:
            work, urgent = taken
            try:
                self._do(work)
            except BaseException as error:  # noqa: BLE001 - no piece of work may cost the others a thread
                log_failure(logger, "A piece of work failed", error)
            if not urgent:
                with self._changed:
                    self._others_running -= 1

    def _take(self) -> tuple[Work, bool] | None:
        with self._changed:
            while not self._urgent and not self._may_do_other():
                if self._closed:
                    return None
                self._idle += 1
                # No timeout: an idle thread has nothing else to do, and `close` wakes it.
                self._changed.wait()
                self._idle -= 1
                self._called = False
            urgent = bool(self._urgent)
            if not urgent:
                self._others_running += 1
            taken = (self._urgent if urgent else self._other).popleft()
            self._call()
            return taken, urgent
