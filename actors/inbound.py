"""The way in: who wrote, what it can mean, how it reads, and which actor it is for. Runs on the receiving thread."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from itertools import count
from time import monotonic

from ..domain.alert import AlertKind
from ..domain.answer import Answer, Refusal
from ..domain.conversation.state import GiveHelp, HearStranger, OptIn, OptOut, SeeToAlert
from ..domain.inbound.contact import Contact
from ..domain.inbound.destination import Destination, ToConversation, ToEach, ToShift
from ..domain.inbound.keyword import heed_keyword
from ..domain.inbound.routing import route
from ..domain.inbound.several import listed
from ..domain.inbound.standing import Standing
from ..domain.message import CarrierText, InboundMessage, Purpose
from ..domain.on_call import acknowledged
from ..domain.phone import is_answerable, mask
from ..domain.replies.reading import Intent, Reading, Reply
from ..domain.shift.commands import AcceptOffer
from .contacts import Contacts, Known, Touched
from .errors import UnknownPhone
from .journal.alert_port import NewAlert
from .journal.port import Inbound, Journal
from .journal.transaction import Transaction
from .runtime.clock import Clock
from .runtime.envelope import Envelope
from .runtime.promise import Promise
from .tasks import ConversationTask, EachTask, RecordAlert, ShiftTask, Task, Write
from .timed_reader import TimedReader

MOST_UNKNOWN = 100
"""Unknown phones a day that a person is called about, and that are answered: whoever writes from a thousand numbers fills no
list."""
NOBODY = Contact(0, ())
"""Whoever writes from a phone that was never heard of, until it has a row."""

SHORT = 320
"""Characters of a body that the rules read in less than a millisecond, whatever they are."""

FEW = 32
"""Offers among which a reply finds its own in about a millisecond."""

Number = Callable[[], str]


def numbering() -> Number:
    """Give a source of ids for messages that come without one: they grow, and no two are ever the same."""
    prefix, numbers = f"own:{time.time_ns():x}.{os.getpid():x}", count(1)
    return lambda: f"{prefix}.{next(numbers)}"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message as it came in: whose phone it is from, as that was `known` then, and how it reads."""

    message: InboundMessage
    message_id: str
    known: Known
    reading: Reading
    received_at: datetime
    written_at: datetime


@dataclass(frozen=True, slots=True)
class InboundEnvelope(Envelope[Task | EachTask | Write]):
    """A message's task on its way, with what it was made of."""

    arrived: Arrived = field(kw_only=True)


