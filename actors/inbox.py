"""The inbox of a pooled actor, which asks for a turn when there is something in it."""

import weakref
from _thread import allocate_lock
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from pykka import ActorDeadError
from pykka.messages import _ActorStop

from .dead_letter import DeadLetter, DeadLetters, bury
from .pool import Pool

if TYPE_CHECKING:
    from pykka._envelope import Envelope as PykkaEnvelope

    from .pooled_actor import PooledActor


class Inbox:
    """Messages of one pooled actor, and whether it is waiting for, or having, a turn.

    The lock `_scheduled` is a flag that is tested and set in one step: locked means a turn is queued or running. It is
    locked at first, so that messages sent before the actor has started wait for its start. Whoever puts a message and
    finds it free locks it and queues a turn; whoever finds it locked knows that the turn will look again after freeing
    it. So an actor has at most one turn at a time, and a message put during its turn costs no second one.
    """

    # The actor is held weakly: the pool holds it while it lives, and a stopped one is freed without the collector.
    __slots__ = ("__weakref__", "_actor", "_class", "_dead_letters", "_letters", "_pool", "_scheduled", "_urn")

    def __init__(self) -> None:
        self._letters: SimpleQueue[PykkaEnvelope[Any]] = SimpleQueue()
        self._scheduled = allocate_lock()
        self._scheduled.acquire()

    def bind(self, actor: "PooledActor", pool: Pool, dead_letters: DeadLetters) -> None:
        """Say whose inbox this is. Pykka makes the inbox before it could be told."""
        self._actor = weakref.ref(actor)
        self._class = type(actor)
        self._urn = actor.actor_urn
        self._pool = pool
        self._dead_letters = dead_letters

    def put(self, envelope: "PykkaEnvelope[Any]", /) -> None:
        """Add a message and, unless the actor has or awaits a turn, queue one. Never blocks."""
        self._letters.put(envelope)
        if self._scheduled.acquire(False):
            self._pool.submit(self)

    def get(self) -> "PykkaEnvelope[Any]":
        """The oldest message. Only the actor's turn may call it, and only when the inbox is not empty.

        Raises:
            queue.Empty: there is none.
        """
        return self._letters.get_nowait()

    def empty(self) -> bool:
        """Whether there is no message."""
        return self._letters.empty()

    def __len__(self) -> int:
        return self._letters.qsize()

    def start(self) -> None:
        """Queue the first turn."""
        self._pool.submit(self)

    def take_turn(self) -> None:
        """Let the actor handle some messages; if it has stopped, answer what came late."""
        actor = self._actor()
        if actor is not None and not actor.actor_stopped.is_set():
            actor._take_turn()
        if actor is None or actor.actor_stopped.is_set():
            self._answer_late()
        self._end_turn()

    def abandon(self) -> None:
        """Stop the actor without running it, because no turn will come any more, and answer what it has not handled."""
        actor = self._actor()
        if actor is not None:
            actor._leave()
        self._answer_late()
        self._end_turn()

    def _end_turn(self) -> None:
        self._scheduled.release()
        # A message put just before the release found the flag set and left the rest to us.
        if not self._letters.empty() and self._scheduled.acquire(False):
            self._pool.submit(self)

    def _answer_late(self) -> None:
        while True:
            try:
                envelope = self._letters.get_nowait()
            except Empty:
                return
            if envelope.reply_to is None:
                if not isinstance(envelope.message, _ActorStop):
                    bury(DeadLetter(self._class, self._urn, envelope.message), self._dead_letters)
            elif isinstance(envelope.message, _ActorStop):
                envelope.reply_to.set(None)
            else:
                error = ActorDeadError(f"{self._class.__name__} ({self._urn}) stopped before handling the message")
                envelope.reply_to.set_exception((ActorDeadError, error, None))
