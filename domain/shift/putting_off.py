"""A "maybe", and a "not before seven": the offer stands, and they are asked once more."""

from .. import wording
from ..answer import Answer, Status
from ..decision import Decision
from ..message import Purpose
from .commands import PutOffOffer
from .events import AnyShiftEvent, OfferPutOff
from .state import ShiftState
from .texts import describe, message_to, offer_again


def put_off(state: ShiftState, command: PutOffOffer) -> Decision[AnyShiftEvent]:
    """Ask them last; or, where they are busy until a time, ask again then. Who is busy is told so by the conversation."""
    shift, mine = state.posted, state.offers.get(command.caregiver_id)
    noted = Answer(status=Status.ACKNOWLEDGED, message="Thank you, noted.", shift_id=shift.id)
    if mine is None:
        return Decision(noted)
    offer, until = mine.offer, command.until
    event = OfferPutOff(**command.source, fanout=mine.fanout, until=until)
    if mine.declined or not state.live(mine, command.at):
        if until is not None:
            return Decision(noted)
        text = wording.too_late(
            describe(state, offer), state.status, offer.language, replaced=mine.revision != state.revision
        )
        told = Answer(status=Status.NO_ACTION, message=text, shift_id=shift.id)
        return Decision(told, (event,), (message_to(state, offer, Purpose.TOO_LATE, text),))
    if until is not None:
        again = (offer_again(state, mine, until),) if until < mine.open_until else ()
        return Decision(noted, (event,), again)
    text = wording.asked_last(describe(state, offer), offer.code, offer.language)
    told = Answer(status=Status.ACKNOWLEDGED, message=text, shift_id=shift.id)
    if mine.last:
        return Decision(told)
    return Decision(told, (event,), (message_to(state, offer, Purpose.NOTICE, text, opens=(offer.code,)),))
