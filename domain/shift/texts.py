"""Texts of one shift to one person, as messages; their words are in `wording`."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from .. import wording
from ..message import Message, Purpose
from ..policy import Channel, Round
from ..voice import script
from .events import Offer
from .state import OfferState, ShiftState


def describe(state: ShiftState, offer: Offer) -> str:
    """Give the shift as this person is told it."""
    return wording.describe(state.posted, state.zone, offer.language)


def message_to(
    state: ShiftState,
    offer: Offer,
    purpose: Purpose,
    text: str,
    *,
    opens: tuple[str, ...] = (),
    channel: Channel = Channel.SMS,
    fanout: int | None = None,
) -> Message:
    """Tell one person something about the shift; `opens` are the codes that it names as open."""
    return Message(
        contact_id=offer.contact_id,
        caregiver_id=offer.caregiver_id,
        organization_id=state.posted.organization_id,
        channel=channel,
        purpose=purpose,
        body=text,
        shift_id=state.posted.id,
        fanout=fanout,
        opens=opens,
    )


def invitation(state: ShiftState, offer: Offer, channel: Channel, at: datetime) -> Message:
    """Offer the shift to one person in the fan-out of `state`, by text or by call."""
    shift, zone, sender, language = state.posted, state.zone, state.sender, offer.language
    if channel is Channel.SMS:
        body = wording.offer(
            shift, zone, sender, offer.code, language, offer.initials, at=at, own=state.texts.offer
        )
    else:
        told_in = shift.time_zone or zone
        body = script.offer(
            shift.role_required, shift.start_time, shift.end_time, told_in, sender, language, at=at
        )
    return message_to(
        state, offer, Purpose.OFFER, body, opens=(offer.code,), channel=channel, fanout=state.fanout
    )


def offer_again(state: ShiftState, one: OfferState, due_at: datetime | None = None) -> Message:
    """Tell whoever put the offer off, at once or when it is due, that it still stands."""
    offer = one.offer
    text = wording.offer_again(describe(state, offer), offer.code, offer.language)
    text = wording.from_sender(state.sender, text)
    message = message_to(state, offer, Purpose.OFFER_AGAIN, text, opens=(offer.code,), fanout=one.fanout)
    return replace(message, due_at=due_at)


def invitations(
    state: ShiftState, some: Iterable[OfferState], round_: Round, at: datetime
) -> tuple[Message, ...]:
    """Offer the shift to these in a later round. Who wants to be asked last is told by text before they are called, and that
    only when half of the round's time is over."""
    some, later = list(some), at + timedelta(seconds=round_.wait / 2)
    first = [invitation(state, one.offer, round_.channel, at) for one in some if not one.last]
    last = [one for one in some if one.last]
    told = [offer_again(state, one) for one in last if round_.channel is Channel.VOICE]
    return (
        *first,
        *told,
        *(replace(invitation(state, one.offer, round_.channel, later), due_at=later) for one in last),
    )


def confirmation(state: ShiftState, offer: Offer, *, called_in: bool = False) -> Message:
    """Tell the one who has the shift that it is theirs, and, where it was `called_in`, what to do if that was not them."""
    if called_in:
        text = wording.confirmation_of_a_call(describe(state, offer), offer.code, offer.language)
    else:
        text = wording.confirmation(describe(state, offer), offer.language, state.texts.confirmation)
    # On a phone that several share, everybody reads whose shift it is.
    whose = f"{offer.initials}: " if offer.initials else ""
    return message_to(state, offer, Purpose.CONFIRMATION, f"{whose}{text}")


def withdrawal(state: ShiftState, one: OfferState) -> Message:
    """Tell somebody who might still come that the shift is called off."""
    has_it = one.offer.caregiver_id == state.claimed_by
    text = wording.withdrawal(describe(state, one.offer), one.offer.language, winner=has_it)
    text = wording.from_sender(state.sender, text)
    # Who has the shift knows of it whether or not an offer went out.
    return message_to(state, one.offer, Purpose.WITHDRAWAL, text, fanout=None if has_it else one.fanout)


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
