"""Offers as rows. Whether one can still be taken is told by its shift and its fan-out: closing ten thousand of them
writes one row."""

from ...domain.shift.events import Offer
from .many_rows import insert, update

KEYS = "shift, fanout, caregiver_id"
WHICH = "offers.shift = new.shift AND offers.fanout = new.fanout AND offers.caregiver_id = new.caregiver_id"
ADD_OFFERS = insert("offers", "shift, fanout, caregiver_id, contact_id, code, open_until")
DECLINE_OFFERS = update("offers", KEYS, "declined = 1", WHICH)
TELL_OFFERS = update("offers", KEYS, "told = 1", WHICH)
# Whoever loses a claim has been told nothing of that yet. Read off rows as they stood before the claim was released.
FORGET_TOLD = update(
    "offers",
    "shift",
    "told = 0",
    "offers.shift = new.shift AND offers.caregiver_id = "
    "(SELECT caregiver_id FROM claims WHERE claims.shift = new.shift AND released_at IS NULL)",
)
MOVE_OFFERS = update(
    "offers",
    "shift, fanout, caregiver_id, contact_id, code",
    "contact_id = new.contact_id, code = new.code, told = 0",
    WHICH,
)


def moved_row(shift: int, fanout: int, offer: Offer) -> list[object]:
    """Give the phone and code under which an offer is answered from now on."""
    return [shift, fanout, offer.caregiver_id, offer.contact_id, offer.code]


def added_row(shift: int, fanout: int, offer: Offer, open_until: int) -> list[object]:
    """Give the row of an offer that is made."""
    return [*moved_row(shift, fanout, offer), open_until]
