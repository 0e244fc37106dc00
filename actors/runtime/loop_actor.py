"""An actor that runs on the loop."""

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self

import pykka
from pykka import ActorDeadError, ActorRef
from pykka._envelope import Envelope as PykkaEnvelope
from pykka.messages import _ActorStop

from ..errors import HandlerFailed
from .dead_letter import DeadLetter, DeadLetters, let_rest, record_dead_letter
from .envelope import Envelope
from .failure_log import log_failure
from .loop import Batch, Loop
from .stop_flag import StopFlag

logger = logging.getLogger(__name__)


def actor_of(ref: ActorRef[Any]) -> Any:
    """Give the actor itself. Only the loop's thread may ask, and the loop holds it."""
    return ref._actor_weakref()


class LoopActor(pykka.Actor):
    """A Pykka actor without a thread of its own: the loop calls its handlers, one at a time.

    Start it with the loop first: `MyActor.start(loop, ...)`. It behaves as Pykka documents actors to behave, except:

    - A handler never waits, for nobody. It writes by `batch.transaction`, and has all else done by `batch.after`.
    - What it tells others is sent, and what it is asked is answered, when its batch is on disk.
    - Its loop knows it, not `pykka.ActorRegistry`: a program that embeds us may call `ActorRegistry.stop_all()`.
    - No `ask` is lost when it races with a stop, and a `tell` that is never handled becomes a `DeadLetter`.

    If this fails: an exception in `on_receive` while handling a `tell` is logged, nothing of the message is committed, the
    actor stops, the message's promise (if it came in an `Envelope`) is broken by `HandlerFailed`, and `on_failure` is called,
    where `_failed_on` is the message. While handling an `ask` it goes to the caller, and the actor lives on. Logs have
    the type of an exception and where it arose, not its text, which may quote a message.
    """

    actor_inbox: "Inbox"
    _failed_on: object = None
    """For `on_failure`: the message whose handling killed the actor."""
    _started = False
    _leaves_with: Batch | None = None
    """The batch in which it was told to stop: once that is on disk it does, and in it handles nothing more."""

    def __init__(self, loop: Loop, *, dead_letters: DeadLetters = let_rest) -> None:
        super().__init__()
        self._loop = loop
        self.dead_letters = dead_letters
        self.actor_stopped = self._actor_ref.actor_stopped = StopFlag()
        self.actor_inbox.bind(self, loop)

    @classmethod
    def start(cls, *args: Any, **kwargs: Any) -> ActorRef[Self]:
        """Make an actor and start it; the arguments are the constructor's, the loop first.

        Raises `ShuttingDown` on a loop that is stopping; the actor never runs.
        """
        actor = cls(*args, **kwargs)
        actor._start_actor_loop()
        return actor.actor_ref

    @staticmethod
    def _create_actor_inbox() -> "Inbox":
        return Inbox()

    @staticmethod
    def _create_future() -> pykka.Future[Any]:
        return pykka.ThreadingFuture()

    def _start_actor_loop(self) -> None:
        try:
            self._loop.join(self)
        except BaseException:
            self.actor_stopped.set()
            for one in self.actor_inbox.open():
                one.give_back()
            raise
        self._loop.put(Letter(self, None))
        for one in self.actor_inbox.open():
            self._loop.put(one)

    @property
    def batch(self) -> Batch:
        """The batch under way."""
        return self._loop.batch

    def forward(self, ref: ActorRef[Any], message: object) -> None:
        """Hand the message under way on to another actor of the loop, as it is given here. It handles it in the same batch, and
        what becomes of it is that actor's: its answer, its refusal, its death."""
        self._loop.forward(actor_of(ref), message)

    def on_receive(self, message: Any) -> Any:
        """Handle a message. As it stands here it logs the type of a message that nobody expected."""
        logger.warning("Unexpected %s received by %s", type(message).__name__, self)

    def on_refused(self, message: Any, error: Exception) -> None:
        """Called when the journal could not be used, or what takes part in the batch failed again and again: the message changed
        nothing, and its promise is broken by `error`."""

    def stop_now(self) -> None:
        """Stop without handling anything more; harmless when it has stopped."""
        if not self.actor_stopped.is_set():
            self._leave()
            self._guard(self.on_stop)

    def _begin(self) -> None:
        if not self._started:
            self._started = True
            self._guard(self.on_start)

    def _stop(self) -> None:
        self._leaves_with = self.batch
        self.batch.after(self.stop_now)

    def _die(self, message: object, error: BaseException) -> None:
        log_failure(logger, f"Unhandled exception in {self}", error)
        self._leave()
        self._failed_on = message
        self._guard(lambda: self.on_failure(type(error), error, error.__traceback__))

    def _guard(self, hook: Callable[[], None]) -> None:
        try:
            hook()
        except BaseException as error:  # noqa: BLE001 - a hook that fails stops its actor and nothing else
            log_failure(logger, f"Unhandled exception in {self}", error)
            self._leave()

    def _leave(self) -> None:
        self.actor_stopped.set()
        self._loop.leave(self)


