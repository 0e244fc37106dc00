"""The way in: who wrote, what it can mean, how it reads, and which actor it is for. Runs on the receiving thread."""

import os
import time
from collections.abc import Callable
from datetime import datetime
from itertools import count

from ..domain.contact import Contact
from ..domain.message import InboundMessage
from ..domain.phone import mask
from ..domain.reading import Reader, Reply
from ..domain.routing import ToShift, route
from .clock import Clock
from .errors import UnknownPhone
from .journal.port import Inbound, Journal
from .tasks import ConversationTask, ShiftTask, Task

Number = Callable[[], str]


def numbering() -> Number:
    """Give a source of ids for messages that come without one: they grow, and no two are ever the same."""
    prefix, numbers = f"own:{time.time_ns():x}.{os.getpid():x}", count(1)
    return lambda: f"{prefix}.{next(numbers)}"


class Reception:
    """Turns an inbound message into a task. It may be slow (a reader may be), and nobody else waits for it.

    What it looks up can be stale by the time the task is carried out; the actor decides on its own state.
    """

    def __init__(self, journal: Journal, reader: Reader, clock: Clock) -> None:
        self._journal = journal
        self._reader = reader
        self._clock = clock
        self._number = numbering()

    def task(self, message: InboundMessage) -> Task:
        """Give the task for the one actor this message is for.

        Raises `UnknownPhone` when nobody has the phone, `JournalUnavailable` when that cannot be looked up.
        """
        now = self._clock.now()
        contact = self._journal.contact(message.from_phone, message.to_phone, now)
        if contact is None:
            raise UnknownPhone(f"Nobody here has the phone {mask(message.from_phone)}.")
        contact = contact.within(contact.dialled)
        reading = self._reader.read(self._reply(message, contact, now))
        message_id = message.message_id or self._number()
        destination = route(contact, reading, message_id, now)
        inbound = Inbound(
            message_id=message_id,
            contact_id=contact.contact_id,
            to_phone=message.to_phone,
            body=message.body,
            received_at=now,
            reading=reading,
            shift_id=destination.shift_id if isinstance(destination, ToShift) else None,
        )
        if isinstance(destination, ToShift):
            return ShiftTask(destination.shift_id, destination.command, inbound)
        return ConversationTask(destination.contact_id, destination.command, inbound)

    def _reply(self, message: InboundMessage, contact: Contact, now: datetime) -> Reply:
        live = [one for one in contact.offers if one.live]
        wants_thread = getattr(self._reader, "wants_thread", False)
        return Reply(
            text=message.body,
            language=contact.people[0].language,
            offers=tuple(one.terms() for one in live or contact.offers[:1]),
            thread=self._journal.thread(contact.contact_id) if wants_thread else (),
            # "Tonight" is told from when it was written, which for a message that was held up was another day.
            received_at=min(message.timestamp or now, now),
        )
