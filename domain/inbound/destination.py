"""Where an inbound message goes: a shift, several shifts, or a conversation."""

from dataclasses import dataclass

from ..conversation.state import ConversationCommand
from ..shift.commands import AcceptOffer, DeclineOffer, PutOffOffer, ReportLateness


@dataclass(frozen=True, slots=True)
class ToShift:
    """Goes to the actor of that shift."""

    shift_id: str
    command: AcceptOffer | DeclineOffer | PutOffOffer | ReportLateness


@dataclass(frozen=True, slots=True)
class ToConversation:
    """Goes to the conversation of that phone."""

    contact_id: int
    command: ConversationCommand

    @property
    def shift_id(self) -> str | None:
        """The shift it seems to be about."""
        return self.command.shift_id


@dataclass(frozen=True, slots=True)
class ToEach:
    """Goes to the actors of several shifts, or twice to one where two people share a phone, in this order; then to the
    conversation, which gives the answer."""

    parts: tuple[ToShift, ...]
    answer: ToConversation

    @property
    def shift_id(self) -> str:
        """The shift it seems to be about: the first yes, else the first no."""
        yes = [one for one in self.parts if isinstance(one.command, AcceptOffer)]
        return (yes or self.parts)[0].shift_id

    @property
    def command(self) -> ConversationCommand:
        """The command that ends it."""
        return self.answer.command


Destination = ToShift | ToConversation | ToEach
