"""firstyes fills a care shift with the first caregiver who says yes.

    from firstyes import InboundMessage, ShiftDesk

Everything meant for users is named here; the folders behind are ours to change. A name is imported when it is used,
so that `import firstyes` costs nothing and a program that serves no HTTP never loads Flask.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .actors.carriers.port import Carrier
    from .actors.carriers.simulator import Simulator
    from .actors.clock import Clock, ManualClock, SystemClock
    from .actors.desk import ShiftDesk
    from .actors.errors import NoAnswer, NotRunning, Parked, ShuttingDown, UnknownPhone
    from .actors.journal.port import JournalBusy, JournalDamaged, JournalUnavailable, ShiftFilter
    from .actors.records import AlertRecord, MessageRecord, OfferRecord, Page, ShiftRecord, TimelineEntry
    from .domain.alert import AlertKind
    from .domain.answer import Answer, Choice, Refusal, Status
    from .domain.caregiver import Caregiver
    from .domain.dataset import BadData, DataSet, read_data
    from .domain.errors import FirstyesError
    from .domain.message import InboundMessage
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
    from .web.app import create_app
    from .web.settings import WebSettings

__version__ = "0.1.0"

__all__ = [
    "AlertKind",
    "AlertRecord",
    "Answer",
    "BadData",
    "BadRounds",
    "Caregiver",
    "Carrier",
    "Channel",
    "Choice",
    "Clock",
    "CoordinatorAlerted",
    "DataSet",
    "DropRequested",
    "FanOutStarted",
    "FirstyesError",
    "InboundMessage",
    "Intent",
    "JournalBusy",
    "JournalDamaged",
    "JournalUnavailable",
    "LatenessReported",
    "ManualClock",
    "MessageRecord",
    "NoAnswer",
    "NotRunning",
    "OfferDeclined",
    "OfferRecord",
    "OfferTerms",
    "Organization",
    "OverlapRefused",
    "Page",
    "Parked",
    "Reader",
    "Reading",
    "Refusal",
    "Reply",
    "Round",
    "RoundStarted",
    "RuleReader",
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
    "ShiftStatus",
    "ShiftUnfilled",
    "ShuttingDown",
    "Simulator",
    "Status",
    "SystemClock",
    "TimelineEntry",
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
    "Answer": "domain.answer",
    "BadData": "domain.dataset",
    "BadRounds": "domain.policy",
    "Caregiver": "domain.caregiver",
    "Carrier": "actors.carriers.port",
    "Channel": "domain.policy",
    "Choice": "domain.answer",
    "Clock": "actors.clock",
    "CoordinatorAlerted": "domain.shift_events",
    "DataSet": "domain.dataset",
    "DropRequested": "domain.shift_events",
    "FanOutStarted": "domain.shift_events",
    "FirstyesError": "domain.errors",
    "InboundMessage": "domain.message",
    "Intent": "domain.reading",
    "JournalBusy": "actors.journal.port",
    "JournalDamaged": "actors.journal.port",
    "JournalUnavailable": "actors.journal.port",
    "LatenessReported": "domain.shift_events",
    "ManualClock": "actors.clock",
    "MessageRecord": "actors.records",
    "NoAnswer": "actors.errors",
    "NotRunning": "actors.errors",
    "OfferDeclined": "domain.shift_events",
    "OfferRecord": "actors.records",
    "OfferTerms": "domain.reading",
    "Organization": "domain.organization",
    "OverlapRefused": "domain.shift_events",
    "Page": "actors.records",
    "Parked": "actors.errors",
    "Reader": "domain.reading",
    "Reading": "domain.reading",
    "Refusal": "domain.answer",
    "Reply": "domain.reading",
    "Round": "domain.policy",
    "RoundStarted": "domain.shift_events",
    "RuleReader": "domain.rules",
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
    "ShiftStatus": "domain.shift",
    "ShiftUnfilled": "domain.shift_events",
    "ShuttingDown": "actors.errors",
    "Simulator": "actors.carriers.simulator",
    "Status": "domain.answer",
    "SystemClock": "actors.clock",
    "TimelineEntry": "actors.records",
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
