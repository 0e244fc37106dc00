"""The threads that pooled actors run on."""

import logging
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread, current_thread
from time import monotonic
from typing import Protocol

from .errors import ShuttingDown

logger = logging.getLogger(__name__)


class Turns(Protocol):
    """What takes turns on a pool: the inbox of a pooled actor."""

    def take_turn(self) -> None:
        """Do a bounded piece of work. Must not raise."""

    def abandon(self) -> None:
        """Called instead of `take_turn` when no turn will ever come again. Must not raise."""


class Pool:
    """A fixed number of daemon threads, on which any number of actors take turns.

    Each thread takes the next turn that was submitted, in order. A turn may block (a shift waits for its commit), and
    then holds its thread; `size` is therefore how many actors may be blocked at once before the rest must wait.

    If a turn raises, which it must not, that is logged, its actor is given up, and the thread goes on.
    """

    def __init__(self, size: int = 32, name: str = "firstyes") -> None:
        if size < 1:
            raise ValueError("a pool needs at least one thread")
        self.size = size
        self._turns: SimpleQueue[Turns | None] = SimpleQueue()
        self._members: dict[Turns, tuple[object, Callable[[], None]]] = {}
        self._lock = Lock()
        self._stopping = False
        self._closed = False
        self._all_left = Event()
        self._threads = [
            Thread(target=self._run, name=f"{name}-{number}", daemon=True) for number in range(1, size + 1)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def queued(self) -> int:
        """How many actors wait for a thread just now."""
        return self._turns.qsize()

    @property
    def live(self) -> int:
        """How many actors live on this pool."""
        return len(self._members)

    def join(self, turns: Turns, keep: object, stop: Callable[[], None]) -> None:
        """Count an actor as living here until it leaves; `keep` is kept from the garbage collector till then.

        Raises:
            ShuttingDown: the pool is stopping; nothing was registered.
        """
        with self._lock:
            if self._stopping:
                raise ShuttingDown("the pool is stopping and starts no more actors")
            self._members[turns] = (keep, stop)

    def leave(self, turns: Turns) -> None:
        """Forget an actor that has stopped; O(1), and harmless when it had left before."""
        self._members.pop(turns, None)
        if self._stopping and not self._members:
            self._all_left.set()

    def submit(self, turns: Turns) -> None:
        """Queue one turn. On a pool that has stopped, the turn is abandoned at once, on the caller's thread."""
        self._turns.put(turns)
        # Looked at after the put: either `stop` sees the turn when it clears the queue, or we see that it has.
        if self._closed:
            self._abandon_queued()

    def stop(self, timeout: float) -> bool:
        """Stop all actors that still live here, newest first, then the threads, in at most `timeout` seconds.

        Each actor handles what is in its inbox before it stops. No actor can be started from now on. What is not done
        in time is abandoned: its callers are answered with an error, its threads (daemons) are left to themselves, and
        an ERROR says how many of each. Calling it again is harmless; from one of its own threads it is refused.

        Returns:
            True if every actor and every thread ended in time.

        Raises:
            RuntimeError: called on one of the pool's own threads, which cannot wait for itself.
        """
        if current_thread() in self._threads:
            raise RuntimeError("a pool cannot be stopped from one of its own turns")
        deadline = monotonic() + timeout
        with self._lock:
            self._stopping = True
            members = list(self._members.values())
        for _, stop in reversed(members):
            stop()
        if self._members:
            self._all_left.wait(max(0.0, deadline - monotonic()))
        for _ in self._threads:
            self._turns.put(None)
        for thread in self._threads:
            thread.join(max(0.0, deadline - monotonic()))
        busy = sum(thread.is_alive() for thread in self._threads)
        living = len(self._members)
        self._closed = True
        self._abandon_queued()
        if busy or living:
            logger.error("Pool stopped after %g s with %d actors alive and %d threads busy", timeout, living, busy)
        return not busy and not living

    def _abandon_queued(self) -> None:
        while True:
            try:
                turns = self._turns.get_nowait()
            except Empty:
                return
            if turns is not None:
                turns.abandon()

    def _run(self) -> None:
        # No timeout: this thread has nothing else to do, and `stop` sends it a None.
        while (turns := self._turns.get()) is not None:
            try:
                turns.take_turn()
            except BaseException:  # noqa: BLE001 - nothing an actor does may cost the others a thread
                logger.exception("A turn raised; its actor is given up")
                turns.abandon()
