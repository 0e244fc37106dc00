"""The supervisor: knows which actor is alive, forwards every task, and keeps the time."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from pykka import ActorRef

from ..domain.alert import AlertKind
from ..domain.answer import Answer
from ..domain.shift.fan_out import CLOCKS_DIFFER
from .context import ActorContext
from .conversation_actor import ConversationActor
from .deadlines import Deadlines
from .errors import Parked, ShuttingDown, UnknownPhone
from .inbound import InboundEnvelope
from .journal.alert_port import NewAlert
from .journal.port import contact_stream, shift_stream
from .live_actors import LiveActors
from .runtime.dead_letter import DeadLetter
from .runtime.envelope import Envelope
from .runtime.failure_log import log_failure
from .runtime.loop import Loop
from .runtime.loop_actor import LoopActor, actor_of
from .runtime.tell import tell
from .shift_actor import ShiftActor
from .stated_consents import beside, stated_consents
from .tasks import (
    ActorDied,
    ConversationTask,
    DeadlineSet,
    EachTask,
    KeepTime,
    LookAtPeople,
    LookForNews,
    PutPeople,
    RecordAlert,
    RoundFailed,
    ShiftTask,
    Task,
    Tick,
    TimeKept,
    TryAgain,
    Write,
)

logger = logging.getLogger(__name__)

A_FEW = 32
"""Caregivers whose shifts are looked for at a time: thousands of shifts may be on offer."""

LATEST = datetime.max.replace(tzinfo=UTC)

TRY_AGAIN = timedelta(seconds=5)
"""A deadline whose work could not be done (journal full, actor died) is tried again after this."""


class Supervisor(LoopActor):
    """Starts and stops the actors of shifts and conversations; nobody else does.

    A task in an envelope goes to its actor, which is woken if it sleeps. A `Tick` hands out the deadlines that are
    due, a bounded number at a time, and puts idle actors to sleep. An actor that died is woken again by its next
    task; after the third death within a minute its stream is parked: its tasks are answered with `Parked`, its
    coordinator is alerted, all others go on.

    If this fails: a bug costs the message that met it (its promise gets the error) and never the supervisor.
    """

    def __init__(
        self, loop: Loop, make_context: Callable[[ActorRef[Any]], ActorContext], deadlines: Deadlines
    ) -> None:
        super().__init__(loop)
        self._context = make_context(self.actor_ref)
        self._deadlines = deadlines
        self._live = LiveActors(self._wake)
        self._now = self._context.clock.now()
        self._again: dict[object, None] = {}
        """What could not be looked at, because the journal could not be used or an actor died; the next tick has it again."""
        self._carrying: tuple[Any, Task] | None = None
        """The actor that decides its part of a text, and that part, while it does; or that failed on it."""
        self._stated: list[Task] = []
        """What rows of people stated in the batch under way."""

    @property
    def quiet(self) -> bool:
        """Whether nothing that has fallen due is left to do."""
        return self._deadlines.quiet

    def on_receive(self, message: object) -> None:
        """Write in the batch; do all else once it is on disk, so that nothing is done twice when it has to be taken back."""
        transaction = self.batch.transaction
        if isinstance(message, InboundEnvelope) and self._context.is_stale(
            message.arrived, transaction.touched
        ):
            try:
                message = self._context.route_anew(message, transaction)
            except UnknownPhone as error:
                self._tell_error(message, error)
                return
        match message:
            case Envelope(message=ShiftTask() | ConversationTask() as task):
                if refs := self._wake_all(message, [task]):
                    self.forward(refs[0], message)
            case Envelope(message=Write(write=write), reply=promise):
                done = write(transaction)
                if promise is not None:
                    self.batch.after(lambda: promise.set_result(done))
            case Envelope(message=EachTask() as task):
                self._carry_out_each(message, task)
            case Envelope(message=PutPeople() as task):
                self._put_people(message, task)
            case RecordAlert(alert=alert, wanted=wanted):
                if wanted():
                    transaction.record_alert(alert)
            case LookForNews():
                self._look_for_news(message)
            case Tick(now=now):
                for channel in transaction.call_out(now, self._context.channels):
                    self._context.outbox_grew(channel, self.batch)
                self.batch.after(lambda: self._survive(message))
            case _:
                self.batch.after(lambda: self._survive(message))

    def on_refused(self, message: object, error: Exception) -> None:
        """Have people told of an alert that cannot be recorded yet, and do what needs no journal."""
        match message:
            case RecordAlert(alert=alert, wanted=wanted, told=told):
                if wanted():
                    self._again[replace(message, told=True)] = None
                    if not told:
                        self._context.unrecorded(alert)
            case (
                LookForNews()
                | Envelope(message=ShiftTask(order=LookAtPeople() | KeepTime(round_failed=True)))
            ):
                self._again[message] = None
            case Envelope(message=EachTask() as task):
                self._look_anew(task.all, error)
            case Envelope(message=PutPeople()):
                self._look_anew(self._stated, error)
            case Envelope():
                # Whoever asked has been told.
                pass
            case _:
                self._survive(message)

    def _look_for_news(self, message: LookForNews) -> None:
        """Have shifts look at their people because of the first few of these caregivers, and go on with the others."""
        transaction, ids, rest = self.batch.transaction, message.caregiver_ids, None
        if ids is None:
            found = transaction.caregivers_behind(message.behind, A_FEW)
            ids = tuple(caregiver_id for _, caregiver_id in found)
            rest = LookForNews(None, found[-1][0]) if len(found) == A_FEW else None
        elif ids[A_FEW:]:
            rest = LookForNews(ids[A_FEW:])
        for shift_id in transaction.shifts_with_news(self._context.clock.now(), ids[:A_FEW]):
            self.batch.after(partial(self._forward, Envelope(ShiftTask(shift_id, LookAtPeople()))))
        if rest is not None:
            tell(self.actor_ref, rest, self._context.dead_letters)

    def _survive(self, message: object) -> None:
        try:
            self._handle(message)
        except Exception as error:  # noqa: BLE001 - the root of the tree has nobody to restart it
            log_failure(logger, f"The supervisor could not handle {type(message).__name__}", error)
            # Whoever has its promise may still wait, whether it came at once or by an actor that had stopped.
            asked = message.message if isinstance(message, DeadLetter) else message
            if isinstance(asked, Envelope) and asked.reply is not None:
                asked.reply.set_error(error)

    def _die(self, message: object, error: BaseException) -> None:
        """Live on: the root of the tree has nobody to restart it. What failed on its part of a text dies of it."""
        if (
            isinstance(message, Envelope)
            and isinstance(message.message, EachTask | PutPeople)
            and self._carrying is not None
        ):
            (actor, task), self._carrying = self._carrying, None
            actor._die(Envelope(task), error)
            return
        log_failure(logger, f"The supervisor could not handle {type(message).__name__}", error)

    def _guard(self, hook: Callable[[], None]) -> None:
        """Live on also when what is done about a refusal fails."""
        try:
            hook()
        except BaseException as error:  # noqa: BLE001 - the root of the tree has nobody to restart it
            log_failure(logger, "The supervisor could not handle a refusal", error)

    def _carry_out_each(self, envelope: Envelope[EachTask], task: EachTask) -> None:
        """Have each shift decide its part in the batch under way, so that all of a text is committed or nothing."""
        promise, inbound, self._carrying = envelope.reply, task.answer.inbound, None
        assert inbound is not None
        if refs := self._wake_all(envelope, task.all):
            answer = self.batch.transaction.heard(inbound) or self._decide_each([*map(actor_of, refs)], task)
            self.batch.after(lambda: promise and promise.set_result(answer))

    def _put_people(self, envelope: Envelope[PutPeople], task: PutPeople) -> None:
        """Write people, and have the conversation with each keep what is stated of their consent, in the same batch.

        Raises `Parked` where one was set aside, `ShuttingDown` while we are stopping: nothing of it is then in the batch.
        """
        promise, transaction, self._carrying = envelope.reply, self.batch.transaction, None
        answers = transaction.put_caregivers(task.caregivers, task.at, task.by)
        self.batch.after(self._stated.clear)
        for number, stated in stated_consents(transaction, task, answers):
            stream, self._carrying = _stream(stated), None
            if self._live.is_parked(stream):
                raise _parked(stream)
            self._stated.append(stated)
            actor = actor_of(self._live.find(stream, self._now))
            self._carrying = actor, stated
            said = actor.carry_out(stated)
            if stated.order.organization_id == task.caregivers[number].organization_id:
                answers[number] = beside(answers[number], said)
        self._carrying = None
        self.batch.after(lambda: promise and promise.set_result(answers))

    def _look_anew(self, tasks: Sequence[Task], error: Exception) -> None:
        """Have those who took part in what was refused look anew at what is on disk."""
        for one in tasks:
            ref = self._live.awake(_stream(one))
            if ref is not None:
                actor_of(ref).on_refused(Envelope(one), error)

    def _wake_all(self, envelope: Envelope[Any], tasks: Sequence[Task]) -> list[ActorRef[Any]]:
        """Give the actors of these tasks, awake; none, and whoever asked is told, where one was set aside or we are stopping."""
        streams = [_stream(one) for one in tasks]
        parked = next((one for one in streams if self._live.is_parked(one)), None)
        if parked is not None:
            self.batch.after(lambda: self._refuse(envelope, parked))
            return []
        try:
            return [self._live.find(one, self._now) for one in streams]
        except ShuttingDown as error:
            self._tell_error(envelope, error)
            return []

    def _tell_error(self, envelope: Envelope[Any], error: Exception) -> None:
        promise = envelope.reply
        self.batch.after(lambda: promise and promise.set_error(error))

    def _decide_each(self, actors: Sequence[Any], task: EachTask) -> Answer:
        answers: list[Answer] = []
        for actor, part in zip(actors, task.parts, strict=False):
            self._carrying = actor, part
            answers.append(actor.carry_out(part))
        order = task.answer.order.model_copy(update={"answers": tuple(answers)})
        self._carrying = actors[-1], task.answer
        answer: Answer = actors[-1].carry_out(replace(task.answer, order=order))
        self._carrying = None
        return answer

    def _handle(self, message: object) -> None:
        match message:
            case DeadlineSet(shift_id=shift_id, at=at, expires_at=expires_at):
                self._deadlines.set(shift_id, at, expires_at)
            case Tick(now=now):
                self._tick(now)
            case TimeKept(shift_id=shift_id, done=done):
                self._time_kept(shift_id, done=done)
            case RoundFailed(shift_id=shift_id):
                self._forward(Envelope(ShiftTask(shift_id, KeepTime(round_failed=True))))
            case TryAgain(task=task):
                self._again[Envelope(task)] = None
            case ActorDied():
                self._actor_died(message)
            case DeadLetter():
                self._redirect(message)
            case _:
                logger.warning("Unexpected %s received by the supervisor", type(message).__name__)

    def _forward(self, envelope: Envelope[Task]) -> None:
        stream = _stream(envelope.message)
        if self._live.is_parked(stream):
            self._refuse(envelope, stream)
            return
        tell(self._live.find(stream, self._now), envelope, self._context.dead_letters)

    def _refuse(self, envelope: Envelope[Task] | Envelope[EachTask], stream: str) -> None:
        """Answer a task of a stream that was set aside; a deadline must not hold its place among those under way."""
        task = envelope.message
        if envelope.reply is not None:
            envelope.reply.set_error(_parked(stream))
        if isinstance(task, ShiftTask) and isinstance(task.order, KeepTime):
            self._time_kept(task.shift_id, done=True)

    def _wake(self, stream: str) -> ActorRef[Any]:
        kind, _, name = stream.partition("/")
        if kind == "shift":
            return ShiftActor.start(self._context, stream, name)
        return ConversationActor.start(self._context, stream, int(name))

    def _tick(self, now: datetime) -> None:
        # What waits for an instant that the clock had nearly reached before it was set back would wait too long.
        due = LATEST if now < self._now - CLOCKS_DIFFER else now
        self._now = now
        again, self._again = self._again, {}
        for message in again:
            tell(self.actor_ref, message, self._context.dead_letters)
        self._deadlines.ripen(due)
        self._hand_out()
        for ref in self._live.drowsy(now):
            # At once: what waits for it comes back, and goes to its successor. Of one stream there is never more than one.
            if (actor := actor_of(ref)) is not None:
                actor.stop_now()

    def _hand_out(self) -> None:
        for shift_id in self._deadlines.take():
            if self._live.is_parked(shift_stream(shift_id)):
                self._deadlines.done(shift_id)
                continue
            self._forward(Envelope(ShiftTask(shift_id, KeepTime())))

    def _time_kept(self, shift_id: str, *, done: bool) -> None:
        if not done:
            self._deadlines.set(shift_id, self._now + TRY_AGAIN, self._now + TRY_AGAIN)
        self._deadlines.done(shift_id)
        self._hand_out()

    def _actor_died(self, died: ActorDied) -> None:
        self._live.forget(died.stream, died.urn)
        parked = self._live.count_death(died.stream, self._now)
        if parked:
            shift_id = died.task.shift_id if isinstance(died.task, ShiftTask) else None
            logger.error("%s is parked: its actor died again and again", died.stream)
            message = "This needs a person: the service failed on it repeatedly and has set it aside."
            self._context.parked(NewAlert(AlertKind.PARKED, message, self._now, shift_id=shift_id))
        match died.task:
            case ShiftTask(order=LookAtPeople() | KeepTime(round_failed=True)) if not parked:
                self._again[Envelope(died.task)] = None
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


def _parked(stream: str) -> Parked:
    return Parked(f"{stream} is set aside after failing repeatedly; it needs a person")


def _stream(task: Task) -> str:
    if isinstance(task, ShiftTask):
        return shift_stream(task.shift_id)
    return contact_stream(task.contact_id)
