"""The one decision function of a shift: `decide(state, command)` gives events, messages and an answer.

Pure: the same state and command always give the same decision. Nothing is changed by it; the events, once
committed, change the state through `evolve`.
"""

from typing import assert_never

from ..decision import Decision
from .assigning import assign
from .claiming import accept
from .commands import (
    AcceptOffer,
    AnyShiftCommand,
    AssignShift,
    CancelShift,
    DeclineOffer,
    MeetDeadline,
    PostShift,
    ReleaseShift,
    ReportLateness,
    StartFanOut,
    UpdateOffers,
)
from .declining import decline, report_lateness
from .events import AnyShiftEvent
from .fan_out import meet_deadline, start
from .joining import update_offers
from .posting import cancel, post
from .releasing import release
from .state import ShiftState


def decide(state: ShiftState, command: AnyShiftCommand) -> Decision[AnyShiftEvent]:
    """Say what follows from `command` in `state`. Never raises: a refusal is an answer."""
    match command:
        case AcceptOffer():
            return accept(state, command)
        case DeclineOffer():
            return decline(state, command)
        case MeetDeadline():
            return meet_deadline(state, command)
        case StartFanOut():
            return start(state, command)
        case PostShift():
            return post(state, command)
        case CancelShift():
            return cancel(state, command)
        case ReleaseShift():
            return release(state, command)
        case ReportLateness():
            return report_lateness(state, command)
        case AssignShift():
            return assign(state, command)
        case UpdateOffers():
            return update_offers(state, command)
        case _:  # pragma: no cover
            assert_never(command)
