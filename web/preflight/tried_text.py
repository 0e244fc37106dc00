"""One text to a phone that somebody holds: whether it arrives, and whether Twilio tells us so and brings the answer."""

from collections.abc import Iterator, Sequence
from secrets import token_hex

from ...actors.carriers.port import OutboundMessage, SendFailed
from ...actors.carriers.twilio.carrier import TwilioCarrier
from ...actors.carriers.twilio.codes import trouble
from ...actors.carriers.twilio.settings import TwilioSettings
from ...domain.phone import mask
from ...domain.policy import Channel
from ...domain.text import number_of
from ..twilio.signed_requests import SignedRequest
from .finding import Finding
from .stand_in import StandIn
from .twilio_numbers import FoundNumber

BODY = "This is a test of the number that offers you shifts; it offers none. Please answer THANKS"
"""The service finds the answer in Twilio's books at its next start: it must take no shift, as an "ok" to an offer would."""
DELIVERED = "delivered"
ENDS = (DELIVERED, "undelivered", "failed", "canceled")
MEND = "see that the first token in the settings is the account's primary one, and that the address can be reached from outside"


def try_text(
    settings: TwilioSettings, numbers: Sequence[FoundNumber], phone: str, stand_in: StandIn, seconds: float
) -> Iterator[Finding]:
    """Text `phone` from the first number that can, and wait for the signed status and then for the answer, each so long."""
    what = f"text to {mask(phone)}"
    sender = next((one for one in numbers if Channel.SMS in one.own.channels), None)
    if sender is None:
        yield Finding(what, "there is no number to text from", "see above")
        return
    stand_in.expected = phone
    refused = stand_in.refused
    carrier = TwilioCarrier(settings)
    try:
        sid = carrier.send_text(
            OutboundMessage(
                key=f"preflight-{token_hex(8)}",
                to_phone=phone,
                from_phone=sender.own.number,
                account=sender.account.sid,
                body=BODY,
                channel=Channel.SMS,
            )
        )
    except SendFailed as error:
        yield Finding(what, str(error), "see what Twilio says of it in its console under Monitor, Logs")
        return
    finally:
        carrier.close()
    yield Finding(
        what, f"Twilio took it from {sender.own.number}; waiting up to {seconds:.0f} s for its status"
    )

    told = Told(stand_in, sid)
    stand_in.wait(lambda: told.ended is not None, seconds)
    if told.ended is None and not told.statuses:
        yield _no_status(what, came_unsigned=stand_in.refused > refused)
        return
    if told.ended not in (None, DELIVERED):
        why = trouble(number_of(told.code, 8))[1]
        yield Finding(what, why, "try another phone, and see in Twilio's console under Monitor, Logs")
        return
    how = "it was delivered" if told.ended else "it was sent, and no network says that it arrived"
    yield Finding(
        what,
        f"{how}, as Twilio says and signs; answer it within {seconds:.0f} s",
        doubtful=told.ended is None,
    )
    if stand_in.wait(lambda: bool(stand_in.texts), seconds):
        yield Finding(what, "the answer came, signed")
    else:
        yield Finding(what, "no answer came", "see where the number's texts are told, and answer as it asks")


class Told:
    """What Twilio has said of one text so far."""

    def __init__(self, stand_in: StandIn, sid: str) -> None:
        self._stand_in, self._sid = stand_in, sid

    @property
    def statuses(self) -> list[str]:
        """In the order in which they came."""
        return [one.get("MessageStatus") for one in self._of_it()]

    @property
    def ended(self) -> str | None:
        """The last word on it, where it has been said."""
        return next((one for one in self.statuses if one in ENDS), None)

    @property
    def code(self) -> str:
        """The number of the error."""
        return next((one.get("ErrorCode") for one in self._of_it() if one.get("ErrorCode")), "")

    def _of_it(self) -> list[SignedRequest]:
        return [one for one in self._stand_in.statuses if one.get("MessageSid") == self._sid]


def _no_status(what: str, *, came_unsigned: bool) -> Finding:
    if came_unsigned:
        return Finding(what, "its status came, signed with a token that the settings do not have", MEND)
    return Finding(what, "no status of it came to the public address", MEND)
