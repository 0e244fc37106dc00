"""Reads along in the journal, and says what does not hold."""

import sqlite3
from collections.abc import Collection, Iterable
from pathlib import Path
from urllib.parse import quote

from firstyes.actors.carriers.port import OutboundMessage
from firstyes.actors.journal.port import Journal
from firstyes.actors.shift_actor import ShiftActor
from firstyes.domain.answer import Answer, Status
from firstyes.domain.conversation.events import CONVERSATION_EVENT, AnyConversationEvent
from firstyes.domain.message import Purpose
from firstyes.domain.shift.events import (
    SHIFT_EVENT,
    AnyShiftEvent,
    FanOutStarted,
    OfferMoved,
    OffersAdded,
    RoundStarted,
    ShiftClaimed,
    ShiftExpired,
    ShiftUnfilled,
    YesAnswered,
)

from . import alert_book, contact_book, stored_rows
from .agency import Agency
from .code_book import CodeBook
from .hearing_book import HearingBook
from .message_book import SLACK, MessageBook, Planned
from .on_call_book import OnCallBook
from .people_book import PeopleBook
from .shift_book import CANCELLED, CLAIMED, OFFERING, ShiftBook
from .stepped_system import SteppedSystem
from .stepped_time import SteppedClock
from .stimulus import DAY
from .tally import Tally
from .violation import Rule, Violation

EVENTS = (
    "SELECT events.id, events.stream, streams.name, events.version, events.data FROM events JOIN streams "
    "ON streams.id = events.stream WHERE events.id > ? ORDER BY events.id"
)
OUTBOX = (
    "SELECT outbox.seq, shifts.shift_id, outbox.caregiver_id, outbox.contact_id, outbox.organization_id, "
    "outbox.purpose, outbox.fanout, contacts.phone, outbox.body, outbox.round, outbox.channel, outbox.stream, "
    "outbox.cause FROM outbox "
    "JOIN contacts ON contacts.id = outbox.contact_id "
    "LEFT JOIN shifts ON shifts.key = outbox.shift WHERE outbox.seq > ? ORDER BY outbox.seq"
)
INBOX = (
    "SELECT inbox.id, inbox.message_id, inbox.contact_id, inbox.status, shifts.shift_id FROM inbox "
    "LEFT JOIN shifts ON shifts.key = inbox.shift WHERE inbox.id > ? ORDER BY inbox.id"
)
THESE = "SELECT id FROM events WHERE id > ? AND id <= ? ORDER BY id"
A_PAGE = 100
ANSWER = "SELECT answer FROM inbox WHERE message_id = ?"
PERSON = (
    "SELECT active, contacts.phone FROM caregivers JOIN contacts ON contacts.id = caregivers.contact_id "
    "WHERE caregivers.id = ?"
)
GOING_OUT = (
    "SELECT EXISTS (SELECT 1 FROM outbox JOIN shifts ON shifts.key = outbox.stream WHERE shifts.shift_id = ? "
    "AND outbox.purpose = 'offer' AND outbox.state = 'planned')"
)
SIX_HOURS = 6 * 3_600.0
LATE = {Status.ALREADY_CLAIMED, Status.NO_ACTION}
PATIENCE = 40.0
"""Seconds a deadline may be late: a full disk is tried again every five, and is full for five writes at most."""


