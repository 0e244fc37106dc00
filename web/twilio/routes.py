"""The paths that Twilio posts to, each by an operation of its own. None needs the API's token: the signature is proof."""

from flask import Blueprint, Response, request

from ...actors.carriers.port import DeliveryReport
from ...actors.carriers.twilio.callbacks import CALL, STATUS
from ...actors.carriers.twilio.settings import TwilioSettings
from ...actors.carriers.twilio.statuses import call_report, text_report
from ...actors.desk.desk import ShiftDesk
from ..http.operation import NAME_IN_ENVIRON
from ..routes.inbound import InboundRoute
from .calls import CALL_IN, CODE, KEYS, KEYS_CALL_IN, PICKED_UP, Calls
from .signed_requests import SignedRequests
from .texts import take_in
from .twiml import respond

TEXT = "/twilio/text"

OPEN = frozenset({TEXT, f"{STATUS}/", f"{CALL}/", PICKED_UP, KEYS, CALL_IN, CODE, KEYS_CALL_IN})
"""What is open to whoever has no token; a path that ends in a slash with all below it."""


def twilio_blueprint(desk: ShiftDesk, settings: TwilioSettings, inbound: InboundRoute) -> Blueprint:
    """Give the webhooks of the accounts that the settings name."""
    blueprint = Blueprint("twilio", __name__)
    signed = SignedRequests(settings, lambda: desk.journal)
    calls = Calls(desk, inbound, settings.public_url)

    @blueprint.before_request
    def name_operation() -> None:
        request.environ[NAME_IN_ENVIRON] = (request.endpoint or "").replace(".", "_")

    @blueprint.post(TEXT)
    def text() -> Response:
        return take_in(signed.read("To"), inbound)

    # Of what we sent, and in a call that we placed, our number is `From`; in a call to us it is `To`.

    @blueprint.post(f"{STATUS}/<parameter(key):key>")
    def status(key: str) -> Response:
        return taken(text_report(key, signed.read("From").fields))

    @blueprint.post(f"{CALL}/<parameter(key):key>")
    def call_status(key: str) -> Response:
        return taken(call_report(key, signed.read("From").fields))

    def taken(report: DeliveryReport | None) -> Response:
        # One that we do not know, or of no message of ours, changes nothing: no further attempt would say more.
        if report is not None:
            desk.report_delivery(report)
        return respond()

    @blueprint.post(f"{PICKED_UP}<parameter(key):key>")
    def voice(key: str) -> Response:
        return calls.pick_up(key, signed.read("From"))

    @blueprint.post(f"{KEYS}<parameter(key):key>")
    def keys(key: str) -> Response:
        return calls.press(key, signed.read("From"))

    @blueprint.post(CALL_IN)
    def call_in() -> Response:
        return calls.call_in(signed.read("To"))

    @blueprint.post(CODE)
    def code() -> Response:
        return calls.enter_code(signed.read("To"))

    @blueprint.post(KEYS_CALL_IN)
    def keys_call_in() -> Response:
        return calls.press_called_in(signed.read("To"))

    return blueprint
