"""The coordinator holds a fan-out, lets it go on, or has it go on before its time."""

from dataclasses import replace
from datetime import timedelta

from .. import wording
from ..answer import Answer, Refusal, Status, refuse
from ..decision import Decision
from ..policy import lasting
from .commands import NextRound, Order, PauseFanOut, ResumeFanOut
from .events import AnyShiftEvent, CoordinatorAlerted, FanOutPaused, FanOutResumed
from .fan_out import moved_on, next_round, time_left
from .shift import ShiftStatus
from .state import ShiftState

Decided = Decision[AnyShiftEvent]


def pause(state: ShiftState, command: PauseFanOut) -> Decided:
    """Hold the fan-out: no round begins and nobody else is asked, and a yes still takes the shift. What is left of the round is
    kept."""
    refusal = _refusal(state, command)
    if refusal is not None:
        return Decision(refusal)
    if state.paused is not None:
        return Decision(_done(state, "is paused already."))
    ends_at = state.round_ends_at
    left = 0 if ends_at is None else max(0, round((ends_at - command.at).total_seconds()))
    paused = FanOutPaused(**command.origin, fanout=state.fanout, left=left)
    return Decision(_done(state, "is paused: nobody else is asked, and a yes still takes it."), (paused,))


def resume(state: ShiftState, command: ResumeFanOut) -> Decided:
    """Let the fan-out go on with what was left of its round, or less near the start, so that phones still ring."""
    refusal = _refusal(state, command)
    if refusal is not None:
        return Decision(refusal)
    if state.paused is None:
        return Decision(_done(state, "is not paused."))
    left = time_left(state, state.round, command.at, timedelta(seconds=state.paused))
    resumed = FanOutResumed(**command.origin, fanout=state.fanout, round_ends_at=command.at + left)
    said = f"goes on; its round has {lasting(int(left.total_seconds()))} left."
    return Decision(_done(state, said), (resumed,))


def begin_next_round(state: ShiftState, command: NextRound) -> Decided:
    """Begin the next round at once, without waiting for the end of this one."""
    refusal = _refusal(state, command)
    if refusal is not None:
        return Decision(refusal)
    if state.goes_on_after is not None:
        return Decision(_refuse(state, "is still being offered to the last of them: try again in a moment."))
    if state.round + 1 == len(state.rounds):
        return Decision(_refuse(state, "is in its last round."))
    decision = next_round(state, command, _done(state, "goes on to its next round now."), unreachable=False)
    alerted = decision.events[-1]
    if not isinstance(alerted, CoordinatorAlerted):
        return decision
    answer = decision.answer.model_copy(update={"message": alerted.message})
    return replace(decision, answer=answer)


def _refusal(state: ShiftState, command: Order) -> Answer | None:
    refusal = moved_on(state, command)
    if refusal is None and state.status is not ShiftStatus.OFFERING:
        return _refuse(state, "is not being offered.")
    return refusal


def _what(state: ShiftState) -> str:
    return wording.describe(state.posted, state.zone)


def _refuse(state: ShiftState, why: str) -> Answer:
    return refuse(Refusal.NOT_OFFERED, f"{_what(state)} {why}", state.posted.id)


def _done(state: ShiftState, said: str) -> Answer:
    return Answer(status=Status.SUCCESS, message=f"{_what(state)} {said}", shift_id=state.posted.id)
