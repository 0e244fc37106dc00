"""A yes: how a caregiver wins a shift, and what everybody else who says yes is told."""

from datetime import datetime, timedelta

from .. import wording
from ..alert import AlertKind
from ..answer import Answer, Choice, Status
from ..decision import Decision
from ..message import Purpose
from .commands import AcceptOffer, Obstacle
from .events import (
    AnyShiftEvent,
    CoordinatorAlerted,
    OverlapRefused,
    ShiftClaimed,
    YesAnswered,
    YesQuestioned,
)
from .shift import Shift, ShiftStatus
from .state import OfferState, ShiftState
from .texts import confirmation, describe, message_to

BEFORE_ITS_OFFER = timedelta(minutes=2)
"""A yes written longer than this before its offer means something else; clocks differ by less."""


def accept(state: ShiftState, command: AcceptOffer) -> Decision[AnyShiftEvent]:
    """Give the shift to the first yes of anybody it was offered to; tell everybody else the truth, once."""
    shift, mine = state.posted, state.offers.get(command.caregiver_id)
    if mine is None:
        text = f"{wording.describe(shift, state.zone)} is not being offered to you. Nothing was changed."
        told = Answer(status=Status.NO_ACTION, message=text, shift_id=shift.id)
        return Decision(told, _willing(state, command))
    if command.obstacle is Obstacle.FORMER_PHONE:
        # Whoever writes from there may be anybody: neither phone is told a thing.
        text = "This number is no longer used for the offer. Nothing was changed."
        told = Answer(status=Status.NO_ACTION, message=text, shift_id=shift.id)
        return Decision(told, _willing(state, command))
    if state.claimed_by == command.caregiver_id and command.at < shift.end_time:
        return _reassure(state, mine, command)
    if not state.live(mine, command.at) or command.obstacle is not None:
        return _answer_late_yes(state, mine, command)
    if _doubtful(mine, command):
        return _ask(state, mine, command)
    if command.held is not None:
        return _refuse_overlap(state, mine, command, command.held)
    claimed = ShiftClaimed(
        **command.source, fanout=mine.fanout, revision=state.revision, called_in=command.called_in
    )
    message = confirmation(state, mine.offer, called_in=command.called_in)
    won = Answer(status=Status.SUCCESS, message=message.body, shift_id=shift.id)
    return Decision(won, (claimed, *_asked(state, command)), (message,))


def _doubtful(mine: OfferState, command: AcceptOffer) -> bool:
    """Whether a yes may not be meant: a mere "ok" after a no, an older one than the no, or older than the offer.

    An instant that is still to come was set by a clock that ran ahead, and says nothing.
    """
    written_at, declined_at = _written(command), mine.declined_at
    if declined_at is not None and (not command.explicit or written_at < declined_at <= command.at):
        return True
    return written_at < mine.made_at - BEFORE_ITS_OFFER and mine.made_at <= command.at


def _written(command: AcceptOffer) -> datetime:
    return command.written_at or command.at


def _ask(state: ShiftState, mine: OfferState, command: AcceptOffer) -> Decision[AnyShiftEvent]:
    code = mine.offer.code
    what = describe(state, mine.offer)
    text = wording.do_you_mean(what, code, mine.offer.language)
    choice = Choice(code=code, shift_id=state.posted.id, text=what)
    asked = Answer(status=Status.CLARIFY, message=text, shift_id=choice.shift_id, choices=(choice,))
    if mine.asked:
        return Decision(asked)
    event = YesQuestioned(**command.source, fanout=mine.fanout)
    return Decision(asked, (event,), (message_to(state, mine.offer, Purpose.QUESTION, text, opens=(code,)),))


def _answer_late_yes(state: ShiftState, mine: OfferState, command: AcceptOffer) -> Decision[AnyShiftEvent]:
    outcome = _outcome(state, mine, command)
    willing = _willing(state, command)
    text = wording.too_late(
        describe(state, mine.offer),
        outcome,
        mine.offer.language,
        passed_on=bool(willing),
        replaced=_why(state, command) == CHANGED,
        own=state.texts.taken,
    )
    text, opens = _with_what_is_open(text, mine, command)
    status = Status.ALREADY_CLAIMED if outcome is ShiftStatus.CLAIMED else Status.NO_ACTION
    told = Answer(status=status, message=text, shift_id=state.posted.id, choices=command.open)
    if mine.told is outcome:
        return Decision(told, willing)
    answered = YesAnswered(**command.source, fanout=mine.fanout, outcome=outcome)
    # "Too late" is untrue of whoever had the shift, which is over.
    purpose = Purpose.NOTICE if state.claimed_by == command.caregiver_id else Purpose.TOO_LATE
    return Decision(told, (answered, *willing), (message_to(state, mine.offer, purpose, text, opens=opens),))


