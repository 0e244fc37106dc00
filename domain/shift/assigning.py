"""Assigning a shift by hand: the coordinator found somebody, by phone or in the corridor."""

from functools import reduce

from .. import wording
from ..alert import AlertKind
from ..answer import Answer, Refusal, Status, refuse
from ..caregiver import role_key
from ..decision import Decision
from ..policy import open_until
from .commands import Assignee, AssignShift
from .events import AnyShiftEvent, CoordinatorAlerted, OfferMoved, OffersAdded, ShiftClaimed
from .fan_out import moved_on
from .shift import Shift, ShiftStatus
from .state import ShiftState, evolve
from .texts import confirmation

UNKNOWN_CAREGIVER = refuse(
    Refusal.UNKNOWN, "There is no caregiver with this id in the organization of the shift."
)


def assign(state: ShiftState, command: AssignShift) -> Decision[AnyShiftEvent]:
    """Give the shift to somebody, with what holds for a yes: one holder, their role, no overlap without a reason."""
    shift, who = state.posted, command.assignee
    if who is None or who.organization_id != shift.organization_id:
        return Decision(UNKNOWN_CAREGIVER.model_copy(update={"shift_id": shift.id}))
    what = wording.describe(shift, state.zone or who.zone)
    refusal = moved_on(state, command) or _refusal(state, who, what, command)
    if refusal is not None:
        return Decision(refusal)
    events = _offered(state, who, command)
    state = reduce(evolve, events, state)
    claimed = ShiftClaimed(
        **command.origin,
        fanout=state.offers[who.caregiver_id].fanout,
        revision=state.revision,
        caregiver_id=who.caregiver_id,
        override=command.override if command.held is not None else None,
    )
    events = (*events, claimed)
    said = f"{what} is assigned to {who.name}."
    if who.reachable:
        return Decision(_done(shift, said), events, (confirmation(state, who.offer),))
    alert = CoordinatorAlerted(
        **command.origin,
        kind=AlertKind.NOT_TOLD,
        message=f"{what} was assigned to somebody whom no text reaches: they opted out, or the number is in doubt.",
        caregiver_id=who.caregiver_id,
    )
    return Decision(_done(shift, f"{said} No text reaches them: call them yourself."), (*events, alert))


def _offered(state: ShiftState, who: Assignee, command: AssignShift) -> tuple[AnyShiftEvent, ...]:
    """See that they have an offer at the phone they have now: its code is what they answer under later."""
    mine = state.offers.get(who.caregiver_id)
    if mine is not None and mine.revision == state.revision:
        if mine.offer.contact_id == who.offer.contact_id:
            return ()
        return (OfferMoved(**command.origin, fanout=mine.fanout, offer=who.offer),)
    under_way = state.status is ShiftStatus.OFFERING
    until = state.open_until if under_way else None
    added = OffersAdded(
        **command.origin,
        fanout=state.fanout if under_way else state.fanout + 1,
        revision=state.revision,
        offers=(who.offer,),
        open_until=until or open_until(command.at, state.posted.start_time, state.posted.end_time),
        sender=None if under_way else who.sender,
        texts=None if under_way else who.texts,
        zone=state.zone if under_way else who.zone,
    )
    return (added,)


def _done(shift: Shift, said: str) -> Answer:
    return Answer(status=Status.SUCCESS, message=said, shift_id=shift.id)


def _refusal(state: ShiftState, who: Assignee, what: str, command: AssignShift) -> Answer | None:
    shift = state.posted
    if state.claimed_by == who.caregiver_id:
        return _done(shift, f"{what} is {who.name}'s already.")
    if state.claimed_by is not None:
        return refuse(Refusal.ALREADY_CLAIMED, f"{what} is already claimed: release it first.", shift.id)
    if state.status is ShiftStatus.CANCELLED:
        return refuse(Refusal.CLOSED, f"{what} was cancelled.", shift.id)
    if shift.end_time <= command.at:
        return refuse(Refusal.CLOSED, f"{what} is over.", shift.id)
    why = _disqualified(shift, who)
    if why is not None:
        return refuse(Refusal.NOT_QUALIFIED, f"{who.name} {why}.", shift.id)
    if command.held is not None and command.override is None:
        held = wording.describe(command.held, state.zone or who.zone)
        message = (
            f"{who.name} has {held}, which overlaps {what}. To assign it all the same, "
            'give a reason ("override").'
        )
        return refuse(Refusal.OVERLAP, message, shift.id)
    return None


def _disqualified(shift: Shift, who: Assignee) -> str | None:
    if not who.active:
        return "is not active"
    if role_key(shift.role_required) not in who.role_keys:
        return f"does not have the role {shift.role_required}"
    return None
