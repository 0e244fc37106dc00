"""Texts of one shift to one person, as messages; their words are in `wording`."""

from collections.abc import Iterable
from datetime import datetime

from .. import wording
from ..message import Message, Purpose
from ..policy import Channel
from .events import Offer
from .shift import Shift
from .state import OfferState, ShiftState


def describe(state: ShiftState, shift: Shift, offer: Offer) -> str:
    """Give the shift as this person is told it."""
    return wording.describe(shift, state.zone, offer.language)


def answer(
    shift: Shift, offer: Offer, purpose: Purpose, text: str, *, opens: tuple[str, ...] = ()
) -> Message:
    """Tell one person something about the shift; `opens` are the codes that it names as open."""
    return Message(
        contact_id=offer.contact_id,
        caregiver_id=offer.caregiver_id,
        organization_id=shift.organization_id,
        channel=Channel.SMS,
        purpose=purpose,
        body=text,
        shift_id=shift.id,
        opens=opens,
    )


def invitation(state: ShiftState, shift: Shift, offer: Offer, channel: Channel, at: datetime) -> Message:
    """Offer the shift to one person in the fan-out of `state`, by text or by call."""
    zone, sender, language = state.zone, state.sender, offer.language
    if channel is Channel.SMS:
        body = wording.offer(shift, zone, sender, offer.code, language, offer.initials, at=at)
    else:
        body = wording.call_script(shift, zone, sender, language, at=at)
    return Message(
        contact_id=offer.contact_id,
        caregiver_id=offer.caregiver_id,
        organization_id=shift.organization_id,
        channel=channel,
        purpose=Purpose.OFFER,
        body=body,
        shift_id=shift.id,
        fanout=state.fanout,
        opens=(offer.code,),
    )


def confirmation(state: ShiftState, shift: Shift, offer: Offer) -> Message:
    """Tell the one who has the shift that it is theirs."""
    text = wording.confirmation(describe(state, shift, offer), offer.language)
    # On a phone that several share, everybody reads whose shift it is.
    whose = f"{offer.initials}: " if offer.initials else ""
    return answer(shift, offer, Purpose.CONFIRMATION, f"{whose}{text}")


def withdrawal(state: ShiftState, shift: Shift, one: OfferState) -> Message:
    """Tell somebody who might still come that the shift is called off."""
    offer = one.offer
    return Message(
        contact_id=offer.contact_id,
        caregiver_id=offer.caregiver_id,
        organization_id=shift.organization_id,
        channel=Channel.SMS,
        purpose=Purpose.WITHDRAWAL,
        body=wording.withdrawal(
            describe(state, shift, offer),
            offer.language,
            winner=offer.caregiver_id == state.claimed_by,
        ),
        shift_id=shift.id,
        # Who has the shift knows of it whether or not an offer went out.
        fanout=None if offer.caregiver_id == state.claimed_by else one.fanout,
    )


def next_by_phone(
    offers: Iterable[OfferState], after: int | None, most: int
) -> tuple[list[OfferState], int | None]:
    """Give the next of them in the order of their phones, behind one: so many, and all of the last phone. Then behind which
    phone it goes on; None when that were all."""
    left = [one for one in offers if after is None or one.offer.contact_id > after]
    left.sort(key=lambda one: (one.offer.contact_id, one.offer.caregiver_id))
    if len(left) <= most:
        return left, None
    last = left[most - 1].offer.contact_id
    some = [one for one in left if one.offer.contact_id <= last]
    return some, last if len(some) < len(left) else None
