"""Offers as rows. They are written when their codes are reserved, and seen once their fan-out has started.

An offer is live while its fan-out is: closing ten thousand of them writes one row, that of the fan-out.
"""

from .json_rows import update

KEYS = "shift, fanout, caregiver_id, at"
WHICH = "offers.shift = new.shift AND offers.fanout = new.fanout AND offers.caregiver_id = new.caregiver_id"
DECLINE_OFFERS = update("offers", KEYS, "declined_at = new.at", WHICH)
TELL_OFFERS = update("offers", KEYS, "told_at = new.at", WHICH)
