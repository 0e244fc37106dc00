"""What the auditor knows of people: who works, who wants to hear from us, who holds what, who wrote what."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from firstyes.domain.conversation.events import (
    AnyConversationEvent,
    BusyUntil,
    CallsRefused,
    NumberConfirmed,
    NumberDoubted,
    OptedIn,
    OptedOut,
    QuestionAsked,
)
from firstyes.domain.message import Purpose
from firstyes.domain.replies.reading import Intent
from firstyes.domain.shift.events import ShiftClaimed
from firstyes.domain.shift.shift import Shift

from .agency import Agency
from .script import MAY_CLAIM, MERE_OK
from .shift_book import CANCELLED, OFFERING, OPEN, ShiftBook
from .stepped_time import SteppedClock
from .tally import Tally
from .violation import Report, Rule

JUST_CLOSED = timedelta(minutes=10)
"""So long a bare yes may still mean an offer that has closed without a word to its person."""

CONTACT = "SELECT id FROM contacts WHERE phone = ?"
LAST_TOLD = (
    "SELECT purpose, iif(sent_with IS NULL, opens, (SELECT json_group_array(value) FROM outbox AS one, json_each(one.opens) "
    "WHERE one.sent_with = outbox.sent_with)), created_at FROM outbox "
    "WHERE contact_id = ? AND state NOT IN ('dropped', 'failed') ORDER BY seq DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Told:
    """The last text to a phone."""

    purpose: Purpose
    codes: frozenset[str]
    at: float


class PeopleBook:
    """Checks each claim against what is known of whoever makes it.

    `out`, `doubted` and `uncalled` are since when a phone wants nothing, may be a stranger's, or wants no calls; `asked` is what
    a code alone means.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        agency: Agency,
        clock: SteppedClock,
        tally: Tally,
        report: Report,
    ) -> None:
        self.active = {one.id: one.active for one in agency.caregivers}
        self.changed: dict[str, float] = {}
        self.phones = {one.id: one.phone for one in agency.caregivers}
        self.moved: dict[str, float] = {}
        self.out: dict[tuple[int, str], float] = {}
        self.doubted: dict[int, float] = {}
        self.uncalled: dict[tuple[int, str], float] = {}
        self.busy: dict[int, datetime] = {}
        self.asked: dict[int, Intent] = {}
        self.freed: dict[str, float] = {}
        self.heard: dict[int, float] = {}
        self.said: dict[str, tuple[str, str]] = {}
        self.wrote: dict[str, tuple[str, str]] = {}
        self._connection = connection
        self._clock = clock
        self._tally = tally
        self._report = report
        self._organizations = {one.id: one.organization_id for one in agency.caregivers}
        self._guesses: dict[str, frozenset[str]] = {}
        self._last_told: dict[str, Told | None] = {}
        self._held: dict[str, list[ShiftBook]] = {}

    def set_active(self, caregiver_id: str, active: bool) -> None:
        """Note that somebody works here, or does not, from now on."""
        if self.active[caregiver_id] != active:
            self.active[caregiver_id] = active
            self.changed[caregiver_id] = self._clock.true

    def set_phone(self, caregiver_id: str, phone: str) -> None:
        """Note that somebody has another phone from now on."""
        if self.phones[caregiver_id] != phone:
            self.phones[caregiver_id] = phone
            self.moved[caregiver_id] = self._clock.true

    def qualifies(self, caregiver_id: str, shift: Shift, since: float) -> bool:
        """Whether somebody could be offered a shift all the time since then, and nothing of them changed."""
        row = self._connection.execute(CONTACT, (self.phones[caregiver_id],)).fetchone()
        changed = max(one.get(caregiver_id, 0.0) for one in (self.changed, self.moved, self.freed))
        busy = (
            one.state.shift
            for one in self._held.get(caregiver_id, ())
            if one.holder == caregiver_id and one.state.shift
        )
        return (
            self.active[caregiver_id]
            and row is not None
            and changed < since
            and self.heard.get(row[0], 0.0) < since
            and (row[0], shift.organization_id) not in self.out
            and row[0] not in self.doubted
            and not any(one.start_time < shift.end_time and shift.start_time < one.end_time for one in busy)
        )

    def behind(self, phone: str, organization: str) -> list[str]:
        """Give those of an organization who have a phone now."""
        return [
            who
            for who, theirs in self.phones.items()
            if theirs == phone and self._organizations[who] == organization
        ]

    def holds(self, caregiver_id: str) -> list[ShiftBook]:
        """Give what somebody has that is not over."""
        now = self._clock.now()
        return [
            one
            for one in self._held.get(caregiver_id, ())
            if one.holder == caregiver_id and one.state.shift and one.state.shift.end_time > now
        ]

    def take_conversation(
        self, contact: int, event: AnyConversationEvent, books: Iterable[ShiftBook]
    ) -> None:
        """Take in what a phone wants from now on."""
        true = self.heard[contact] = self._clock.true
        match event:
            case OptedOut():
                self.out.update(((contact, one), true) for one in event.organization_ids)
                for book in books:
                    about = book.contacts.get(contact, ())
                    waits = [one for one in about if (book.state.fanout, one) not in book.declined]
                    if book.status is OFFERING and waits and book.state.round + 1 < len(book.state.rounds):
                        self._tally.add("opted out before a call")
            case OptedIn():
                for one in event.organization_ids:
                    self.out.pop((contact, one), None)
                    self.uncalled.pop((contact, one), None)
                self.busy.pop(contact, None)
            case NumberDoubted():
                self.doubted[contact] = true
            case NumberConfirmed():
                self.doubted.pop(contact, None)
            case BusyUntil():
                self.busy[contact] = event.until
            case QuestionAsked():
                self.asked[contact] = event.intent
            case CallsRefused():
                self.uncalled.update(((contact, one), true) for one in event.organization_ids)
            case _:
                pass

    def writes(
        self,
        message_id: str,
        template: str,
        body: str,
        phone: str,
        organization: str,
        books: Iterable[ShiftBook],
    ) -> None:
        """Note what is being delivered, and which shifts it must not take because it may mean another thing."""
        guesses: frozenset[str] = frozenset()
        if not any(word.isdigit() for word in body.split()):
            found = self._connection.execute(CONTACT, (phone,)).fetchone()
            contact = found[0] if found else 0
            told = self._told(contact)
            guesses = self._guesses_of(self.behind(phone, organization), contact, organization, books, told)
            self._last_told[message_id] = told
        if message_id not in self.said:
            self.said[message_id] = (template, body)
            self.wrote[message_id] = (phone, organization)
            self._guesses[message_id] = guesses
            if guesses and template in MAY_CLAIM:
                self._tally.add("bare yeses that may mean several")
        else:
            self._guesses[message_id] &= guesses

    def _told(self, contact: int) -> Told | None:
        row = self._connection.execute(LAST_TOLD, (contact,)).fetchone()
        return None if not row else Told(Purpose(row[0]), frozenset(json.loads(row[1])), row[2] / 1e6)

    def _guesses_of(
        self,
        people: list[str],
        contact: int,
        organization: str,
        books: Iterable[ShiftBook],
        told: Told | None,
    ) -> frozenset[str]:
        """Give the shifts that could be taken, and that a bare yes does not mean for sure."""
        now = self._clock.now()
        open_: list[tuple[str, ShiftBook]] = []
        passed: list[tuple[str, ShiftBook]] = []
        missed = 0
        for book in books:
            shift = book.state.shift
            if shift is None or shift.organization_id != organization:
                continue
            for one in people:
                mine = book.offers.get(one)
                if mine is None or mine.contact != contact or not self.active[one]:
                    continue
                if (contact, organization) in self.out:
                    continue
                if book.live(one, now):
                    (passed if book.passed(one) else open_).append((one, book))
                elif not book.passed(one) and book.holder not in people:
                    missed += _just_closed(book, now, told) and one in book.untold and one not in book.winners
        meant = open_ or passed
        sure = len(meant) == 1 and told and told.codes & meant[0][1].codes.get(meant[0][0], set())
        if sure and not (open_ and missed):
            return frozenset()
        return frozenset(book.shift_id for _, book in (*open_, *passed))

    def claims(self, book: ShiftBook, event: ShiftClaimed) -> None:
        """Check a claim that was committed."""
        shift, who, true = book.state.shift, event.caregiver_id, self._clock.true
        assert shift is not None
        held = self._held.setdefault(who, [])
        for other in held if event.override is None else ():
            taken = other.state.shift
            if taken and taken.start_time < shift.end_time and shift.start_time < taken.end_time:
                self._report(Rule.NO_OVERLAP, f"{who} has {other.shift_id} and {book.shift_id}")
        held.append(book)
        if not self.active[who] and self.changed[who] < true:
            self._report(Rule.ACTIVE, f"{who} won {book.shift_id}")
        if event.message_id is not None:
            self._check_words(book, who, event.message_id)

    def _check_words(self, book: ShiftBook, who: str, message: str) -> None:
        shift, (template, body) = book.state.shift, self.said[message]
        assert shift is not None
        won = f'{who} wrote "{body}" and won {book.shift_id}'
        if template not in MAY_CLAIM:
            self._report(Rule.ONLY_A_YES, won)
        code = next((word for word in body.split() if word.isdigit()), None)
        if code is not None and code not in book.codes.get(who, ()):
            self._report(Rule.THE_CODE, won)
        if book.shift_id in self._guesses[message]:
            self._report(Rule.NO_GUESS, won)
        told = self._last_told.get(message)
        if template == MERE_OK and told and told.purpose not in {Purpose.OFFER, Purpose.QUESTION}:
            self._report(Rule.NO_GUESS, won)
        mine = book.offers.get(who)
        if mine and self.out.get((mine.contact, shift.organization_id), self._clock.true) < self._clock.true:
            self._report(Rule.WILLING, f"{who} won {book.shift_id}")
        if book.passed(who):
            self._tally.add("claimed after a no")
            if template == MERE_OK:
                self._report(Rule.NO_GUESS, won)

    def loses(self, book: ShiftBook, caregiver_id: str) -> None:
        """Note that somebody holds a shift no more."""
        self.freed[caregiver_id] = self._clock.true
        held = self._held.get(caregiver_id, [])
        if book in held:
            held.remove(book)


def _just_closed(book: ShiftBook, now: datetime, told: Told | None) -> bool:
    closed = book.closed_at
    if book.status in OPEN | {CANCELLED} or closed is None or now - closed > JUST_CLOSED:
        return False
    settled = told is not None and bool(told.codes) and told.purpose is not Purpose.OFFER
    return not (settled and told is not None and told.at >= closed.timestamp())
