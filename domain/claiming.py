"""Yes and no: how a caregiver wins a shift, passes on it, or gives it back."""

from datetime import datetime

from . import wording
from .alert import AlertKind
from .answer import UNKNOWN_SHIFT, Answer, Refusal, Status, refused
from .decision import Decision
from .fan_out import open_rounds, unfilled
from .message import Message, Purpose
from .policy import Channel
from .shift import Shift, ShiftStatus
from .shift_commands import AcceptOffer, DeclineOffer, ReleaseShift, ReportLateness
from .shift_events import (
    AnyShiftEvent,
    CoordinatorAlerted,
    DropRequested,
    LatenessReported,
    OfferDeclined,
    OverlapRefused,
    ShiftClaimed,
    ShiftReleased,
    YesAnswered,
)
from .shift_state import OfferState, ShiftState, evolve


def accept(state: ShiftState, command: AcceptOffer) -> Decision[AnyShiftEvent]:
    """Give the shift to the first yes while it is being offered; tell everybody later the truth, once."""
    shift, mine = state.shift, state.offers.get(command.caregiver_id)
    if shift is None:
        return Decision(Answer(status=Status.NO_ACTION, message=UNKNOWN_SHIFT.message))
    if mine is None:
        return _answer_one_left_out(state, shift, command)
    if state.status is not ShiftStatus.OFFERING or shift.start_time <= command.at:
        return _answer_late_yes(state, shift, mine, command)
    if command.held is not None:
        return _refuse_overlap(state, shift, mine, command, command.held)
    claimed = ShiftClaimed(
        at=command.at,
        by=command.by,
        fanout=state.fanout,
        revision=state.revision,
        caregiver_id=command.caregiver_id,
        message_id=command.message_id,
    )
    text = wording.confirmation(_what(state, shift, mine), mine.offer.language)
    return Decision(
        Answer(status=Status.SUCCESS, message=text, shift_id=shift.id),
        (claimed,),
        (_reply(shift, mine, Purpose.CONFIRMATION, text),),
    )


def _answer_one_left_out(state: ShiftState, shift: Shift, command: AcceptOffer) -> Decision[AnyShiftEvent]:
    former = state.former.get(command.caregiver_id)
    if former is not None:
        return _answer_late_yes(state, shift, former, command)
    text = f"{wording.describe(shift, state.zone)} is not being offered to you. Nothing was changed."
    return Decision(Answer(status=Status.NO_ACTION, message=text, shift_id=shift.id))


def _answer_late_yes(
    state: ShiftState, shift: Shift, mine: OfferState, command: AcceptOffer
) -> Decision[AnyShiftEvent]:
    if state.claimed_by == command.caregiver_id:
        return _reassure(state, shift, mine, command)
    outcome = _outcome(state, shift, command.at)
    status = Status.ALREADY_CLAIMED if outcome is ShiftStatus.CLAIMED else Status.NO_ACTION
    text = wording.too_late(_what(state, shift, mine), outcome, mine.offer.language)
    answer = Answer(status=status, message=text, shift_id=shift.id)
    if mine.told:
        return Decision(answer)
    answered = _answered(mine, command, outcome)
    return Decision(answer, (answered,), (_reply(shift, mine, Purpose.TOO_LATE, text),))


def _reassure(
    state: ShiftState, shift: Shift, mine: OfferState, command: AcceptOffer
) -> Decision[AnyShiftEvent]:
    text = wording.already_yours(_what(state, shift, mine), mine.offer.language)
    answer = Answer(status=Status.SUCCESS, message=text, shift_id=shift.id)
    if mine.told and not state.drop_requested:
        return Decision(answer)
    events: tuple[AnyShiftEvent, ...] = (_answered(mine, command, ShiftStatus.CLAIMED),)
    if state.drop_requested:
        alert = f"The caregiver who has {wording.describe(shift, state.zone)} says they can come after all."
        events += (_alert(command, AlertKind.DROP_REQUESTED, alert),)
    return Decision(answer, events, (_reply(shift, mine, Purpose.ALREADY_YOURS, text),))


def _outcome(state: ShiftState, shift: Shift, at: datetime) -> ShiftStatus:
    """Say where the shift stands for a yes. One that has begun may still stand as open until its deadline is met."""
    if state.status in {ShiftStatus.CLAIMED, ShiftStatus.CANCELLED} or shift.start_time > at:
        return state.status
    return ShiftStatus.EXPIRED


def _answered(mine: OfferState, command: AcceptOffer, outcome: ShiftStatus) -> YesAnswered:
    return YesAnswered(
        at=command.at,
        by=command.by,
        fanout=mine.fanout,
        caregiver_id=command.caregiver_id,
        outcome=outcome,
        message_id=command.message_id,
    )


def _refuse_overlap(
    state: ShiftState, shift: Shift, mine: OfferState, command: AcceptOffer, held: Shift
) -> Decision[AnyShiftEvent]:
    language = mine.offer.language
    text = wording.overlap(_what(state, shift, mine), wording.describe(held, state.zone, language), language)
    event = OverlapRefused(
        at=command.at,
        by=command.by,
        fanout=state.fanout,
        caregiver_id=command.caregiver_id,
        held_shift_id=held.id,
        message_id=command.message_id,
    )
    answer = Answer(status=Status.NO_ACTION, message=text, shift_id=shift.id)
    return Decision(answer, (event,), (_reply(shift, mine, Purpose.OVERLAP, text),))


