"""People change while a shift is offered or held: some qualify now and join, some have another phone."""

from dataclasses import replace

from ..answer import Answer, Status
from ..decision import Decision
from ..message import Message, Purpose
from ..policy import Channel
from .commands import UpdateOffers
from .events import AnyShiftEvent, Offer, OfferMoved, OffersAdded, ReachedAhead
from .shift import ShiftStatus
from .state import OfferState, ShiftState
from .texts import confirmation, invitation, invitations


def update_offers(state: ShiftState, command: UpdateOffers) -> Decision[AnyShiftEvent]:
    """Offer a shift that is being offered to those who joined, and follow people to their new phones."""
    events: list[AnyShiftEvent] = []
    messages: list[Message] = []
    for offer in command.moved:
        mine = state.offers.get(offer.caregiver_id)
        if mine is None or mine.offer.contact_id == offer.contact_id:
            continue
        told = _told_again(state, mine, offer, command)
        if told is not None:
            events.append(OfferMoved(**command.origin, fanout=mine.fanout, offer=offer))
            messages.append(told)
    moved = len(events)
    joining = tuple(one for one in command.joining if _may_join(state, one, command))
    if joining and state.open_until is not None:
        added = OffersAdded(
            **command.origin,
            fanout=state.fanout,
            revision=state.revision,
            offers=joining,
            open_until=state.open_until,
            zone=state.zone,
        )
        events.append(added)
        channel = state.rounds[state.round].channel
        messages += (invitation(state, one, channel, command.at) for one in joining)
    missed = _missed(state, command)
    if missed:
        who = tuple(one.offer.caregiver_id for one in missed)
        told_now = ReachedAhead(**command.origin, fanout=state.fanout, round=state.round, caregiver_ids=who)
        events.append(told_now)
        messages += invitations(state, missed, state.rounds[state.round], command.at)
    done = Answer(status=Status.SUCCESS, message=_said(len(joining), moved), shift_id=state.posted.id)
    return Decision(done, tuple(events), tuple(messages))


def _said(joined: int, moved: int) -> str:
    return f"{joined} more offered the shift, {moved} at another phone."


def _may_join(state: ShiftState, offer: Offer, command: UpdateOffers) -> bool:
    return (
        state.status is ShiftStatus.OFFERING
        and state.paused is None
        and state.open_until is not None
        and command.at < state.open_until
        and offer.caregiver_id not in state.released
        and not state.asked(offer.caregiver_id)
    )


def _missed(state: ShiftState, command: UpdateOffers) -> list[OfferState]:
    """Give those whom the present round has passed over. Who has moved just now is told of it there."""
    if state.status is not ShiftStatus.OFFERING or state.paused is not None:
        return []
    moved = {one.caregiver_id for one in command.moved}
    missed = [state.offers[one] for one in command.missed if state.asked(one) and one not in moved]
    return [
        one for one in missed if one.ahead < state.round and not one.declined and state.live(one, command.at)
    ]


def _told_again(state: ShiftState, mine: OfferState, offer: Offer, command: UpdateOffers) -> Message | None:
    """Say at the new phone what still holds; None where nothing does."""
    if state.claimed_by == offer.caregiver_id:
        return confirmation(state, offer) if command.at < state.posted.end_time else None
    if not state.live(mine, command.at):
        return None
    if state.status is ShiftStatus.OFFERING and mine.fanout == state.fanout and not mine.declined:
        return invitation(state, offer, state.rounds[state.round].channel, command.at)
    return replace(invitation(state, offer, Channel.SMS, command.at), purpose=Purpose.NOTICE, fanout=None)
