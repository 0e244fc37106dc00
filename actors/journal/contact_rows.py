"""What a conversation leaves on its phone's row: the open question and opt-outs."""

import json
from collections.abc import Iterator

from ...domain.consent import ConsentWay
from ...domain.conversation.events import CallsRefused, ConsentGiven, OptedIn, OptedOut
from ...domain.conversation.state import OpenQuestion
from ...domain.policy import PHONES, Channel
from ...domain.replies.reading import Intent
from .instants import from_micros, to_micros
from .many_rows import ManyRows, Values, delete, dump, insert, update

ASK_CONTACTS = update("contacts", "id, question", "question = new.question", "contacts.id = new.id")
DOUBT_CONTACTS = update("contacts", "id, at", "doubted_at = new.at", "contacts.id = new.id")
BUSY_CONTACTS = update("contacts", "id, until", "busy_until = new.until", "contacts.id = new.id")
LANDLINE_CONTACTS = update("contacts", "id, at", "landline_at = new.at", "contacts.id = new.id")
OPT_OUT = insert("opt_outs", "contact_id, organization_id, at", "ON CONFLICT DO UPDATE SET at = excluded.at")
OPT_IN = delete("opt_outs", "contact_id, organization_id")
REFUSE_CALLS = insert(
    "call_refusals", "contact_id, organization_id, at", "ON CONFLICT DO UPDATE SET at = excluded.at"
)
ALLOW_CALLS = delete("call_refusals", "contact_id, organization_id")
FORGET_CONSENT = delete("consents", "contact_id, organization_id, channel")
CONSENT = insert(
    "consents",
    "contact_id, organization_id, caregiver_id, channel, how, given_at, words",
    "ON CONFLICT DO UPDATE SET how = excluded.how, given_at = excluded.given_at, words = excluded.words",
)


def consent_rows(
    contact: int, event: OptedOut | OptedIn | CallsRefused | ConsentGiven
) -> Iterator[tuple[ManyRows, Values]]:
    """Give the rows of what is stopped, wanted again, or agreed to at a phone, each with its statement."""
    at = to_micros(event.at)
    if isinstance(event, ConsentGiven):
        yield (ALLOW_CALLS if event.channel is Channel.VOICE else OPT_IN), [contact, event.organization_id]
        given = [event.channel, event.how, to_micros(event.given_at), event.words]
        yield CONSENT, [contact, event.organization_id, event.caregiver_id, *given]
        return
    for one in event.organization_ids:
        if isinstance(event, OptedOut):
            yield OPT_OUT, [contact, one, at]
            for channel in PHONES:
                yield FORGET_CONSENT, [contact, one, channel]
        elif isinstance(event, CallsRefused):
            yield REFUSE_CALLS, [contact, one, at]
            yield FORGET_CONSENT, [contact, one, Channel.VOICE]
        else:
            yield OPT_IN, [contact, one]
            yield ALLOW_CALLS, [contact, one]
    if isinstance(event, OptedOut):
        yield ASK_CONTACTS, [contact, None]
    elif isinstance(event, OptedIn):
        yield BUSY_CONTACTS, [contact, None]
        yield LANDLINE_CONTACTS, [contact, None]
        for whose in event.consents:
            for channel in PHONES:
                given = [channel, ConsentWay.KEYWORD, at, None]
                yield CONSENT, [contact, whose.organization_id, whose.caregiver_id, *given]


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
