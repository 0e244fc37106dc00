"""The supervisor: knows which actor is alive, forwards every task, and keeps the time."""

import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from pykka import ActorRef

from ..domain.alert import AlertKind
from .conversation_actor import ConversationActor
from .dead_letter import DeadLetter
from .deadlines import Deadlines
from .envelope import Envelope
from .errors import Parked
from .house import House
from .journal.alert_port import NewAlert
from .journal.port import contact_stream, shift_stream
from .pool import Pool
from .pooled_actor import PooledActor
from .post import post
from .reply import Reply
from .roster import Roster
from .shift_actor import ShiftActor
from .tasks import (
    ActorDied,
    ConversationTask,
    DeadlineSet,
    KeepTime,
    RoundFailed,
    Settle,
    ShiftTask,
    Task,
    Tick,
    TimeKept,
)

logger = logging.getLogger(__name__)

TRY_AGAIN = timedelta(seconds=5)
"""A deadline whose work could not be done (journal full, actor died) is tried again after this."""

SETTLING: int = 1_000
"""Askers of `Settle` that are remembered at once."""


class Supervisor(PooledActor):
    """Starts and stops the actors of shifts and conversations; nobody else does. It waits on nothing, ever,
    and has a thread of its own.

    A task in an envelope goes to its actor, which is woken if it sleeps. A `Tick` hands out the deadlines that are
    due, a bounded number at a time, and puts idle actors to sleep. An actor that died is woken again by its next
    task; after the third death within a minute its stream is parked: its tasks are answered with `Parked`, its
    coordinator is alerted, all others go on.

    If this fails: every message is handled inside a guard, so that a bug costs that message (its reply gets the
    error) and never the supervisor.
    """

    def __init__(
        self, pool: Pool, make_house: Callable[[ActorRef[Any]], House], deadlines: Deadlines
    ) -> None:
        super().__init__(pool)
        self._house = make_house(self.actor_ref)
        self._deadlines = deadlines
        self._roster = Roster(self._wake)
        self._settling: deque[Reply[list[ActorRef[Any]]]] = deque(maxlen=SETTLING)
        self._now = self._house.clock.now()

    def on_receive(self, message: object) -> None:
        """Handle one message, and survive it."""
        try:
            self._handle(message)
        except BaseException as error:  # noqa: BLE001 - the root of the tree has nobody to restart it
            logger.error(
                "The supervisor could not handle %s: %s", type(message).__name__, type(error).__name__
            )
            if isinstance(message, Envelope) and message.reply is not None:
                message.reply.set_error(error)

    def _handle(self, message: object) -> None:
        match message:
            case Envelope(message=ShiftTask() | ConversationTask()):
                self._forward(message)
            case DeadlineSet(shift_id=shift_id, at=at, expires_at=expires_at):
                self._deadlines.set(shift_id, at, expires_at)
            case Tick(now=now):
                self._tick(now)
            case TimeKept(shift_id=shift_id, done=done):
                self._time_kept(shift_id, done=done)
            case RoundFailed(shift_id=shift_id):
                self._forward(Envelope(ShiftTask(shift_id, KeepTime(round_failed=True))))
            case ActorDied():
                self._actor_died(message)
            case DeadLetter():
                self._redirect(message)
            case Envelope(message=Settle(), reply=Reply() as reply):
                self._settling.append(reply)
                self._answer_settled()
            case _:
                logger.warning("Unexpected %s received by the supervisor", type(message).__name__)

    def _forward(self, envelope: Envelope[Task]) -> None:
        stream = _stream(envelope.message)
        if self._roster.is_parked(stream):
            self._refuse(envelope, stream)
            return
        post(self._roster.find(stream, self._now), envelope, self._house.dead_letters)

    def _refuse(self, envelope: Envelope[Task], stream: str) -> None:
        """Answer a task of a stream that was set aside; a deadline must not hold its place among those under way."""
        task = envelope.message
        if envelope.reply is not None:
            envelope.reply.set_error(
                Parked(f"{stream} is set aside after failing repeatedly; it needs a person")
            )
        if isinstance(task, ShiftTask) and isinstance(task.order, KeepTime):
            self._time_kept(task.shift_id, done=True)

    def _wake(self, stream: str) -> ActorRef[Any]:
        kind, _, name = stream.partition("/")
        if kind == "shift":
            return ShiftActor.start(self._house, stream, name)
        return ConversationActor.start(self._house, stream, int(name))

    def _tick(self, now: datetime) -> None:
        self._now = now
        self._deadlines.ripen(now)
        self._hand_out()
        for ref in self._roster.drowsy(now):
            ref.stop(block=False) if ref.is_alive() else None

    def _hand_out(self) -> None:
        for shift_id in self._deadlines.take():
            if self._roster.is_parked(shift_stream(shift_id)):
                self._deadlines.done(shift_id)
                continue
            self._forward(Envelope(ShiftTask(shift_id, KeepTime())))
        self._answer_settled()

    def _time_kept(self, shift_id: str, *, done: bool) -> None:
        if not done:
            self._deadlines.set(shift_id, self._now + TRY_AGAIN, self._now + TRY_AGAIN)
        self._deadlines.done(shift_id)
        self._hand_out()

    def _actor_died(self, died: ActorDied) -> None:
        self._roster.forget(died.stream, died.urn)
        parked = self._roster.count_death(died.stream, self._now)
        if parked:
            shift_id = died.task.shift_id if isinstance(died.task, ShiftTask) else None
            logger.error("%s is parked: its actor died again and again", died.stream)
            message = "This needs a person: the service failed on it repeatedly and has set it aside."
            self._house.alert(NewAlert(AlertKind.PARKED, message, self._now, shift_id=shift_id))
        if isinstance(died.task, ShiftTask) and isinstance(died.task.order, KeepTime):
            self._time_kept(died.task.shift_id, done=parked)
        elif isinstance(died.task, ShiftTask) and not parked:
            # It may have died between a commit and the news of its deadline.
            self._deadlines.set(died.task.shift_id, self._now + TRY_AGAIN, self._now + TRY_AGAIN)

    def _redirect(self, letter: DeadLetter) -> None:
        """Send on what an actor was told just before it stopped."""
        message = letter.message
        if isinstance(message, Envelope) and isinstance(message.message, ShiftTask | ConversationTask):
            self._forward(message)

    def _answer_settled(self) -> None:
        if self._deadlines.quiet:
            while self._settling:
                self._settling.popleft().set_result(self._roster.awake)


def _stream(task: Task) -> str:
    if isinstance(task, ShiftTask):
        return shift_stream(task.shift_id)
    return contact_stream(task.contact_id)
