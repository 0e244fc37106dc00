"""The stopped flag of an actor on the loop."""

from _thread import allocate_lock
from contextlib import suppress
from threading import Event


class StopFlag(Event):
    """A `threading.Event` that can be set but not cleared.

    Pykka gives every actor an Event, whose Condition and deque are more than half of what a small actor weighs.
    This one is a raw lock, and still an Event to whoever reads it or waits for it.
    """

    __slots__ = ("_flag", "_latch")

    def __init__(self) -> None:
        self._flag = False
        self._latch = allocate_lock()
        self._latch.acquire()

    def set(self) -> None:
        """Set the flag for good; harmless when it is set."""
        self._flag = True
        self._open()

    def clear(self) -> None:
        """Refused: a stopped actor stays stopped.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("a stopped actor cannot be started again")

    def wait(self, timeout: float | None = None) -> bool:
        """Whether the flag is set, waiting for that at most `timeout` seconds (None: without end, as in Event)."""
        if self._latch.acquire(timeout=-1 if timeout is None else max(0.0, timeout)):
            self._open()
        return self._flag

    def _open(self) -> None:
        # Two may open it at once, and the second finds it open.
        with suppress(RuntimeError):
            self._latch.release()
