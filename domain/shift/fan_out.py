"""The fan-out: round after round, until somebody says yes or nobody is left."""

from dataclasses import replace
from datetime import datetime, timedelta

from .. import wording
from ..alert import AlertKind
from ..answer import UNKNOWN_SHIFT, Answer, Outcome, Refusal, Status, refuse
from ..decision import Decision
from ..own_texts import OURS
from ..policy import GOES_ON_WITHIN, describe_plan, open_until, plan, share
from . import events
from .commands import MeetDeadline, NextRound, Order, Outreach, Part, ShiftCommand, StartFanOut
from .shift import ShiftStatus
from .state import OfferState, ShiftState
from .texts import invitation, invitations, next_by_phone
from .withdrawing import withdraw_on

WHY_UNFILLED = {
    AlertKind.NOBODY_QUALIFIES: "No active caregiver with this role can be texted.",
    AlertKind.NOBODY_REACHABLE: "Nobody is left who can be reached.",
    AlertKind.EVERYBODY_DECLINED: "Everybody who was offered it said no.",
    AlertKind.UNFILLED: "All rounds are over and nobody said yes.",
}
CLOCKS_DIFFER = timedelta(minutes=2)
"""A clock that is set back by less was not wrong, but set right."""
NOTICEABLE = timedelta(seconds=5)
"""What went out so much later than its round began is a reason to wait longer."""
NAMED = 3
"""So many of those left out are named in the words of an answer; its field has all."""
NOTHING_WENT_OUT = "No text and no call has gone out to anybody."


def moved_on(state: ShiftState, order: Order) -> Answer | None:
    """Refuse an order that names a holder or a version which is not the present one."""
    shift = state.posted
    what = wording.describe(shift, state.zone)
    if order.holder is not None and order.holder != state.claimed_by:
        who = "nobody" if state.claimed_by is None else state.claimed_by
        message = f"{what} is not {order.holder}'s any more: {who} has it. Nothing was changed."
        return refuse(Refusal.MOVED_ON, message, shift.id)
    if order.version is not None and order.version != state.version:
        message = f"{what} is at version {state.version}, not {order.version}. Nothing was changed."
        return refuse(Refusal.MOVED_ON, message, shift.id)
    return None


def refuse_fan_out(state: ShiftState, at: datetime) -> Answer | None:
    """Say why a fan-out cannot start now, or that it is under way already; None when it can start."""
    shift = state.shift
    if shift is None:
        return UNKNOWN_SHIFT
    what = wording.describe(shift, state.zone)
    if state.status is ShiftStatus.CLAIMED:
        return refuse(Refusal.ALREADY_CLAIMED, f"{what} is already claimed.", shift.id)
    if state.status is ShiftStatus.CANCELLED:
        return refuse(Refusal.CLOSED, f"{what} was cancelled.", shift.id)
    if shift.end_time <= at:
        return refuse(Refusal.CLOSED, f"{what} is over.", shift.id)
    if _under_way(state, at):
        number = len(state.present())
        if state.goes_on:
            number = max(number, state.wanted)
        return Answer(
            status=Status.SUCCESS,
            message=f"Fan-out already initiated: {what} is being offered to {_caregivers(number)}."
            + (" It is paused." if state.paused is not None else ""),
            shift_id=shift.id,
            outcome=Outcome.ALREADY_INITIATED,
            offered=number,
            plan=state.rounds,
        )
    return None


def _under_way(state: ShiftState, at: datetime) -> bool:
    """Whether a fan-out is live. One that a clock began which ran ahead ends too late, and can be begun anew."""
    if state.status is not ShiftStatus.OFFERING or state.open_until is None:
        return False
    if state.round_ends_at is None:
        return state.paused is not None and at < state.open_until
    return at < state.open_until and not _ends_too_late(state, at)


def _ends_too_late(state: ShiftState, at: datetime) -> bool:
    """Whether the round ends later than it can where no clock ran ahead."""
    longest = timedelta(seconds=state.rounds[state.round].wait) + CLOCKS_DIFFER
    return state.round_ends_at is not None and state.round_ends_at - at > longest


def _caregivers(number: int) -> str:
    return "1 caregiver" if number == 1 else f"{number} caregivers"


