"""firstyes fills a care shift with the first caregiver who says yes.

    from firstyes import InboundMessage, ShiftDesk

Everything meant for users is named here; the folders behind are ours to change. A name is imported when it is used,
so that `import firstyes` costs nothing and a program that serves no HTTP never loads Flask.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .actors.carriers.fault_plan import FaultPlan
    from .actors.carriers.phone import Phone, Received
    from .actors.carriers.port import (
        Capabilities,
        Carrier,
        OutcomeUnknown,
        Parcel,
        PermanentFailure,
        Recovery,
        SendFailed,
        Throttled,
        TransientFailure,
    )
    from .actors.carriers.simulator import Simulator
    from .actors.clock import Clock, ManualClock, SystemClock
    from .actors.desk import ShiftDesk
    from .actors.errors import Forked, NoAnswer, NotRunning, Parked, ShuttingDown, UnknownPhone
    from .actors.herald import Notifier
    from .actors.journal.port import (
        AlreadySeen,
        Append,
        BadCursor,
        BrokenAppend,
        Committed,
        Conflict,
        Deadline,
        DeliveryChange,
        Inbound,
        Journal,
        JournalBusy,
        JournalDamaged,
        JournalHealth,
        JournalTooNew,
        JournalUnavailable,
        Outgoing,
        Overlap,
        ShiftFilter,
    )
    from .actors.journal.sqlite_journal import SqliteJournal
    from .actors.records import (
        AlertRecord,
        Delivery,
        MessageRecord,
        OfferRecord,
        Page,
        ShiftRecord,
        TimelineEntry,
    )
    from .actors.staff import DeskHealth
    from .actors.tasks import TellOfAlert
    from .domain.alert import AlertKind
    from .domain.answer import Answer, Choice, LeftOut, Outcome, Refusal, Status
    from .domain.candidates import Candidate
    from .domain.caregiver import Caregiver
    from .domain.contact import Contact, OfferView, Person
    from .domain.conversation import ConversationState, OpenQuestion
    from .domain.conversation_events import MessageNoted, OptedIn, OptedOut, PersonNeeded, QuestionAsked
    from .domain.dataset import BadData, DataSet, read_data
    from .domain.errors import FirstyesError, InvalidArgument
    from .domain.message import InboundMessage, Message, Purpose
    from .domain.organization import Organization
    from .domain.policy import BadRounds, Channel, Round, parse_rounds
    from .domain.reading import Intent, OfferTerms, Reader, Reading, Reply
    from .domain.rules import RuleReader
    from .domain.shift import Shift, ShiftStatus
    from .domain.shift_events import (
        CoordinatorAlerted,
        DropRequested,
        FanOutStarted,
        LatenessReported,
        Offer,
        OfferDeclined,
        OverlapRefused,
        RoundStarted,
        ShiftCancelled,
        ShiftClaimed,
        ShiftEvent,
        ShiftExpired,
        ShiftPosted,
        ShiftReleased,
        ShiftUnfilled,
        YesAnswered,
    )
    from .domain.shift_state import ShiftState
    from .web.app import create_app
    from .web.settings import Unguarded, WebSettings

__version__ = "0.1.0"

__all__ = [
    "AlertKind",
    "AlertRecord",
    "AlreadySeen",
    "Answer",
    "Append",
    "BadCursor",
    "BadData",
    "BadRounds",
    "BrokenAppend",
    "Candidate",
    "Capabilities",
    "Caregiver",
    "Carrier",
    "Channel",
    "Choice",
    "Clock",
    "Committed",
    "Conflict",
    "Contact",
    "ConversationState",
    "CoordinatorAlerted",
    "DataSet",
    "Deadline",
    "Delivery",
    "DeliveryChange",
    "DeskHealth",
    "DropRequested",
    "FanOutStarted",
    "FaultPlan",
    "FirstyesError",
    "Forked",
    "Inbound",
    "InboundMessage",
    "Intent",
    "InvalidArgument",
    "Journal",
    "JournalBusy",
    "JournalDamaged",
    "JournalHealth",
    "JournalTooNew",
    "JournalUnavailable",
    "LatenessReported",
    "LeftOut",
    "ManualClock",
    "Message",
    "MessageNoted",
    "MessageRecord",
    "NoAnswer",
    "NotRunning",
    "Notifier",
    "Offer",
    "OfferDeclined",
    "OfferRecord",
    "OfferTerms",
    "OfferView",
    "OpenQuestion",
    "OptedIn",
    "OptedOut",
    "Organization",
    "Outcome",
    "OutcomeUnknown",
    "Outgoing",
    "Overlap",
    "OverlapRefused",
    "Page",
    "Parcel",
    "Parked",
    "PermanentFailure",
    "Person",
    "PersonNeeded",
    "Phone",
    "Purpose",
    "QuestionAsked",
    "Reader",
    "Reading",
    "Received",
    "Recovery",
    "Refusal",
    "Reply",
    "Round",
    "RoundStarted",
    "RuleReader",
    "SendFailed",
    "Shift",
    "ShiftCancelled",
    "ShiftClaimed",
    "ShiftDesk",
    "ShiftEvent",
    "ShiftExpired",
    "ShiftFilter",
    "ShiftPosted",
    "ShiftRecord",
    "ShiftReleased",
    "ShiftState",
    "ShiftStatus",
    "ShiftUnfilled",
    "ShuttingDown",
    "Simulator",
    "SqliteJournal",
    "Status",
    "SystemClock",
    "TellOfAlert",
    "Throttled",
    "TimelineEntry",
    "TransientFailure",
    "Unguarded",
    "UnknownPhone",
    "WebSettings",
    "YesAnswered",
    "__version__",
    "create_app",
    "parse_rounds",
    "read_data",
]

_FOUND_IN = {
    "AlertKind": "domain.alert",
    "AlertRecord": "actors.records",
    "AlreadySeen": "actors.journal.port",
    "Answer": "domain.answer",
    "Append": "actors.journal.port",
    "BadCursor": "actors.journal.port",
    "BadData": "domain.dataset",
    "BadRounds": "domain.policy",
    "BrokenAppend": "actors.journal.port",
    "Candidate": "domain.candidates",
    "Capabilities": "actors.carriers.port",
    "Caregiver": "domain.caregiver",
    "Carrier": "actors.carriers.port",
    "Channel": "domain.policy",
    "Choice": "domain.answer",
    "Clock": "actors.clock",
    "Committed": "actors.journal.port",
    "Conflict": "actors.journal.port",
    "Contact": "domain.contact",
    "ConversationState": "domain.conversation",
    "CoordinatorAlerted": "domain.shift_events",
    "DataSet": "domain.dataset",
    "Deadline": "actors.journal.port",
    "Delivery": "actors.records",
    "DeliveryChange": "actors.journal.port",
    "DeskHealth": "actors.staff",
    "DropRequested": "domain.shift_events",
    "FanOutStarted": "domain.shift_events",
    "FaultPlan": "actors.carriers.fault_plan",
    "FirstyesError": "domain.errors",
    "Forked": "actors.errors",
    "Inbound": "actors.journal.port",
    "InboundMessage": "domain.message",
    "Intent": "domain.reading",
    "InvalidArgument": "domain.errors",
    "Journal": "actors.journal.port",
    "JournalBusy": "actors.journal.port",
    "JournalDamaged": "actors.journal.port",
    "JournalHealth": "actors.journal.port",
    "JournalTooNew": "actors.journal.port",
    "JournalUnavailable": "actors.journal.port",
    "LatenessReported": "domain.shift_events",
    "LeftOut": "domain.answer",
    "ManualClock": "actors.clock",
    "Message": "domain.message",
    "MessageNoted": "domain.conversation_events",
    "MessageRecord": "actors.records",
    "NoAnswer": "actors.errors",
    "NotRunning": "actors.errors",
    "Notifier": "actors.herald",
    "Offer": "domain.shift_events",
    "OfferDeclined": "domain.shift_events",
    "OfferRecord": "actors.records",
    "OfferTerms": "domain.reading",
    "OfferView": "domain.contact",
    "OpenQuestion": "domain.conversation",
    "OptedIn": "domain.conversation_events",
    "OptedOut": "domain.conversation_events",
    "Organization": "domain.organization",
    "Outcome": "domain.answer",
    "OutcomeUnknown": "actors.carriers.port",
    "Outgoing": "actors.journal.port",
    "Overlap": "actors.journal.port",
    "OverlapRefused": "domain.shift_events",
    "Page": "actors.records",
    "Parcel": "actors.carriers.port",
    "Parked": "actors.errors",
    "PermanentFailure": "actors.carriers.port",
    "Person": "domain.contact",
    "PersonNeeded": "domain.conversation_events",
    "Phone": "actors.carriers.phone",
    "Purpose": "domain.message",
    "QuestionAsked": "domain.conversation_events",
    "Reader": "domain.reading",
    "Reading": "domain.reading",
    "Received": "actors.carriers.phone",
    "Recovery": "actors.carriers.port",
    "Refusal": "domain.answer",
    "Reply": "domain.reading",
    "Round": "domain.policy",
    "RoundStarted": "domain.shift_events",
    "RuleReader": "domain.rules",
    "SendFailed": "actors.carriers.port",
    "Shift": "domain.shift",
    "ShiftCancelled": "domain.shift_events",
    "ShiftClaimed": "domain.shift_events",
    "ShiftDesk": "actors.desk",
    "ShiftEvent": "domain.shift_events",
    "ShiftExpired": "domain.shift_events",
    "ShiftFilter": "actors.journal.port",
    "ShiftPosted": "domain.shift_events",
    "ShiftRecord": "actors.records",
    "ShiftReleased": "domain.shift_events",
    "ShiftState": "domain.shift_state",
    "ShiftStatus": "domain.shift",
    "ShiftUnfilled": "domain.shift_events",
    "ShuttingDown": "actors.errors",
    "Simulator": "actors.carriers.simulator",
    "SqliteJournal": "actors.journal.sqlite_journal",
    "Status": "domain.answer",
    "SystemClock": "actors.clock",
    "TellOfAlert": "actors.tasks",
    "Throttled": "actors.carriers.port",
    "TimelineEntry": "actors.records",
    "TransientFailure": "actors.carriers.port",
    "Unguarded": "web.settings",
    "UnknownPhone": "actors.errors",
    "WebSettings": "web.settings",
    "YesAnswered": "domain.shift_events",
    "create_app": "web.app",
    "parse_rounds": "domain.policy",
    "read_data": "domain.dataset",
}


if not TYPE_CHECKING:  # To a type checker the imports above are all there is.

    def __getattr__(name: str) -> object:
        """Import what is asked for."""
        if name not in _FOUND_IN:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f".{_FOUND_IN[name]}", __name__), name)
        return found

    def __dir__() -> list[str]:
        """List what there is, imported or not."""
        return sorted({*globals(), *__all__})
