"""An actor whose state is a stream of the journal: decide, commit, change, answer."""

from collections.abc import Callable, Sequence
from functools import partial, reduce
from types import TracebackType
from typing import Any, Generic, TypeVar

from ..domain.answer import Answer
from ..domain.conversation.events import AnyConversationEvent
from ..domain.conversation.state import ConversationState
from ..domain.decision import Decision
from ..domain.message import Message
from ..domain.shift.events import AnyShiftEvent
from ..domain.shift.state import ShiftState
from .context import ActorContext
from .journal.port import Append, Overlap
from .runtime.envelope import Envelope
from .runtime.loop_actor import LoopActor
from .runtime.tell import tell
from .tasks import ActorDied, ConversationTask, ShiftTask

State = TypeVar("State", ShiftState, ConversationState)
Command = TypeVar("Command")
Event = TypeVar("Event", AnyShiftEvent, AnyConversationEvent)


class StreamActor(LoopActor, Generic[State, Command, Event]):
    """Owns the state of one stream; nothing else may change it.

    A message is decided on what the messages before it in its batch lead to. Events, texts and the inbound message's id
    are written in the batch's transaction; when that is committed the new state is put in place, and only then anybody is
    told. The state is loaded by replay when it is first needed, so that a sleeping actor costs a row.

    If this fails: an exception leaves nothing half done, and the actor dies of it; the supervisor starts a new one, which
    replays. While the journal cannot be used the asker is told so, and nothing was changed.
    """

    stream: str

    def __init__(
        self,
        context: ActorContext,
        stream: str,
        decide: Callable[[State, Command], Decision[Event]],
        evolve: Callable[[State, Event], State],
    ) -> None:
        """`decide` and `evolve` are those of its domain."""
        super().__init__(context.loop, dead_letters=context.dead_letters)
        self.context = context
        self.stream = stream
        self._decide: Callable[[State, Command], Decision[Event]] = decide
        self._evolve: Callable[[State, Event], State] = evolve
        self._state: State | None = None
        self._decided: State | None = None
        self._decided_in: object = None

    # What a kind of stream says about itself.

    def replay(self) -> State:
        """Give the state that the journal's events lead to."""
        raise NotImplementedError

    def knowing(self, command: Command, overlap: Overlap) -> Command:
        """Give the command with what the journal found to stand in its way."""
        raise NotImplementedError

    def command(self, state: State, task: Any) -> Command:
        """Give the domain's command for a task, looking up what it needs."""
        raise NotImplementedError

    def tells(self, decision: Decision[Event], new: State) -> Sequence[Message]:
        """Give the messages that go out with a decision."""
        return decision.messages

    def goes_on(self, state: State) -> bool:
        """Whether it goes on at once, and offers are to wait for that."""
        return False

    def moved(self, old: State, new: State, events: Sequence[Event]) -> None:
        """Tell others, after the commit."""
        raise NotImplementedError

    # The one way of a message.

    def on_receive(self, message: object) -> None:
        """Decide one message."""
        match message:
            case Envelope(message=ShiftTask() | ConversationTask() as task, reply=promise):
                answer = self.carry_out(task)
                if promise is not None:
                    self.batch.after(lambda: promise.set_result(answer))
            case _:
                super().on_receive(message)

    def carry_out(self, task: Any) -> Answer:
        """Decide, write, have the state changed once that is committed; give the answer."""
        transaction, inbound = self.batch.transaction, task.inbound
        heard = transaction.heard(inbound) if inbound is not None else None
        if heard is not None:
            return heard
        state = self.state
        command = self.command(state, task)
        while True:
            decision = self._decide(state, command)
            if not decision.events and (inbound is None or inbound.part):
                return decision.answer
            new = reduce(self._evolve, decision.events, state)
            messages = self.tells(decision, new)
            append = Append(
                self.stream, state.version, decision.events, messages, decision.answer, new, inbound
            )
            overlap = transaction.append(append)
            if overlap is None:
                break
            command = self.knowing(command, overlap)
        self._change(state, new, decision.events, messages)
        return decision.answer

    @property
    def state(self) -> State:
        """The state that the next message is decided on: what the batch under way leads to, else what is committed."""
        if self._decided is not None and self._decided_in is self.batch:
            return self._decided
        if self._state is not None:
            return self._state
        replayed = self.replay()
        self._keep(replayed)
        return replayed

    def _change(self, old: State, new: State, events: Sequence[Event], messages: Sequence[Message]) -> None:
        batch = self.batch
        self._keep(new)
        if self.goes_on(new):
            batch.goes_on = True
        else:
            for channel in {message.channel for message in messages}:
                self.context.outbox_grew(channel, batch)
        if events:
            batch.after(partial(self.moved, old, new, events))

    def _keep(self, state: State) -> None:
        """Decide on this state in the batch under way, and put it in place once that is on disk. One that was replayed as
        well: it may hold what came before in a batch that is taken back."""
        self._decided, self._decided_in = state, self.batch
        self.batch.after(partial(self._put_in_place, state))

    def _put_in_place(self, state: State) -> None:
        self._state, self._decided, self._decided_in = state, None, None

    def on_refused(self, message: Any, error: Exception) -> None:
        """Look anew: what was read in a batch that failed may never have been committed, or what was decided has."""
        self._state = None

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
        tell(self.context.supervisor, died, self.context.dead_letters)
