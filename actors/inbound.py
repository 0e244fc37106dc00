"""The way in: who wrote, what it can mean, how it reads, and which actor it is for. Runs on the receiving thread."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from itertools import count

from ..domain.alert import AlertKind
from ..domain.conversation.state import HearStranger
from ..domain.inbound.contact import Contact
from ..domain.inbound.destination import Destination, ToConversation, ToEach, ToShift
from ..domain.inbound.routing import route
from ..domain.inbound.standing import Standing
from ..domain.message import InboundMessage
from ..domain.phone import mask
from ..domain.replies.reading import Reader, Reading, Reply
from .contacts import Contacts
from .errors import UnknownPhone
from .journal.alert_port import NewAlert
from .journal.port import Inbound, Journal
from .runtime.clock import Clock
from .tasks import ConversationTask, EachTask, ShiftTask, Task

MOST_UNKNOWN = 100
"""Unknown phones a day that a person is called about: whoever writes from a thousand numbers fills no list."""

Number = Callable[[], str]


def numbering() -> Number:
    """Give a source of ids for messages that come without one: they grow, and no two are ever the same."""
    prefix, numbers = f"own:{time.time_ns():x}.{os.getpid():x}", count(1)
    return lambda: f"{prefix}.{next(numbers)}"


class InboundRouter:
    """Turns an inbound message into a task. It may be slow (a reader may be), and nobody else waits for it.

    What it looks up can be stale by the time the task is carried out; the actor decides on its own state.
    """

    def __init__(
        self,
        journal: Journal,
        contacts: Contacts,
        reader: Reader,
        clock: Clock,
        record_alert: Callable[[NewAlert], None],
    ) -> None:
        self._journal = journal
        self._contacts = contacts
        self._reader = reader
        self._clock = clock
        self._record_alert = record_alert
        self._number = numbering()
        self._reported: set[str] = set()
        self._reported_on: date | None = None

    def task(self, message: InboundMessage) -> Task | EachTask:
        """Give the task for the one actor this message is for, or for those of several shifts that it speaks of.

        Raises `UnknownPhone` when nobody ever had the phone, `JournalUnavailable` when that cannot be looked up.
        """
        now = self._clock.now()
        contact = self._contacts.find(message.from_phone, message.to_phone, now)
        if contact is None:
            self._report(message, None, now)
            raise UnknownPhone(f"Nobody here has the phone {mask(message.from_phone)}.")
        contact = contact.within(contact.dialled)
        # In the future it was not written: that counts as now.
        written_at = min(message.timestamp or now, now)
        reading = self._reader.read(self._reply(message, contact, written_at))
        message_id = message.message_id or self._number()
        if not any(one.active for one in contact.people):
            destination: Destination = self._stranger(message, contact, reading, message_id, now)
        else:
            destination = route(contact, reading, message_id, now, written_at, message.body)
        inbound = Inbound(
            message_id=message_id,
            contact_id=contact.contact_id,
            to_phone=message.to_phone,
            body=message.body,
            received_at=now,
            reading=reading,
            shift_id=destination.shift_id,
            caregiver_id=destination.command.caregiver_id,
        )
        if isinstance(destination, ToShift):
            return ShiftTask(destination.shift_id, destination.command, inbound)
        if isinstance(destination, ToEach):
            part = replace(inbound, part=True)
            return EachTask(
                tuple(ShiftTask(one.shift_id, one.command, part) for one in destination.parts),
                ConversationTask(destination.answer.contact_id, destination.command, inbound),
            )
        return ConversationTask(destination.contact_id, destination.command, inbound)

    def _stranger(
        self, message: InboundMessage, contact: Contact, reading: Reading, message_id: str, now: datetime
    ) -> ToConversation:
        """Nobody who works here has the phone: the writer is told nothing, and a person is called.

        Raises `UnknownPhone` when nothing tells whose it was.
        """
        known, told = next(iter(contact.people), None), contact.last_told
        caregiver_id = known.caregiver_id if known else told.caregiver_id if told else None
        organization_id = (
            known.organization_id if known else told.organization_id if told else contact.dialled
        )
        if organization_id is None:
            self._report(message, contact.contact_id, now)
            raise UnknownPhone(f"Nobody here has the phone {mask(message.from_phone)}.")
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
        )
        return ToConversation(contact.contact_id, command)

    def _report(self, message: InboundMessage, contact_id: int | None, now: datetime) -> None:
        """Call a person because of a phone that is nobody's: once a day for each, and for no more than so many."""
        if self._reported_on != now.date():
            self._reported_on, self._reported = now.date(), set()
        if message.from_phone in self._reported or len(self._reported) >= MOST_UNKNOWN:
            return
        self._reported.add(message.from_phone)
        said = f"Somebody wrote from {message.from_phone}, a phone that nobody here has."
        self._record_alert(
            NewAlert(AlertKind.UNKNOWN_PHONE, said, now, contact_id=contact_id, about=message.from_phone)
        )

    def _reply(self, message: InboundMessage, contact: Contact, written_at: datetime) -> Reply:
        live = [one for one in contact.offers if one.live]
        wants_thread = getattr(self._reader, "wants_thread", False)
        return Reply(
            text=message.body,
            language=contact.people[0].language if contact.people else "en",
            offers=tuple(one.terms() for one in live or contact.offers[:1]),
            thread=self._journal.thread(contact.contact_id) if wants_thread else (),
            # "Tonight" is told from when it was written, which for a message that was held up was another day.
            received_at=written_at,
        )