def start(state: ShiftState, command: StartFanOut) -> Decision[events.AnyShiftEvent]:
    """Start the fan-out, once: while it is live a second request changes nothing."""
    refusal = moved_on(state, command) or refuse_fan_out(state, command.at)
    if refusal is not None:
        return Decision(refusal)
    assert command.outreach is not None
    return open_rounds(state, command.outreach, command)


def open_rounds(
    state: ShiftState, outreach: Outreach, command: ShiftCommand
) -> Decision[events.AnyShiftEvent]:
    """Send the first round to everybody in `outreach`, or alert the coordinator that there is nobody.

    Whoever gave this shift back, or is named twice, is left out here, whatever was looked up.
    """
    shift, at, what = state.posted, command.at, wording.describe(state.posted, outreach.zone)
    offers = tuple(
        {one.caregiver_id: one for one in outreach.offers if one.caregiver_id not in state.released}.values()
    )
    if not offers and outreach.goes_on_after is None:
        why = AlertKind.NOBODY_QUALIFIES
        answer = Answer(
            status=Status.SUCCESS,
            message=f"Nobody to offer {what} to: {WHY_UNFILLED[why]}{_left_out(outreach)} "
            "The coordinator has been alerted.",
            shift_id=shift.id,
            outcome=Outcome.NOBODY_TO_OFFER,
            offered=0,
            left_out=outreach.told,
        )
        return Decision(answer, unfilled(state, why, command, what=what, left_out=outreach.left_out))
    rounds = plan(outreach.rounds, at, shift.start_time)
    goes_on = outreach.goes_on_after is not None
    wanted = outreach.wanted if goes_on else len(offers)
    started = events.FanOutStarted(
        **command.origin,
        fanout=state.fanout + 1,
        revision=state.revision,
        rounds=rounds,
        offers=offers,
        left_out=outreach.left_out,
        round_ends_at=at + (GOES_ON_WITHIN if goes_on else timedelta(seconds=rounds[0].wait)),
        open_until=open_until(at, shift.start_time, shift.end_time),
        sender=outreach.sender,
        texts=outreach.texts,
        zone=outreach.zone,
        wanted=wanted,
        goes_on_after=outreach.goes_on_after,
    )
    answer = Answer(
        status=Status.SUCCESS,
        message=f"Fan-out initiated: {what} offered to {_caregivers(wanted)}. "
        f"{describe_plan(rounds)}{_left_out(outreach)}",
        shift_id=shift.id,
        outcome=Outcome.STARTED,
        offered=wanted,
        plan=rounds,
        left_out=outreach.told,
    )
    begun = replace(
        state,
        fanout=started.fanout,
        sender=started.sender,
        texts=started.texts or OURS,
        zone=started.zone,
    )
    messages = tuple(invitation(begun, offer, rounds[0].channel, at) for offer in offers)
    return Decision(answer, (started,), messages)


def _left_out(outreach: Outreach) -> str:
    if not outreach.told:
        return ""
    named = [f"{one.name} ({one.reason})" for one in outreach.told[:NAMED]]
    more = [f"{len(outreach.told) - NAMED} more"] if len(outreach.told) > NAMED else []
    return f" Left out: {', '.join([*named, *more])}."


def meet_deadline(state: ShiftState, command: MeetDeadline) -> Decision[events.AnyShiftEvent]:
    """Do what has fallen due: expire the shift, end the round, or say that nobody was asked yet. A stale deadline
    changes nothing."""
    nothing = Answer(status=Status.ACKNOWLEDGED, message="Nothing was due.")
    due = state.next_deadline
    if due is None or state.open_until is None:
        return Decision(nothing)
    if state.status is ShiftStatus.CANCELLED:
        return withdraw_on(state, command)
    answer = Answer(status=Status.ACKNOWLEDGED, message="Done.", shift_id=state.posted.id)
    if state.open_until <= command.at:
        return Decision(answer, _expire(state, command))
    if state.paused is not None:
        return Decision(nothing)
    if state.goes_on and state.round:
        return _call_on(state, command, answer)
    if state.goes_on:
        return Decision(nothing) if command.part is None else _ask_on(state, command, command.part)
    unreachable = command.unreachable == (state.fanout, state.round)
    if state.status is ShiftStatus.OFFERING and not unreachable and _ends_too_late(state, command.at):
        return Decision(
            answer, (_lasting_until(state, command, _ends_at(state, state.round, command.at, None)),)
        )
    if state.status is ShiftStatus.OFFERING and (unreachable or due <= command.at):
        later = None if unreachable else _extended(state, command)
        if later is not None:
            return Decision(answer, (later,))
        return next_round(state, command, answer, unreachable=unreachable)
    if state.status is ShiftStatus.OFFERING and command.not_reached:
        return _reach_ahead(state, command, answer)
    if state.status is ShiftStatus.PENDING and due <= command.at:
        said = f"{wording.describe(state.posted, state.zone)} has not been offered to anybody yet."
        alert = events.CoordinatorAlerted(**command.origin, kind=AlertKind.NOT_OFFERED, message=said)
        return Decision(answer, (alert,))
    return Decision(nothing)


