"""An actor whose state is a stream of the journal: decide, write, change, answer."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from types import TracebackType
from typing import Any, Generic, TypeVar, assert_never

from ..domain.answer import Answer
from ..domain.conversation.events import AnyConversationEvent
from ..domain.conversation.state import ConversationState
from ..domain.decision import Decision
from ..domain.shift.events import AnyShiftEvent
from ..domain.shift.state import ShiftState
from .dead_letter import DeadLetter, bury
from .envelope import Envelope
from .errors import HandlerFailed, NoAnswer
from .house import House
from .journal.port import AlreadySeen, Append, Committed, Conflict, Inbound, JournalUnavailable, Overlap
from .pooled_actor import PooledActor
from .post import post
from .reply import Reply
from .tasks import ActorDied, ConversationTask, Ping, ShiftTask

logger = logging.getLogger(__name__)

TRIES = 5
"""A decision is made anew when another writer was first. More often than this in a row is a bug."""

BURST = 64
"""So many yeses and noes that wait for one shift share a commit."""

State = TypeVar("State", ShiftState, ConversationState)
Command = TypeVar("Command")
Event = TypeVar("Event", AnyShiftEvent, AnyConversationEvent)


class TooManyConflicts(NoAnswer):
    """Raised when a stream moved under an actor again and again; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Plan(Generic[State, Event]):
    """What one message leads to, before it is written."""

    old: State
    decision: Decision[Event]
    new: State
    append: Append


