"""Calls that ring or talk: no more at a time than the carrier is given, and ended when what they are about is gone."""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...domain.conversation.events import AnyConversationEvent, CallsRefused, OptedOut
from ...domain.shift.events import AnyShiftEvent, OfferDeclined, ShiftCancelled, ShiftClaimed, ShiftExpired
from ..carriers.port import Carrier, SendFailed
from ..journal.port import OutboxRow
from ..tasks import Happened

logger = logging.getLogger(__name__)

LONGEST = timedelta(minutes=3)
"""A call of which nothing more is heard counts as over after this: it rings for less than half a minute, and says less than
one minute's worth."""

MOST_REMEMBERED = 1_000
"""Calls of which is remembered that they have ended: a report on one may be late by minutes."""


@dataclass(frozen=True, slots=True)
class CallUnderWay:
    """One call, by the carrier's id of it, and what it is about."""

    carrier_id: str
    row: OutboxRow
    since: datetime


def end_call(carrier: Carrier, carrier_id: str) -> None:
    """End a call, or have it say what is true now. A call that goes on all the same is no harm."""
    try:
        carrier.cancel(carrier_id)
    except SendFailed as error:
        logger.info("A call was not ended: %s", type(error).__name__)


class CallsUnderWay:
    """Keeps count of calls, and has those ended that nobody need hear any more. Only for the loop's thread.

    `at_once` is how many there may be. `end` is given the carrier's id of a call; it returns at once.

    If this fails, or after a start: a call that is not ended says, when somebody picks up or presses a key, what is true then.
    """

    def __init__(self, at_once: int, end: Callable[[str], None]) -> None:
        self._at_once = at_once
        self._end = end
        self._calls: dict[int, CallUnderWay] = {}
        self._ended: deque[int] = deque(maxlen=MOST_REMEMBERED)

    def begun(self, row: OutboxRow, carrier_id: str, at: datetime) -> None:
        """Take note that the carrier has a call, or that it still rings or talks. Told after its end, it counts for nothing."""
        if row.key not in self._ended:
            self._calls.setdefault(row.key, CallUnderWay(carrier_id, row, at))

    def over(self, key: int) -> None:
        """Take note that a call has ended."""
        self._calls.pop(key, None)
        self._ended.append(key)

    def room(self, at: datetime) -> int:
        """Give how many more there may be at `at`."""
        # From a clock that ran ahead it is as far as from one that goes on.
        self._calls = {key: one for key, one in self._calls.items() if abs(at - one.since) < LONGEST}
        return max(0, self._at_once - len(self._calls))

    def end(self, key: int) -> None:
        """End one that turns out to be unwanted."""
        call = self._calls.get(key)
        if call is not None:
            self._end(call.carrier_id)

    def shift_moved_on(self, happened: Happened) -> None:
        """End the calls about a shift that concern nobody any more."""
        for event in happened.events:
            self._end_these([one for one in self._calls.values() if _is_void(one, happened.shift_id, event)])

    def heard(self, contact_id: int, events: Sequence[AnyConversationEvent]) -> None:
        """End the calls to a phone whose owner has just said that they want none."""
        there = [one for one in self._calls.values() if one.row.contact_id == contact_id]
        for event in events:
            self._end_these([one for one in there if _is_unwelcome(one, event)])

    def _end_these(self, calls: Sequence[CallUnderWay]) -> None:
        for one in calls:
            self._end(one.carrier_id)


def _is_void(call: CallUnderWay, shift_id: str, event: AnyShiftEvent) -> bool:
    if call.row.shift_id != shift_id:
        return False
    match event:
        case ShiftClaimed():
            # Who has it may be hearing so at this moment.
            return call.row.caregiver_id != event.caregiver_id
        case ShiftCancelled() | ShiftExpired():
            return True
        case OfferDeclined():
            # Whoever pressed the key in this call hears the answer to that.
            by_this_call = (event.message_id or "").partition(".")[0] == call.carrier_id
            return call.row.caregiver_id == event.caregiver_id and not by_this_call
        case _:
            return False


def _is_unwelcome(call: CallUnderWay, event: AnyConversationEvent) -> bool:
    return isinstance(event, OptedOut | CallsRefused) and call.row.organization_id in event.organization_ids
