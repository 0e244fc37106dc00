"""What a conversation leaves on its phone's row: the open question and opt-outs."""

import json

from ...domain.conversation.state import OpenQuestion
from ...domain.replies.reading import Intent
from .instants import from_micros, to_micros
from .many_rows import delete, dump, insert, update

ASK_CONTACTS = update("contacts", "id, question", "question = new.question", "contacts.id = new.id")
DOUBT_CONTACTS = update("contacts", "id, at", "doubted_at = new.at", "contacts.id = new.id")
CALL_CONTACTS = update("contacts", "id, at", "no_calls_at = new.at", "contacts.id = new.id")
BUSY_CONTACTS = update("contacts", "id, until", "busy_until = new.until", "contacts.id = new.id")
LANDLINE_CONTACTS = update("contacts", "id, at", "landline_at = new.at", "contacts.id = new.id")
OPT_OUT = insert("opt_outs", "contact_id, organization_id, at", "ON CONFLICT DO NOTHING")
OPT_IN = delete("opt_outs", "contact_id, organization_id")


def write_question(question: OpenQuestion | None) -> str | None:
    """Write an open question as JSON."""
    if question is None:
        return None
    return dump([question.intent, question.codes, to_micros(question.asked_at)])


def read_question(text: str | None) -> OpenQuestion | None:
    """Give an open question from its JSON."""
    if text is None:
        return None
    intent, codes, asked_at = json.loads(text)
    return OpenQuestion(Intent(intent), tuple(codes), from_micros(asked_at))
