"""The journal as the actors see it: the only place where anything is kept.

Actors are given a `Journal`, never a connection. SQLite implements it in this package; another database follows by
implementing this protocol and passing the same contract tests.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ...domain.answer import Answer
from ...domain.conversation.events import AnyConversationEvent
from ...domain.conversation.state import ConversationState
from ...domain.inbound.contact import Contact
from ...domain.message import Message
from ...domain.organization import Organization
from ...domain.policy import Channel
from ...domain.replies.reading import Reading
from ...domain.sending import Waiting
from ...domain.shift.candidates import Candidate
from ...domain.shift.events import AnyShiftEvent
from ...domain.shift.shift import Shift, ShiftStatus
from ...domain.shift.state import ShiftState
from ..board import Board, BoardFilter
from ..numbers import Numbers
from ..records import (
    AlertRecord,
    CaregiverRecord,
    ChangeRecord,
    ConsentRecord,
    Delivery,
    EventPage,
    MessageRecord,
    OfferedShift,
    Page,
    ShiftRecord,
    TimelineEntry,
)
from .access_port import AccessTables, Owned
from .alert_port import AlertFilter, Names
from .errors import (
    BadCursor,
    BrokenAppend,
    CommitUnknown,
    JournalBusy,
    JournalDamaged,
    JournalTooNew,
    JournalUnavailable,
)

if TYPE_CHECKING:
    from .transaction import Transaction

# What is defined elsewhere and imported from here.
__all__ = [
    "BadCursor",
    "BrokenAppend",
    "CommitUnknown",
    "JournalBusy",
    "JournalDamaged",
    "JournalTooNew",
    "JournalUnavailable",
]


def shift_stream(shift_id: str) -> str:
    """Name the stream of a shift."""
    return f"shift/{shift_id}"


def contact_stream(contact_id: int) -> str:
    """Name the stream of a conversation."""
    return f"contact/{contact_id}"


Asked = tuple[str, str | None]
"""A phone, and the number it has dialled."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """An inbound message as it is kept, whatever it leads to: once for the same phone, `message_id` and text.

    `caregiver_id` is who it is taken to be from, `shift_id` the shift it is about, where that is known. `part` says that it
    leads to more, and is kept with the last of that. `digest` tells two texts under one id apart.
    """

    message_id: str
    contact_id: int
    to_phone: str | None
    body: str
    received_at: datetime
    reading: Reading
    shift_id: str | None = None
    channel: Channel = Channel.SMS
    caregiver_id: str | None = None
    part: bool = False
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        text = self.body.encode("utf-8", "surrogatepass")
        object.__setattr__(self, "digest", blake2b(text, digest_size=8).hexdigest())


@dataclass(frozen=True, slots=True)
class Append:
    """What one actor decided: all of it is committed, or nothing.

    `expected` is the stream's version the decision was made on. `state` is the state after `events`, from which the
    rows for look-ups are made. `answer` is kept with `inbound` for the message's second delivery.
    """

    stream: str
    expected: int
    events: Sequence[AnyShiftEvent] | Sequence[AnyConversationEvent]
    messages: Sequence[Message]
    answer: Answer
    state: ShiftState | ConversationState
    inbound: Inbound | None = None

    @property
    def at(self) -> datetime:
        """When it was decided. Raises `BrokenAppend` when it has neither an event nor a message that led to it."""
        if self.events:
            return self.events[0].at
        if self.inbound is None:
            raise BrokenAppend(f"{self.stream}: messages without a cause")
        return self.inbound.received_at


@dataclass(frozen=True, slots=True)
class Overlap:
    """The claim overlaps one the caregiver holds. Nothing was written; decide again, knowing `held`."""

    held: Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow(Waiting):
    """An outbox row whose turn has come. `key` grows with each row and never repeats: it is the message's identity towards the
    carrier. `code` is the offer's. `contact_id` and `shift` are the journal's keys, `error` is what came of the last attempt,
    `handed_at` when that was made, `due_at` when it was planned for or, later than that, until when others wait for what the carrier
    says of it. `from_phone` is the organization's number for this person, or that it was sent from, `account` the carrier's
    account it belongs to; `sent_with` the row under whose key it went out, where several are one text.
    """

    key: int
    to_phone: str
    from_phone: str | None
    account: str | None
    body: str
    attempt: int
    caregiver_id: str | None
    organization_id: str
    code: str | None
    contact_id: int
    shift: int | None
    error: str | None
    handed_at: datetime | None
    created_at: datetime
    due_at: datetime
    sent_with: int | None


@dataclass(frozen=True, slots=True)
class DeliveryChange:
    """What became of one outbox row, at `at`. `due_at` is set on rows that are planned again, and on `UNKNOWN` ones that the carrier
    will be asked about: until then others about the same shift wait. `lost`: it will never be known whether it was sent. `counts`
    False takes back that the attempt was counted. `from_phone` is the number that it is sent from, from now on. `sent_with` is set
    on rows that are being sent as one text: what becomes of the row it names becomes of all.
    """

    key: int
    delivery: Delivery
    carrier_id: str | None = None
    error: str | None = None
    due_at: datetime | None = None
    at: datetime | None = None
    lost: bool = False
    counts: bool = True
    from_phone: str | None = None
    sent_with: int | None = None


class Deadline(NamedTuple):
    """A shift waits for `at`; from `expires_at` on it has begun. Both in microseconds since 1970, UTC: a start may read a
    million of them."""

    at: int
    shift_id: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class ShiftFilter:
    """Which shifts to list; None does not narrow."""

    status: ShiftStatus | None = None
    role: str | None = None
    organization_id: str | None = None


@dataclass(frozen=True, slots=True)
class JournalHealth:
    """How the journal does: size in bytes, last error of writing if it stands."""

    size: int
    error: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    """Of shifts by status ("shifts.offering") and of outbox rows by delivery ("outbox.planned")."""


class Journal(Protocol):
    """Keeps everything. Reading is safe from any thread, and sees the last commit; one thread writes.

    All methods raise `JournalUnavailable` when the database cannot do its part; then nothing was changed.
    """

    # -- writing
    def transaction(self) -> AbstractContextManager["Transaction"]:
        """Give a transaction that is committed when the block ends, and taken back when it raises.

        Raises `CommitUnknown` when it cannot be found out whether a commit that failed was made, `BrokenAppend` when what
        was written contradicts what is kept.
        """

    def idle(self) -> None:
        """Do what can be put off until nothing else is to be done. Never raises."""

    # -- reading, for routing and actors
    def shift_events(self, shift_id: str) -> list[AnyShiftEvent]:
        """Give all events of a shift, in order; empty when it is unknown."""

    def contact(self, phone: str, dialled: str | None, at: datetime) -> Contact | None:
        """Look up who a phone may be and what its messages can mean; None when nobody active has it.

        Offers are those still answerable at `at`, newest first.
        """

    def contacts(self, asked: Sequence[Asked], at: datetime) -> Sequence[Contact | None]:
        """Look up several at once."""

    def candidates(self, shift: Shift, gone: Collection[str] = ()) -> list[Candidate]:
        """Give those who can be offered a shift; `gone` have given it back."""

    def left_out(self, shift: Shift, gone: Collection[str]) -> tuple[list[Candidate], int]:
        """Give those with its role who cannot be offered a shift, and how many can."""

    def due(self, channel: Channel, at: datetime, limit: int) -> list[OutboxRow]:
        """Give planned rows in no number's queue whose time has come: answers to people before offers, then in order."""

    def due_of(
        self, channel: Channel, number: str, at: datetime, limit: int, *, answers_only: bool = False
    ) -> list[OutboxRow]:
        """Give the same of the queue of a sending number."""

    def sending_numbers(self, channel: Channel) -> list[str]:
        """Give the numbers that have a queue of planned rows."""

    def outbox_row(self, key: int) -> OutboxRow | None:
        """Give one outbox row, whatever its state; None when there is none of this key."""

    def caregivers_behind(self, key: int, limit: int) -> list[tuple[int, str]]:
        """Give key and id of the caregivers whose keys follow this one, in their order."""

    def deadlines(self) -> Iterator[Deadline]:
        """Give every deadline that is stored, in any order."""

    def thread(self, contact_id: int, limit: int = 6) -> tuple[str, ...]:
        """Give the last messages exchanged with a phone, oldest first."""

    # -- reading, for people
    def organization(self, organization_id: str) -> Organization | None:
        """Give one organization."""

    def organizations(
        self, cursor: str | None, limit: int, organization_id: str | None = None
    ) -> Page[Organization]:
        """List organizations by id, or only one of them."""

    def never_heard(self, message_ids: Sequence[str]) -> list[str]:
        """Give those of a carrier's ids of inbound messages under which nothing was ever heard."""

    def own_numbers(self) -> list[tuple[str, str | None]]:
        """Give every number of every organization, with the carrier's account that it names."""

    def own_number(self, number: str) -> tuple[str, str | None] | None:
        """Give the same of one number; None when it is none of ours."""

    def caregivers(
        self,
        organization_id: str | None,
        cursor: str | None,
        limit: int,
        opted_out: bool | None = None,
        text: str | None = None,
    ) -> Page[CaregiverRecord]:
        """List caregivers by id, each person once; `opted_out` narrows to those who are, or are not, `text` to those in whose
        name, phone, roles or id it is."""

    def changes(
        self, organization_id: str | None, caregiver_id: str | None, cursor: str | None, limit: int
    ) -> Page[ChangeRecord]:
        """List who changed people and organizations, newest first."""

    def consents(self, caregiver_id: str) -> tuple[ConsentRecord, ...]:
        """Give what somebody has said about texts and calls, newest first."""

    def offers_to(self, caregiver_id: str, limit: int) -> tuple[OfferedShift, ...]:
        """Give the shifts that somebody was offered, newest first."""

    def numbers(self, organization_ids: Collection[str] | None, since: datetime, until: datetime) -> Numbers:
        """Give the figures of the shifts that start from `since` on and before `until`."""

    def caregiver(self, caregiver_id: str) -> CaregiverRecord | None:
        """Give one person, by their own id or an alias of it."""

    def shift(self, shift_id: str) -> ShiftRecord | None:
        """Give one shift with its offers."""

    def shifts(self, which: ShiftFilter, cursor: str | None, limit: int) -> Page[ShiftRecord]:
        """List shifts in the order they were first posted."""

    def board(self, which: BoardFilter, now: datetime) -> Board:
        """Give the board as it stands at `now`."""

    def timeline(self, shift_id: str) -> list[TimelineEntry]:
        """Give every event of a shift, in order, with how the message behind it was read."""

    def events(self, after: int, organization_id: str | None, limit: int) -> EventPage:
        """Give the events that were committed after the one with this number, in order; `organization_id` narrows to those of
        its shifts."""

    def messages(
        self,
        shift_id: str | None,
        phone: str | None,
        cursor: str | None,
        limit: int,
        organization_id: str | None = None,
    ) -> Page[MessageRecord]:
        """List messages in and out, newest first."""

    def message(self, message_id: str) -> MessageRecord | None:
        """Give one message by its id in the list."""

    def alerts(self, which: AlertFilter, cursor: str | None, limit: int) -> Page[AlertRecord]:
        """List alerts, newest first."""

    def alerts_by_id(self, ids: Sequence[int]) -> list[AlertRecord]:
        """Give these alerts, in the order of their ids."""

    def names(self, shift_id: str, caregiver_id: str | None) -> Names | None:
        """Say in words which shift it is, whose, and who the caregiver is; None when the shift is unknown."""

    # -- who may come in, and to what
    def access(self) -> AccessTables:
        """Give all users, sessions, links and API tokens."""

    def owners(self, kind: Owned, name: str) -> frozenset[str]:
        """Give the organizations that a thing belongs to; none when there is no such thing."""

    # -- its files
    def health(self) -> JournalHealth:
        """Say how the journal does. Never raises."""

    def close(self) -> None:
        """Commit what is queued, checkpoint, and let go of the files. Later calls raise `JournalUnavailable`."""
