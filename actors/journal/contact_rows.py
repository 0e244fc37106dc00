"""What a conversation leaves on its phone's row: the open question and opt-outs."""

import json

from ...domain.conversation import OpenQuestion
from ...domain.reading import Intent
from .instants import from_micros, to_micros
from .json_rows import dump, insert, update

ASK_CONTACTS = update("contacts", "id, question", "question = new.question", "contacts.id = new.id")
OPT_OUT = insert("opt_outs", "contact_id, organization_id, at", "ON CONFLICT DO NOTHING")
OPT_IN = (
    "DELETE FROM opt_outs WHERE (contact_id, organization_id) IN "
    "(SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))"
)


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
