"""An actor whose state is a stream of the journal: decide, write, change, answer."""

import logging
from collections.abc import Sequence
from functools import reduce
from types import TracebackType
from typing import Any, Generic, TypeVar, assert_never

from ..domain.answer import Answer
from ..domain.conversation import ConversationState
from ..domain.conversation_events import AnyConversationEvent
from ..domain.decision import Decision
from ..domain.shift_events import AnyShiftEvent
from ..domain.shift_state import ShiftState
from .envelope import Envelope
from .errors import NoAnswer
from .house import House
from .journal.port import AlreadySeen, Append, Committed, Conflict, Inbound, JournalUnavailable, Overlap
from .pooled_actor import PooledActor
from .post import post
from .reply import Reply
from .tasks import ActorDied, ConversationTask, Ping, ShiftTask

logger = logging.getLogger(__name__)

TRIES = 5
"""A decision is made anew when another writer was first. More often than this in a row is a bug."""

State = TypeVar("State", ShiftState, ConversationState)
Command = TypeVar("Command")
Event = TypeVar("Event", AnyShiftEvent, AnyConversationEvent)


class TooManyConflicts(NoAnswer):
    """Raised when a stream moved under an actor again and again; nothing was changed."""


class StreamActor(PooledActor, Generic[State, Command, Event]):
    """Owns the state of one stream; nothing else may change it.

    One message at a time: decide on the present state, have the journal commit events, messages and the inbound
    message's id in one transaction, only then put the new state in place, by one assignment, and only then tell
    anybody. The state is loaded by replay when it is first needed, so that a sleeping actor costs a row.

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

    def moved(self, old: State, new: State, events: Sequence[Event]) -> None:
        """Tell others, after the commit."""
        raise NotImplementedError

    # The one way of a message.

    def on_receive(self, message: object) -> None:
        """Handle one message; all of them are told, none asked."""
        match message:
            case Envelope(message=ShiftTask() | ConversationTask() as task, reply=reply):
                self._handle(task, reply)
            case Envelope(message=Ping(), reply=Reply() as reply):
                reply.set_result(None)
            case _:
                super().on_receive(message)

    def _handle(self, task: Any, reply: Reply[Answer] | None) -> None:
        try:
            answer = self.carry_out(task)
        except (JournalUnavailable, TooManyConflicts) as error:
            self._state = None
            self.finished(task, done=False)
            if reply is not None:
                reply.set_error(error)
            return
        self.finished(task, done=True)
        if reply is not None:
            reply.set_result(answer)

    def carry_out(self, task: Any) -> Answer:
        """Decide, write, change; give the answer. Raises `JournalUnavailable` or `TooManyConflicts`: no change."""
        command = self.command(self.state, task)
        for _ in range(TRIES):
            state = self.state
            decision = self.decide(state, command)
            if not decision.events and task.inbound is None:
                return decision.answer
            outcome, new = self._write(state, decision, task.inbound)
            match outcome:
                case Committed():
                    self._state = new
                    self.house.crash_point("after commit")
                    self._tell_others(state, new, decision)
                    return decision.answer
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

    def _write(
        self, state: State, decision: Decision[Event], inbound: Inbound | None
    ) -> tuple[Committed | AlreadySeen | Overlap | Conflict, State]:
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
        self.house.crash_point("before commit")
        return self.house.journal.append(append), new

    def _tell_others(self, old: State, new: State, decision: Decision[Event]) -> None:
        for channel in {message.channel for message in decision.messages}:
            self.house.outbox_grew(channel)
        if decision.events:
            self.moved(old, new, decision.events)

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
