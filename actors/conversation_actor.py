"""The actor of one phone's conversation: opt-out, the open question, help. What belongs to a shift goes to the shift."""

from collections.abc import Sequence
from contextlib import suppress
from functools import reduce

from ..domain.conversation.decide import decide
from ..domain.conversation.events import AnyConversationEvent, NumberConfirmed, OptedIn
from ..domain.conversation.state import AnyConversationCommand, ConversationState, evolve
from ..domain.decision import Decision
from .envelope import Envelope
from .house import House
from .journal.errors import JournalUnavailable
from .journal.port import Overlap
from .post import post
from .stream_actor import StreamActor
from .tasks import ConversationTask, LookAtPeople, ShiftTask


class ConversationActor(StreamActor[ConversationState, AnyConversationCommand, AnyConversationEvent]):
    """Owns one conversation. A shell: what follows from a message is decided in `domain/conversation/decide.py`.

    If this fails, see `StreamActor`.
    """

    def __init__(self, house: House, stream: str, contact_id: int) -> None:
        super().__init__(house, stream)
        self.contact_id = contact_id

    def replay(self) -> ConversationState:
        """Give the state that the conversation's events lead to."""
        return reduce(evolve, self.house.journal.conversation_events(self.contact_id), ConversationState())

    def decide(
        self, state: ConversationState, command: AnyConversationCommand
    ) -> Decision[AnyConversationEvent]:
        """Decide, purely."""
        return decide(state, command)

    def evolve(self, state: ConversationState, event: AnyConversationEvent) -> ConversationState:
        """Apply one event."""
        return evolve(state, event)

    def knowing(self, command: AnyConversationCommand, overlap: Overlap) -> AnyConversationCommand:
        """A conversation claims nothing, so nothing can overlap."""
        raise AssertionError("a conversation claims nothing")

    def command(self, state: ConversationState, task: ConversationTask) -> AnyConversationCommand:
        """The order is the command; nothing has to be looked up."""
        return task.order

    def moved(
        self, old: ConversationState, new: ConversationState, events: Sequence[AnyConversationEvent]
    ) -> None:
        """Have the shifts look at their people: whoever hears from us again may have to be offered."""
        if any(isinstance(event, OptedIn | NumberConfirmed) for event in events):
            self._tell_shifts()

    def _tell_shifts(self) -> None:
        # What is committed stays committed; the next start catches up.
        with suppress(JournalUnavailable):
            now = self.house.clock.now()
            for shift_id in self.house.journal.shifts_with_news(now, contact_id=self.contact_id):
                task = Envelope(ShiftTask(shift_id, LookAtPeople()))
                post(self.house.supervisor, task, self.house.dead_letters)
