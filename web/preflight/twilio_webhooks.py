"""Whether Twilio tells us of texts and calls to our numbers; and having it told to."""

from collections.abc import Collection, Iterator
from urllib.parse import urldefrag

from ...actors.carriers.twilio.books import TwilioBooks
from ...actors.carriers.twilio.callbacks import RETRIES
from ...domain.policy import Channel
from ..twilio.calls import CALL_IN
from ..twilio.routes import TEXT
from .finding import Finding
from .twilio_numbers import FoundNumber

FIX = "run firstyes preflight --fix"
KINDS = {Channel.SMS: ("sms", "Sms", "texts", TEXT), Channel.VOICE: ("voice", "Voice", "calls", CALL_IN)}
"""Of each channel: how its fields are named in answers and in requests, and where we take it."""


class Webhooks:
    """Looks where Twilio tells texts and calls of our numbers, which all have to be told at `public_url`.

    With `fix` it has Twilio tell them there. `ours` are all our numbers: a service that others use too is left alone.
    """

    def __init__(self, books: TwilioBooks, public_url: str, ours: Collection[str], *, fix: bool) -> None:
        self._books = books
        self._public_url = public_url
        self._ours = frozenset(ours)
        self._fix = fix

    def look_at(self, found: FoundNumber) -> Iterator[Finding]:
        """Say where a number's texts and calls are told. Raises a kind of `SendFailed` when Twilio does not say."""
        wrong: dict[str, str] = {}
        for channel in found.own.channels:
            name, written, things, path = KINDS[channel]
            url = f"{self._public_url}{path}"
            why = self._mistake(found, name, url)
            if why is None:
                yield Finding(found.what, f"{things} are told to {url}")
                continue
            wrong |= {
                f"{written}Url": f"{url}{RETRIES}",
                f"{written}Method": "POST",
                f"{written}ApplicationSid": "",
            }
            if self._fix:
                yield Finding(found.what, f"{things} are told to {url} from now on")
            else:
                yield Finding(found.what, f"{things}: {why}", f"{FIX}, or have them posted to {url}")
        if self._fix and wrong:
            self._books.change_number(found.account, found.sid, wrong)
        if Channel.SMS in found.own.channels:
            yield from self._service(found)

    def _mistake(self, found: FoundNumber, name: str, url: str) -> str | None:
        record = found.record
        if record.get(f"{name}_application_sid"):
            return f"the TwiML app {record[f'{name}_application_sid']} takes them"
        told = urldefrag(str(record.get(f"{name}_url") or "")).url
        if told != url:
            return f"they are told to {told}" if told else "nobody is told of them"
        method = record.get(f"{name}_method")
        return None if method == "POST" else f"they are told by {method}, and only POST is taken"

    def _service(self, found: FoundNumber) -> Iterator[Finding]:
        """A service has its own address for what its numbers receive, and that of the number does not count then."""
        service, url = found.service, f"{self._public_url}{TEXT}"
        if service is None or service.record.get("use_inbound_webhook_on_number"):
            return
        told = urldefrag(str(service.record.get("inbound_request_url") or "")).url
        if told == url and service.record.get("inbound_method") == "POST":
            yield Finding(found.what, f"its service {service.sid} tells texts to {url}")
            return
        where = f"tells its texts to {told}" if told else "drops its texts"
        why = f"its service {service.sid} {where}, whatever the number says"
        by_hand = f"in Twilio's console, Messaging, Services, Integration: choose to defer to the sender's webhook, or post to {url}"
        if service.numbers - self._ours:
            yield Finding(
                found.what, f"{why}; it has numbers that are not ours, so it is left alone", by_hand
            )
        elif self._fix:
            self._books.change_service(found.account, service, {"UseInboundWebhookOnNumber": "true"})
            yield Finding(found.what, f"its service {service.sid} leaves texts to the number from now on")
        else:
            yield Finding(found.what, why, f"{FIX}, or {by_hand}")