class Auditor:
    """Holds what is committed against its own books, after each step; of `rules`, each one that does not hold raises
    `Violation`. It has a connection of its own and never asks the code under trial what is true.
    """

    def __init__(
        self, path: Path, clock: SteppedClock, agency: Agency, rules: Collection[Rule] = tuple(Rule)
    ) -> None:
        self.tally = Tally()
        self.books: dict[str, ShiftBook] = {}
        self.open: dict[str, ShiftBook] = {}
        self.weather = ""
        self.changing: list[str] = []
        self._down = 0.0
        self._recent: dict[str, float] = {}
        self._touched: set[str] = set()
        self._clock = clock
        self._agency = agency
        self._rules = frozenset(rules)
        self._connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
        self._last_event = self._last_row = self._last_message = self._followed = 0
        self._answers: dict[str, Answer] = {}
        self._versions: dict[str, int] = {}
        self._yeses: dict[str, tuple[float, str]] = {}
        self._cancels: dict[str, float] = {}
        self._assigned: dict[str, set[str]] = {}
        self.people = PeopleBook(self._connection, agency, clock, self.tally, self.report)
        self.codes = CodeBook(clock, self.report)
        self.messages = MessageBook(self._connection, self.people, self.books, clock, self.tally, self.report)
        self.on_call = OnCallBook(self._connection, clock, self.tally, self.report)
        self.hearing = HearingBook(self.people, self.messages, self.report)

    def report(self, rule: Rule, details: str) -> None:
        """Raise `Violation`, unless this rule is not looked at."""
        if rule in self._rules:
            raise Violation(rule, details)

    def changed(self, caregiver_id: str) -> None:
        """A change of somebody is no longer under way, whether it was made or not."""
        self.read_on()
        if caregiver_id in self.changing:
            self.changing.remove(caregiver_id)

    def _look_at_people(self) -> None:
        """Note whether somebody whose change is under way is active, and their phone."""
        for caregiver_id in sorted(set(self.changing)):
            active, phone = self._connection.execute(PERSON, (caregiver_id,)).fetchone()
            if self.people.active[caregiver_id] and not active:
                offered = (one for one in self.open.values() if one.status is OFFERING)
                if any(caregiver_id in one.state.offers for one in offered):
                    self.tally.add("made inactive while offered")
            self.people.set_active(caregiver_id, bool(active))
            self.people.set_phone(caregiver_id, phone)

    def cancelling(self, shift_id: str) -> None:
        """Note that a coordinator calls a shift off in this instant."""
        self._cancels[shift_id] = self._clock.true
        if self._yeses.get(shift_id, (-1.0, ""))[0] == self._clock.true:
            self.tally.add("cancelled in the instant of a yes")

    def assigning(self, shift_id: str, caregiver_id: str) -> None:
        """Note that a coordinator gives a shift to somebody."""
        self._assigned.setdefault(shift_id, set()).add(caregiver_id)

    def died(self, point: str, down_for: float) -> None:
        """Note that the process has died, at which point and for how long."""
        self.read_on()
        self.changing.clear()
        self.tally.add("crashes")
        self.tally.add(f"died at {point}")
        if self.messages.unconfirmed:
            self.tally.add("died before a winner was told")
        if any(book.status is OFFERING for book in self.open.values()):
            self.tally.add("died between two rounds")
        self._down = down_for

    def rises(self) -> None:
        """Note that the process starts again."""
        now, self.messages.started = self._clock.now(), self._clock.true
        if self._down >= SIX_HOURS:
            begun = [
                one for one in self.open.values() if one.state.shift and one.state.shift.start_time <= now
            ]
            self.tally.add("begun while down for six hours", len(begun))

    def writes(self, message_id: str, template: str, body: str, phone: str, organization: str) -> None:
        """Note what somebody writes, as it is delivered."""
        self.read_on()
        self.people.writes(message_id, template, body, phone, organization, self._near())

    def read_on(self) -> None:
        """Take in what was committed since."""
        ended: list[ShiftBook] = []
        for number, key, stream, version, data in self._connection.execute(
            EVENTS, (self._last_event,)
        ).fetchall():
            self._last_event = number
            kind, _, name = stream.partition("/")
            event: AnyShiftEvent | AnyConversationEvent
            if kind == "shift":
                event = SHIFT_EVENT.validate_json(data)
                ended.append(self._take_shift(name, version, event))
            else:
                event = CONVERSATION_EVENT.validate_json(data)
                self._take_conversation(stream, int(name), version, event)
            self.hearing.take_event(key, version, event)
        for row in self._connection.execute(OUTBOX, (self._last_row,)).fetchall():
            self._last_row = row[0]
            planned = Planned(
                row[1],
                row[2],
                row[3],
                row[4],
                Purpose(row[5]),
                row[10],
                row[6],
                row[7],
                row[8],
                self._clock.true,
            )
            self.tally.add(f"planned {row[10]}")
            self.hearing.take_text(row[11], row[12])
            if planned.purpose is Purpose.ALERT:
                self.on_call.plan(row[0], row[12], planned.channel, planned.phone)
            self.messages.plan(row[0], planned, row[9])
        heard = self._connection.execute(INBOX, (self._last_message,)).fetchall()
        for number, message_id, contact, status, shift_id in heard:
            self._last_message = number
            self._take_inbound(message_id, contact, Status(status), shift_id)
        self.hearing.hear((number, one, contact, shift) for number, one, contact, _, shift in heard)
        self._look_at_people()
        self.messages.look_at_ended()
        for book in ended:
            self._look_at_end(book)

    def lost(self, message_id: str) -> None:
        """A process died with a message in its hands, unacknowledged; the carrier delivers it again."""
        if self._connection.execute(ANSWER, (message_id,)).fetchone() is None:
            self.tally.add("died before a message was written")

    def acknowledged(self, message_id: str, answer: Answer) -> None:
        """Somebody was told `answer`: it must be on disk, and be the first one they were told."""
        found = self._connection.execute(ANSWER, (message_id,)).fetchone()
        if found is None:
            self.report(Rule.ACKNOWLEDGED, message_id)
        elif Answer.model_validate_json(found[0]) != answer:
            self.report(Rule.SAME_ANSWER, f"{message_id}: another one is on disk")
        if message_id in self._answers:
            self.tally.add("answered again")
        if self._answers.setdefault(message_id, answer) != answer:
            self.report(Rule.SAME_ANSWER, f"{message_id} had another one before")
        self.tally.add(f"answers {answer.status}")

    def arrived(self, outbound: OutboundMessage, known: bool) -> list[Planned]:
        """The carrier took a message; what was committed before has been read."""
        return self.messages.arrived(outbound, known)

    def at_rest(self, system: SteppedSystem) -> None:
        """Nobody has anything to do: rows, live actors and deadlines must agree with what is committed."""
        self.read_on()
        waiting = {shift_id for _, shift_id, _ in system.deadlines._heap}
        for shift_id in self._touched:
            book = self.books[shift_id]
            stored_rows.compare(self._connection, book, self.report)
            alert_book.compare(self._connection, book, self.report)
            entry = system.live._awake.get(f"shift/{shift_id}")
            actor = entry[0]._actor_weakref() if entry else None
            if isinstance(actor, ShiftActor) and actor._state not in {None, book.state}:
                self.report(Rule.LIVE_STATE, shift_id)
        self._touched.clear()
        self.on_call.at_rest(self.messages.started, self.messages.jumped)
        self.remembers(system)
        if system.live._deaths:
            self.report(Rule.NO_FAILURE, str(list(system.live._deaths)))
        now = self._clock.now()
        for name in self._recent:
            self._look_at_rest(self.books[name])
        for book in self.open.values():
            self._look_at_rest(book)
            due = book.state.next_deadline
            if book.shift_id not in waiting:
                self.report(Rule.DEADLINE, f"{book.shift_id} ({book.status}) waits for nothing")
            if due is not None and (now - due).total_seconds() > PATIENCE:
                self.report(Rule.DEADLINE_MET, f"{book.shift_id} was due {due}, it is {now}")

    def remembers(self, system: SteppedSystem, *, latest: bool = False) -> None:
        """What is remembered of phones is what is committed; `latest`: of those whom the last commit has touched."""
        # It takes a quarter of the time.
        if Rule.REMEMBERED in self._rules:
            contact_book.compare(system.contacts, self._clock.now(), self.report, latest=latest)

    def daily(self, idle: bool, journal: Journal | None) -> None:
        """Look at what may take a while; `journal` is there while the service is up."""
        if journal is not None:
            self._follow(journal)
        self.messages.daily(idle)
        self.codes.forget_old()
        self._recent = {name: at for name, at in self._recent.items() if at > self._clock.true - DAY}

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _follow(self, journal: Journal) -> None:
        """Read on in all events, as another program would, and compare with what was committed."""
        self.read_on()
        while self._followed < self._last_event:
            page = journal.events(self._followed, None, A_PAGE)
            known = self._connection.execute(THESE, (self._followed, page.next_after)).fetchall()
            if page.next_after <= self._followed or [one.id for one in page.items] != [
                one for (one,) in known
            ]:
                self.report(Rule.EVENTS_ONCE, f"{page.next_after} after {self._followed}")
            self._followed = page.next_after

    def _near(self) -> Iterable[ShiftBook]:
        """Shifts that are open, or were a while ago."""
        return [*self.open.values(), *(self.books[one] for one in self._recent if one not in self.open)]

    def _take_shift(self, shift_id: str, version: int, event: AnyShiftEvent) -> ShiftBook:
        book = self.books.get(shift_id)
        if book is None:
            book = self.books[shift_id] = ShiftBook(
                shift_id, self.report, assigned=self._assigned.setdefault(shift_id, set())
            )
        before, opened = book.holder, book.open
        if isinstance(event, YesAnswered):
            self._look_at_refused(book, event)
        book.take(version, event, self._clock.true)
        self._touched.add(shift_id)
        if book.open:
            self.open[shift_id] = book
        elif opened:
            self.open.pop(shift_id, None)
            self._recent[shift_id] = self._clock.true
        self.tally.add(event.type)
        if self.weather == "down" and isinstance(event, RoundStarted | ShiftUnfilled | ShiftExpired):
            self.tally.add("deadlines met while the carrier was down")
        if before is not None and book.status is not CLAIMED:
            self.people.loses(book, before)
        if isinstance(event, ShiftClaimed):
            if self._connection.execute(GOING_OUT, (shift_id,)).fetchone()[0]:
                self.tally.add("claimed while offers were going out")
            self.people.claims(book, event)
        elif isinstance(event, FanOutStarted | OffersAdded):
            for offer in event.offers:
                self.codes.take(book, offer, book.offers[offer.caregiver_id].until)
            if book.status is OFFERING and not book.asking:
                self._look_at_asked(book)
        elif isinstance(event, OfferMoved):
            self.codes.take(book, event.offer, book.offers[event.offer.caregiver_id].until)
        elif isinstance(event, YesAnswered):
            self.tally.add(f"late yes to a shift that was {event.outcome}")
        return book

    def _look_at_rest(self, book: ShiftBook) -> None:
        """What has not been told to everybody goes on soon."""
        waits = self._clock.true - max(book.asking, self.messages.started)
        if book.status in {OFFERING, CANCELLED} and book.asking and waits > PATIENCE:
            self.report(Rule.ALL_ASKED, f"{book.shift_id}, {book.status}, does not go on")

    def _look_at_asked(self, book: ShiftBook) -> None:
        """A fan-out has asked everybody: nobody is missing who qualified since it began."""
        shift = book.state.shift
        assert shift is not None
        missing = [
            one.id
            for one in self._agency.with_role(shift.organization_id, shift.role_required)
            if not book.state.asked(one.id)
            and one.id not in book.released
            and one.id not in self.changing
            and self.people.qualifies(one.id, shift, book.asked_at)
        ]
        if missing:
            self.report(Rule.ALL_ASKED, f"{book.shift_id} was not offered to {missing}")

    def _look_at_refused(self, book: ShiftBook, event: YesAnswered) -> None:
        """A yes was answered and won nothing: there was nothing to win, or the person may not have it."""
        who, mine = event.caregiver_id, book.offers.get(event.caregiver_id)
        people, lately = self.people, self._clock.true - SLACK
        if mine is None or not book.live(who, event.at) or mine.contact in people.doubted:
            return
        if people.active[who] and people.changed.get(who, lately) <= lately:
            self.report(Rule.TOLD, f"{who} may have {book.shift_id}, and is told that it is {event.outcome}")

    def _look_at_end(self, book: ShiftBook) -> None:
        """All that was committed with a shift's events is known now."""
        if book.status is CANCELLED and not book.asking:
            self.messages.called_off(book)
        while book.early:
            self.messages.ended_early(book, *book.early.pop())
        if book.needs_alert:
            self.report(Rule.ALERTED, f"nobody was called about {book.shift_id}, {book.status}")

    def _take_conversation(
        self, stream: str, contact: int, version: int, event: AnyConversationEvent
    ) -> None:
        if version != self._versions.get(stream, 0) + 1:
            self.report(Rule.VERSIONS, f"{stream} at {version}")
        self._versions[stream] = version
        self.tally.add(event.type)
        self.people.take_conversation(contact, event, self.open.values())

    def _take_inbound(self, message_id: str, contact: int, status: Status, shift_id: str | None) -> None:
        if shift_id is None or status not in LATE | {Status.SUCCESS}:
            return
        at, other = self._yeses.get(shift_id, (-1.0, ""))
        if at == self._clock.true and other != message_id:
            self.tally.add("yeses in the same instant")
        self._yeses[shift_id] = (self._clock.true, message_id)
        if self._cancels.get(shift_id) == self._clock.true:
            self.tally.add("cancelled in the instant of a yes")
        if status in LATE:
            self.messages.late_yes(self.books[shift_id], contact, message_id)
