"""Messages: what caregivers send in, and what was said both ways."""

from typing import Annotated, Any

from flask import Response
from pydantic import BeforeValidator

from ...actors.desk import ShiftDesk
from ...actors.records import MessageRecord, Page
from ...domain.answer import Refusal
from ...domain.identifier import Identifier
from ...domain.message import InboundMessage
from ...domain.phone import ReportedPhone
from ..http.operation import Operation, Operations
from ..http.problems import refuse
from ..http.query import PageQuery, read_query
from ..http.responses import WireAnswer, shown
from .inbound import PATH, InboundRoute


def _plus(phone: Any) -> Any:
    """A plus sign that was not written %2B arrives as a blank."""
    bare = isinstance(phone, str) and phone.startswith(" ") and phone[1:2].isdigit()
    return f"+{phone[1:]}" if bare else phone


class MessagesQuery(PageQuery):
    """Which messages to list."""

    shift_id: Identifier | None = None
    phone: Annotated[ReportedPhone | None, BeforeValidator(_plus)] = None


def message_operations(desk: ShiftDesk, inbound: InboundRoute) -> tuple[Operation, ...]:
    """Give the operations on messages; `inbound` takes them in."""
    api = Operations()

    @api.post(PATH, "Take in a caregiver's text", body=InboundMessage, answer=WireAnswer)
    def receive_message() -> Response:
        """Takes in a text from a caregiver's phone and says what it did.

        The answer is given after it is on disk. With `message_id`, a second delivery gets the first answer and has no
        second effect; without, each delivery is a message of its own. A body may hold up to 2,000 characters and any of
        them but NUL. From a phone nobody here has: 404, and nothing is sent.
        """
        return inbound.respond()

    @api.get("/messages", "List messages", query=MessagesQuery, answer=Page[MessageRecord])
    def list_messages() -> Response:
        """Lists messages in and out, newest first, with their states."""
        query = read_query(MessagesQuery)
        return shown(desk.messages(query.shift_id, query.phone, query.cursor, query.limit))

    @api.get("/messages/{message_id}", "Show a message", answer=MessageRecord)
    def show_message(message_id: str) -> Response:
        """Shows one message by its id in the list, as alerts name it."""
        record = desk.message(message_id)
        if record is None:
            raise refuse(Refusal.UNKNOWN, 404, f"There is no message {message_id}.")
        return shown(record)

    return api.operations
