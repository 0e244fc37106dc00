"""Texts that came in at a number of ours, as Twilio's books have them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from pydantic import ValidationError

from ....domain.message import LONGEST_TEXT, CarrierText, InboundMessage
from ..port import TransientFailure
from .client import ApiAnswer, TwilioClient
from .codes import said
from .settings import TwilioAccount

PAGE = 200
MOST_PAGES = 100
"""Pages of one number that are looked through; newest come first, so the oldest are left out."""


def inbound_texts(
    client: TwilioClient, account: TwilioAccount, number: str, since: datetime
) -> list[InboundMessage]:
    """Give the texts that came in at `number` since an instant, oldest first, each with the id its webhook had and when it was
    by our clock.

    Raises as the client does, and `TransientFailure` when Twilio refuses to say.
    """
    # What day it is there, its answer tells.
    day = (since - timedelta(days=1)).date()
    query = {"To": number, "DateSent>": day.isoformat(), "PageSize": str(PAGE)}
    found: list[InboundMessage] = []
    for answer in islice(client.pages(account, "Messages.json", query), MOST_PAGES):
        listed = answer.body.get("messages")
        if answer.status != 200 or not isinstance(listed, list):
            raise TransientFailure(f"Twilio does not say what came in: {said(answer)}")
        found += _read(listed, answer)
        if found and _when(found[-1]) < since:
            break
    return [one for one in reversed(found) if _when(one) >= since]


def _when(text: InboundMessage) -> datetime:
    assert text.timestamp is not None
    return text.timestamp


def _read(listed: list[Any], answer: ApiAnswer) -> Iterator[InboundMessage]:
    for one in listed:
        try:
            if one["direction"] == "inbound":
                yield CarrierText(
                    from_phone=one["from"],
                    to_phone=one["to"],
                    body=str(one["body"] or "").replace("\0", "")[:LONGEST_TEXT],
                    timestamp=answer.instant(one["date_sent"] or one["date_created"]),
                    message_id=one["sid"],
                )
        except (KeyError, TypeError, ValueError, ValidationError):
            # Not a text that could come in by the webhook either.
            continue
