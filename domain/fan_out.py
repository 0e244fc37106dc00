"""The fan-out: who is offered a shift, round after round, until somebody says yes or nobody is left."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import wording
from .alert import AlertKind
from .answer import UNKNOWN_SHIFT, Answer, Refusal, Status, refused
from .caregiver import Caregiver, role_key
from .decision import Decision
from .message import Message, Purpose
from .policy import Channel
from .shift import Shift, ShiftStatus
from .shift_commands import MeetDeadline, Outreach, StartFanOut
from .shift_events import (
    AnyShiftEvent,
    CoordinatorAlerted,
    FanOutStarted,
    Offer,
    RoundStarted,
    ShiftExpired,
    ShiftUnfilled,
)
from .shift_state import ShiftState

WHY_UNFILLED = {
    AlertKind.NOBODY_QUALIFIES: "No active caregiver with this role can be texted.",
    AlertKind.NOBODY_REACHABLE: "Nobody is left who can be reached.",
    AlertKind.EVERYBODY_DECLINED: "Everybody who was offered it said no.",
    AlertKind.UNFILLED: "All rounds are over and nobody said yes.",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A caregiver as looked up for a fan-out: `contact_id` is the journal's key of the phone."""

    caregiver: Caregiver
    contact_id: int
    opted_out: bool


def who_is_offered(
    state: ShiftState, candidates: Iterable[Candidate], leave_out: str | None = None
) -> list[Candidate]:
    """Choose who gets the shift offered: active, same organization, required role, not opted out, and not one of
    those who gave this very shift back (`leave_out` is about to)."""
    shift = state.shift
    if shift is None:
        return []
    wanted = role_key(shift.role_required)
    gone = state.released | {leave_out}
    return [
        one
        for one in candidates
        if one.caregiver.active
        and not one.opted_out
        and one.caregiver.organization_id == shift.organization_id
        and one.caregiver.id not in gone
        and any(role_key(role) == wanted for role in one.caregiver.roles)
    ]


def make_offers(chosen: Sequence[Candidate], codes: Mapping[str, str]) -> tuple[Offer, ...]:
    """Make the offers for those chosen; `codes` are the reply codes by caregiver id."""
    phones = Counter(one.contact_id for one in chosen)
    return tuple(
        Offer(
            caregiver_id=one.caregiver.id,
            contact_id=one.contact_id,
            code=codes[one.caregiver.id],
            language=one.caregiver.language,
            initials=_initials(one.caregiver.name) if phones[one.contact_id] > 1 else None,
        )
        for one in chosen
    )


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.split()[:3]).upper()


def refuse_fan_out(state: ShiftState, at: datetime) -> Answer | None:
    """Say why a fan-out cannot start now, or that it is under way already; None when it can start."""
    shift = state.shift
    if shift is None:
        return UNKNOWN_SHIFT
    what = wording.describe(shift, state.zone)
    if state.status is ShiftStatus.CLAIMED:
        return refused(Refusal.ALREADY_CLAIMED, f"{what} is already claimed.", shift.id)
    if state.status is ShiftStatus.CANCELLED:
        return refused(Refusal.CLOSED, f"{what} was cancelled.", shift.id)
    if state.status is ShiftStatus.EXPIRED or shift.start_time <= at:
        return refused(Refusal.ALREADY_BEGUN, f"{what} has already begun.", shift.id)
    if state.status is ShiftStatus.OFFERING:
        message = f"Fan-out already initiated: {what} is being offered to {_caregivers(len(state.offers))}."
        return Answer(status=Status.SUCCESS, message=message, shift_id=shift.id)
    return None


def _caregivers(number: int) -> str:
    return "1 caregiver" if number == 1 else f"{number} caregivers"


def start(state: ShiftState, command: StartFanOut) -> Decision[AnyShiftEvent]:
    """Start the fan-out, once: while it is live a second request changes nothing."""
    shift = state.shift
    if shift is None:
        return Decision(UNKNOWN_SHIFT)
    refusal = refuse_fan_out(state, command.at)
    if refusal is not None:
        return Decision(refusal)
    return open_rounds(state, shift, command.outreach, command.at, command.by)