class InboundRouter:
    """Turns an inbound message into a task. It may be slow (a reader may be), and nobody else waits for it.

    What it looks up can be stale by the time the task is carried out. Of a shift that does not matter, its actor decides on its own
    state; where something of the phone was decided meanwhile, the supervisor has the message routed anew.
    """

    def __init__(
        self,
        journal: Journal,
        contacts: Contacts,
        reader: TimedReader,
        clock: Clock,
        post: Callable[[object], None],
    ) -> None:
        self._journal = journal
        self._contacts = contacts
        self._reader = reader
        self._clock = clock
        self._post = post
        self._number = numbering()
        self._strangers: tuple[date, dict[str, NewAlert | None]] = date.min, {}
        """Phones that are nobody's and count as seen on that day, and what a person was called with: read on any thread, and
        changed on the loop only."""

    def receive(self, message: InboundMessage, patience: float) -> Answer:
        """Take in a message, and wait at most `patience` seconds for the answer.

        Raises `UnknownPhone` when nobody who works here has the phone, `NoAnswer` when none came in time.
        """
        until = monotonic() + patience
        return self.answer_in(self.put(message), until - monotonic())

    def put(
        self, message: InboundMessage, known: Known | None = None, promise: Promise[Answer] | None = None
    ) -> Promise[Answer]:
        """Take in a message as `receive` does, and let `answer_in` give its answer. It can be slow, unless `known` is what
        `quick` has just given.

        Raises `UnknownPhone` when nobody ever had the phone, `JournalUnavailable` when that cannot be looked up.
        """
        promise = promise or Promise()
        arrived = self._arrive(message, known)
        # Of a stranger the loop makes a row first, and finds out what the text is for. It knows who was told of an alert, too.
        by_loop = arrived.known.contact is NOBODY or _alert_meant(arrived) is not None
        if by_loop:
            arrived = replace(arrived, known=arrived.known._replace(stamp=-1))
        task = Write(_nothing) if by_loop else self._route(arrived)
        self._post(InboundEnvelope(task, promise, arrived=arrived))
        return promise

    def answer_in(self, promise: Promise[Answer], timeout: float = 0.0) -> Answer:
        """Give the answer to a message that was `put`, waiting for it at most `timeout` seconds. Raises as `receive` does."""
        answer = promise.wait(timeout)
        if answer.refusal is Refusal.UNKNOWN:
            raise UnknownPhone(answer.message)
        return answer

    def quick(self, message: InboundMessage) -> Known | None:
        """Give whom a message is from where, with that, `put` needs neither the disk nor a reader that may be slow: then a
        thread that serves others may call it."""
        if not self.reads_at_once(message):
            return None
        known = self._contacts.remembered(message.from_phone, message.to_phone, self._clock.now())
        return None if known is not None and len(known.contact.offers) > FEW else known

    def reads_at_once(self, message: InboundMessage) -> bool:
        """Whether reading it takes no time that others would notice."""
        return len(message.body) <= SHORT and self._reader.by_rules

    def look_up(self, messages: Sequence[InboundMessage]) -> list[Known | None]:
        """Give whom messages are from, None where nobody has the phone. Raises `JournalUnavailable` when it cannot be looked up."""
        return self._contacts.find([(one.from_phone, one.to_phone) for one in messages], self._clock.now())

    def is_stale(self, arrived: Arrived, touched: Touched) -> bool:
        """Whether something of the phone was decided since it was looked up, in the batch that has `touched` that or before."""
        return (
            touched.everybody
            or arrived.known.contact.contact_id in touched.contacts
            or self._contacts.touched_since(arrived.known)
        )

    def route_anew(self, stale: "InboundEnvelope", transaction: Transaction) -> "InboundEnvelope":
        """Give a message's task as its phone is known now, in the midst of a batch. Raises as `put` does."""
        arrived, now = stale.arrived, self._clock.now()
        message, known = arrived.message, arrived.known
        contact = transaction.contact(message.from_phone, message.to_phone, now)
        if contact is None and isinstance(message, CarrierText) and self._count(message.from_phone):
            transaction.make_contact(message.from_phone)
            contact = transaction.contact(message.from_phone, message.to_phone, now)
        if contact is None:
            raise _unknown(message)
        alert_id = _alert_meant(arrived)
        if alert_id is not None and transaction.was_told(contact.contact_id, alert_id):
            return replace(stale, message=_see_to(arrived, contact, alert_id))
        contact = contact.answering(known.contact, _meant(stale.message, known.contact))
        arrived = replace(arrived, known=known._replace(contact=contact))
        return replace(stale, message=self._route(arrived), arrived=arrived)

    def _arrive(self, message: InboundMessage, known: Known | None = None) -> Arrived:
        now = self._clock.now()
        known = known or self.look_up([message])[0] or self._stranger_anew(message, now)
        # In the future it was not written: that counts as now.
        written_at = min(message.timestamp or now, now)
        reading = self._reader.known(message.body)
        if reading is None:
            contact = known.contact.within(known.contact.dialled)
            reading = self._reader.read(self._reply(message, contact, written_at))
        return Arrived(message, message.message_id or self._number(), known, reading, now, written_at)

    def _route(self, arrived: Arrived) -> Task | EachTask:
        """Give the task for the one actor this message is for, or for those of several shifts that it speaks of."""
        message, message_id = arrived.message, arrived.message_id
        contact = arrived.known.contact.within(arrived.known.contact.dialled)
        reading = arrived.reading
        if message.keyword is not None or any(one.opted_out for one in contact.people):
            reading = heed_keyword(reading, message.keyword, contact, message.to_phone, message.body)
        # What was written later may have been decided while it was read.
        now = self._clock.now()
        if not any(one.active for one in contact.people):
            destination: Destination = self._stranger(message, contact, reading, message_id, now)
        else:
            destination = route(contact, reading, message_id, now, arrived.written_at, message.body)
        inbound = Inbound(
            message_id=message_id,
            contact_id=contact.contact_id,
            to_phone=message.to_phone,
            body=message.body,
            received_at=arrived.received_at,
            reading=reading,
            shift_id=destination.shift_id,
            caregiver_id=destination.command.caregiver_id,
            channel=message.channel,
        )
        if isinstance(destination, ToShift):
            order = destination.command
            if message.called_in and isinstance(order, AcceptOffer):
                order = order.model_copy(update={"called_in": True})
            return ShiftTask(destination.shift_id, order, inbound)
        if isinstance(destination, ToEach):
            part = replace(inbound, part=True)
            return EachTask(
                tuple(ShiftTask(one.shift_id, one.command, part) for one in destination.parts),
                ConversationTask(destination.answer.contact_id, destination.command, inbound),
            )
        command = destination.command
        if message.keyword is not None and isinstance(command, OptOut | OptIn | GiveHelp):
            command = command.model_copy(update={"answered": True})
        return ConversationTask(destination.contact_id, command, inbound)

    def _stranger(
        self, message: InboundMessage, contact: Contact, reading: Reading, message_id: str, now: datetime
    ) -> ToConversation:
        """Nobody who works here has the phone: a person is called, and whoever wrote through a carrier is told whose number
        this is.

        Raises `UnknownPhone` when nothing tells whose it was.
        """
        known, told = next(iter(contact.people), None), contact.last_told
        caregiver_id = known.caregiver_id if known else told.caregiver_id if told else None
        organization_id = (
            known.organization_id if known else told.organization_id if told else contact.dialled
        )
        if organization_id is None:
            self._report(message, contact.contact_id, now)
            raise _unknown(message)
        command = HearStranger(
            at=now,
            by="unknown",
            message_id=message_id,
            contact_id=contact.contact_id,
            caregiver_id=caregiver_id,
            organization_id=organization_id,
            intent=reading.intent,
            held=Standing(contact, now).holdings(),
            organization_ids=tuple(
                sorted({organization_id, *(one.organization_id for one in contact.people)})
            ),
            greets=isinstance(message, CarrierText)
            and message.keyword is None
            and not reading.automatic
            and reading.intent is not Intent.OPT_OUT
            and is_answerable(message.from_phone),
        )
        return ToConversation(contact.contact_id, command)

    def _stranger_anew(self, message: InboundMessage, now: datetime) -> Known:
        """Give a stranger who wrote to a number of ours through a carrier, as far as so many may be heard in a day.

        Raises `UnknownPhone` for all others, after a person was called.
        """
        ours = isinstance(message, CarrierText) and self._journal.own_number(message.to_phone or "")
        if not ours:
            self._report(message, None, now)
        elif self._has_room(message.from_phone, now):
            return Known(NOBODY, -1, now, now)
        raise _unknown(message)

    def _has_room(self, phone: str, now: datetime) -> bool:
        """Whether a phone that is nobody's was seen today, or would not be one of too many."""
        day, phones = self._strangers
        return day != now.date() or phone in phones or len(phones) < MOST_UNKNOWN

    def _count(self, phone: str, alert: NewAlert | None = None) -> bool:
        """Count a phone that is nobody's; False when it is one of too many, or was seen today and this is another alert. It says the
        same when a batch is decided anew."""
        now = self._clock.now()
        if not self._has_room(phone, now):
            return False
        if self._strangers[0] != now.date():
            self._strangers = now.date(), {}
        first = self._strangers[1].setdefault(phone, alert)
        return alert is None or first is alert

    def _report(self, message: InboundMessage, contact_id: int | None, now: datetime) -> None:
        """Call a person because of a phone that is nobody's: once a day for each, and for no more than so many."""
        day, phones = self._strangers
        phone = message.from_phone
        if day == now.date() and (phone in phones or len(phones) >= MOST_UNKNOWN):
            return
        said = f"Somebody wrote from {phone}, a phone that nobody here has."
        alert = NewAlert(AlertKind.UNKNOWN_PHONE, said, now, contact_id=contact_id, about=phone)
        self._post(RecordAlert(alert, partial(self._count, phone, alert)))

    def _reply(self, message: InboundMessage, contact: Contact, written_at: datetime) -> Reply:
        live = [one for one in contact.offers if one.live]
        # Whom nothing is offered speaks of what they have: "can't do today".
        has = [one for one in contact.offers if one.mine and one.ends_at > written_at]
        wants_thread = self._reader.wants_thread
        return Reply(
            text=message.body,
            language=contact.people[0].language if contact.people else "en",
            offers=tuple(one.terms() for one in live or has or contact.offers[:1]),
            thread=self._journal.thread(contact.contact_id) if wants_thread else (),
            # "Tonight" is told from when it was written, which for a message that was held up was another day.
            received_at=written_at,
            listed=listed(contact, self._clock.now()),
        )


