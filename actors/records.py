"""What can be read back: shifts, offers, messages, alerts and timelines as rows for people and the API.

All times are UTC, except a shift's own, which keep the offset they were posted with.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from ..domain.alert import AlertKind
from ..domain.answer import LeftOut
from ..domain.caregiver import Caregiver
from ..domain.consent import ConsentWay
from ..domain.frozen import Frozen
from ..domain.policy import Channel, Round
from ..domain.shift.shift import ShiftStatus

T = TypeVar("T")

AT_ONCE = 500
"""Rows of a list that are read in one go where all are wanted."""


class Page(Frozen, Generic[T]):
    """A stretch of a list; `next_cursor` asks for the following one and is None on the last."""

    items: tuple[T, ...]
    next_cursor: str | None = None


def whole(listed: Callable[[str | None, int], Page[T]]) -> Iterator[T]:
    """Give all rows of a list, which is asked for its stretches by cursor and limit."""
    cursor: str | None = None
    while True:
        page = listed(cursor, AT_ONCE)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


class CaregiverRecord(Caregiver):
    """A person, with the roles of all their ids; `aliases` are the ids beside their own.

    `consents` are those that count now. `opted_out`: they want no texts and calls of their organization. `in_doubt`: somebody
    called their number a wrong one, and nothing is sent to it until it is confirmed. `no_calls`: they want texts only.
    They are offered nothing before `busy_until`. `landline`: the carrier said that their number takes no texts; it is called.
    """

    aliases: tuple[str, ...] = ()
    opted_out: bool = False
    in_doubt: bool = False
    no_calls: bool = False
    busy_until: datetime | None = None
    landline: bool = False


class Delivery(StrEnum):
    """How far an outbound message has come. `UNKNOWN`: a crash left it open whether it was sent."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    DROPPED = "dropped"
    DELIVERED = "delivered"


class OfferRecord(Frozen):
    """Somebody's latest offer of a shift: the latest message that carried it, and what came back.

    `text` and `call` are how far the latest of each has come; None: there was none. `reason` says why the latest message
    has not reached them.
    """

    caregiver_id: str
    caregiver_name: str
    code: str
    channel: Channel | None
    delivery: Delivery | None
    text: Delivery | None = None
    call: Delivery | None = None
    reason: str | None = None
    answer: str | None
    """Their last word: "accepted" (they have it), "declined", "question", "condition", "partial", "maybe", "busy", "unclear", "late_yes" (a yes that did
    not win), "gave_back", "opted_out"; None while nothing came back."""


class Reach(Frozen):
    """How far the outreach for a shift has come, in people.

    `eligible` have the role and nothing else to do; `texted` a carrier has taken a text for, `delivered` have it on their phone,
    as far as the carrier says so; `being_called` a call is under way to, `called` were called; `not_reached` no message can
    reach, `opted_out` want none. `summary` says it in words.
    """

    eligible: int
    texted: int
    delivered: int
    being_called: int
    called: int
    not_reached: int
    opted_out: int
    summary: str


class OfferedShift(Frozen):
    """A shift that somebody was offered: in words, when, and how it `came` to them ("won", "late", "declined",
    "gave_back", "asked")."""

    shift_id: str
    shift: str
    at: datetime | None
    came: str


class ShiftRecord(Frozen):
    """A shift as it stands."""

    id: str
    organization_id: str
    role_required: str
    start_time: datetime
    end_time: datetime
    time_zone: str | None
    area: str | None
    status: ShiftStatus
    revision: int
    fanout: int
    round: int | None
    """The round under way, from 0; None while nothing is being offered."""
    rounds: tuple[Round, ...]
    paused: bool
    """A coordinator holds the fan-out: nobody else is asked, and a yes still takes the shift."""
    next_deadline: datetime | None
    claimed_by: str | None
    version: int
    offers: tuple[OfferRecord, ...] | None = None
    """The latest to everybody who can or could take the shift as it is posted now. Only when one shift is asked for by
    its id."""
    left_out: tuple[LeftOut, ...] | None = None
    """Those with the role whom its last fan-out did not ask, and why. Only when one shift is asked for by its id."""
    reach: Reach | None = None
    """How far that has come. Only when one shift is asked for by its id, and it was offered to somebody."""


