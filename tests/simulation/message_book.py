"""What the auditor knows of messages: what was planned, what the carrier took, what people have been told."""

import re
import sqlite3
from dataclasses import dataclass

from firstyes.actors.carriers.port import OutboundMessage
from firstyes.actors.outbox.outbox_actor import LEASE
from firstyes.domain.message import OFFERS, Purpose
from firstyes.domain.policy import Channel

from .people_book import PeopleBook
from .shift_book import ShiftBook
from .stepped_time import SteppedClock
from .tally import Tally
from .violation import Report, Rule

SLACK = LEASE + 1.0
"""Seconds after which a message that was wanted when it was taken must not go to the carrier any more."""

YOURS = ("You have the shift", "El turno es suyo")
SAY_IT_IS_YOURS = frozenset({Purpose.CONFIRMATION, Purpose.ALREADY_YOURS})
SAY_IT_IS_NOT = frozenset({Purpose.RELEASE, Purpose.WITHDRAWAL, Purpose.TOO_LATE})
TO_WHOEVER_IS_ON_CALL = frozenset({Purpose.ALERT, Purpose.NEWS})
LOOK_BACK = 5_000
"""Messages of which the end is looked at again, so that it stays what it was."""

KEPT = 20_000
PLANNED_FOR = 6 * 3_600.0
A_START = 60.0
"""Seconds after a start until the carrier must have been asked about what was in doubt before."""
UNKNOWN_FOR = 24 * 3_600.0
"""Seconds after which a message must have had an end, unless nobody could look."""

