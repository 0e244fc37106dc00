"""What the auditor knows of people: who works, who wants to hear from us, who holds what, who wrote what."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ..domain.conversation_events import AnyConversationEvent, OptedIn, OptedOut
from ..domain.shift_events import ShiftClaimed
from .agency import Agency
from .script import MAY_CLAIM
from .shift_book import OFFERING, ShiftBook
from .stepped_time import SteppedClock
from .tally import Tally
from .violation import Report, Rule

JUST_CLOSED = timedelta(minutes=10)
"""So long a bare yes may still mean an offer that has closed without a word to its person."""


class PeopleBook:
    """Checks each claim against what is known of whoever makes it."""

    def __init__(self, agency: Agency, clock: SteppedClock, tally: Tally, report: Report) -> None:
        self.active = {one.id: one.active for one in agency.caregivers}
        self.changed: dict[str, float] = {}
        self.out: dict[tuple[int, str], float] = {}
        self.said: dict[str, tuple[str, str]] = {}
        self._clock = clock
        self._tally = tally
        self._report = report
        self._phones: dict[tuple[str, str], list[str]] = {}
        for one in agency.caregivers:
            self._phones.setdefault((one.phone, one.organization_id), []).append(one.id)
        self._several: set[str] = set()
        self._held: dict[str, list[ShiftBook]] = {}

    def set_active(self, caregiver_id: str, active: bool) -> None:
        """Note that somebody works here, or does not, from now on."""
        self.active[caregiver_id] = active
        self.changed[caregiver_id] = self._clock.true

    def take_conversation(
        self, contact: int, event: AnyConversationEvent, books: Iterable[ShiftBook]
    ) -> None:
        """Take in an opt-out or an opt-in."""
        if isinstance(event, OptedOut):
            self.out.update(((contact, one), self._clock.true) for one in event.organization_ids)
            for book in books:
                about = book.contacts.get(contact, ())
                waits = [one for one in about if (book.state.fanout, one) not in book.declined]
                if book.status is OFFERING and waits and book.state.round + 1 < len(book.state.rounds):
                    self._tally.add("opted out before a call")
        elif isinstance(event, OptedIn):
            for one in event.organization_ids:
                self.out.pop((contact, one), None)

    def writes(
        self,
        message_id: str,
        template: str,
        body: str,
        phone: str,
        organization: str,
        books: Iterable[ShiftBook],
    ) -> None:
        """Note what is being delivered, and whether it may mean more than one offer as things stand."""
        several = not any(word.isdigit() for word in body.split()) and self._may_mean_several(
            self._phones.get((phone, organization), []), organization, books
        )
        if message_id not in self.said:
            self.said[message_id] = (template, body)
            if several:
                self._several.add(message_id)
                if template in MAY_CLAIM:
                    self._tally.add("bare yeses that may mean several")
        elif not several:
            self._several.discard(message_id)

    def _may_mean_several(self, people: list[str], organization: str, books: Iterable[ShiftBook]) -> bool:
        now, live, missed = self._clock.now(), 0, 0
        for book in books:
            shift = book.state.shift
            if shift is None or shift.organization_id != organization:
                continue
            for one in people:
                mine = book.state.offers.get(one)
                if mine is None or not self.active[one] or (mine.offer.contact_id, organization) in self.out:
                    continue
                if (book.state.fanout, one) in book.declined:
                    continue
                live += book.status is OFFERING and shift.start_time > now
                missed += _just_closed(book, now) and one in book.untold and one not in book.winners
        return live > 1 or bool(live and missed)

    def claims(self, book: ShiftBook, event: ShiftClaimed) -> None:
        """Check a claim that was committed."""
        shift, who, true = book.state.shift, event.caregiver_id, self._clock.true
        assert shift is not None
        held = self._held.setdefault(who, [])
        for other in held:
            taken = other.state.shift
            if taken and taken.start_time < shift.end_time and shift.start_time < taken.end_time:
                self._report(Rule.NO_OVERLAP, f"{who} has {other.shift_id} and {book.shift_id}")
        held.append(book)
        message = event.message_id or ""
        template, body = self.said[message]
        if template not in MAY_CLAIM:
            self._report(Rule.ONLY_A_YES, f'{who} wrote "{body}" and won {book.shift_id}')
        code = next((word for word in body.split() if word.isdigit()), None)
        if code is not None and code not in book.codes.get(who, ()):
            self._report(Rule.THE_CODE, f'{who} wrote "{body}" and won {book.shift_id}')
        if message in self._several:
            self._report(Rule.NO_GUESS, f'{who} wrote "{body}" and won {book.shift_id}')
        if not self.active[who] and self.changed[who] < true:
            self._report(Rule.ACTIVE, f"{who} won {book.shift_id}")
        mine = book.state.offers.get(who)
        if mine and self.out.get((mine.offer.contact_id, shift.organization_id), true) < true:
            self._report(Rule.WILLING, f"{who} won {book.shift_id}")
        if (book.state.fanout, who) in book.declined:
            self._tally.add("claimed after a no")

    def loses(self, book: ShiftBook, caregiver_id: str) -> None:
        """Note that somebody holds a shift no more."""
        held = self._held.get(caregiver_id, [])
        if book in held:
            held.remove(book)


def _just_closed(book: ShiftBook, now: datetime) -> bool:
    closed = book.closed_at
    return book.status is not OFFERING and closed is not None and now - closed <= JUST_CLOSED
