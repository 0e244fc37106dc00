"""Messages to and from people, as plans and as facts; the carrier and its phones are elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from .frozen import Frozen
from .identifier import Identifier
from .instant import Instant
from .phone import ReportedPhone
from .policy import Channel
from .text import NO_NUL, VISIBLE

LONGEST_DIRECT = 1_600
"""Characters in a coordinator's own text: what Twilio takes as one message."""

LONGEST_TEXT = 2_000
"""Characters in an inbound body. Carriers deliver fewer (Twilio documents 1,600)."""

MessageId = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=VISIBLE)]


class Keyword(StrEnum):
    """What a carrier takes some texts for."""

    STOP = "stop"
    START = "start"
    HELP = "help"


class InboundMessage(Frozen):
    """A text somebody sent us, empty ones included, or what they said by a key in a call (`channel`).

    `message_id` is the carrier's; with it, a second delivery has no second effect. `keyword` is what the carrier took the
    text for, where it did and has answered it itself. `called_in`: they called us and entered a code, and as the number of
    a caller can be forged, it may not have been them.
    """

    from_phone: ReportedPhone
    to_phone: ReportedPhone | None = None
    body: Annotated[str, StringConstraints(max_length=LONGEST_TEXT, pattern=NO_NUL)]
    timestamp: Instant | None = None
    message_id: MessageId | None = None
    keyword: Keyword | None = None
    channel: Channel = Channel.SMS
    called_in: bool = False


class CarrierText(InboundMessage):
    """A text that a carrier of real phones brought: a writer whom nobody knows is told whose number this is, once a day."""


class DirectMessage(Frozen):
    """What a coordinator writes to a caregiver themselves; with a `key` of theirs, a repeat is not sent again."""

    caregiver_id: Identifier
    body: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_DIRECT, pattern=NO_NUL),
    ]
    key: Identifier | None = None


class Purpose(StrEnum):
    """What an outbound message is for. With cause and recipient it is unique, so that nobody is told twice."""

    OFFER = "offer"
    OFFER_AGAIN = "offer_again"
    """An offer told once more, to somebody who put it off."""
    CONFIRMATION = "confirmation"
    TOO_LATE = "too_late"
    ALREADY_YOURS = "already_yours"
    OVERLAP = "overlap"
    WITHDRAWAL = "withdrawal"
    RELEASE = "release"
    QUESTION = "question"
    NOTICE = "notice"
    DROP_NOTED = "drop_noted"
    """To whoever has a shift and cannot come: it stays theirs until a person has seen to it."""
    HELP = "help"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    WELCOME = "welcome"
    """Who writes, and why, to somebody who has agreed to texts."""
    DIRECT = "direct"
    """What a coordinator wrote themselves."""
    ALERT = "alert"
    """An alert, to whoever is on call."""
    NEWS = "news"
    """What asks nothing of whoever is on call: a shift was filled."""


OFFERS = frozenset({Purpose.OFFER, Purpose.OFFER_AGAIN})
"""What offers a shift."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that must go out, planned in the same transaction as what caused it.

    `contact_id` is the journal's key of the phone; the number itself stays in the contact's row. `fanout` is set
    on messages that are wanted only while that fan-out is live (`OFFER`), or its offers are (`OFFER_AGAIN`), or only by those it reached
    (`WITHDRAWAL`; it is not set on that to the one who has the shift). `opens` are the reply codes that it offers, asks about or names open: a bare word answers the
    last text to a phone, and can mean one of these only.
    """

    contact_id: int
    caregiver_id: str | None
    organization_id: str
    channel: Channel
    purpose: Purpose
    body: str
    shift_id: str | None = None
    fanout: int | None = None
    due_at: datetime | None = None
    opens: tuple[str, ...] = ()
