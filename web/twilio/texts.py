"""Texts that came in at a number of ours."""

import logging

from flask import Response
from pydantic import ValidationError

from ...actors.errors import UnknownPhone
from ...domain.message import LONGEST_TEXT, CarrierText, Keyword
from ...domain.phone import mask
from ..routes.inbound import InboundRoute
from .signed_requests import SignedRequest
from .twiml import respond

logger = logging.getLogger(__name__)

KEYWORDS = {one.name: one for one in Keyword}


def take_in(text: SignedRequest, inbound: InboundRoute) -> Response:
    """Have a text answered, which is done by the outbox; Twilio is only told that it need not send it again.

    Where the journal cannot be used the error goes on, and is told as 503: that makes Twilio try again, or the other
    address of the number. What no second attempt would change is taken, so that none is made.
    """
    try:
        inbound.receive(_message(text))
    except UnknownPhone:
        # A person has been called, and the outbox tells the writer whose number this is.
        pass
    except ValidationError:
        logger.warning("A text from %s cannot be read and was dropped", mask(text.get("From")))
    return respond()


def _message(text: SignedRequest) -> CarrierText:
    return CarrierText(
        from_phone=text.get("From"),
        to_phone=text.get("To"),
        # Longer ones come in parts.
        body=text.get("Body").replace("\0", "")[:LONGEST_TEXT],
        message_id=text.get("MessageSid"),
        keyword=KEYWORDS.get(text.get("OptOutType").upper()),
    )
