"""Which code of which phone means which offer."""

from datetime import datetime

from firstyes.domain.shift.events import Offer

from .shift_book import ShiftBook
from .stepped_time import SteppedClock
from .stimulus import DAY
from .violation import Report, Rule

CODE_KEPT = 3 * DAY
"""So long after an offer has ended a reply may still mean it, by the promise made to caregivers."""

CLOCK_WRONG = 7_300.0
"""Seconds a story's clock may be set; a code may be free again so much earlier or later than it truly should."""


class CodeBook:
    """The codes that can still be answered, by phone."""

    def __init__(self, clock: SteppedClock, report: Report) -> None:
        self._clock = clock
        self._report = report
        self._codes: dict[tuple[int, str], tuple[str, str, float]] = {}

    def take(self, book: ShiftBook, offer: Offer, until: datetime) -> None:
        """Take in the code of an offer: it must mean no other."""
        if not offer.code:
            return
        key, mine = (offer.contact_id, offer.code), (book.shift_id, offer.caregiver_id)
        other = self._codes.get(key)
        if other and other[:2] != mine and other[2] > self._clock.true - CODE_KEPT + CLOCK_WRONG:
            self._report(Rule.CODES, f"{offer.code} is {mine} and {other[:2]}")
        self._codes[key] = (*mine, self._clock.when(until))

    def forget_old(self) -> None:
        """Drop the codes that nobody can answer any more."""
        true = self._clock.true
        self._codes = {key: one for key, one in self._codes.items() if one[2] > true - CODE_KEPT}