def _meant(task: Task | EachTask | Write, contact: Contact) -> tuple[str, ...]:
    """Give the codes of the one offer that a message was found to be about."""
    if not isinstance(task, ShiftTask) or task.inbound is None:
        return ()
    about = task.shift_id, task.inbound.caregiver_id
    return next((one.codes for one in contact.offers if (one.shift_id, one.caregiver_id) == about), ())


def _alert_meant(arrived: Arrived) -> int | None:
    """Give the number of the alert that the writer says they see to, if it was told to them. None of any other message."""
    message, contact = arrived.message, arrived.known.contact
    told = contact.last_told
    # No other text can mean an alert.
    if "A" not in message.body.upper() and (told is None or told.purpose is not Purpose.ALERT):
        return None
    # By itself an "ok" means none that was told after it was written, nor while it may be the answer to an offer.
    bare = told is not None and told.at <= arrived.written_at and not any(one.live for one in contact.offers)
    return acknowledged(message.body, told.opens if told is not None and bare else ())


def _see_to(arrived: Arrived, contact: Contact, alert_id: int) -> ConversationTask:
    """Note that whoever has this phone sees to an alert that they were told of."""
    message, told = arrived.message, contact.last_told
    seen_to = "They see to an alert."
    order = SeeToAlert(
        at=arrived.received_at,
        by=f"on_call:{mask(message.from_phone)}",
        message_id=arrived.message_id,
        contact_id=contact.contact_id,
        organization_id=(told and told.organization_id) or contact.dialled or "",
        alert_id=alert_id,
    )
    inbound = Inbound(
        message_id=arrived.message_id,
        contact_id=contact.contact_id,
        to_phone=message.to_phone,
        body=message.body,
        received_at=arrived.received_at,
        reading=Reading(intent=Intent.ACCEPT, confidence=1.0, reason=seen_to, words=arrived.reading.words),
        channel=message.channel,
    )
    return ConversationTask(contact.contact_id, order, inbound)


def _nothing(_: Transaction) -> None:
    """Write nothing."""


def _unknown(message: InboundMessage) -> UnknownPhone:
    return UnknownPhone(f"Nobody here has the phone {mask(message.from_phone)}.")
