"""What Twilio's status callbacks say, as reports on the messages that they are about."""

from collections.abc import Mapping

from ....domain.phone import normalise
from ....domain.policy import Channel
from ....domain.text import number_of
from ...records import Delivery
from ..port import DeliveryReport, Trouble
from .codes import trouble

ON_ITS_WAY, THERE, LOST = Delivery.SENT, Delivery.DELIVERED, Delivery.FAILED

TEXTS: Mapping[str, tuple[Delivery, str]] = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), (ON_ITS_WAY, "")),
    **dict.fromkeys(("delivered", "read", "partially_delivered"), (THERE, "")),
    "undelivered": (LOST, "The text was not delivered."),
    "failed": (LOST, "The text was not sent."),
    "canceled": (LOST, "The text was taken back."),
}
CALLS: Mapping[str, tuple[Delivery, str]] = {
    **dict.fromkeys(("queued", "initiated", "ringing"), (ON_ITS_WAY, "")),
    **dict.fromkeys(("in-progress", "answered", "completed"), (THERE, "")),
    "busy": (LOST, "The line was busy."),
    "no-answer": (LOST, "Nobody answered."),
    "failed": (LOST, "The call did not come about."),
    "canceled": (LOST, "The call was ended before anybody answered."),
}
OVER = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
"""Of a call that has ended."""


def text_report(key: str, form: Mapping[str, str]) -> DeliveryReport | None:
    """Give what a status callback says of the text with this key; None when it names no status that is known."""
    return _report(key, Channel.SMS, form, form.get("MessageSid"), TEXTS.get(form.get("MessageStatus", "")))


def call_report(key: str, form: Mapping[str, str]) -> DeliveryReport | None:
    """Give what a status callback says of the call with this key; None when it names no status that is known."""
    return _report(key, Channel.VOICE, form, form.get("CallSid"), CALLS.get(form.get("CallStatus", "")))


def _report(
    key: str, channel: Channel, form: Mapping[str, str], sid: str | None, found: tuple[Delivery, str] | None
) -> DeliveryReport | None:
    if not sid or found is None:
        return None
    delivery, error = found
    kind: Trouble | None = None
    if delivery is LOST:
        code = form.get("ErrorCode", "")
        kind, said = trouble(number_of(code, 8))
        error = said if code else error
    return DeliveryReport(
        key=key,
        channel=channel,
        to_phone=normalise(form.get("To", "")),
        carrier_id=sid,
        delivery=delivery,
        error=error or None,
        trouble=kind,
        over=form.get("CallStatus", "") in OVER,
    )
