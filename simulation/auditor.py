"""Reads along in the journal, and says what does not hold."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from ..actors.carriers.port import Parcel
from ..actors.journal.shift_rows import moved_row
from ..actors.lane import LEASE
from ..actors.shift_actor import ShiftActor
from ..domain.answer import Answer
from ..domain.conversation_events import CONVERSATION_EVENT, OptedIn, OptedOut
from ..domain.message import Purpose
from ..domain.shift_events import SHIFT_EVENT, FanOutStarted, ShiftClaimed
from .agency import Agency
from .script import MAY_CLAIM
from .shift_book import CANCELLED, CLAIMED, OFFERING, ShiftBook
from .stepped_staff import SteppedStaff
from .stepped_time import SteppedClock
from .stimulus import DAY
from .violation import Violation

EVENTS = (
    "SELECT events.id, streams.name, events.version, events.data FROM events JOIN streams "
    "ON streams.id = events.stream WHERE events.id > ? ORDER BY events.id"
)
OUTBOX = (
    "SELECT outbox.seq, shifts.shift_id, outbox.caregiver_id, outbox.contact_id, outbox.organization_id, "
    "outbox.purpose, outbox.fanout, outbox.round, outbox.channel, outbox.cause FROM outbox "
    "LEFT JOIN shifts ON shifts.key = outbox.shift WHERE outbox.seq > ? ORDER BY outbox.seq"
)
SHIFT = "SELECT key, status, round, next_deadline, claimed_by FROM shifts WHERE shift_id = ?"
CLAIMS = "SELECT caregiver_id FROM claims WHERE shift = ? AND released_at IS NULL"
INBOX = "SELECT answer FROM inbox WHERE message_id = ?"
PERSON = "SELECT active FROM caregivers WHERE id = ?"
STUCK = (
    "SELECT seq, state FROM outbox WHERE state = 'sending' "
    "UNION ALL SELECT seq, state FROM outbox WHERE state = 'planned' AND created_at < ? LIMIT 1"
)
YOURS = ("You have the shift", "El turno es suyo")
CODE_KEPT = 3 * DAY
PATIENCE = 40.0
"""Seconds a deadline may be late: a full disk is tried again every five, and is full for five writes at most."""
SENT = "SELECT seq FROM outbox WHERE seq > ? AND state = 'sent'"

Row = tuple[str | None, str, int, str, Purpose, int | None, int | None]


class Auditor:
    """Holds what is committed against its own books, after each step. Every finding raises `Violation`.

    It has a connection of its own and never asks the code under trial what is true.
    """

    def __init__(self, path: Path, clock: SteppedClock, agency: Agency) -> None:
        self.books: dict[str, ShiftBook] = {}
        self.open: dict[str, ShiftBook] = {}
        self.counts: dict[str, int] = {}
        self.touched: set[str] = set()
        self.active: dict[str, bool] = {one.id: one.active for one in agency.caregivers}
        self.changed: dict[str, float] = {}
        self.said: dict[str, tuple[str, str, str]] = {}
        self._clock = clock
        self._connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
        self._last_event = self._last_row = 0
        self._looked_at = 0
        self._taken: set[int] = set()
        self._rows: dict[int, Row] = {}
        self._offered: set[tuple[object, ...]] = set()
        self._late: dict[tuple[str, str], int] = {}
        self._withdrawn: dict[str, set[str]] = {}
        self._held: dict[str, list[str]] = {}
        self._codes: dict[tuple[int, str], tuple[str, str, float]] = {}
        self._out: dict[tuple[int, str], float] = {}
        self._versions: dict[str, int] = {}
        self._answers: dict[str, Answer] = {}

    def count(self, what: str, number: int = 1) -> None:
        """Count something that happened."""
        self.counts[what] = self.counts.get(what, 0) + number

    def look_at_person(self, caregiver_id: str) -> None:
        """Note whether somebody is active: a change may be written although the process died of it."""
        (active,) = self._connection.execute(PERSON, (caregiver_id,)).fetchone()
        self.active[caregiver_id] = bool(active)
        self.changed[caregiver_id] = self._clock.true

    def read_on(self) -> None:
        """Take in what was committed since."""
        for number, stream, version, data in self._connection.execute(EVENTS, (self._last_event,)).fetchall():
            self._last_event = number
            kind, _, name = stream.partition("/")
            if kind == "shift":
                self._take_shift(name, version, data)
            else:
                self._take_conversation(stream, int(name), version, data)
        for row in self._connection.execute(OUTBOX, (self._last_row,)).fetchall():
            self._last_row = row[0]
            self._take_row(row)

    def acknowledged(self, message_id: str, answer: Answer) -> None:
        """Somebody was told `answer`: it must be on disk, and be the first one they were told."""
        found = self._connection.execute(INBOX, (message_id,)).fetchone()
        if found is None:
            raise Violation("acknowledged means written", message_id)
        if Answer.model_validate_json(found[0]) != answer:
            raise Violation("the same answer", message_id)
        if self._answers.setdefault(message_id, answer) != answer:
            raise Violation("the same answer", f"{message_id} had another one before")
        self.count(f"answers {answer.status}")

    def arrived(self, parcel: Parcel, known: bool) -> Row:
        """The carrier took a parcel: it must be wanted, true, and new."""
        self.read_on()
        if known:
            raise Violation("sent once", f"{parcel.key} went to the carrier again though it has it")
        row = self._rows.get(int(parcel.key))
        if row is None:
            raise Violation("sent from the journal", f"{parcel.key} is not committed")
        shift_id, caregiver, contact, organization, purpose, fanout, _ = row
        soon = self._clock.true - LEASE - 1.0
        self._taken.add(int(parcel.key))
        self.count(f"sent {purpose}")
        if self._out.get((contact, organization), soon) < soon and purpose is not Purpose.OPT_OUT:
            raise Violation("opted out", f"{caregiver} is sent {purpose}")
        book = self.books.get(shift_id or "")
        if parcel.body.startswith(YOURS) and (book is None or caregiver not in book.winners):
            raise Violation("you have the shift", f"said to {caregiver}, who has it not")
        if purpose is Purpose.OFFER and book is not None and fanout is not None:
            if book.closed.get(fanout, soon) < soon:
                raise Violation("nothing after the close", f"{shift_id} is offered to {caregiver}")
            if book.declined.get((fanout, caregiver), soon) < soon:
                raise Violation("declined are left alone", f"{shift_id} is offered to {caregiver}")
            if not self.active[caregiver] and self.changed[caregiver] < soon:
                raise Violation("inactive are left alone", f"{shift_id} is offered to {caregiver}")
        return row

    def at_rest(self, staff: SteppedStaff) -> None:
        """Nobody has anything to do: rows, live actors and deadlines must agree with what is committed."""
        self.read_on()
        waiting: dict[str, object] = {}
        waiting.update((shift_id, at) for at, shift_id, _ in sorted(staff.deadlines._heap, reverse=True))
        awake = staff.supervisor._roster._awake
        for shift_id in self.touched:
            book = self.books[shift_id]
            self._compare_rows(book)
            entry = awake.get(f"shift/{shift_id}")
            actor = entry[0]._actor_weakref() if entry else None
            if isinstance(actor, ShiftActor) and actor._state not in {None, book.state}:
                raise Violation("live state is what is committed", shift_id)
        self.touched.clear()
        if staff.supervisor._roster._deaths:
            raise Violation("no handler fails", str(list(staff.supervisor._roster._deaths)))
        now = self._clock.now()
        for book in self.open.values():
            due, has = book.state.next_deadline, waiting.get(book.shift_id)
            if has is None:
                raise Violation("a live deadline", f"{book.shift_id} ({book.status}) waits for nothing")
            if due is not None and (now - due).total_seconds() > PATIENCE:
                raise Violation("a deadline is met", f"{book.shift_id} was due {due}, it is {now}")

    def daily(self, idle: bool) -> None:
        """Look at what may take a while."""
        old = int((self._clock.now().timestamp() - 6 * 3600) * 1e6)
        stuck = self._connection.execute(STUCK, (old,)).fetchone()
        if idle and stuck:
            raise Violation("every message ends", f"outbox row {stuck[0]} is {stuck[1]}")
        cancelled = [one for one in self.books.values() if one.status is CANCELLED and one.withdraw]
        for book in cancelled:
            if self._withdrawn.get(book.shift_id, set()) != set(book.withdraw):
                raise Violation("called off means told", book.shift_id)
            book.withdraw = frozenset()
        for (key,) in self._connection.execute(SENT, (self._looked_at,)).fetchall():
            if key not in self._taken:
                raise Violation("sent means taken", f"the carrier never had {key}")
        self._taken = {key for key in self._taken if key > self._looked_at}
        self._looked_at = max(self._looked_at, self._last_row - 5_000)
        true = self._clock.true
        self._codes = {key: one for key, one in self._codes.items() if one[2] > true - CODE_KEPT}
        last = self._last_row - 20_000
        self._rows = {key: one for key, one in self._rows.items() if key > last}

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _take_shift(self, shift_id: str, version: int, data: str) -> None:
        event = SHIFT_EVENT.validate_json(data)
        book = self.books.setdefault(shift_id, ShiftBook(shift_id))
        before = book.state.claimed_by
        book.take(version, event, self._clock.true)
        self.touched.add(shift_id)
        if book.open:
            self.open[shift_id] = book
        else:
            self.open.pop(shift_id, None)
        self.count(event.type)
        if before is not None and book.status is not CLAIMED:
            self._held[before].remove(shift_id)
        if isinstance(event, ShiftClaimed):
            self._check_claim(book, event)
        elif isinstance(event, FanOutStarted):
            self._check_codes(book, event)

    def _check_claim(self, book: ShiftBook, event: ShiftClaimed) -> None:
        shift, who = book.state.shift, event.caregiver_id
        assert shift is not None
        held = self._held.setdefault(who, [])
        for other in held:
            taken = self.books[other].state.shift
            if taken and taken.start_time < shift.end_time and shift.start_time < taken.end_time:
                raise Violation("no overlap", f"{who} has {other} and {book.shift_id}")
        held.append(book.shift_id)
        template, body, _ = self.said[event.message_id or ""]
        if template not in MAY_CLAIM:
            raise Violation("only a yes claims", f'{who} wrote "{body}" and won {book.shift_id}')
        code = next((word for word in body.split() if word.isdigit()), None)
        if code is not None and code not in book.codes.get(who, ()):
            raise Violation("the code that was meant", f'{who} wrote "{body}" and won {book.shift_id}')
        if not self.active[who] and self.changed[who] < self._clock.true:
            raise Violation("winner was active", f"{who} won {book.shift_id}")
        offer = book.state.offers[who].offer
        since = self._out.get((offer.contact_id, shift.organization_id), self._clock.true)
        if since < self._clock.true:
            raise Violation("winner had not opted out", f"{who} won {book.shift_id}")

    def _check_codes(self, book: ShiftBook, event: FanOutStarted) -> None:
        assert book.state.shift is not None
        starts = self._clock.when(book.state.shift.start_time)
        for offer in event.offers:
            key, mine = (offer.contact_id, offer.code), (book.shift_id, offer.caregiver_id)
            other = self._codes.get(key)
            if other and other[:2] != mine and other[2] > self._clock.true - CODE_KEPT + 7_300:
                raise Violation("a code means one offer", f"{offer.code} is {mine} and {other[:2]}")
            self._codes[key] = (*mine, starts)

    def _take_conversation(self, stream: str, contact: int, version: int, data: str) -> None:
        event = CONVERSATION_EVENT.validate_json(data)
        if version != self._versions.get(stream, 0) + 1:
            raise Violation("versions without gaps", f"{stream} at {version}")
        self._versions[stream] = version
        self.count(event.type)
        if isinstance(event, OptedOut):
            self._out.update(((contact, one), self._clock.true) for one in event.organization_ids)
        elif isinstance(event, OptedIn):
            for one in event.organization_ids:
                self._out.pop((contact, one), None)

    def _take_row(
        self, row: tuple[int, str | None, str, int, str, str, int | None, int | None, str, int]
    ) -> None:
        key, shift_id, caregiver, contact, organization, purpose_name, fanout, round_, channel, _ = row
        purpose = Purpose(purpose_name)
        self._rows[key] = (shift_id, caregiver, contact, organization, purpose, fanout, round_)
        self.count(f"planned {channel}")
        if shift_id is None:
            return
        book = self.books[shift_id]
        match purpose:
            case Purpose.OFFER:
                once = (shift_id, fanout, round_, caregiver)
                if once in self._offered:
                    raise Violation("offered once a round", str(once))
                self._offered.add(once)
            case Purpose.CONFIRMATION | Purpose.ALREADY_YOURS if caregiver not in book.winners:
                raise Violation("you have the shift", f"planned for {caregiver}, who never won {shift_id}")
            case Purpose.TOO_LATE:
                told = self._late[shift_id, caregiver] = self._late.get((shift_id, caregiver), 0) + 1
                if told > book.offered.get(caregiver, 0) + book.losses.count(caregiver):
                    raise Violation("told once", f"{caregiver} about {shift_id}")
            case Purpose.WITHDRAWAL:
                self._withdrawn.setdefault(shift_id, set()).add(caregiver)
            case _:
                pass

    def _compare_rows(self, book: ShiftBook) -> None:
        row = self._connection.execute(SHIFT, (book.shift_id,)).fetchone()
        if list(row) != moved_row(row[0], book.state):
            raise Violation("rows are what events say", f"{book.shift_id}: {row}")
        holders = [one for (one,) in self._connection.execute(CLAIMS, (row[0],)).fetchall()]
        if holders != ([book.winners[-1]] if book.status is CLAIMED else []):
            raise Violation("one unreleased claim", f"{book.shift_id}: {holders}")
        assert book.status is not OFFERING or book.state.next_deadline is not None
