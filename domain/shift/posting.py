"""What the coordinator does to a shift: post it, replace it, call it off."""

from .. import wording
from ..answer import Answer, Refusal, Status, refuse, taken
from ..decision import Decision
from .commands import CancelShift, PostShift
from .events import AnyShiftEvent, ShiftCancelled, ShiftPosted
from .fan_out import moved_on
from .shift import Shift, ShiftStatus
from .state import ShiftState
from .withdrawing import withdrawals

INSTEAD = "cancel it, and post it with a new id"
UNCHANGEABLE = {
    ShiftStatus.OFFERING: (Refusal.BEING_OFFERED, f"is being offered: {INSTEAD}"),
    ShiftStatus.CLAIMED: (Refusal.ALREADY_CLAIMED, f"is claimed: {INSTEAD}"),
    ShiftStatus.CANCELLED: (Refusal.CLOSED, "was cancelled: post it with a new id"),
}
"""Where a shift's data cannot be replaced, and why. Whoever is released is followed by others, and a cancelled id stays so."""


def post(state: ShiftState, command: PostShift) -> Decision[AnyShiftEvent]:
    """Create a shift or replace its data. The same data again change nothing, but revive one that expired before it
    begins, as it does when the clock had jumped ahead."""
    new, old = command.shift, state.shift
    posted = ShiftPosted(**command.origin, shift=new, revision=state.revision + 1, zone=command.zone)
    over = new.end_time <= command.at
    told = "Saved, but it is over already: look at its dates." if over else "Saved."
    saved = Answer(status=Status.SUCCESS, message=told, shift_id=new.id)
    if old is None:
        return Decision(saved, (posted,))
    if old.organization_id != new.organization_id:
        return Decision(taken(new.id, new.id))
    if is_same(old, new):
        if state.status is ShiftStatus.EXPIRED and command.at < new.start_time:
            return Decision(saved, (posted.model_copy(update={"revision": state.revision}),))
        return Decision(Answer(status=Status.SUCCESS, message="Nothing to change.", shift_id=new.id))
    if state.status in UNCHANGEABLE:
        refusal, why = UNCHANGEABLE[state.status]
        return Decision(refuse(refusal, f"{wording.describe(old, state.zone)} {why}.", new.id))
    return Decision(saved, (posted,))


def cancel(state: ShiftState, command: CancelShift) -> Decision[AnyShiftEvent]:
    """Call the shift off, and tell those who were offered it and might still come."""
    shift = state.posted
    what = wording.describe(shift, state.zone)
    if state.status is ShiftStatus.CANCELLED:
        return Decision(
            Answer(status=Status.SUCCESS, message=f"{what} is already cancelled.", shift_id=shift.id)
        )
    refusal = moved_on(state, command)
    if refusal is not None:
        return Decision(refusal)
    if shift.end_time <= command.at:
        return Decision(refuse(Refusal.CLOSED, f"{what} has already passed.", shift.id))
    if state.status is ShiftStatus.CLAIMED and not command.confirm:
        message = (
            f'{what} is claimed. To call it off all the same, and tell the caregiver, send "confirm": true.'
        )
        return Decision(refuse(Refusal.NEEDS_CONFIRMATION, message, shift.id))
    messages, goes_on_after = withdrawals(state, command.at, command.most)
    cancelled = ShiftCancelled(**command.origin, caregiver_id=state.claimed_by, goes_on_after=goes_on_after)
    answer = Answer(status=Status.SUCCESS, message=f"{what} is cancelled.", shift_id=shift.id)
    return Decision(answer, (cancelled,), messages)


def is_same(old: Shift, new: Shift) -> bool:
    """Whether nothing is replaced. Times are equal when they are the same instant; people are told them with the offset
    they were given with."""
    return (
        old == new
        and old.start_time.utcoffset() == new.start_time.utcoffset()
        and old.end_time.utcoffset() == new.end_time.utcoffset()
    )
