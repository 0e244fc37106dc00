"""Taking a shift from the one who has it: they cannot come after all, or have not come."""

from datetime import datetime

from .. import wording
from ..alert import AlertKind
from ..answer import UNKNOWN_SHIFT, Answer, Refusal, Status, refuse
from ..decision import Decision
from ..message import Purpose
from .commands import DisownClaim, ReleaseShift
from .declining import decline
from .events import AnyShiftEvent, ShiftReleased
from .fan_out import moved_on, open_rounds
from .state import ShiftState, evolve
from .texts import describe, message_to


def refuse_release(state: ShiftState, at: datetime) -> Answer | None:
    """Say why a shift cannot be released at `at`; None when it can, which is until its end."""
    shift = state.shift
    if shift is None:
        return UNKNOWN_SHIFT
    what = wording.describe(shift, state.zone)
    if state.claimed_by is None:
        return refuse(Refusal.NOT_CLAIMED, f"{what} is not claimed.", shift.id)
    if shift.end_time <= at:
        return refuse(Refusal.CLOSED, f"{what} is over.", shift.id)
    return None


def release(state: ShiftState, command: ReleaseShift) -> Decision[AnyShiftEvent]:
    """Take the winner off the shift and offer it anew to everybody else."""
    refusal = moved_on(state, command) or refuse_release(state, command.at)
    if refusal is not None:
        return Decision(refusal)
    return _offer_anew(state, command)


def disown(state: ShiftState, command: DisownClaim) -> Decision[AnyShiftEvent]:
    """Free a shift that was taken by a call, because whoever has the phone says no to it, and call a person as well: somebody
    may be playing tricks. Where it was not, or it has begun, it is a no like any other."""
    if not state.may_disown(command.caregiver_id, command.at):
        return decline(state, command)
    anew = _offer_anew(state, command)
    what = wording.describe(state.posted, state.zone)
    said = f"A call to us took {what}, and the caregiver with that phone says no to it; it is offered anew."
    alert = command.alert(AlertKind.HOLDER_WROTE, said)
    return Decision(anew.answer, (*anew.events, alert), anew.messages)


def _offer_anew(state: ShiftState, command: ReleaseShift | DisownClaim) -> Decision[AnyShiftEvent]:
    holder = state.claimed_by
    assert holder is not None and command.outreach is not None
    offer = state.offers[holder].offer
    released = ShiftReleased(**command.origin, caregiver_id=holder, message_id=command.message_id)
    text = wording.from_sender(state.sender, wording.release(describe(state, offer), offer.language))
    anew = open_rounds(evolve(state, released), command.outreach, command)
    told = message_to(state, offer, Purpose.RELEASE, text)
    said = Answer(status=Status.ACKNOWLEDGED, message=text, shift_id=state.posted.id)
    theirs = isinstance(command, DisownClaim) or command.message_id is not None
    answer = said if theirs else anew.answer
    return Decision(answer, (released, *anew.events), (told, *anew.messages))