def open_rounds(
    state: ShiftState, shift: Shift, outreach: Outreach, at: datetime, by: str
) -> Decision[AnyShiftEvent]:
    """Send the first round to everybody in `outreach`, or alert the coordinator that there is nobody.

    Whoever gave this shift back, or is named twice, is left out here, whatever was looked up.
    """
    what = wording.describe(shift, outreach.zone)
    offers = tuple(
        {one.caregiver_id: one for one in outreach.offers if one.caregiver_id not in state.released}.values()
    )
    if not offers:
        why = AlertKind.NOBODY_QUALIFIES
        answer = Answer(
            status=Status.SUCCESS,
            message=f"Nobody to offer {what} to: {WHY_UNFILLED[why]} The coordinator has been alerted.",
            shift_id=shift.id,
        )
        return Decision(answer, _unfilled(state, what, why, at, by))
    first = outreach.rounds[0]
    started = FanOutStarted(
        at=at,
        by=by,
        fanout=state.fanout + 1,
        revision=state.revision,
        rounds=outreach.rounds,
        offers=offers,
        round_ends_at=at + timedelta(seconds=first.wait),
        sender=outreach.sender,
        zone=outreach.zone,
    )
    answer = Answer(
        status=Status.SUCCESS,
        message=f"Fan-out initiated: {what} offered to {_caregivers(len(offers))}.",
        shift_id=shift.id,
    )
    messages = tuple(
        _invitation(shift, outreach.zone, outreach.sender, offer, first.channel, started.fanout)
        for offer in offers
    )
    return Decision(answer, (started,), messages)


def meet_deadline(state: ShiftState, command: MeetDeadline) -> Decision[AnyShiftEvent]:
    """Do what has fallen due: expire the shift, or end the round. A stale deadline changes nothing."""
    shift = state.shift
    nothing = Answer(status=Status.ACKNOWLEDGED, message="Nothing was due.")
    if shift is None or state.next_deadline is None:
        return Decision(nothing)
    answer = Answer(status=Status.ACKNOWLEDGED, message="Done.", shift_id=shift.id)
    if shift.start_time <= command.at:
        return Decision(answer, _expire(state, shift, command.at, command.by))
    unreachable = command.unreachable == (state.fanout, state.round)
    if state.status is not ShiftStatus.OFFERING or not (unreachable or state.next_deadline <= command.at):
        return Decision(nothing)
    return _next_round(state, shift, command, answer, unreachable=unreachable)


def _next_round(
    state: ShiftState, shift: Shift, command: MeetDeadline, answer: Answer, *, unreachable: bool
) -> Decision[AnyShiftEvent]:
    following = state.round + 1
    if following == len(state.rounds):
        why = AlertKind.NOBODY_REACHABLE if unreachable else AlertKind.UNFILLED
        return Decision(answer, unfilled(state, shift, why, command.at, command.by))
    reached = [
        one.offer
        for one in state.offers.values()
        if not one.declined and one.offer.caregiver_id not in command.unavailable
    ]
    if not reached:
        return Decision(answer, unfilled(state, shift, AlertKind.NOBODY_REACHABLE, command.at, command.by))
    round_ = state.rounds[following]
    started = RoundStarted(
        at=command.at,
        by=command.by,
        fanout=state.fanout,
        round=following,
        round_ends_at=command.at + timedelta(seconds=round_.wait),
        reached=len(reached),
    )
    messages = tuple(
        _invitation(shift, state.zone, state.sender, offer, round_.channel, state.fanout)
        for offer in sorted(reached, key=lambda offer: (offer.contact_id, offer.caregiver_id))
    )
    return Decision(answer, (started,), messages)


def unfilled(
    state: ShiftState, shift: Shift, why: AlertKind, at: datetime, by: str
) -> tuple[ShiftUnfilled, CoordinatorAlerted]:
    """End the outreach without a claim, and call the coordinator."""
    return _unfilled(state, wording.describe(shift, state.zone), why, at, by)


def _unfilled(
    state: ShiftState, what: str, why: AlertKind, at: datetime, by: str
) -> tuple[ShiftUnfilled, CoordinatorAlerted]:
    return (
        ShiftUnfilled(at=at, by=by, fanout=state.fanout, reason=why),
        CoordinatorAlerted(at=at, by=by, kind=why, message=f"{what} is unfilled. {WHY_UNFILLED[why]}"),
    )


def _expire(state: ShiftState, shift: Shift, at: datetime, by: str) -> tuple[AnyShiftEvent, ...]:
    expired = ShiftExpired(at=at, by=by)
    if state.status is ShiftStatus.PENDING and not state.fanout:
        return (expired,)
    what = wording.describe(shift, state.zone)
    message = f"{what} has begun and nobody took it."
    return expired, CoordinatorAlerted(at=at, by=by, kind=AlertKind.EXPIRED, message=message)


def _invitation(
    shift: Shift, zone: str | None, sender: str | None, offer: Offer, channel: Channel, fanout: int
) -> Message:
    if channel is Channel.SMS:
        body = wording.offer(shift, zone, sender, offer.code, offer.language, offer.initials)
    else:
        body = wording.call_script(shift, zone, sender, offer.language)
    return Message(
        contact_id=offer.contact_id,
        caregiver_id=offer.caregiver_id,
        organization_id=shift.organization_id,
        channel=channel,
        purpose=Purpose.OFFER,
        body=body,
        shift_id=shift.id,
        fanout=fanout,
        opens=(offer.code,),
    )
