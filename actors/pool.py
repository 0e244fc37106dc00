"""The threads that pooled actors run on."""

import logging
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread, current_thread
from time import monotonic
from typing import Protocol

from .errors import ShuttingDown
from .failure_log import log_failure

logger = logging.getLogger(__name__)


class Turns(Protocol):
    """What takes turns on a pool: the inbox of a pooled actor. None of its methods may raise."""

    def take_turn(self) -> None:
        """Do a bounded piece of work."""

    def stop_soon(self) -> None:
        """Ask the actor to stop when it has done what it was sent before."""

    def abandon(self) -> None:
        """Called in place of a queued `take_turn` when no turn will ever come again."""

    def give_up(self) -> None:
        """Called while a turn hangs: let nobody wait for the actor any longer."""


class Pool:
    """A fixed number of daemon threads, on which any number of actors take turns.

    Each thread takes the oldest turn that was submitted. A turn may block (a shift waits for its commit), and then
    holds its thread; `size` is therefore how many actors may be blocked at once before the others have to wait.

    If a turn raises, which it must not, that is logged, its actor is given up, and the thread goes on.
    """

    def __init__(self, size: int = 32, name: str = "firstyes") -> None:
        if size < 1:
            raise ValueError("a pool needs at least one thread")
        self.size = size
        self._turns: SimpleQueue[Turns | None] = SimpleQueue()
        self._members: dict[Turns, object] = {}
        self._joining = Lock()
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
        """How many actors have something to do and wait for a thread."""
        return self._turns.qsize()

    @property
    def live(self) -> int:
        """How many actors live on this pool."""
        return len(self._members)

    def join(self, turns: Turns, actor: object) -> None:
        """Count `actor` as living here until it leaves, and keep it from the garbage collector till then.

        Raises:
            ShuttingDown: the pool is stopping; nothing was registered.
        """
        with self._joining:
            if self._stopping:
                raise ShuttingDown("the pool is stopping and starts no more actors")
            self._members[turns] = actor

    def leave(self, turns: Turns) -> None:
        """Forget an actor that has stopped; O(1), and harmless when it had left before."""
        self._members.pop(turns, None)
        if self._stopping and not self._members:
            self._all_left.set()

    def submit(self, turns: Turns) -> None:
        """Queue one turn. On a pool that has stopped it is abandoned at once, on the caller's thread."""
        self._turns.put(turns)
        # Looked at after the put: either `stop` finds the turn when it clears the queue, or we see that it has.
        if self._closed:
            self._abandon_queued()

    def stop(self, timeout: float) -> bool:
        """Stop all actors that still live here, the newest told first, then the threads, within `timeout` seconds.

        Each actor handles what is in its inbox before it stops. No actor can be started from now on. What is not
        begun in time is abandoned: whoever waits for it gets an error. A handler that hangs may still answer, and
        who waits for it has a timeout; its thread, a daemon, ends when the handler does. An ERROR says how many
        actors and threads there are of that kind. Calling it again is harmless.

        Returns:
            True if every actor and every thread ended in time.

        Raises:
            RuntimeError: called on one of the pool's own threads, which cannot wait for itself.
        """
        if current_thread() in self._threads:
            raise RuntimeError("a pool cannot be stopped from one of its own threads")
        deadline = monotonic() + timeout
        with self._joining:
            self._stopping = True
            members = list(self._members)
        for turns in reversed(members):
            turns.stop_soon()
        if self._members:
            self._all_left.wait(max(0.0, deadline - monotonic()))
        for _ in self._threads:
            self._turns.put(None)
        for thread in self._threads:
            thread.join(max(0.0, deadline - monotonic()))
        busy = sum(thread.is_alive() for thread in self._threads)
        left = list(self._members)
        self._closed = True
        self._abandon_queued()
        for turns in list(self._members):
            turns.give_up()
        if busy or left:
            logger.error("Pool stopped with %d actors alive and %d threads busy", len(left), busy)
        return not busy and not left

    def _abandon_queued(self) -> None:
        while True:
            try:
                turns = self._turns.get_nowait()
            except Empty:
                return
            if turns is not None:
                turns.abandon()

    def _run(self) -> None:
        # No timeout: a thread has nothing else to do, and `stop` sends each a None. A thread that was busy when the
        # pool closed finds its None gone, and `_closed` in its place.
        while not self._closed and (turns := self._turns.get()) is not None:
            try:
                turns.take_turn()
            except BaseException as error:  # noqa: BLE001 - no actor may cost the others a thread
                log_failure(logger, "A turn raised; its actor is given up", error)
                turns.give_up()
