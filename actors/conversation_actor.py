"""The actor of one phone's conversation: opt-out, the open question, help. What belongs to a shift goes to the shift."""

from collections.abc import Sequence
from functools import reduce

from ..domain.answer import Answer
from ..domain.conversation.decide import decide
from ..domain.conversation.events import AnyConversationEvent
from ..domain.conversation.state import (
    ConversationCommand,
    ConversationState,
    GiveHelp,
    HearStranger,
    SeeToAlert,
    StateConsent,
    evolve,
)
from ..domain.inbound.standing import Standing
from .context import ActorContext
from .journal.port import Overlap
from .runtime.envelope import Envelope
from .runtime.tell import tell
from .stream_actor import StreamActor
from .tasks import ConversationTask, LookAtPeople, ShiftTask


class ConversationActor(StreamActor[ConversationState, ConversationCommand, AnyConversationEvent]):
    """Owns one conversation. A shell: what follows from a message is decided in `domain/conversation/decide.py`.

    If this fails, see `StreamActor`.
    """

    def __init__(self, context: ActorContext, stream: str, contact_id: int) -> None:
        super().__init__(context, stream, decide, evolve)
        self.contact_id = contact_id

    def replay(self) -> ConversationState:
        """Give the state that the conversation's events lead to."""
        return reduce(
            evolve, self.batch.transaction.conversation_events(self.contact_id), ConversationState()
        )

    def knowing(self, command: ConversationCommand, overlap: Overlap) -> ConversationCommand:
        """A conversation claims nothing, so nothing can overlap."""
        raise AssertionError("a conversation claims nothing")

    def command(self, state: ConversationState, task: ConversationTask) -> ConversationCommand:
        """The order is the command, with what is looked up for it: what somebody has who wants no more texts, who welcomes
        them, whose number a stranger has written to and whether they are on call, and how their organization words its help. Whether somebody is the first
        to see to an alert shows when that is noted."""
        order, transaction = task.order, self.batch.transaction
        if isinstance(order, SeeToAlert):
            first = transaction.acknowledge_alert(order.alert_id, order.at, order.by)
            return order.model_copy(update={"first": first})
        if isinstance(order, StateConsent) and not order.consent.gives:
            contact = transaction.contact(transaction.phone_of(self.contact_id), None, order.at)
            assert contact is not None
            return order.model_copy(update={"held": Standing(contact, order.at).holdings()})
        if not isinstance(order, HearStranger | StateConsent | GiveHelp):
            return order
        organization = transaction.organization(order.organization_id)
        if organization is None:
            return order
        found: dict[str, object]
        match order:
            case HearStranger():
                phone = transaction.phone_of(self.contact_id)
                on_call = any(one.to == phone for one in organization.on_call)
                found = {"sender": organization.name, "on_call": on_call}
            case StateConsent():
                found = {"welcomed_by": organization if organization.welcomes else None}
            case GiveHelp():
                found = {"own": organization.texts and organization.texts.help}
        return order.model_copy(update=found)

    def carry_out(self, task: ConversationTask) -> Answer:
        """Decide; have the shifts look at their people where somebody hears from us again, who may have to be offered."""
        before = self.state
        answer = super().carry_out(task)
        agreed = self.state.consents.keys() - before.consents.keys()
        heard = self.state.opted_out < before.opted_out or agreed
        if heard or (before.doubted_at and not self.state.doubted_at):
            now = self.context.clock.now()
            for shift_id in self.batch.transaction.shifts_with_news(now, contact_id=self.contact_id):
                tell(
                    self.context.supervisor,
                    Envelope(ShiftTask(shift_id, LookAtPeople())),
                    self.context.dead_letters,
                )
        return answer

    def moved(
        self, old: ConversationState, new: ConversationState, events: Sequence[AnyConversationEvent]
    ) -> None:
        """End calls to whoever wants none any more. Nobody else waits for what happens in a conversation."""
        self.context.heard(self.contact_id, events)
