"""Notices: what a coordinator's own program is told of, as it happens."""

from datetime import datetime
from enum import StrEnum

from .alert import AlertKind
from .frozen import Frozen
from .shift import events
from .shift.events import AnyShiftEvent, ShiftClaimed, ShiftReleased


class NoticeEvent(StrEnum):
    """What happened."""

    FAN_OUT_STARTED = "fan_out_started"
    FAN_OUT_OVER = "fan_out_over"
    """Nobody is asked any more: somebody has the shift, or it is unfilled, called off or begun."""
    FILLED = "filled"
    """A caregiver said yes and has the shift."""
    ASSIGNED = "assigned"
    """A coordinator gave the shift to somebody."""
    UNFILLED = "unfilled"
    RELEASED = "released"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    ALERT = "alert"
    ALERT_CLOSED = "alert_closed"


class Notice(Frozen):
    """One thing that happened, for notifiers. What it does not concern is None.

    `shift` says the shift in words ("RN Tue Jul 16 7am-3pm"), `by` is who did it ("coordinator", "caregiver:ann",
    "timer"). `kind` and `asks` are an alert's: what it is, and what the coordinator is asked to do.
    """

    event: NoticeEvent
    at: datetime
    message: str
    by: str | None = None
    organization_id: str | None = None
    shift_id: str | None = None
    shift: str | None = None
    caregiver_id: str | None = None
    caregiver_name: str | None = None
    alert_id: int | None = None
    kind: AlertKind | None = None
    asks: str | None = None


NOTICED: dict[type[AnyShiftEvent], NoticeEvent] = {
    events.FanOutStarted: NoticeEvent.FAN_OUT_STARTED,
    ShiftClaimed: NoticeEvent.FILLED,
    events.ShiftUnfilled: NoticeEvent.UNFILLED,
    ShiftReleased: NoticeEvent.RELEASED,
    events.ShiftCancelled: NoticeEvent.CANCELLED,
    events.ShiftExpired: NoticeEvent.EXPIRED,
}
"""What notifiers are told of a shift's events, by their class. Alerts are not among them: several events can be one."""

ENDS_OUTREACH = frozenset({ShiftClaimed, events.ShiftUnfilled, events.ShiftCancelled, events.ShiftExpired})
"""With these nobody is asked any more."""


def noticed(event: AnyShiftEvent, *, was_offered: bool) -> tuple[NoticeEvent, ...]:
    """Say what notifiers are told of a shift's event; `was_offered` says that a fan-out was under way."""
    what = NOTICED.get(type(event))
    if what is None:
        return ()
    if isinstance(event, ShiftClaimed) and event.by != f"caregiver:{event.caregiver_id}":
        what = NoticeEvent.ASSIGNED
    over = was_offered and type(event) in ENDS_OUTREACH
    return (what, NoticeEvent.FAN_OUT_OVER) if over else (what,)


def whom(event: AnyShiftEvent) -> str | None:
    """Say whom a notice of this event is about."""
    return event.caregiver_id if isinstance(event, ShiftClaimed | ShiftReleased) else None


IN_WORDS = {
    NoticeEvent.FAN_OUT_STARTED: "{shift} is being offered.",
    NoticeEvent.FAN_OUT_OVER: "{shift} is not being offered any more.",
    NoticeEvent.FILLED: "{who} has {shift}.",
    NoticeEvent.ASSIGNED: "{who} was given {shift}.",
    NoticeEvent.RELEASED: "{who} does not have {shift} any more.",
    NoticeEvent.UNFILLED: "{shift} is unfilled.",
    NoticeEvent.CANCELLED: "{shift} is called off.",
    NoticeEvent.EXPIRED: "{shift} has begun with nobody on it.",
}
"""What happened to a shift, in words."""
