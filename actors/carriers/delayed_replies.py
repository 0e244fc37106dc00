"""Replies on their way from simulated phones: delivered when their time has come, by the clock."""

import logging
from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from threading import Condition, Thread
from time import monotonic

from ...domain.message import InboundMessage
from ..runtime.clock import Clock
from ..runtime.failure_log import log_failure
from ..runtime.worker_pool import WorkerPool

logger = logging.getLogger(__name__)

CARRIERS = 8
"""Replies that are delivered at the same time."""

LOOK_AGAIN = 0.05
"""Seconds after which the clock is looked at again while a reply waits: it may be a clock that is moved by hand."""

_Posted = tuple[datetime, int, InboundMessage, Callable[[], bool]]
"""When it is due, which of all it is, so that no two are equal, and whether it is wanted still."""


class DelayedReplies:
    """Keeps replies until they are due, then gives each to `deliver` on a daemon thread of its own.

    No thread runs while there is nothing to deliver and none has ever been. If `deliver` raises, that is logged by
    type and the reply is lost, as it is with a carrier whose webhook nobody answers.
    """

    def __init__(self, clock: Clock, deliver: Callable[[InboundMessage], None]) -> None:
        self._clock = clock
        self._deliver = deliver
        self._changed = Condition()
        self._waiting: list[_Posted] = []
        self._under_way = 0
        self._posted = 0
        self._thread: Thread | None = None
        self._crew: WorkerPool[_Posted] = WorkerPool(CARRIERS, "firstyes-simulator", self._carry)
        self._closed = False

    def post(self, message: InboundMessage, due: datetime, wanted: Callable[[], bool] = lambda: True) -> None:
        """Deliver `message` once the clock has reached `due`, if it is still `wanted` then."""
        with self._changed:
            if self._closed:
                return
            self._posted += 1
            heappush(self._waiting, (due, self._posted, message, wanted))
            if self._thread is None:
                self._thread = Thread(target=self._run, name="firstyes-simulator", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def wait_empty(self, timeout: float) -> bool:
        """Wait until everything that is due by now has been delivered; False if `timeout` seconds were too few."""
        deadline = monotonic() + timeout
        with self._changed:
            while self._under_way or (self._waiting and self._waiting[0][0] <= self._clock.now()):
                left = deadline - monotonic()
                if left <= 0:
                    return False
                self._changed.wait(min(left, LOOK_AGAIN))
            return True

    def close(self) -> None:
        """Throw away what is not delivered and let the threads go."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()
        self._crew.close()

    def _run(self) -> None:
        while True:
            with self._changed:
                if self._closed:
                    return
                now = self._clock.now()
                due = []
                while self._waiting and self._waiting[0][0] <= now:
                    due.append(heappop(self._waiting))
                self._under_way += len(due)
                if not due:
                    # Without a reply there is nothing to look for; `post` and `close` wake us.
                    self._changed.wait(LOOK_AGAIN if self._waiting else None)
            if due:
                self._crew.put(due)

    def _carry(self, posted: _Posted) -> None:
        _, _, message, wanted = posted
        try:
            if wanted():
                self._deliver(message)
        except Exception as error:  # noqa: BLE001 - whoever takes replies is not ours
            log_failure(logger, "A simulated reply could not be delivered", error)
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()
