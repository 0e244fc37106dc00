"""The one decision function of a shift: `decide(state, command)` gives events, messages and an answer.

Pure: the same state and command always give the same decision. Nothing is changed by it; the events, once
committed, change the state through `evolve`.
"""

from collections.abc import Callable
from typing import Any

from ..answer import UNKNOWN_SHIFT
from ..decision import Decision
from . import commands
from .assigning import assign
from .claiming import accept
from .commands import ShiftCommand
from .declining import decline, report_lateness
from .events import AnyShiftEvent
from .fan_out import meet_deadline, start
from .joining import update_offers
from .pausing import begin_next_round, pause, resume
from .posting import cancel, post
from .putting_off import put_off
from .releasing import disown, release
from .state import ShiftState

DECIDERS: dict[type[ShiftCommand], Callable[[ShiftState, Any], Decision[AnyShiftEvent]]] = {
    commands.AcceptOffer: accept,
    commands.DeclineOffer: decline,
    commands.PutOffOffer: put_off,
    commands.DisownClaim: disown,
    commands.MeetDeadline: meet_deadline,
    commands.StartFanOut: start,
    commands.PauseFanOut: pause,
    commands.ResumeFanOut: resume,
    commands.NextRound: begin_next_round,
    commands.PostShift: post,
    commands.CancelShift: cancel,
    commands.ReleaseShift: release,
    commands.ReportLateness: report_lateness,
    commands.AssignShift: assign,
    commands.UpdateOffers: update_offers,
}


def decide(state: ShiftState, command: ShiftCommand) -> Decision[AnyShiftEvent]:
    """Say what follows from `command` in `state`. Never raises: a refusal is an answer."""
    if state.shift is None and not isinstance(command, commands.PostShift):
        return Decision(UNKNOWN_SHIFT)
    return DECIDERS[type(command)](state, command)