class StreamActor(PooledActor, Generic[State, Command, Event]):
    """Owns the state of one stream; nothing else may change it.

    One message at a time: decide on the present state, have the journal commit events, messages and the inbound
    message's id in one transaction, only then put the new state in place, by one assignment, and only then tell
    anybody. Messages that have queued up while a commit was waited for may share the next one; each is decided on
    the state that the one before leads to, and none is answered before they are on disk. The state is loaded by replay when it is first needed, so that a sleeping actor costs a row.

    If this fails: an exception before the commit leaves nothing half done, and the actor dies of it; the supervisor
    starts a new one, which replays. `JournalUnavailable` is an answer, not a failure: the asker gets it, nothing was
    changed, and the state is read anew next time, because a commit that nobody waited for any longer may have gone
    through.
    """

    stream: str

    def __init__(self, house: House, stream: str) -> None:
        super().__init__(house.pool, dead_letters=house.dead_letters)
        self.house = house
        self.stream = stream
        self._state: State | None = None

    # What a kind of stream says about itself.

    def replay(self) -> State:
        """Give the state that the journal's events lead to."""
        raise NotImplementedError

    def decide(self, state: State, command: Command) -> Decision[Event]:
        """Decide, purely."""
        raise NotImplementedError

    def evolve(self, state: State, event: Event) -> State:
        """Apply one event, purely."""
        raise NotImplementedError

    def knowing(self, command: Command, overlap: Overlap) -> Command:
        """Give the command with what the journal found to stand in its way."""
        raise NotImplementedError

    def command(self, state: State, task: Any) -> Command:
        """Give the domain's command for a task, looking up what it needs."""
        raise NotImplementedError

    def unsure(self) -> None:
        """Forget the state: the journal could not be used, and a commit nobody heard of may have gone through."""
        self._state = None

    def shares_commit(self, task: Any) -> bool:
        """Whether a task may be written together with others that wait: nothing has to be looked up for it."""
        return False

    def moved(self, old: State, new: State, events: Sequence[Event]) -> None:
        """Tell others, after the commit."""
        raise NotImplementedError

    # The one way of a message.

    def on_receive(self, message: object) -> None:
        """Handle one message, and with it those behind it that may share its commit; all are told, none asked."""
        match message:
            case Envelope(message=ShiftTask() | ConversationTask() as task):
                burst = [message, *self._take_along()] if self.shares_commit(task) else [message]
                self._handle(burst)
            case Envelope(message=Ping(), reply=Reply() as reply):
                reply.set_result(None)
            case _:
                super().on_receive(message)

    def _take_along(self) -> list[Envelope[Any]]:
        """Take what waits behind the first message out of the inbox, as far as it may share a commit."""
        along: list[Envelope[Any]] = []
        inbox = self.actor_inbox
        while not inbox.empty() and len(along) < BURST:
            envelope = inbox.get()
            message = envelope.message
            if (
                envelope.reply_to is not None
                or not isinstance(message, Envelope)
                or not self.shares_commit(message.message)
            ):
                inbox.put_back(envelope)
                break
            along.append(message)
        return along

    def _handle(self, burst: list[Envelope[Any]]) -> None:
        done = self._carry_out_together(burst) if len(burst) > 1 else 0
        for number, envelope in enumerate(burst[done:], done):
            try:
                self._handle_one(envelope)
            except BaseException:
                self._give_back(burst, number)
                raise

    def _handle_one(self, envelope: Envelope[Any]) -> None:
        task = envelope.message
        try:
            answer = self.carry_out(task)
        except (JournalUnavailable, TooManyConflicts) as error:
            self.unsure()
            self.finished(task, done=False)
            _answer(envelope, error)
            return
        self.finished(task, done=True)
        _answer(envelope, answer)

    def _carry_out_together(self, burst: list[Envelope[Any]]) -> int:
        """Decide each on the state that the one before leads to, commit once, answer those that were written.

        Returns how many are done; the others are left to be carried out one by one.
        """
        try:
            plans = self._plan_all(burst)
            self.house.crash_point("before commit")
            outcomes = self.house.journal.append_all([plan.append for plan in plans])
        except JournalUnavailable as error:
            self.unsure()
            for envelope in burst:
                _answer(envelope, error)
            return len(burst)
        except Exception:  # noqa: BLE001 - one by one, only the one that has the bug is hurt by it
            return 0
        self.house.crash_point("after commit")
        for number, (envelope, plan, outcome) in enumerate(zip(burst, plans, outcomes, strict=True)):
            match outcome:
                case Committed():
                    self._settle(plan)
                    _answer(envelope, plan.decision.answer)
                case AlreadySeen(answer=answer):
                    _answer(envelope, answer)
                case _:
                    return number
        return len(burst)

    def carry_out(self, task: Any) -> Answer:
        """Decide, write, change; give the answer. Raises `JournalUnavailable` or `TooManyConflicts`: no change."""
        command = self.command(self.state, task)
        for _ in range(TRIES):
            plan = self._plan(self.state, command, task.inbound)
            if not plan.decision.events and task.inbound is None:
                return plan.decision.answer
            self.house.crash_point("before commit")
            outcome = self.house.journal.append(plan.append)
            match outcome:
                case Committed():
                    self.house.crash_point("after commit")
                    self._settle(plan)
                    return plan.decision.answer
                case AlreadySeen(answer=answer):
                    return answer
                case Overlap():
                    command = self.knowing(command, outcome)
                case Conflict():
                    self._state = None
                    command = self.command(self.state, task)
                case _:  # pragma: no cover
                    assert_never(outcome)
        raise TooManyConflicts(f"{self.stream} moved {TRIES} times while one message was decided; try again")

    @property
    def state(self) -> State:
        """The present state, replayed if the actor has just woken."""
        if self._state is None:
            self._state = self.replay()
        return self._state

    def finished(self, task: Any, *, done: bool) -> None:
        """Called once a task is over, before its reply is set."""

    def _plan_all(self, burst: list[Envelope[Any]]) -> list[Plan[State, Event]]:
        plans, state = [], self.state
        for envelope in burst:
            task = envelope.message
            plans.append(self._plan(state, self.command(state, task), task.inbound))
            state = plans[-1].new
        return plans

    def _plan(self, state: State, command: Command, inbound: Inbound | None) -> Plan[State, Event]:
        decision = self.decide(state, command)
        new = reduce(self.evolve, decision.events, state)
        append = Append(
            stream=self.stream,
            expected=state.version,
            events=decision.events,
            messages=decision.messages,
            answer=decision.answer,
            state=new,
            inbound=inbound,
        )
        return Plan(state, decision, new, append)

    def _settle(self, plan: Plan[State, Event]) -> None:
        """Put the new state in place, now that it is on disk, and tell others."""
        self._state = plan.new
        for channel in {message.channel for message in plan.decision.messages}:
            self.house.outbox_grew(channel)
        if plan.decision.events:
            self.moved(plan.old, plan.new, plan.decision.events)

    def _give_back(self, burst: list[Envelope[Any]], number: int) -> None:
        """Before dying of one message, answer it and hand those behind it back to the supervisor."""
        _answer(burst[number], HandlerFailed(f"{self} died of this message"))
        for envelope in burst[number + 1 :]:
            bury(DeadLetter(type(self), self.actor_urn, envelope), self.house.dead_letters)

    def on_failure(
        self,
        exception_type: type[BaseException] | None,
        exception_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Report the death to the supervisor, which decides about a restart."""
        failed = self._failed_on
        task = failed.message if isinstance(failed, Envelope) else None
        died = ActorDied(self.actor_urn, self.stream, task)
        post(self.house.supervisor, died, self.house.dead_letters)


def _answer(envelope: Envelope[Any], answer: Answer | Exception) -> None:
    reply = envelope.reply
    if reply is not None:
        reply.set_error(answer) if isinstance(answer, Exception) else reply.set_result(answer)