def decline(state: ShiftState, command: DeclineOffer) -> Decision[AnyShiftEvent]:
    """Note a no. The winner's no does not give the shift back by itself: it calls the coordinator."""
    shift, mine = state.shift, state.offers.get(command.caregiver_id)
    noted = _noted(shift)
    if shift is None or mine is None:
        return Decision(noted)
    if state.claimed_by == command.caregiver_id and command.at < shift.end_time:
        return _request_drop(state, shift, mine, command)
    if state.status is not ShiftStatus.OFFERING or mine.declined:
        return Decision(noted)
    declined = OfferDeclined(
        at=command.at,
        by=command.by,
        fanout=state.fanout,
        caregiver_id=command.caregiver_id,
        message_id=command.message_id,
    )
    if state.undecided > 1:
        return Decision(noted, (declined,))
    return Decision(
        noted, (declined, *unfilled(state, shift, AlertKind.EVERYBODY_DECLINED, command.at, command.by))
    )


def _request_drop(
    state: ShiftState, shift: Shift, mine: OfferState, command: DeclineOffer
) -> Decision[AnyShiftEvent]:
    text = wording.drop_noted(_what(state, shift, mine), mine.offer.language)
    answer = Answer(status=Status.ACKNOWLEDGED, message=text, shift_id=shift.id)
    if state.drop_requested:
        return Decision(answer)
    requested = DropRequested(
        at=command.at, by=command.by, caregiver_id=command.caregiver_id, message_id=command.message_id
    )
    what = wording.describe(shift, state.zone)
    alert = f"The caregiver who has {what} says they cannot come. Release the shift to offer it anew."
    events = (requested, _alert(command, AlertKind.DROP_REQUESTED, alert))
    return Decision(answer, events, (_reply(shift, mine, Purpose.NOTICE, text),))


def report_lateness(state: ShiftState, command: ReportLateness) -> Decision[AnyShiftEvent]:
    """Tell the coordinator that the winner is running late; from anybody else it changes nothing."""
    shift, mine = state.shift, state.offers.get(command.caregiver_id)
    if shift is None or mine is None or state.claimed_by != command.caregiver_id:
        return Decision(_noted(shift))
    if shift.end_time <= command.at:
        return Decision(_noted(shift))
    text = wording.lateness_noted(_what(state, shift, mine), mine.offer.language)
    reported = LatenessReported(
        at=command.at, by=command.by, caregiver_id=command.caregiver_id, message_id=command.message_id
    )
    alert = f"The caregiver who has {wording.describe(shift, state.zone)} says they are running late."
    events = (reported, _alert(command, AlertKind.RUNNING_LATE, alert))
    answer = Answer(status=Status.ACKNOWLEDGED, message=text, shift_id=shift.id)
    return Decision(answer, events, (_reply(shift, mine, Purpose.NOTICE, text),))


def refuse_release(state: ShiftState, at: datetime) -> Answer | None:
    """Say why a shift cannot be released at `at`; None when it can."""
    shift = state.shift
    if shift is None:
        return UNKNOWN_SHIFT
    what = wording.describe(shift, state.zone)
    if state.claimed_by is None:
        return refused(Refusal.NOT_CLAIMED, f"{what} is not claimed.", shift.id)
    if shift.start_time <= at:
        return refused(Refusal.ALREADY_BEGUN, f"{what} has already begun.", shift.id)
    return None


def release(state: ShiftState, command: ReleaseShift) -> Decision[AnyShiftEvent]:
    """Take the winner off the shift and offer it anew to everybody else."""
    shift, holder = state.shift, state.claimed_by
    refusal = refuse_release(state, command.at)
    if shift is None or holder is None or refusal is not None:
        return Decision(refusal or UNKNOWN_SHIFT)
    mine = state.offers[holder]
    released = ShiftReleased(at=command.at, by=command.by, caregiver_id=holder)
    text = wording.release(_what(state, shift, mine), mine.offer.language)
    anew = open_rounds(evolve(state, released), shift, command.outreach, command.at, command.by)
    return Decision(
        anew.answer,
        (released, *anew.events),
        (_reply(shift, mine, Purpose.RELEASE, text), *anew.messages),
    )


def _noted(shift: Shift | None) -> Answer:
    return Answer(
        status=Status.ACKNOWLEDGED, message="Thank you, noted.", shift_id=shift.id if shift else None
    )


def _what(state: ShiftState, shift: Shift, mine: OfferState) -> str:
    return wording.describe(shift, state.zone, mine.offer.language)


def _alert(
    command: AcceptOffer | DeclineOffer | ReportLateness, kind: AlertKind, message: str
) -> CoordinatorAlerted:
    return CoordinatorAlerted(
        at=command.at,
        by=command.by,
        kind=kind,
        message=message,
        caregiver_id=command.caregiver_id,
        message_id=command.message_id,
    )


def _reply(shift: Shift, to: OfferState, purpose: Purpose, text: str) -> Message:
    return Message(
        contact_id=to.offer.contact_id,
        caregiver_id=to.offer.caregiver_id,
        organization_id=shift.organization_id,
        channel=Channel.SMS,
        purpose=purpose,
        body=text,
        shift_id=shift.id,
    )
