"""Messages: what caregivers send in, and what was said both ways."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from ...actors.desk.desk import ShiftDesk
from ...actors.marking import Meaning
from ...actors.records import MessageRecord, Page
from ...domain.answer import Answer
from ...domain.frozen import Frozen
from ...domain.identifier import Identifier
from ...domain.message import DirectMessage, InboundMessage
from ...domain.phone import ReportedPhone
from ...domain.text import Label
from ..http.operation import Operations
from ..http.query import PageQuery
from .inbound import PATH, InboundRoute


def _plus(phone: Any) -> Any:
    """A plus sign that was not written %2B arrives as a blank."""
    bare = isinstance(phone, str) and phone.startswith(" ") and phone[1:2].isdigit()
    return f"+{phone[1:]}" if bare else phone


class DirectBody(DirectMessage):
    """What a coordinator writes to a caregiver, and by whom."""

    by: Label | None = None


class MarkBody(Frozen):
    """What a reply means, and who says so."""

    meaning: Meaning
    by: Label | None = None


class MessagesQuery(PageQuery):
    """Which messages to list. One whose shift, number and writer tell nothing is of each organization its phone works for."""

    organization_id: Identifier | None = None
    shift_id: Identifier | None = None
    phone: Annotated[ReportedPhone | None, BeforeValidator(_plus)] = None


def add_message_operations(api: Operations, desk: ShiftDesk, inbound: InboundRoute) -> None:
    """Add the operations on messages; `inbound` takes them in."""

    @api.post(PATH, "Take in a caregiver's text", everywhere=True)
    def receive_message(body: InboundMessage) -> Answer:
        """Takes in a text from a caregiver's phone and says what it did.

        The answer is given after it is on disk. With `message_id`, a second delivery gets the first answer and has no
        second effect; without, each delivery is a message of its own. A body may hold up to 2,000 characters and any of
        them but NUL. From a phone nobody here has: 404, and nothing is sent.
        """
        return inbound.receive(body)

    @api.post("/messages", "Write to a caregiver", problems=(409,))
    def write_to_caregiver(body: DirectBody) -> Answer:
        """Texts a caregiver what a coordinator wrote, from the number that their other texts come from.

        What they answer without a code a person reads: it takes and passes on nothing. Their open alerts that ask to read or
        answer something are closed. With `key`, the same order again sends nothing. 409 while they want no texts, or their
        number is in doubt.
        """
        message = DirectMessage(caregiver_id=body.caregiver_id, body=body.body, key=body.key)
        return desk.write_to(message, by=api.named(body.by))

    @api.get("/messages", "List messages")
    def list_messages(query: MessagesQuery) -> Page[MessageRecord]:
        """Lists messages in and out, newest first, with their states."""
        return desk.messages(
            query.shift_id, query.phone, query.cursor, query.limit, organization_id=query.organization_id
        )

    @api.get("/messages/{message_id}", "Show a message")
    def show_message(message_id: str) -> MessageRecord | None:
        """Shows one message by its id in the list, as alerts name it."""
        return desk.message(message_id)

    @api.post("/messages/{message_id}/mark", "Say what a reply means", problems=(409,))
    def mark_message(message_id: str, body: MarkBody) -> Answer:
        """Says what a reply means that a person read: a yes, a no, or neither. Its alerts are closed.

        A yes has the guarantees of a text: the first one has the shift, and whoever is too late is told.
        """
        return desk.mark(message_id, body.meaning, by=api.named(body.by), organization_ids=api.sees)
