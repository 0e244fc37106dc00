"""Where routing sends a message, asked in a few words."""

from firstyes.domain.conversation.state import AskWhich
from firstyes.domain.inbound.contact import Contact
from firstyes.domain.inbound.destination import Destination, ToConversation, ToShift
from firstyes.domain.inbound.routing import route
from firstyes.domain.replies.reading import Intent, Reading
from firstyes.domain.shift.commands import AcceptOffer, DeclineOffer
from support.builders import NOW, a_reading

YES = a_reading(Intent.ACCEPT)
NO = a_reading(Intent.DECLINE)


def routed(contact: Contact, reading: Reading) -> Destination:
    return route(contact, reading, "m1", NOW)


def accepted(contact: Contact, reading: Reading) -> str | None:
    """The shift a message goes to as a yes, None when it goes elsewhere."""
    destination = routed(contact, reading)
    if isinstance(destination, ToShift) and isinstance(destination.command, AcceptOffer):
        return destination.shift_id
    return None


def declined(contact: Contact, reading: Reading) -> str | None:
    destination = routed(contact, reading)
    if isinstance(destination, ToShift) and isinstance(destination.command, DeclineOffer):
        return destination.shift_id
    return None


def asked(contact: Contact, reading: Reading) -> tuple[str, ...]:
    """The codes of the question that a message is answered with."""
    destination = routed(contact, reading)
    assert isinstance(destination, ToConversation)
    assert isinstance(destination.command, AskWhich)
    return tuple(choice.code for choice in destination.command.choices)


def said(contact: Contact, reading: Reading) -> object:
    """The command to the conversation."""
    destination = routed(contact, reading)
    assert isinstance(destination, ToConversation)
    return destination.command
