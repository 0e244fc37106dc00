"""What Twilio says became of our texts and calls."""

from flask import Response

from ...actors.carriers.port import DeliveryReport
from ...actors.desk.desk import ShiftDesk
from .twiml import respond


def take_report(report: DeliveryReport | None, desk: ShiftDesk) -> Response:
    """Have it recorded. A status that we do not know, or of a message that is none of ours, is taken and changes nothing: no
    further attempt would say more. Where it cannot be recorded the error goes on, and is told as 503."""
    if report is not None:
        desk.report_delivery(report)
    return respond()
