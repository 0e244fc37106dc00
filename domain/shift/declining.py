"""A no, and what it means from somebody who has the shift: a person is called, and they keep it until then."""

from .. import wording
from ..alert import AlertKind
from ..answer import Answer, Status
from ..decision import Decision
from ..message import Purpose
from .commands import DeclineOffer, DisownClaim, ReportLateness
from .events import AnyShiftEvent, DropRequested, LatenessReported, OfferDeclined
from .fan_out import unfilled
from .shift import ShiftStatus
from .state import OfferState, ShiftState
from .texts import describe, message_to


def decline(state: ShiftState, command: DeclineOffer | DisownClaim) -> Decision[AnyShiftEvent]:
    """Note a no. The winner's no does not give the shift back by itself: it calls the coordinator."""
    mine = state.offers.get(command.caregiver_id)
    noted = _noted(state)
    if mine is None:
        return Decision(noted)
    if state.claimed_by == command.caregiver_id and command.at < state.posted.end_time:
        return _request_drop(state, mine, command)
    if mine.declined or not state.live(mine, command.at):
        return Decision(noted)
    declined = OfferDeclined(
        **command.source, fanout=mine.fanout, written_at=command.written_at or command.at
    )
    asked_now = state.status is ShiftStatus.OFFERING and mine.fanout == state.fanout
    if not asked_now or state.undecided > 1 or state.goes_on_after is not None:
        return Decision(noted, (declined,))
    ended = unfilled(state, AlertKind.EVERYBODY_DECLINED, command)
    return Decision(noted, (declined, *ended))


def _request_drop(
    state: ShiftState, mine: OfferState, command: DeclineOffer | DisownClaim
) -> Decision[AnyShiftEvent]:
    text = wording.drop_noted(describe(state, mine.offer), mine.offer.language)
    told = Answer(status=Status.ACKNOWLEDGED, message=text, shift_id=state.posted.id)
    what = wording.describe(state.posted, state.zone)
    said = f"The caregiver who has {what} says they cannot come. Release the shift to offer it anew."
    alert = command.alert(AlertKind.DROP_REQUESTED, said)
    if state.drop_requested_at:
        return Decision(told, (alert,))
    requested = DropRequested(**command.source, written_at=command.written_at or command.at)
    return Decision(told, (requested, alert), (message_to(state, mine.offer, Purpose.DROP_NOTED, text),))


def report_lateness(state: ShiftState, command: ReportLateness) -> Decision[AnyShiftEvent]:
    """Tell the coordinator that the winner is running late; from anybody else it changes nothing."""
    shift, mine = state.posted, state.offers.get(command.caregiver_id)
    if mine is None or state.claimed_by != command.caregiver_id or shift.end_time <= command.at:
        return Decision(_noted(state))
    text = wording.lateness_noted(describe(state, mine.offer), mine.offer.language)
    told = Answer(status=Status.ACKNOWLEDGED, message=text, shift_id=shift.id)
    said = f"The caregiver who has {wording.describe(shift, state.zone)} says they are running late."
    alert = command.alert(AlertKind.RUNNING_LATE, said)
    if state.lateness_reported:
        return Decision(told, (alert,))
    reported = LatenessReported(**command.source)
    return Decision(told, (reported, alert), (message_to(state, mine.offer, Purpose.NOTICE, text),))


def _noted(state: ShiftState) -> Answer:
    return Answer(status=Status.ACKNOWLEDGED, message="Thank you, noted.", shift_id=state.posted.id)
