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
    """Messages of one pooled actor, and whether it waits for a turn or has one.

    The lock `_scheduled` is a flag that is tested and set in one step: locked means that a turn is queued or runs.
    It is locked at first, so that what is sent before the actor has started waits for its start. Whoever puts a
    message and finds the flag free locks it and queues a turn; whoever finds it locked may go, because a turn looks
    into the inbox once more after freeing it. So an actor has one turn at a time, a message that arrives during a
    turn costs no second one, and none is left lying, not even one that was put while the actor was stopping.
    """

    # The actor is held weakly: the pool holds it while it lives, and one that has stopped is freed at once, without
    # waiting for the garbage collector.
    __slots__ = (
        "__weakref__",
        "_actor",
        "_actor_class",
        "_actor_urn",
        "_dead_letters",
        "_letters",
        "_pool",
        "_put_back",
        "_scheduled",
    )

    def __init__(self) -> None:
        self._letters: SimpleQueue[PykkaEnvelope[Any]] = SimpleQueue()
        self._put_back: PykkaEnvelope[Any] | None = None
        self._scheduled = allocate_lock()
        self._scheduled.acquire()

    def bind(self, actor: "PooledActor", pool: Pool, dead_letters: DeadLetters) -> None:
        """Say whose inbox this is; Pykka makes it before that could be told."""
        self._actor = weakref.ref(actor)
        self._actor_class = type(actor)
        self._actor_urn = actor.actor_urn
        self._pool = pool
        self._dead_letters = dead_letters

    def put(self, envelope: "PykkaEnvelope[Any]", /) -> None:
        """Add a message and, unless the actor has or awaits a turn, queue one. Never blocks."""
        self._letters.put(envelope)
        if self._scheduled.acquire(False):
            self._pool.submit(self)

    def get(self) -> "PykkaEnvelope[Any]":
        """The oldest message; only the actor's turn takes messages out.

        Raises:
            queue.Empty: there is none.
        """
        if self._put_back is not None:
            envelope, self._put_back = self._put_back, None
            return envelope
        return self._letters.get_nowait()

    def put_back(self, envelope: "PykkaEnvelope[Any]") -> None:
        """Make `envelope`, which the turn has just taken out, the oldest message again."""
        self._put_back = envelope

    def empty(self) -> bool:
        """Whether there is no message."""
        return self._put_back is None and self._letters.empty()

    def start(self) -> None:
        """Let the actor live on its pool and queue its first turn.

        Raises:
            ShuttingDown: the pool is stopping; the actor is dead, and what it was sent is answered.
        """
        try:
            self._pool.join(self, self._actor())
        except BaseException:
            self.abandon()
            raise
        self._pool.submit(self)

    def take_turn(self) -> None:
        """Let the actor handle some messages; if it has stopped, answer what is left."""
        actor = self._actor()
        if actor is not None and not actor.actor_stopped.is_set():
            actor._take_turn()
        if actor is None or actor.actor_stopped.is_set():
            self._answer_left_over()
        self._end_turn()

    def stop_soon(self) -> None:
        """Ask the actor to stop after what is in its inbox; harmless when it has stopped."""
        actor = self._actor()
        if actor is not None:
            actor._stop_soon()

    def abandon(self) -> None:
        """End a turn without running it, because there are no turns any more: the actor is stopped as it is."""
        self.give_up()
        self._end_turn()

    def give_up(self) -> None:
        """Stop the actor as it is, without its hooks, and answer what it has not handled."""
        actor = self._actor()
        if actor is not None:
            actor._leave()
        self._answer_left_over()

    def _end_turn(self) -> None:
        self._scheduled.release()
        # A message that was put just before found the flag set and left the rest to us.
        if not self.empty() and self._scheduled.acquire(False):
            self._pool.submit(self)

    def _answer_left_over(self) -> None:
        while True:
            try:
                envelope = self.get()
            except Empty:
                return
            stop = isinstance(envelope.message, _ActorStop)
            if envelope.reply_to is not None:
                if stop:
                    envelope.reply_to.set(None)
                else:
                    receiver = f"{self._actor_class.__name__} ({self._actor_urn})"
                    error = ActorDeadError(f"{receiver} stopped before handling the message")
                    envelope.reply_to.set_exception((ActorDeadError, error, None))
            elif not stop:
                letter = DeadLetter(self._actor_class, self._actor_urn, envelope.message)
                bury(letter, self._dead_letters)