def _with_what_is_open(text: str, mine: OfferState, command: AcceptOffer) -> tuple[str, tuple[str, ...]]:
    """Name what is open beside what closed, so that the next yes can mean that."""
    if not command.open:
        return text, ()
    pairs = [(choice.code, choice.text) for choice in command.open]
    return f"{text} {wording.still_open(pairs, mine.offer.language)}", tuple(code for code, _ in pairs)


def _reassure(state: ShiftState, mine: OfferState, command: AcceptOffer) -> Decision[AnyShiftEvent]:
    text = wording.already_yours(describe(state, mine.offer), mine.offer.language)
    shift_id = state.posted.id
    yours = Answer(status=Status.SUCCESS, message=text, shift_id=shift_id)
    if state.drop_requested_at and (not command.explicit or _written(command) < state.drop_requested_at):
        # Whoever has called off takes note with an "ok", and an older yes that comes late does not take that back.
        return Decision(Answer(status=Status.ACKNOWLEDGED, message="Thank you, noted.", shift_id=shift_id))
    asked = _asked(state, command)
    if mine.told is ShiftStatus.CLAIMED and not state.drop_requested_at:
        return Decision(yours, asked)
    answered = YesAnswered(**command.source, fanout=mine.fanout, outcome=ShiftStatus.CLAIMED)
    return Decision(yours, (answered, *asked), (message_to(state, mine.offer, Purpose.ALREADY_YOURS, text),))


def _asked(state: ShiftState, command: AcceptOffer) -> tuple[CoordinatorAlerted, ...]:
    """Call a person for what the holder of the shift asks besides."""
    if not command.asks:
        return ()
    said = f"Whoever has {wording.describe(state.posted, state.zone)} asks something; please read it."
    return (command.alert(AlertKind.HOLDER_WROTE, said),)


def _outcome(state: ShiftState, mine: OfferState, command: AcceptOffer) -> ShiftStatus:
    """Say where the shift stands for a yes. One that has begun may still stand as open until its deadline is met."""
    if (
        state.status in {ShiftStatus.CLAIMED, ShiftStatus.CANCELLED}
        and state.claimed_by != command.caregiver_id
    ):
        return state.status
    if state.posted.end_time <= command.at or (
        mine.revision == state.revision and mine.open_until <= command.at
    ):
        return ShiftStatus.EXPIRED
    return state.status


def _willing(state: ShiftState, command: AcceptOffer) -> tuple[CoordinatorAlerted, ...]:
    """Call a person when somebody would come, cannot have the shift by their word, and it stands empty."""
    shift, empty = state.posted, state.status not in {ShiftStatus.CLAIMED, ShiftStatus.CANCELLED}
    if not empty or shift.end_time <= command.at:
        return ()
    said = f"Somebody says yes to {wording.describe(shift, state.zone)}, which nobody has: {_why(state, command)}."
    return (command.alert(AlertKind.WILLING, said),)


def _why(state: ShiftState, command: AcceptOffer) -> str:
    if command.obstacle is not None:
        return WHY_NOT[command.obstacle]
    if command.caregiver_id in state.released:
        return "they had it and were taken off it"
    mine = state.offers.get(command.caregiver_id)
    if mine is None:
        return "it was not offered to them"
    return "it had begun" if mine.revision == state.revision else CHANGED


CHANGED = "it has changed since it was offered to them"
WHY_NOT = {
    Obstacle.INACTIVE: "they are not active any more",
    Obstacle.ROLE: "they do not have the role any more",
    Obstacle.FORMER_PHONE: "the message came from a phone that is not theirs any more",
}


def _refuse_overlap(
    state: ShiftState, mine: OfferState, command: AcceptOffer, held: Shift
) -> Decision[AnyShiftEvent]:
    language = mine.offer.language
    text = wording.overlap(
        describe(state, mine.offer), wording.describe(held, state.zone, language), language
    )
    told = Answer(status=Status.NO_ACTION, message=text, shift_id=state.posted.id)
    if mine.overlap == held.id:
        return Decision(told)
    event = OverlapRefused(**command.source, fanout=mine.fanout, held_shift_id=held.id)
    return Decision(told, (event,), (message_to(state, mine.offer, Purpose.OVERLAP, text),))
