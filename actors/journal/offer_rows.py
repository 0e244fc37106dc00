"""Offers as rows. They are written when their codes are reserved, and seen once their fan-out has started.

Whether an offer can still be taken is told by its shift and its fan-out: closing ten thousand of them writes one row.
"""

from collections.abc import Iterable
from sqlite3 import Cursor

from ...domain.shift.candidates import JOINING
from ...domain.shift.events import FanOutStarted, Offer
from .errors import BrokenAppend
from .many_rows import delete, dump, insert, update

KEYS = "shift, fanout, caregiver_id, at"
WHICH = "offers.shift = new.shift AND offers.fanout = new.fanout AND offers.caregiver_id = new.caregiver_id"
DECLINE_OFFERS = update("offers", KEYS, "declined_at = new.at", WHICH)
TELL_OFFERS = update("offers", KEYS, "told_at = new.at", WHICH)
# Whoever loses a claim has been told nothing of that yet. Read off rows as they stood before the claim was released.
FORGET_TOLD = update(
    "offers",
    "shift",
    "told_at = NULL",
    "offers.shift = new.shift AND offers.caregiver_id = "
    "(SELECT caregiver_id FROM claims WHERE claims.shift = new.shift AND released_at IS NULL)",
)

# Codes may have been reserved for a fan-out that never started; nobody was offered anything under them.
FORGET_RESERVED = delete(
    "offers",
    "shift, fanout",
    "NOT EXISTS (SELECT 1 FROM fanouts WHERE fanouts.shift = offers.shift AND fanouts.number = offers.fanout)",
)
UNRESERVE = delete("offers", "shift, fanout, caregiver_id")
ADD_OFFERS = insert("offers", "shift, fanout, caregiver_id, contact_id, code, open_until")
MOVE_OFFERS = update(
    "offers",
    "shift, fanout, caregiver_id, contact_id, code",
    "contact_id = new.contact_id, code = new.code, told_at = NULL",
    WHICH,
)

COUNT = "SELECT count(*) FROM offers WHERE shift = ? AND fanout = ?"
FORGET_OTHERS = (
    "DELETE FROM offers WHERE shift = ?1 AND fanout = ?2 "
    "AND caregiver_id NOT IN (SELECT value FROM json_each(?3))"
)


def keep_offered(cursor: Cursor, started: Iterable[tuple[int, FanOutStarted]]) -> None:
    """Let only those see an offer whom the fan-out names: codes may have been reserved for more.

    Raises `BrokenAppend` when it names somebody for whom no code was reserved.
    """
    for shift, event in started:
        which = (shift, event.fanout)
        reserved = cursor.execute(COUNT, which).fetchone()[0]
        if reserved > len(event.offers):
            cursor.execute(FORGET_OTHERS, (*which, dump([one.caregiver_id for one in event.offers])))
            reserved = cursor.execute(COUNT, which).fetchone()[0]
        if reserved != len(event.offers):
            raise BrokenAppend(
                f"fan-out {event.fanout} makes {len(event.offers)} offers, {reserved} have codes"
            )


def reserved_row(shift: int, offer: Offer) -> list[object]:
    """Give what names the code that was reserved for somebody who joins or moves."""
    return [shift, JOINING, offer.caregiver_id]


def moved_row(shift: int, fanout: int, offer: Offer) -> list[object]:
    """Give the phone and code under which an offer is answered from now on."""
    return [shift, fanout, offer.caregiver_id, offer.contact_id, offer.code]


def added_row(shift: int, fanout: int, offer: Offer, open_until: int) -> list[object]:
    """Give the row of an offer made to one more."""
    return [*moved_row(shift, fanout, offer), open_until]
