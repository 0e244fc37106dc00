"""An actor that has no thread of its own."""

import logging
from contextlib import suppress
from queue import Empty
from types import TracebackType
from typing import Any, Self

import pykka
from pykka import ActorDeadError, ActorRef

from .dead_letter import DeadLetters, let_rest
from .envelope import Envelope
from .errors import HandlerFailed
from .failure_log import log_failure
from .inbox import Inbox
from .pool import Pool
from .stop_flag import StopFlag

logger = logging.getLogger(__name__)

MESSAGES_A_TURN = 64
"""After so many messages an actor goes to the back of the queue, so that a busy one does not starve the others."""


class PooledActor(pykka.Actor):
    """A Pykka actor that takes turns on a `Pool`, so that there can be far more actors than threads.

    Start it with the pool first: `MyActor.start(pool, ...)`; a subclass with a constructor of its own hands the
    pool on by `super().__init__(pool)`. Its handlers run one at a time, on whichever thread of the pool is free.
    It behaves as Pykka documents actors to behave (one test suite runs on both), except:

    - A handler may block only for what does not itself need the pool: for the journal, never for another actor.
      It holds one of the pool's threads meanwhile.
    - Its pool knows it, not `pykka.ActorRegistry`. A program that embeds us may call `ActorRegistry.stop_all()`
      without stopping our actors, and starting and stopping one do not search a list of all.
    - No `ask` is lost when it races with a stop, and a `tell` that is never handled becomes a `DeadLetter`.

    If this fails: an exception in `on_receive` while handling a `tell` is logged, stops the actor, sets the reply
    of the message (if it came in an `Envelope`) to `HandlerFailed`, and then calls `on_failure`, where `_failed_on`
    is the message. While handling an `ask`, it goes to the caller and the actor lives on. SystemExit,
    KeyboardInterrupt and their like always stop this actor and, unlike in Pykka, no other; a caller gets
    `HandlerFailed`. An exception in `on_start`, `on_stop` or `on_failure` is logged and the actor stops, without a
    further `on_failure`. Whatever is in the inbox of an actor that stops is answered with an error. Logs have the
    type of an exception and where it arose, not its text, which may quote a message.
    """

    actor_inbox: Inbox
    _failed_on: object = None
    """For `on_failure`: the message whose handling killed the actor."""
    _started = False

    def __init__(self, pool: Pool, *, dead_letters: DeadLetters = let_rest) -> None:
        """Make an actor that lives on `pool` once it is started.

        `dead_letters` are told of what is left in the inbox when it stops. Not started, the actor can be tested by
        calling its methods.
        """
        super().__init__()
        self._pool = pool
        self.actor_stopped = self._actor_ref.actor_stopped = StopFlag()
        self.actor_inbox.bind(self, pool, dead_letters)

    @classmethod
    def start(cls, *args: Any, **kwargs: Any) -> ActorRef[Self]:
        """Make an actor and start it; the arguments are the constructor's, the pool first.

        Raises:
            ShuttingDown: the pool is stopping; the actor never runs.
        """
        actor = cls(*args, **kwargs)
        actor._start_actor_loop()
        return actor.actor_ref

    @staticmethod
    def _create_actor_inbox() -> Inbox:
        return Inbox()

    @staticmethod
    def _create_future() -> pykka.Future[Any]:
        return pykka.ThreadingFuture()

    def _start_actor_loop(self) -> None:
        self.actor_inbox.start()

    def on_receive(self, message: Any) -> Any:
        """Handle a message. As it stands here it logs the type of a message that nobody expected."""
        logger.warning("Unexpected %s received by %s", type(message).__name__, self)

    def _take_turn(self) -> None:
        """Handle up to `MESSAGES_A_TURN` messages; the inbox calls it, never twice at once."""
        if not self._started:
            self._started = True
            self._actor_loop_setup()
        inbox, stopped = self.actor_inbox, self.actor_stopped
        for _ in range(MESSAGES_A_TURN):
            if stopped.is_set() or inbox.empty():
                return
            try:
                envelope = inbox.get()
            except Empty:
                # A pool that stops in the middle of a turn has emptied the inbox between the two lines above.
                return
            try:
                response = self._handle_receive(envelope.message)
            except BaseException as error:  # noqa: BLE001 - SystemExit, too, stops this actor only
                self._handle_exception(envelope.message, envelope.reply_to, error)
            else:
                if envelope.reply_to is not None:
                    envelope.reply_to.set(response)

    def _handle_exception(
        self, message: object, reply_to: pykka.Future[Any] | None, error: BaseException
    ) -> None:
        if reply_to is not None and isinstance(error, Exception):
            logger.info("%s returned from %s to caller", type(error).__name__, self)
            reply_to.set_exception((type(error), error, error.__traceback__))
            return
        self._handle_failure(type(error), error, error.__traceback__)
        failed = HandlerFailed(f"{self} died of {type(error).__name__}")
        failed.__cause__ = error
        if reply_to is not None:
            # Handed over as it is, a SystemExit would end the caller's thread as well.
            reply_to.set_exception((HandlerFailed, failed, None))
        elif isinstance(message, Envelope) and message.reply is not None:
            message.reply.set_error(failed)
        self._failed_on = message
        try:
            self.on_failure(type(error), error, error.__traceback__)
        except BaseException as another:  # noqa: BLE001 - as in on_receive
            self._handle_failure(type(another), another, another.__traceback__)

    def _actor_loop_setup(self) -> None:
        try:
            self.on_start()
        except BaseException as error:  # noqa: BLE001 - as in on_receive
            self._handle_failure(type(error), error, error.__traceback__)

    def _stop(self) -> None:
        self._leave()
        try:
            self.on_stop()
        except BaseException as error:  # noqa: BLE001 - as in on_receive
            self._handle_failure(type(error), error, error.__traceback__)

    def _handle_failure(
        self,
        exception_type: type[BaseException] | None,
        exception_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if exception_value is not None:
            log_failure(logger, f"Unhandled exception in {self}", exception_value)
        self._leave()

    def _leave(self) -> None:
        self.actor_stopped.set()
        self._pool.leave(self.actor_inbox)

    def _stop_soon(self) -> None:
        with suppress(ActorDeadError):
            self.stop()
