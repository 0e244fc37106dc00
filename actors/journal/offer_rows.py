"""Offers as rows. They are written when their codes are reserved, and seen once their fan-out has started.

An offer is live while its fan-out is: closing ten thousand of them writes one row, that of the fan-out.
"""

from collections.abc import Iterable
from sqlite3 import Cursor

from ...domain.shift_events import FanOutStarted
from .many_rows import dump, update

KEYS = "shift, fanout, caregiver_id, at"
WHICH = "offers.shift = new.shift AND offers.fanout = new.fanout AND offers.caregiver_id = new.caregiver_id"
DECLINE_OFFERS = update("offers", KEYS, "declined_at = new.at", WHICH)
TELL_OFFERS = update("offers", KEYS, "told_at = new.at", WHICH)
# Whoever loses a claim has been told nothing of that yet. Read off rows as they stood before the claim was released.
FORGET_TOLD = update(
    "offers",
    "shift",
    "told_at = NULL",
    "offers.shift = new.shift AND offers.fanout = (SELECT fanout FROM shifts WHERE key = new.shift) "
    "AND offers.caregiver_id = "
    "(SELECT caregiver_id FROM claims WHERE claims.shift = new.shift AND released_at IS NULL)",
)

COUNT = "SELECT count(*) FROM offers WHERE shift = ? AND fanout = ?"
FORGET_OTHERS = (
    "DELETE FROM offers WHERE shift = ?1 AND fanout = ?2 "
    "AND caregiver_id NOT IN (SELECT value FROM json_each(?3))"
)


def keep_offered(cursor: Cursor, started: Iterable[tuple[int, FanOutStarted]]) -> None:
    """Let only those see an offer whom the fan-out names: codes may have been reserved for more.

    Raises `ValueError` when it names somebody for whom no code was reserved.
    """
    for shift, event in started:
        which = (shift, event.fanout)
        reserved = cursor.execute(COUNT, which).fetchone()[0]
        if reserved > len(event.offers):
            cursor.execute(FORGET_OTHERS, (*which, dump([one.caregiver_id for one in event.offers])))
            reserved = cursor.execute(COUNT, which).fetchone()[0]
        if reserved != len(event.offers):
            raise ValueError(
                f"fan-out {event.fanout} makes {len(event.offers)} offers, {reserved} have codes"
            )
