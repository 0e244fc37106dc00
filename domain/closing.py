"""Which alerts an event closes because their cause is gone, as a rule."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .alert import AlertKind
from .conversation.events import AnyConversationEvent, DirectMessageWritten, NumberConfirmed, OptedIn
from .shift import events
from .shift.events import AnyShiftEvent
from .shift.shift import ShiftStatus

STANDS_EMPTY = frozenset(
    {
        AlertKind.NOT_OFFERED,
        AlertKind.NOBODY_QUALIFIES,
        AlertKind.NOBODY_REACHABLE,
        AlertKind.EVERYBODY_DECLINED,
        AlertKind.UNFILLED,
        AlertKind.EXPIRED,
    }
)
"""The shift has nobody, and nothing is under way."""

ABOUT_THE_HOLDER = frozenset(
    {AlertKind.DROP_REQUESTED, AlertKind.RUNNING_LATE, AlertKind.HOLDER_WROTE, AlertKind.HOLDER_MUTE}
)
PARKED = frozenset({AlertKind.PARKED})
"""A shift to which something happens works again."""
WILLING = frozenset({AlertKind.WILLING, AlertKind.PARTIAL_OFFER})
NOT_TOLD = frozenset({AlertKind.NOT_TOLD})


@dataclass(frozen=True, slots=True)
class Closing:
    """Open alerts of these kinds are closed: of the event's shift, or of the conversation's phone; `caregiver_id`
    narrows them to one person."""

    kinds: frozenset[AlertKind]
    caregiver_id: str | None = None


def closes(event: AnyShiftEvent | AnyConversationEvent) -> tuple[Closing, ...]:
    """Say which alerts an event closes."""
    rule = RULES.get(type(event))
    return () if rule is None else rule(event)


def _comes_after_all(event: events.YesAnswered) -> tuple[Closing, ...]:
    # Only of a holder is there such an alert; once the shift is over they are told so, and came or did not.
    stays = event.outcome is ShiftStatus.CLAIMED
    return (Closing(frozenset({AlertKind.DROP_REQUESTED}), event.caregiver_id),) if stays else ()


def _called_off(event: events.ShiftCancelled) -> tuple[Closing, ...]:
    # Whoever was taken off it before and was not told so may come all the same.
    all_is_off = Closing(STANDS_EMPTY | ABOUT_THE_HOLDER | WILLING | PARKED)
    return (all_is_off, Closing(NOT_TOLD, event.caregiver_id)) if event.caregiver_id else (all_is_off,)


RULES: dict[type[AnyShiftEvent] | type[AnyConversationEvent], Callable[[Any], tuple[Closing, ...]]] = {
    events.ShiftPosted: lambda event: (
        (Closing(STANDS_EMPTY | WILLING | PARKED),) if event.revision > 1 else ()
    ),
    events.FanOutStarted: lambda _: (Closing(STANDS_EMPTY | PARKED),),
    # What the new holder was not told before counts no more: what holds now is told anew.
    events.ShiftClaimed: lambda event: (
        Closing(STANDS_EMPTY | WILLING | PARKED),
        Closing(NOT_TOLD, event.caregiver_id),
    ),
    events.OfferDeclined: lambda event: (Closing(WILLING, event.caregiver_id),),
    # They hear again as well: whoever wants no texts there has nothing sent to them.
    events.OfferMoved: lambda event: (Closing(NOT_TOLD | {AlertKind.HOLDER_MUTE}, event.offer.caregiver_id),),
    events.YesAnswered: _comes_after_all,
    events.DropRequested: lambda event: (Closing(frozenset({AlertKind.RUNNING_LATE}), event.caregiver_id),),
    events.ShiftReleased: lambda event: (
        Closing(ABOUT_THE_HOLDER | PARKED),
        Closing(NOT_TOLD, event.caregiver_id),
    ),
    events.ShiftUnfilled: lambda event: (Closing((STANDS_EMPTY | PARKED) - {event.reason}),),
    events.ShiftCancelled: _called_off,
    events.ShiftExpired: lambda _: (Closing((STANDS_EMPTY | PARKED) - {AlertKind.EXPIRED}),),
    OptedIn: lambda _: (Closing(frozenset({AlertKind.HOLDER_MUTE})),),
    # Whoever answers has read it.
    DirectMessageWritten: lambda event: (
        Closing(frozenset({AlertKind.NEEDS_READING, AlertKind.HOLDER_WROTE}), event.caregiver_id),
    ),
    NumberConfirmed: lambda _: (Closing(frozenset({AlertKind.WRONG_NUMBER})),),
}
"""By the event's own class: a look-up costs a tenth of what pydantic takes to say of what kind it is."""