NOT_ENDED = (
    "SELECT seq, state, created_at FROM outbox WHERE state = 'sending' "
    "UNION ALL SELECT seq, state, max(created_at, due_at) FROM outbox WHERE state = 'planned' "
    "UNION ALL SELECT seq, state, created_at FROM outbox WHERE state = 'unknown'"
)
ENDED = "SELECT seq, state FROM outbox WHERE seq > ? AND state IN ('sent', 'failed', 'dropped')"
STILL_ROOM = (
    "SELECT EXISTS (SELECT 1 FROM outbox JOIN shifts ON shifts.key = outbox.stream WHERE shifts.shift_id = ? "
    "AND outbox.purpose = 'offer' AND outbox.fanout = ? AND outbox.round = ? "
    "AND outbox.state NOT IN ('failed', 'dropped'))"
)
SENT_WITH = "SELECT seq FROM outbox WHERE sent_with = ? ORDER BY seq"
OFFERED = re.compile(r"(?:Open shift|Turno) (?P<what>.*)\. (?:Reply|Responda) (?P<yes>YES|SI) (?P<code>\d+) ")
STATE = "SELECT state, created_at FROM outbox WHERE seq = ?"
PERSON_CALLED = (
    "SELECT EXISTS (SELECT 1 FROM alerts JOIN shifts ON shifts.key = alerts.shift WHERE shifts.shift_id = ? "
    "AND kind = 'not_told' AND caregiver_id = ? AND last_at >= ?)"
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One message as it was committed, `at` in true seconds."""

    shift_id: str | None
    caregiver_id: str
    contact: int
    organization_id: str
    purpose: Purpose
    channel: str
    fanout: int | None
    phone: str
    body: str
    at: float


class MessageBook:
    """Follows each message from its commit to its end. `answered` has the (shift, contact) that were told something
    of it beside the offer."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        people: PeopleBook,
        books: dict[str, ShiftBook],
        clock: SteppedClock,
        tally: Tally,
        report: Report,
    ) -> None:
        self.jumped = self.started = -1e9
        self.unconfirmed: set[int] = set()
        self.answered: set[tuple[str, int]] = set()
        self._connection = connection
        self._people = people
        self._books = books
        self._clock = clock
        self._tally = tally
        self._report = report
        self._rows: dict[int, Planned] = {}
        self._last = self._looked_at = 0
        self._taken: set[int] = set()
        self._offered: set[tuple[object, ...]] = set()
        self._withdrawn: dict[str, list[str]] = {}
        self._arrived: dict[tuple[str, int], int] = {}
        self._ended: list[int] = []

    def plan(self, key: int, row: Planned, round_: int | None) -> None:
        """Take in a message that was committed."""
        self._rows[key] = row
        self._last = key
        shift_id, caregiver = row.shift_id, row.caregiver_id
        if shift_id is None:
            return
        book = self._books[shift_id]
        if row.purpose is not Purpose.OFFER:
            self.answered.add((shift_id, row.contact))
        match row.purpose:
            case Purpose.OFFER:
                once = (shift_id, row.fanout, round_, row.channel, caregiver, row.contact)
                if once in self._offered:
                    self._report(Rule.OFFERED_ONCE, str(once))
                self._offered.add(once)
            case Purpose.CONFIRMATION | Purpose.ALREADY_YOURS:
                self.unconfirmed.add(key)
                if caregiver not in book.winners:
                    self._report(Rule.YOURS, f"planned for {caregiver}, who never won {shift_id}")
            case Purpose.TOO_LATE:
                book.untold.discard(caregiver)
            case Purpose.WITHDRAWAL:
                self._withdrawn.setdefault(shift_id, []).append(caregiver)
            case _:
                pass

    def late_yes(self, book: ShiftBook, contact: int, message_id: str) -> None:
        """A yes that won nothing was answered: its person must have been told about this offer, now or before."""
        about = book.contacts.get(contact, set())
        here = {one for one in about if one in book.offers and book.offers[one].contact == contact}
        former = bool(about) and not here
        if former or contact in self._people.doubted or here - book.untold:
            return
        if (book.shift_id, contact) not in self.answered:
            self._report(Rule.TOLD, f"{sorted(about)} about {book.shift_id} ({message_id})")

    def ended(self, key: int) -> None:
        """A text that may have to be told by a person is about to end without having been taken."""
        row = self._rows.get(key)
        # One that is not known was planned in the very transaction in which it ends.
        if row is None or self._still_true(row):
            self._ended.append(key)

    def look_at_ended(self) -> None:
        """See that a person was called about texts that did not reach the one they were for."""
        for key in self._ended:
            row = self._rows.get(key)
            if row is None:
                continue
            state, created = self._connection.execute(STATE, (key,)).fetchone()
            if state not in {"failed", "dropped"} or not self._still_true(row):
                continue
            self._tally.add("texts that matter and did not arrive")
            which = (row.shift_id, row.caregiver_id, created)
            if not self._connection.execute(PERSON_CALLED, which).fetchone()[0]:
                self._report(Rule.NOT_TOLD, f"{row.caregiver_id}: {row.purpose} about {row.shift_id}")
        self._ended.clear()

    def _still_true(self, row: Planned) -> bool:
        book, who = self._books.get(row.shift_id or ""), row.caregiver_id
        if book is None or self._people.phones.get(who) != row.phone:
            return False
        match row.purpose:
            case Purpose.CONFIRMATION:
                return book.holder == who and book.held_since <= row.at
            case Purpose.RELEASE:
                return book.holder != who
            case Purpose.WITHDRAWAL:
                return row.fanout is None and book.holder != who
            case _:
                return False

    def called_off(self, book: ShiftBook) -> None:
        """A shift was cancelled, and all that was committed with it is known."""
        told = sorted(self._withdrawn.get(book.shift_id, []))
        if told != sorted(book.withdraw):
            self._report(Rule.CALLED_OFF, f"{book.shift_id}: {told} instead of {sorted(book.withdraw)}")

    def ended_early(self, book: ShiftBook, fanout: int, round_: int) -> None:
        """A round ended before its time: nothing of it may still reach anybody."""
        if self._connection.execute(STILL_ROOM, (book.shift_id, fanout, round_)).fetchone()[0]:
            self._report(Rule.NOT_EARLY, f"round {round_} of {book.shift_id}")
        self._tally.add("rounds given up early")

    def arrived(self, outbound: OutboundMessage, known: bool) -> list[Planned]:
        """The carrier took a message: it must be wanted, true, and new, and all that it is made of. Give that."""
        key = int(outbound.key)
        if known:
            self._report(Rule.SENT_ONCE, f"{key} went to the carrier again though it has it")
        several = [one for (one,) in self._connection.execute(SENT_WITH, (key,)).fetchall()]
        rows = [self._rows.get(one) for one in several or [key]]
        if not all(self._stands_in(outbound, row, alone=not several) for row in rows):
            self._report(Rule.AS_WRITTEN, f"{several or key} is not what was committed")
        if len({(row.caregiver_id, row.purpose is Purpose.OFFER) for row in rows if row}) > 1:
            self._report(Rule.AS_WRITTEN, f"{several} do not belong into one text")
        if several:
            self._tally.add(
                f"{'offers' if rows[0] and rows[0].purpose is Purpose.OFFER else 'answers'} in one text"
            )
        for one, row in zip(several or [key], rows, strict=True):
            if row is not None:
                self._arrived_as(one, row, outbound)
        return [row for row in rows if row is not None]

    def _stands_in(self, outbound: OutboundMessage, row: Planned | None, *, alone: bool) -> bool:
        """Whether a row is what the carrier took, or a part of it: of an offer what is offered, and the code."""
        if row is None or row.phone != outbound.to_phone:
            return False
        if alone:
            return row.body == outbound.body
        offered = OFFERED.search(row.body) if row.purpose is Purpose.OFFER else None
        if offered is None:
            return row.purpose is not Purpose.OFFER and row.body in outbound.body
        return f"{offered['yes']} {offered['code']}: {offered['what']}\n" in outbound.body

    def _arrived_as(self, key: int, row: Planned, outbound: OutboundMessage) -> None:
        self._taken.add(key)
        self.unconfirmed.discard(key)
        self._tally.add(f"sent {row.purpose}")
        if row.purpose in TO_WHOEVER_IS_ON_CALL:
            return
        soon = self._clock.true - SLACK
        self._check_person(row, outbound, soon)
        book = self._books.get(row.shift_id or "")
        if row.body.startswith(YOURS) and (book is None or row.caregiver_id not in book.winners):
            self._report(Rule.YOURS, f"said to {row.caregiver_id}, who has it not")
        if book is not None and row.purpose not in OFFERS:
            self._check_answer(row, book, key, soon)
        if row.purpose is Purpose.OFFER and book is not None and row.fanout is not None:
            self._check_offer(row.caregiver_id, row.fanout, book, soon)

    def _check_person(self, row: Planned, outbound: OutboundMessage, soon: float) -> None:
        people, what = self._people, f"{row.caregiver_id} is sent {row.purpose} by {outbound.channel}"
        out = people.out.get((row.contact, row.organization_id), soon) < soon
        if out and row.purpose is not Purpose.OPT_OUT:
            self._report(Rule.OPTED_OUT, what)
        if (
            outbound.channel is Channel.VOICE
            and people.uncalled.get((row.contact, row.organization_id), soon) < soon
        ):
            self._report(Rule.NOT_CALLED, what)
        free = people.busy.get(row.contact)
        if row.purpose in OFFERS and free is not None and self.jumped < soon:
            # Whoever wrote a moment ago may have been on the way to the carrier.
            heard = people.heard.get(row.contact, soon) >= soon
            if not heard and self._clock.now() < free:
                self._report(Rule.BUSY, what)
        if row.shift_id is None or row.purpose is Purpose.OPT_OUT:
            return
        if (
            row.purpose not in {Purpose.NOTICE, Purpose.DROP_NOTED}
            and people.doubted.get(row.contact, soon) < soon
        ):
            self._report(Rule.DOUBTED, what)
        if people.phones.get(row.caregiver_id) != row.phone and people.moved[row.caregiver_id] < soon:
            self._report(Rule.MOVED, what)

    def _check_answer(self, row: Planned, book: ShiftBook, key: int, soon: float) -> None:
        who, where = row.caregiver_id, (book.shift_id, row.contact)
        what = f"{who} is sent {row.purpose} about {book.shift_id}"
        # One person waits for an answer: it goes before what takes an offer back, and that after it is true still.
        if self._arrived.get(where, -1) > key and row.purpose is not Purpose.WITHDRAWAL:
            self._report(Rule.IN_ORDER, f"{what}: {key} after {self._arrived[where]}")
        self._arrived[where] = max(key, self._arrived.get(where, -1))
        if row.purpose in SAY_IT_IS_YOURS and book.holder != who and book.lost.get(who, soon) < soon:
            self._report(Rule.TRUE_WHEN_SENT, what)
        if row.purpose in SAY_IT_IS_NOT and book.holder == who and book.held_since < soon:
            self._report(Rule.TRUE_WHEN_SENT, what)

    def _check_offer(self, caregiver: str, fanout: int, book: ShiftBook, soon: float) -> None:
        what, until, people = f"{book.shift_id} is offered to {caregiver}", book.untils[fanout], self._people
        if book.closed.get(fanout, soon) < soon:
            self._report(Rule.CLOSED, what)
        # Right after the clock was set forward, everything may have begun and nothing be known of it.
        if max(self._clock.when(until), self.jumped) < soon:
            self._report(Rule.BEGUN, what)
        if book.declined.get((fanout, caregiver), soon) < soon:
            self._report(Rule.DECLINED, what)
        if not people.active[caregiver] and people.changed[caregiver] < soon:
            self._report(Rule.INACTIVE, what)

    def daily(self, idle: bool) -> None:
        """See that messages come to an end, and to the right one."""
        if idle:
            for key, state, created in self._connection.execute(NOT_ENDED).fetchall():
                age = self._clock.now().timestamp() - created / 1e6
                up = self._clock.true - self.started
                forgotten = state == "unknown" and age > UNKNOWN_FOR and A_START < up < age
                stuck = state == "planned" and min(age, up) > PLANNED_FOR
                if state == "sending" or stuck or forgotten:
                    self._report(Rule.ENDS, f"outbox row {key} is {state}")
        self._look_at_ends()
        self._taken = {key for key in self._taken if key > self._looked_at}
        self._looked_at = max(self._looked_at, self._last - LOOK_BACK)
        self._rows = {key: one for key, one in self._rows.items() if key > self._last - KEPT}

    def finally_(self) -> None:
        """Nothing has gone wrong for days, and the service was started since: everything has an end."""
        for key, state, _ in self._connection.execute(NOT_ENDED).fetchall():
            self._report(Rule.ENDS, f"outbox row {key} is {state} in the end")

    def _look_at_ends(self) -> None:
        for key, state in self._connection.execute(ENDED, (self._looked_at,)).fetchall():
            self.unconfirmed.discard(key)
            if (state == "sent") != (key in self._taken):
                self._report(
                    Rule.SENT,
                    f"{key} is {state}, and the carrier {'has' if key in self._taken else 'never had'} it",
                )
