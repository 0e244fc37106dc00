"""Alerts: why a coordinator is needed, and what each kind asks of them."""

from enum import StrEnum


class AlertKind(StrEnum):
    """Why the coordinator is needed."""

    NOT_OFFERED = "not_offered"
    NOBODY_QUALIFIES = "nobody_qualifies"
    NOBODY_REACHABLE = "nobody_reachable"
    EVERYBODY_DECLINED = "everybody_declined"
    UNFILLED = "unfilled"
    EXPIRED = "expired"
    WILLING = "willing"
    """Somebody says yes, cannot have the shift, and it stands empty."""
    PARTIAL_OFFER = "partial_offer"
    """Somebody can do a part of a shift."""
    DROP_REQUESTED = "drop_requested"
    RUNNING_LATE = "running_late"
    HOLDER_WROTE = "holder_wrote"
    """The one who has the shift wrote something that is no plain thanks or yes."""
    HOLDER_MUTE = "holder_mute"
    """The one who has the shift opted out: nothing reaches them any more, and they may not come."""
    NOT_TOLD = "not_told"
    """A text that matters did not reach the one it was for, though it is still true."""
    NEEDS_READING = "needs_reading"
    WRONG_NUMBER = "wrong_number"
    UNKNOWN_PHONE = "unknown_phone"
    CARRIER_DOWN = "carrier_down"
    CARRIER_REFUSES = "carrier_refuses"
    """The carrier takes nothing from one of our numbers, until somebody has seen to the account."""
    CEILING_REACHED = "ceiling_reached"
    """No more offers go out on a channel for now: a ceiling of the day is reached."""
    PARKED = "parked"


ASKS = {
    AlertKind.NOT_OFFERED: "Fan the shift out, assign somebody, or cancel it.",
    AlertKind.NOBODY_QUALIFIES: "Add or reactivate somebody with this role, assign somebody, or cancel the shift.",
    AlertKind.NOBODY_REACHABLE: "Call people yourself, then assign the one who comes.",
    AlertKind.EVERYBODY_DECLINED: "Find somebody else: fan out again, assign somebody, or cancel the shift.",
    AlertKind.UNFILLED: "Find somebody: fan out again, assign somebody, or cancel the shift.",
    AlertKind.EXPIRED: "Nobody is there. Until the shift ends, fan out again (it says that it has begun), assign somebody, or "
    "cancel it; then close this alert.",
    AlertKind.WILLING: "Call this person if you still need somebody, then assign them.",
    AlertKind.PARTIAL_OFFER: "Call this person if a part of the shift helps; it is still offered as a whole.",
    AlertKind.DROP_REQUESTED: "Call this person, then release the shift to offer it anew, or close this alert.",
    AlertKind.RUNNING_LATE: "Tell the place that this person is late, or release the shift.",
    AlertKind.HOLDER_WROTE: "Read the message and call this person.",
    AlertKind.HOLDER_MUTE: "Call this person and ask whether they come; release the shift if not.",
    AlertKind.NOT_TOLD: "Call this person and tell them.",
    AlertKind.NEEDS_READING: "Read the message and answer this person.",
    AlertKind.WRONG_NUMBER: "Find out this person's number and correct or confirm it; until then it is not used.",
    AlertKind.UNKNOWN_PHONE: "Find out who wrote; if it is one of yours, correct their number.",
    AlertKind.CARRIER_DOWN: "Nothing goes out: call people yourself, and see to the carrier.",
    AlertKind.CARRIER_REFUSES: "See to the account and this number with the carrier; people are reached otherwise where that is "
    "possible.",
    AlertKind.CEILING_REACHED: "Call people yourself; raise the ceiling if this is how much you want to send.",
    AlertKind.PARKED: "See to this shift by hand, and report the failure to whoever runs the service.",
}
"""What the coordinator is asked to do, by kind."""