def _ask_on(state: ShiftState, command: MeetDeadline, part: Part) -> Decision[events.AnyShiftEvent]:
    """Offer the shift to the next of those who qualify. The round's time runs from when the last ones are asked."""
    offers = tuple(
        one
        for one in part.offers
        if not state.asked(one.caregiver_id) and one.caregiver_id not in state.released
    )
    round_, goes_on = state.rounds[state.round], part.goes_on_after is not None
    assert state.open_until is not None
    added = events.OffersAdded(
        **command.origin,
        fanout=state.fanout,
        revision=state.revision,
        offers=offers,
        open_until=state.open_until,
        zone=state.zone,
        left_out=part.left_out,
        round_ends_at=_ends_at(state, state.round, command.at, part.goes_on_after),
        goes_on_after=part.goes_on_after,
    )
    answer = Answer(status=Status.ACKNOWLEDGED, message="Done.", shift_id=state.posted.id)
    messages = tuple(invitation(state, one, round_.channel, command.at) for one in offers)
    if goes_on or offers or state.undecided:
        return Decision(answer, (added,), messages)
    why = AlertKind.EVERYBODY_DECLINED if state.present() else AlertKind.NOBODY_REACHABLE
    return Decision(answer, (added, *unfilled(state, why, command)))


def next_round(
    state: ShiftState, command: MeetDeadline | NextRound, answer: Answer, *, unreachable: bool
) -> Decision[events.AnyShiftEvent]:
    """Begin the next round, or end the outreach where there is none, or nobody for it. `unreachable`: nothing of this one
    reached anybody."""
    following = state.round + 1
    if following == len(state.rounds):
        why = AlertKind.UNFILLED if command.reached and not unreachable else AlertKind.NOBODY_REACHABLE
        said = WHY_UNFILLED[why] if command.reached else NOTHING_WENT_OUT
        said += _reasons(command) if why is AlertKind.NOBODY_REACHABLE else ""
        return Decision(answer, unfilled(state, why, command, said))
    reached = _reached(state, command)
    left = [one for one in reached if one.ahead < following]
    if not reached or (unreachable and not left):
        why = AlertKind.NOBODY_REACHABLE
        said = WHY_UNFILLED[why] + _reasons(command)
        return Decision(answer, unfilled(state, why, command, said))
    round_ = state.rounds[following]
    some, goes_on_after = next_by_phone(left, None, command.most)
    started = events.RoundStarted(
        **command.origin,
        fanout=state.fanout,
        round=following,
        round_ends_at=_ends_at(state, following, command.at, goes_on_after),
        reached=len(reached),
        goes_on_after=goes_on_after,
    )
    messages = invitations(state, some, round_, command.at)
    return Decision(answer, (started,), messages)


def _reasons(command: MeetDeadline | NextRound) -> str:
    """Say why, in the carrier's words and ours."""
    told = [f"{reason.rstrip('.')} ({number})" for reason, number in command.why_not]
    return f" Why: {'; '.join(told)}." if told else ""


def _extended(state: ShiftState, command: MeetDeadline) -> events.RoundExtended | None:
    """Give the round its time from when its messages had gone out, where that was noticeably later than it began."""
    if command.handed_over_at is None:
        return None
    ends_at = _ends_at(state, state.round, command.handed_over_at, None)
    if ends_at - command.at < NOTICEABLE:
        return None
    return _lasting_until(state, command, ends_at)


def _lasting_until(state: ShiftState, command: MeetDeadline, ends_at: datetime) -> events.RoundExtended:
    return events.RoundExtended(
        **command.origin, fanout=state.fanout, round=state.round, round_ends_at=ends_at
    )


