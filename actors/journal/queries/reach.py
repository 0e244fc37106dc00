"""How far the outreach for a shift has come, counted in people."""

from collections.abc import Sequence

from ....domain.shift.events import WhyLeftOut
from ...records import Delivery, OfferRecord, Reach

TAKEN = frozenset({Delivery.SENT, Delivery.DELIVERED, Delivery.UNKNOWN})
UNDER_WAY = frozenset({Delivery.PLANNED, Delivery.SENDING, Delivery.SENT, Delivery.UNKNOWN})
GONE = frozenset({Delivery.FAILED, Delivery.DROPPED, None})
BUSY = frozenset({WhyLeftOut.OTHER_SHIFT, WhyLeftOut.INACTIVE, WhyLeftOut.GAVE_IT_BACK})
"""Who is left out for one of these could not come anyway; all others could, and are not reached."""


def reach_of(offers: Sequence[OfferRecord], left_out: Sequence[WhyLeftOut]) -> Reach | None:
    """Count; None where the shift was offered to nobody."""
    if not offers:
        return None
    could_come = [why for why in left_out if why not in BUSY]
    stopped = [one for one in offers if one.answer == "opted_out"]
    counts = {
        "eligible": len(offers) + len(could_come),
        "texted": sum(one.text in TAKEN for one in offers),
        "delivered": sum(one.text is Delivery.DELIVERED for one in offers),
        "being_called": sum(one.call in UNDER_WAY for one in offers),
        "called": sum(one.call is Delivery.DELIVERED for one in offers),
        "not_reached": sum(
            one.text in GONE and one.call in GONE and one.answer is None and one.reason is not None
            for one in offers
        ),
        "opted_out": len(stopped) + could_come.count(WhyLeftOut.OPTED_OUT),
    }
    told = [f"{number} {name.replace('_', ' ')}" for name, number in counts.items() if number]
    return Reach(**counts, summary=", ".join(told))