class ConsentRecord(Frozen):
    """A word of somebody about texts and calls from their organization, at the number they have now: as it came from there, or
    as it was stated of them."""

    at: datetime
    by: str
    """Whose word it is: theirs ("caregiver:ann"), the carrier's ("carrier"), or of who stated it."""
    what: str
    """"opted_out", "opted_in", "calls_refused" (texts only), or "consent_given"."""
    covers: tuple[Channel, ...]
    """What it is about: texts, calls, or both."""
    channel: Channel | None
    """How it came to us, where the person said it themselves."""
    how: ConsentWay | None
    """How they said it, and when, where it was stated of them."""
    given_at: datetime | None
    words: str | None
    """What was written; None where the carrier said it, nobody noted them, or they were erased."""


class ChangeRecord(Frozen):
    """Somebody changed a caregiver or, where none is named, an organization: `what` is "added", "deleted", or the fields that
    are another now."""

    at: datetime
    by: str
    organization_id: str
    caregiver_id: str | None
    what: tuple[str, ...]


class TimelineEntry(Frozen):
    """One event of a shift. `text` is the message that caused it, `reading` how that was read (intent, reason, words)."""

    version: int
    at: datetime
    by: str
    type: str
    details: dict[str, Any]
    reading: dict[str, Any] | None = None
    text: str | None = None


class MessageRecord(Frozen):
    """One message in or out."""

    id: str
    direction: str
    """"in" or "out"."""
    at: datetime
    phone: str
    channel: Channel
    body: str
    state: str
    """Of an outbound message its delivery, of an inbound one the status of its answer."""
    purpose: str | None = None
    shift_id: str | None = None
    caregiver_id: str | None = None
    reading: dict[str, Any] | None = None
    written_by: str | None = None
    """Of a text that a person wrote: who."""


class EventRecord(Frozen):
    """One event of a shift or of a conversation, as it was decided; no phone numbers and no texts are in it."""

    id: int
    """Its place among all events: they grow in the order in which they were committed."""
    at: datetime
    by: str
    type: str
    shift_id: str | None
    """The shift it is of; None of what belongs to a conversation."""
    organization_id: str | None
    """Whose shift it is."""
    version: int
    """Its place among the events of that shift or conversation."""
    details: dict[str, Any]


class EventPage(Frozen):
    """Events in their order; `next_after` asks for those that follow, also for those that are still to come."""

    items: tuple[EventRecord, ...]
    next_after: int
    more: bool
    """Whether there are more by now."""


class AlertRecord(Frozen):
    """A coordinator was needed. While it is open, it collects what else is said on the same matter."""

    id: int
    at: datetime
    """When it was opened."""
    last_at: datetime
    """When something was last said on it."""
    organization_id: str | None
    shift_id: str | None
    shift: str | None
    """The shift in words: "RN Tue Jul 16 7am-3pm"."""
    role: str | None
    start_time: datetime | None
    kind: AlertKind
    message: str
    asks: str
    """What the coordinator is asked to do."""
    caregiver_id: str | None
    caregiver_name: str | None
    phone: str | None
    """The number that person is reached at, or that wrote."""
    message_ids: tuple[str, ...]
    """The messages that caused it, to be read at `GET /messages/{id}`: the newest hundred."""
    count: int
    """How often something was said on it."""
    acknowledged_at: datetime | None
    """When somebody said that they see to it: nobody else is told of it any more."""
    acknowledged_by: str | None
    """"token", or whoever the API names; "on_call:" and the end of the number that a reply came from."""
    next_call_at: datetime | None
    """When the next on call is told."""
    closed_at: datetime | None
    closed_by: str | None
    """"coordinator", "caregiver:ann", "timer" or "carrier"; None while it is open."""