def _reach_ahead(state: ShiftState, command: MeetDeadline, answer: Answer) -> Decision[events.AnyShiftEvent]:
    """Tell those whom this round does not reach as the next round with another channel would; others still have their time."""
    now = state.rounds[state.round].channel
    later = range(state.round + 1, len(state.rounds))
    to = next((one for one in later if state.rounds[one].channel is not now), None)
    left = [
        one
        for one in _reached(state, command)
        if to is not None and one.ahead < to and one.offer.caregiver_id in command.not_reached
    ][: command.most]
    if to is None or not left:
        return Decision(answer)
    told = events.ReachedAhead(
        **command.origin,
        fanout=state.fanout,
        round=to,
        caregiver_ids=tuple(one.offer.caregiver_id for one in left),
    )
    channel = state.rounds[to].channel
    return Decision(answer, (told,), tuple(invitation(state, one.offer, channel, command.at) for one in left))


def _call_on(state: ShiftState, command: MeetDeadline, answer: Answer) -> Decision[events.AnyShiftEvent]:
    """Go on with a later round. Its time runs from when the last ones are reached."""
    round_ = state.rounds[state.round]
    left = [one for one in _reached(state, command) if one.ahead < state.round]
    some, goes_on_after = next_by_phone(left, state.goes_on_after, command.most)
    more = events.MoreTold(
        **command.origin,
        round_ends_at=_ends_at(state, state.round, command.at, goes_on_after),
        goes_on_after=goes_on_after,
    )
    messages = invitations(state, some, round_, command.at)
    if goes_on_after is not None or state.undecided:
        return Decision(answer, (more,), messages)
    ended = unfilled(state, AlertKind.EVERYBODY_DECLINED, command)
    return Decision(answer, (more, *ended))


def _reached(state: ShiftState, command: MeetDeadline | NextRound) -> list[OfferState]:
    """Give those whom a later round is for."""
    return [
        one
        for one in state.present()
        if not one.declined and one.offer.caregiver_id not in command.unavailable
    ]


def _ends_at(state: ShiftState, number: int, at: datetime, goes_on_after: int | None) -> datetime:
    """Say when a round ends; while not everybody was reached, when it goes on at the latest."""
    if goes_on_after is not None:
        return at + GOES_ON_WITHIN
    return at + time_left(state, number, at, timedelta(seconds=state.rounds[number].wait))


def time_left(state: ShiftState, number: int, at: datetime, left: timedelta) -> timedelta:
    """Give a round what is left of its time, or less where the later ones would come too late to take the shift."""
    assert state.open_until is not None
    time = max(0, int((state.open_until - at).total_seconds()))
    return timedelta(seconds=share(left.total_seconds(), state.rounds[number + 1 :], time))


def unfilled(
    state: ShiftState,
    why: AlertKind,
    command: ShiftCommand,
    said: str | None = None,
    *,
    what: str | None = None,
    left_out: tuple[events.Omission, ...] = (),
) -> tuple[events.ShiftUnfilled, events.CoordinatorAlerted]:
    """End the outreach without a claim, and call the coordinator; `said` is the reason where it is more than `why`, `what`
    the shift in words where they are not those of its state."""
    until = state.open_until if state.status is ShiftStatus.OFFERING else None
    ended = events.ShiftUnfilled(
        **command.origin,
        fanout=state.fanout,
        reason=why,
        open_until=until or open_until(command.at, state.posted.start_time, state.posted.end_time),
        left_out=left_out,
    )
    message = f"{what or wording.describe(state.posted, state.zone)} is unfilled. {said or WHY_UNFILLED[why]}"
    return ended, events.CoordinatorAlerted(**command.origin, kind=why, message=message)


def _expire(state: ShiftState, command: MeetDeadline) -> tuple[events.AnyShiftEvent, ...]:
    shift, expired = state.posted, events.ShiftExpired(**command.origin)
    begun = state.posted_at is not None and state.posted_at >= shift.start_time
    if begun and state.revision == 1 and not state.fanout:
        # It had begun when it was first posted: that is a record, nobody waits for it.
        return (expired,)
    what = wording.describe(shift, state.zone)
    verb = "is over" if shift.end_time <= command.at else "has begun"
    asked = "nobody took it" if state.fanout else "it was never offered to anybody"
    message = f"{what} {verb} and {asked}."
    return expired, events.CoordinatorAlerted(**command.origin, kind=AlertKind.EXPIRED, message=message)
