"""The paths that Twilio posts to, each by an operation of its own. None needs the API's token: the signature is proof."""

from flask import Blueprint, Response, request

from ..http.operation import NAME_IN_ENVIRON
from ..routes.inbound import InboundRoute
from .signed_requests import SignedRequests, TwilioAccounts
from .texts import take_in

TEXT = "/twilio/text"

OPEN = frozenset({TEXT})
"""What is open to whoever has no token; a path that ends in a slash with all below it."""


def twilio_blueprint(accounts: TwilioAccounts, inbound: InboundRoute) -> Blueprint:
    """Give the webhooks of these accounts."""
    blueprint = Blueprint("twilio", __name__)
    signed = SignedRequests(accounts)

    @blueprint.before_request
    def name_operation() -> None:
        request.environ[NAME_IN_ENVIRON] = (request.endpoint or "").replace(".", "_")

    @blueprint.post(TEXT)
    def text() -> Response:
        return take_in(signed.read("To"), inbound)

    return blueprint
