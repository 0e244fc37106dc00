"""firstyes fills a care shift with the first caregiver who says yes.

    from firstyes import InboundMessage, ShiftDesk

Everything meant for users is named here; the folders behind are ours to change. A name is imported when it is used,
so that `import firstyes` costs nothing and a program that serves no HTTP never loads Flask.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .actors.board import Asked as Asked
    from .actors.board import Board as Board
    from .actors.board import BoardFilter as BoardFilter
    from .actors.board import BoardRow as BoardRow
    from .actors.board import Part as Part
    from .actors.carriers.fault_plan import FaultPlan as FaultPlan
    from .actors.carriers.phone import Phone as Phone
    from .actors.carriers.phone import Received as Received
    from .actors.carriers.port import Capabilities as Capabilities
    from .actors.carriers.port import Carrier as Carrier
    from .actors.carriers.port import CarrierRefuses as CarrierRefuses
    from .actors.carriers.port import Ceilings as Ceilings
    from .actors.carriers.port import DeliveryReport as DeliveryReport
    from .actors.carriers.port import OutboundMessage as OutboundMessage
    from .actors.carriers.port import OutcomeUnknown as OutcomeUnknown
    from .actors.carriers.port import PermanentFailure as PermanentFailure
    from .actors.carriers.port import Recovery as Recovery
    from .actors.carriers.port import SendFailed as SendFailed
    from .actors.carriers.port import Throttled as Throttled
    from .actors.carriers.port import TransientFailure as TransientFailure
    from .actors.carriers.port import Trouble as Trouble
    from .actors.carriers.simulator import Simulator as Simulator
    from .actors.carriers.twilio.carrier import TwilioCarrier as TwilioCarrier
    from .actors.carriers.twilio.settings import TwilioAccount as TwilioAccount
    from .actors.carriers.twilio.settings import TwilioSettings as TwilioSettings
    from .actors.desk.desk import ShiftDesk as ShiftDesk
    from .actors.errors import Forked as Forked
    from .actors.errors import NoAnswer as NoAnswer
    from .actors.errors import NotRunning as NotRunning
    from .actors.errors import Parked as Parked
    from .actors.errors import ShuttingDown as ShuttingDown
    from .actors.errors import UnknownPhone as UnknownPhone
    from .actors.inbound import InboundRouter as InboundRouter
    from .actors.journal.access_port import AccessTables as AccessTables
    from .actors.journal.access_port import ApiToken as ApiToken
    from .actors.journal.access_port import Link as Link
    from .actors.journal.access_port import Owned as Owned
    from .actors.journal.access_port import Session as Session
    from .actors.journal.access_port import User as User
    from .actors.journal.alert_port import AlertFilter as AlertFilter
    from .actors.journal.alert_port import Names as Names
    from .actors.journal.alert_port import NewAlert as NewAlert
    from .actors.journal.errors import BadCursor as BadCursor
    from .actors.journal.errors import BrokenAppend as BrokenAppend
    from .actors.journal.errors import CommitUnknown as CommitUnknown
    from .actors.journal.errors import JournalBusy as JournalBusy
    from .actors.journal.errors import JournalDamaged as JournalDamaged
    from .actors.journal.errors import JournalTooNew as JournalTooNew
    from .actors.journal.errors import JournalUnavailable as JournalUnavailable
    from .actors.journal.port import Append as Append
    from .actors.journal.port import Deadline as Deadline
    from .actors.journal.port import DeliveryChange as DeliveryChange
    from .actors.journal.port import Inbound as Inbound
    from .actors.journal.port import Journal as Journal
    from .actors.journal.port import JournalHealth as JournalHealth
    from .actors.journal.port import OutboxRow as OutboxRow
    from .actors.journal.port import Overlap as Overlap
    from .actors.journal.port import ShiftFilter as ShiftFilter
    from .actors.journal.sqlite_journal import SqliteJournal as SqliteJournal
    from .actors.journal.transaction import Transaction as Transaction
    from .actors.notifier import Notifier as Notifier
    from .actors.numbers import FilledShift as FilledShift
    from .actors.numbers import Numbers as Numbers
    from .actors.numbers import Share as Share
    from .actors.records import AlertRecord as AlertRecord
    from .actors.records import CaregiverRecord as CaregiverRecord
    from .actors.records import ConsentRecord as ConsentRecord
    from .actors.records import Delivery as Delivery
    from .actors.records import EventPage as EventPage
    from .actors.records import EventRecord as EventRecord
    from .actors.records import MessageRecord as MessageRecord
    from .actors.records import OfferedShift as OfferedShift
    from .actors.records import OfferRecord as OfferRecord
    from .actors.records import Page as Page
    from .actors.records import Reach as Reach
    from .actors.records import ShiftRecord as ShiftRecord
    from .actors.records import TimelineEntry as TimelineEntry
    from .actors.runtime.clock import Clock as Clock
    from .actors.runtime.clock import ManualClock as ManualClock
    from .actors.runtime.clock import SystemClock as SystemClock
    from .actors.system import DeskHealth as DeskHealth
    from .domain.access.user import UserRole as UserRole
    from .domain.alert import AlertKind as AlertKind
    from .domain.answer import Answer as Answer
    from .domain.answer import Choice as Choice
    from .domain.answer import LeftOut as LeftOut
    from .domain.answer import Outcome as Outcome
    from .domain.answer import Refusal as Refusal
    from .domain.answer import Result as Result
    from .domain.answer import Status as Status
    from .domain.caregiver import Caregiver as Caregiver
    from .domain.consent import Consent as Consent
    from .domain.consent import ConsentWay as ConsentWay
    from .domain.conversation.events import CallsRefused as CallsRefused
    from .domain.conversation.events import ConsentGiven as ConsentGiven
    from .domain.conversation.events import MessageNoted as MessageNoted
    from .domain.conversation.events import NumberConfirmed as NumberConfirmed
    from .domain.conversation.events import NumberDoubted as NumberDoubted
    from .domain.conversation.events import OptedIn as OptedIn
    from .domain.conversation.events import OptedOut as OptedOut
    from .domain.conversation.events import PersonNeeded as PersonNeeded
    from .domain.conversation.events import QuestionAsked as QuestionAsked
    from .domain.conversation.state import ConversationState as ConversationState
    from .domain.conversation.state import OpenQuestion as OpenQuestion
    from .domain.cost import Cost as Cost
    from .domain.cost import Prices as Prices
    from .domain.data.dataset import BadData as BadData
    from .domain.data.dataset import DataSet as DataSet
    from .domain.data.dataset import read_data as read_data
    from .domain.errors import FirstyesError as FirstyesError
    from .domain.errors import InvalidArgument as InvalidArgument
    from .domain.inbound.contact import Contact as Contact
    from .domain.inbound.contact import LastTold as LastTold
    from .domain.inbound.contact import OfferView as OfferView
    from .domain.inbound.contact import Person as Person
    from .domain.message import InboundMessage as InboundMessage
    from .domain.message import Keyword as Keyword
    from .domain.message import Message as Message
    from .domain.message import Purpose as Purpose
    from .domain.notice import Notice as Notice
    from .domain.notice import NoticeEvent as NoticeEvent
    from .domain.on_call import OnCall as OnCall
    from .domain.organization import Organization as Organization
    from .domain.organization import OwnNumber as OwnNumber
    from .domain.own_texts import OwnText as OwnText
    from .domain.own_texts import OwnTexts as OwnTexts
    from .domain.policy import BadRounds as BadRounds
    from .domain.policy import Channel as Channel
    from .domain.policy import Round as Round
    from .domain.policy import parse_rounds as parse_rounds
    from .domain.replies import RuleReader as RuleReader
    from .domain.replies.reading import ClockTime as ClockTime
    from .domain.replies.reading import Every as Every
    from .domain.replies.reading import Intent as Intent
    from .domain.replies.reading import OfferTerms as OfferTerms
    from .domain.replies.reading import Reader as Reader
    from .domain.replies.reading import Reading as Reading
    from .domain.replies.reading import Reply as Reply
    from .domain.replies.reading import Said as Said
    from .domain.shift.candidates import Candidate as Candidate
    from .domain.shift.commands import Obstacle as Obstacle
    from .domain.shift.events import CoordinatorAlerted as CoordinatorAlerted
    from .domain.shift.events import DropRequested as DropRequested
    from .domain.shift.events import FanOutPaused as FanOutPaused
    from .domain.shift.events import FanOutResumed as FanOutResumed
    from .domain.shift.events import FanOutStarted as FanOutStarted
    from .domain.shift.events import LatenessReported as LatenessReported
    from .domain.shift.events import MoreTold as MoreTold
    from .domain.shift.events import Offer as Offer
    from .domain.shift.events import OfferDeclined as OfferDeclined
    from .domain.shift.events import OfferMoved as OfferMoved
    from .domain.shift.events import OfferPutOff as OfferPutOff
    from .domain.shift.events import OffersAdded as OffersAdded
    from .domain.shift.events import Omission as Omission
    from .domain.shift.events import OverlapRefused as OverlapRefused
    from .domain.shift.events import ReachedAhead as ReachedAhead
    from .domain.shift.events import RoundExtended as RoundExtended
    from .domain.shift.events import RoundStarted as RoundStarted
    from .domain.shift.events import ShiftCancelled as ShiftCancelled
    from .domain.shift.events import ShiftClaimed as ShiftClaimed
    from .domain.shift.events import ShiftEvent as ShiftEvent
    from .domain.shift.events import ShiftExpired as ShiftExpired
    from .domain.shift.events import ShiftPosted as ShiftPosted
    from .domain.shift.events import ShiftReleased as ShiftReleased
    from .domain.shift.events import ShiftUnfilled as ShiftUnfilled
    from .domain.shift.events import WhyLeftOut as WhyLeftOut
    from .domain.shift.events import YesAnswered as YesAnswered
    from .domain.shift.events import YesQuestioned as YesQuestioned
    from .domain.shift.shift import Shift as Shift
    from .domain.shift.shift import ShiftStatus as ShiftStatus
    from .domain.shift.state import ShiftState as ShiftState
    from .web.app import create_app as create_app
    from .web.service.web_settings import Unguarded as Unguarded
    from .web.service.web_settings import WebSettings as WebSettings

__version__ = "0.1.0"

_NAMES_IN = {
    "actors.board": "Asked Board BoardFilter BoardRow Part",
    "actors.carriers.fault_plan": "FaultPlan",
    "actors.carriers.phone": "Phone Received",
    "actors.carriers.port": (
        "Capabilities Carrier CarrierRefuses Ceilings DeliveryReport OutboundMessage OutcomeUnknown PermanentFailure Recovery SendFailed"
        " Throttled TransientFailure Trouble"
    ),
    "actors.carriers.simulator": "Simulator",
    "actors.carriers.twilio.carrier": "TwilioCarrier",
    "actors.carriers.twilio.settings": "TwilioAccount TwilioSettings",
    "actors.desk.desk": "ShiftDesk",
    "actors.errors": "Forked NoAnswer NotRunning Parked ShuttingDown UnknownPhone",
    "actors.inbound": "InboundRouter",
    "actors.journal.access_port": "AccessTables ApiToken Link Owned Session User",
    "actors.journal.alert_port": "AlertFilter Names NewAlert",
    "actors.journal.errors": (
        "BadCursor BrokenAppend CommitUnknown JournalBusy JournalDamaged JournalTooNew JournalUnavailable"
    ),
    "actors.journal.port": (
        "Append Deadline DeliveryChange Inbound Journal JournalHealth OutboxRow Overlap ShiftFilter"
    ),
    "actors.journal.sqlite_journal": "SqliteJournal",
    "actors.journal.transaction": "Transaction",
    "actors.notifier": "Notifier",
    "actors.numbers": "FilledShift Numbers Share",
    "actors.records": (
        "AlertRecord CaregiverRecord ConsentRecord Delivery EventPage EventRecord MessageRecord OfferedShift OfferRecord Page Reach"
        " ShiftRecord TimelineEntry"
    ),
    "actors.runtime.clock": "Clock ManualClock SystemClock",
    "actors.system": "DeskHealth",
    "domain.access.user": "UserRole",
    "domain.alert": "AlertKind",
    "domain.answer": "Answer Choice LeftOut Outcome Refusal Result Status",
    "domain.caregiver": "Caregiver",
    "domain.consent": "Consent ConsentWay",
    "domain.conversation.events": (
        "CallsRefused ConsentGiven MessageNoted NumberConfirmed NumberDoubted OptedIn OptedOut PersonNeeded QuestionAsked"
    ),
    "domain.conversation.state": "ConversationState OpenQuestion",
    "domain.cost": "Cost Prices",
    "domain.data.dataset": "BadData DataSet read_data",
    "domain.errors": "FirstyesError InvalidArgument",
    "domain.inbound.contact": "Contact LastTold OfferView Person",
    "domain.message": "InboundMessage Keyword Message Purpose",
    "domain.notice": "Notice NoticeEvent",
    "domain.on_call": "OnCall",
    "domain.organization": "Organization OwnNumber",
    "domain.own_texts": "OwnText OwnTexts",
    "domain.policy": "BadRounds Channel Round parse_rounds",
    "domain.replies": "RuleReader",
    "domain.replies.reading": "ClockTime Every Intent OfferTerms Reader Reading Reply Said",
    "domain.shift.candidates": "Candidate",
    "domain.shift.commands": "Obstacle",
    "domain.shift.events": (
        "CoordinatorAlerted DropRequested FanOutPaused FanOutResumed FanOutStarted LatenessReported MoreTold Offer OfferDeclined OfferMoved OfferPutOff"
        " OffersAdded Omission OverlapRefused ReachedAhead RoundExtended RoundStarted ShiftCancelled ShiftClaimed ShiftEvent"
        " ShiftExpired ShiftPosted ShiftReleased ShiftUnfilled WhyLeftOut YesAnswered YesQuestioned"
    ),
    "domain.shift.shift": "Shift ShiftStatus",
    "domain.shift.state": "ShiftState",
    "web.app": "create_app",
    "web.service.web_settings": "Unguarded WebSettings",
}
_FOUND_IN = {name: module for module, names in _NAMES_IN.items() for name in names.split()}


if not TYPE_CHECKING:  # To a type checker the imports above are all there is.
    __all__ = list(_FOUND_IN)

    def __getattr__(name: str) -> object:
        """Import what is asked for."""
        if name not in _FOUND_IN:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f".{_FOUND_IN[name]}", __name__), name)
        return found

    def __dir__() -> list[str]:
        """List what there is, imported or not."""
        return sorted({*globals(), *__all__})
