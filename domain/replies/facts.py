"""What a reading of a text looked at beside the text, so that it can be remembered for as long as that is the same."""

from datetime import datetime
from typing import NamedTuple

from .reading import OfferTerms, Reply


class Facts(NamedTuple):
    """Whether a text was read with an eye to the codes, the terms (role, day, hours) and the day of the message."""

    codes: bool = False
    terms: bool = False
    day: bool = False


def key(reply: Reply, looked_at: Facts) -> tuple[object, ...]:
    """Give what `looked_at` comes to for this reply. Replies of one text and one key are read alike.

    Times are taken as they were told: one instant is 7am in one zone and 6am in the next.
    """
    listed = reply.listed if looked_at.terms else ()
    return listed, *(
        (
            *(_code(offer, reply.text) if looked_at.codes else ()),
            # Which of several offers the terms fit is told by their codes.
            *(
                ((offer.code if len(reply.offers) > 1 or listed else None), *_terms(offer))
                if looked_at.terms
                else ()
            ),
            *(_day(offer, reply.received_at) if looked_at.day else ()),
        )
        for offer in reply.offers
    )


def _code(offer: OfferTerms, text: str) -> tuple[object, ...]:
    # Digits have other forms too (keycaps, full width); those replies are rare and keep the whole code.
    written = offer.code is not None and (offer.code in text or not text.isascii())
    return (offer.code if written else None,)


def _terms(offer: OfferTerms) -> tuple[object, ...]:
    return offer.role, offer.starts_at.replace(tzinfo=None), offer.ends_at.replace(tzinfo=None)


def _day(offer: OfferTerms, received_at: datetime | None) -> tuple[object, ...]:
    if received_at is None:
        return (None,)
    local = received_at.astimezone(offer.starts_at.tzinfo)
    return local.date(), local.hour