class Inbox:
    """The way into one actor: there is one queue for all, the loop's, so that messages keep the order they came in."""

    __slots__ = ("_actor", "_early", "_loop")

    def __init__(self) -> None:
        self._early: list[Letter] | None = []

    def bind(self, actor: LoopActor, loop: Loop) -> None:
        """Say whose inbox this is; Pykka makes it before that could be told."""
        self._actor = actor
        self._loop = loop

    def open(self) -> "list[Letter]":
        """Let messages through, and give those that came before."""
        early, self._early = self._early or [], None
        return early

    def put(self, envelope: "PykkaEnvelope[Any]", /) -> None:
        """Add a message."""
        letter = Letter(self._actor, envelope)
        if self._early is not None:
            self._early.append(letter)
        else:
            self._loop.put(letter)

    def get(self) -> "PykkaEnvelope[Any]":
        """Refused: the loop hands each message to the actor."""
        raise NotImplementedError("the loop hands an actor its messages")

    def empty(self) -> bool:
        """Whether nothing waits for the actor's start."""
        return not self._early


class Letter:
    """One message to one actor, until it is answered."""

    __slots__ = ("_actor", "_envelope", "_sent")

    def __init__(self, actor: LoopActor, envelope: "PykkaEnvelope[Any] | None") -> None:
        """Without an `envelope` it only lets the actor begin."""
        self._sent = actor, envelope
        self._actor, self._envelope = self._sent

    def begin_anew(self) -> None:
        """Be for whom it was sent to, whomever it was forwarded to in a batch that was taken back."""
        self._actor, self._envelope = self._sent

    def handle(self) -> None:
        """Have the actor handle it. Raises whatever the handler does; nothing of it may then be committed."""
        actor, envelope = self._actor, self._envelope
        batch = actor.batch
        if actor.actor_stopped.is_set() or actor._leaves_with is batch:
            batch.after(self.give_back)
            return
        actor._begin()
        if envelope is None:
            return
        response = actor._handle_receive(envelope.message)
        reply_to = envelope.reply_to
        if reply_to is not None and self._actor is actor:
            batch.after(lambda: reply_to.set(response))

    def forward(self, actor: LoopActor, message: object) -> None:
        """Have another actor handle it as this message."""
        assert self._envelope is not None
        self._actor, self._envelope = actor, PykkaEnvelope(message, reply_to=self._envelope.reply_to)
        self.handle()

    def refuse(self, error: Exception) -> None:
        """Say that the journal could not be used, and nothing was changed. To stop takes no journal."""
        actor, envelope = self._actor, self._envelope
        if envelope is None:
            return
        if self._stops:
            actor.stop_now()
        if actor.actor_stopped.is_set():
            self.give_back()
            return
        self._break_promise(envelope, error)
        actor._guard(lambda: actor.on_refused(envelope.message, error))

    def fail(self, error: BaseException) -> None:
        """Hand the error to who asked; else let the actor die of it."""
        envelope = self._envelope
        if envelope is None:
            self._actor._die(None, error)
            return
        if envelope.reply_to is not None and isinstance(error, Exception):
            logger.info("%s returned from %s to caller", type(error).__name__, self._actor)
            self._break_promise(envelope, error)
            return
        failed = HandlerFailed(f"{self._actor} died of {type(error).__name__}")
        failed.__cause__ = error
        # Whoever is told that it died finds it dead.
        self._actor._die(envelope.message, error)
        self._break_promise(envelope, failed)

    @property
    def _stops(self) -> bool:
        return self._envelope is not None and isinstance(self._envelope.message, _ActorStop)

    def _break_promise(self, envelope: "PykkaEnvelope[Any]", error: Exception) -> None:
        message = envelope.message
        if envelope.reply_to is not None:
            envelope.reply_to.set_exception((type(error), error, error.__traceback__))
        elif isinstance(message, Envelope) and message.reply is not None:
            message.reply.set_error(error)

    def give_back(self) -> None:
        """Answer a message whose receiver has stopped."""
        actor, envelope = self._actor, self._envelope
        if envelope is None:
            return
        if envelope.reply_to is not None:
            if self._stops:
                envelope.reply_to.set(None)
                return
            error = ActorDeadError(f"{actor} stopped before handling the message")
            envelope.reply_to.set_exception((ActorDeadError, error, None))
        elif not self._stops:
            with suppress(Exception):
                record_dead_letter(
                    DeadLetter(type(actor), actor.actor_urn, envelope.message), actor.dead_letters
                )
