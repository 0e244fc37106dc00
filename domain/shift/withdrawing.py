"""A shift that is called off: those who were offered it and might still come are told, so many at a time."""

from datetime import datetime

from ..answer import Answer, Status
from ..decision import Decision
from ..message import Message
from .commands import MeetDeadline
from .events import AnyShiftEvent, MoreTold
from .state import OfferState, ShiftState
from .texts import next_by_phone, withdrawal


def withdrawals(state: ShiftState, at: datetime, most: int) -> tuple[tuple[Message, ...], int | None]:
    """Tell the first of those who might still come to a shift called off at `at`; give behind which phone it goes on."""
    if state.claimed_by is not None:
        return (withdrawal(state, state.offers[state.claimed_by]),), None
    return _tell(state, [one for one in state.offers.values() if state.live(one, at)], None, most)


def withdraw_on(state: ShiftState, command: MeetDeadline) -> Decision[AnyShiftEvent]:
    """Tell the next of them."""
    called_off_at = state.round_ends_at
    told = [
        one
        for one in state.offers.values()
        if one.revision == state.revision
        and one.offer.caregiver_id not in state.released
        and called_off_at is not None
        and called_off_at < one.open_until
    ]
    messages, goes_on_after = _tell(state, told, state.goes_on_after, command.most)
    more = MoreTold(**command.origin, goes_on_after=goes_on_after)
    answer = Answer(status=Status.ACKNOWLEDGED, message="Done.", shift_id=state.posted.id)
    return Decision(answer, (more,), messages)


def _tell(
    state: ShiftState, told: list[OfferState], after: int | None, most: int
) -> tuple[tuple[Message, ...], int | None]:
    some, goes_on_after = next_by_phone((one for one in told if not one.declined), after, most)
    return tuple(withdrawal(state, one) for one in some), goes_on_after
