"""What can happen between us and one phone that belongs to no shift."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from ..alert import AlertKind
from ..consent import ConsentWay
from ..frozen import Frozen
from ..policy import PhoneChannel
from ..replies.reading import Intent


class ConversationEvent(Frozen):
    """The base of all events of a conversation: when, by whom, and the inbound message that caused it."""

    at: datetime
    by: str
    message_id: str | None = None


class Stated(ConversationEvent):
    """The base of what the person may have said, or somebody else of them: then `how` they said it, and in which `words`."""

    how: ConsentWay | None = None
    words: str | None = None


class OptedOut(Stated):
    """The person wants no more texts or calls from these organizations."""

    type: Literal["opted_out"] = "opted_out"
    organization_ids: tuple[str, ...]
    written_at: datetime | None = None


class Whose(Frozen):
    """A caregiver, and whose they are."""

    organization_id: str
    caregiver_id: str


class OptedIn(ConversationEvent):
    """The person wants to hear from these organizations again, or at all: `consents` are those behind the phone who agree by it."""

    type: Literal["opted_in"] = "opted_in"
    organization_ids: tuple[str, ...]
    written_at: datetime | None = None
    consents: tuple[Whose, ...] = ()


class ConsentGiven(Stated):
    """Somebody stated that the person agrees to texts or calls of their organization, since `given_at`, which is when it was
    stated where they said no date (`dated` is false). `welcomed`: they are told who writes to them."""

    type: Literal["consent_given"] = "consent_given"
    organization_id: str
    caregiver_id: str
    channel: PhoneChannel
    given_at: datetime
    dated: bool = True
    welcomed: bool = False


class QuestionAsked(ConversationEvent):
    """We asked which offer a reply meant; a bare code of `codes` answers it, meaning `intent`."""

    type: Literal["question_asked"] = "question_asked"
    intent: Intent
    codes: tuple[str, ...]
    matter: str = ""


class MessageNoted(ConversationEvent):
    """A message was read and changed nothing else. `answer` says whether a text answered it, or was held back."""

    type: Literal["message_noted"] = "message_noted"
    intent: Intent
    answer: Literal["text", "none", "withheld"] = "text"
    matter: str = ""


class PersonNeeded(ConversationEvent):
    """The coordinator was alerted that a person has to read this."""

    type: Literal["person_needed"] = "person_needed"
    organization_id: str
    kind: AlertKind
    message: str
    shift_id: str | None = None
    caregiver_id: str | None = None


class NumberDoubted(ConversationEvent):
    """Somebody called this a wrong number: it is not texted or called until a coordinator confirms it."""

    type: Literal["number_doubted"] = "number_doubted"


class NumberConfirmed(ConversationEvent):
    """A coordinator found the number to be right."""

    type: Literal["number_confirmed"] = "number_confirmed"


class CallsRefused(Stated):
    """The person wants texts and no calls from these organizations, until they text START."""

    type: Literal["calls_refused"] = "calls_refused"
    organization_ids: tuple[str, ...]
    matter: str = ""


class LandlineMarked(ConversationEvent):
    """The carrier says that this number takes no texts: it is called instead, until a coordinator confirms it or the person
    texts START from it."""

    type: Literal["landline_marked"] = "landline_marked"


class BusyUntil(ConversationEvent):
    """The person is busy, and is offered nothing before `until`."""

    type: Literal["busy_until"] = "busy_until"
    until: datetime
    matter: str = ""


class DirectMessageWritten(ConversationEvent):
    """A coordinator wrote to the person, who is texted that; `key` is theirs for it, so that it is sent once."""

    type: Literal["direct_message_written"] = "direct_message_written"
    organization_id: str
    caregiver_id: str
    key: str | None = None


AnyConversationEvent = (
    OptedOut
    | OptedIn
    | ConsentGiven
    | QuestionAsked
    | MessageNoted
    | PersonNeeded
    | NumberDoubted
    | NumberConfirmed
    | CallsRefused
    | BusyUntil
    | LandlineMarked
    | DirectMessageWritten
)

CONVERSATION_EVENT: TypeAdapter[AnyConversationEvent] = TypeAdapter(
    Annotated[AnyConversationEvent, Field(discriminator="type")]
)
"""Reads any event of a conversation from JSON."""
