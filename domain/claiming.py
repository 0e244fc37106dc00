"""Yes and no: how a caregiver wins a shift, passes on it, or gives it back."""

from datetime import datetime

from . import wording
from .answer import Answer, Refusal, Status, refused
from .decision import Decision
from .fan_out import open_rounds, unfilled
from .message import Message, Purpose
from .policy import Channel
from .shift import Shift, ShiftStatus
from .shift_commands import AcceptOffer, DeclineOffer, ReleaseShift, ReportLateness
from .shift_events import (
    AlertKind,
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

NO_OFFER = Answer(
    status=Status.NO_ACTION, message="This shift is not being offered to you. Nothing was changed."
)


def accept(state: ShiftState, command: AcceptOffer) -> Decision[AnyShiftEvent]:
    """Give the shift to the first yes while it is being offered; tell everybody later the truth, once."""
    shift, mine = state.shift, state.offers.get(command.caregiver_id)
    if shift is None or mine is None:
        return Decision(NO_OFFER)
    if state.status is not ShiftStatus.OFFERING or shift.start_time <= command.at:
        return _answer_late_yes(state, shift, mine, command)
    if command.held is not None:
        return _refuse_overlap(state, shift, mine, command, command.held)
    what = _what(state, mine)
    claimed = ShiftClaimed(
        at=command.at,
        by=command.by,
        fanout=state.fanout,
        revision=state.revision,
        caregiver_id=command.caregiver_id,
        message_id=command.message_id,
    )
    text = wording.confirmation(what, mine.offer.language)
    return Decision(
        Answer(status=Status.SUCCESS, message=text, shift_id=shift.id),
        (claimed,),
        (_reply(shift, mine, Purpose.CONFIRMATION, text),),
    )


def _answer_late_yes(
    state: ShiftState, shift: Shift, mine: OfferState, command: AcceptOffer
) -> Decision[AnyShiftEvent]:
    # A shift that began a moment ago may still stand as offering until its deadline is met.
    outcome = ShiftStatus.EXPIRED if state.status is ShiftStatus.OFFERING else state.status
    what = _what(state, mine)
    if outcome is ShiftStatus.CLAIMED and state.claimed_by == command.caregiver_id:
        status, purpose = Status.SUCCESS, Purpose.ALREADY_YOURS
        text = wording.already_yours(what, mine.offer.language)
    else:
        status = Status.ALREADY_CLAIMED if outcome is ShiftStatus.CLAIMED else Status.NO_ACTION
        purpose, text = Purpose.TOO_LATE, wording.too_late(what, outcome, mine.offer.language)
    answer = Answer(status=status, message=text, shift_id=shift.id)
    if mine.told:
        return Decision(answer)
    answered = YesAnswered(
        at=command.at,
        by=command.by,
        fanout=state.fanout,
        caregiver_id=command.caregiver_id,
        outcome=outcome,
        message_id=command.message_id,
    )
    return Decision(answer, (answered,), (_reply(shift, mine, purpose, text),))


def _refuse_overlap(
    state: ShiftState, shift: Shift, mine: OfferState, command: AcceptOffer, held: Shift
) -> Decision[AnyShiftEvent]:
    language = mine.offer.language
    text = wording.overlap(_what(state, mine), wording.describe(held, state.zone, language), language)
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
    noted = Answer(
        status=Status.ACKNOWLEDGED, message="Thank you, noted.", shift_id=shift.id if shift else None
    )
    if shift is None or mine is None:
        return Decision(noted)
    if state.status is ShiftStatus.CLAIMED and state.claimed_by == command.caregiver_id:
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
    text = wording.drop_noted(_what(state, mine), mine.offer.language)
    answer = Answer(status=Status.ACKNOWLEDGED, message=text, shift_id=shift.id)
    if state.drop_requested:
        return Decision(answer)
    at, by = command.at, command.by
    what = wording.describe(shift, state.zone)
    alert = f"The caregiver who has {what} says they cannot come. Release the shift to offer it anew."
    events = (
        DropRequested(at=at, by=by, caregiver_id=command.caregiver_id, message_id=command.message_id),
        CoordinatorAlerted(at=at, by=by, kind=AlertKind.DROP_REQUESTED, message=alert),
    )
    return Decision(answer, events, (_reply(shift, mine, Purpose.NOTICE, text),))


def report_lateness(state: ShiftState, command: ReportLateness) -> Decision[AnyShiftEvent]:
    """Tell the coordinator that the winner is running late; from anybody else it changes nothing."""
    shift, mine = state.shift, state.offers.get(command.caregiver_id)
    if shift is None or mine is None or state.claimed_by != command.caregiver_id:
        return Decision(Answer(status=Status.ACKNOWLEDGED, message="Thank you, noted."))
    text = wording.lateness_noted(_what(state, mine), mine.offer.language)
    at, by = command.at, command.by
    alert = f"The caregiver who has {wording.describe(shift, state.zone)} says they are running late."
    events = (
        LatenessReported(at=at, by=by, caregiver_id=command.caregiver_id, message_id=command.message_id),
        CoordinatorAlerted(at=at, by=by, kind=AlertKind.RUNNING_LATE, message=alert),
    )
    answer = Answer(status=Status.ACKNOWLEDGED, message=text, shift_id=shift.id)
    return Decision(answer, events, (_reply(shift, mine, Purpose.NOTICE, text),))


def refuse_release(state: ShiftState, at: datetime) -> Answer | None:
    """Say why a shift cannot be released; None when it can."""
    shift = state.shift
    if shift is None:
        return refused(Refusal.UNKNOWN, "There is no shift with this id.")
    if state.status is not ShiftStatus.CLAIMED:
        return refused(
            Refusal.NOT_CLAIMED, f"{wording.describe(shift, state.zone)} is not claimed.", shift.id
        )
    if shift.start_time <= at:
        return refused(
            Refusal.ALREADY_BEGUN, f"{wording.describe(shift, state.zone)} has already begun.", shift.id
        )
    return None


def release(state: ShiftState, command: ReleaseShift) -> Decision[AnyShiftEvent]:
    """Take the winner off the shift and offer it anew to everybody else."""
    shift = state.shift
    refusal = refuse_release(state, command.at)
    if refusal is not None or shift is None or state.claimed_by is None:
        return Decision(refusal or NO_OFFER)
    mine = state.offers[state.claimed_by]
    released = ShiftReleased(at=command.at, by=command.by, caregiver_id=state.claimed_by)
    text = wording.release(_what(state, mine), mine.offer.language)
    anew = open_rounds(evolve(state, released), shift, command.outreach, command.at, command.by)
    return Decision(
        anew.answer,
        (released, *anew.events),
        (_reply(shift, mine, Purpose.RELEASE, text), *anew.messages),
    )


def _what(state: ShiftState, mine: OfferState) -> str:
    assert state.shift is not None
    return wording.describe(state.shift, state.zone, mine.offer.language)


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
