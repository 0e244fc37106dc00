"""The carrier: texts and calls by Twilio's API."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

from ....domain.message import InboundMessage
from ....domain.policy import PHONES, Channel
from ...runtime.clock import Clock
from ..port import (
    Capabilities,
    CarrierRefuses,
    OutboundMessage,
    OutcomeUnknown,
    Recovery,
    TransientFailure,
)
from .callbacks import CALL, STATUS, VOICE, callback_url
from .client import ApiAnswer, TwilioClient
from .codes import refusal, said
from .inbox import inbound_texts
from .settings import TwilioAccount, TwilioSettings

BOOKS = 5.0
"""Seconds after which Twilio's lists surely have what it took."""

RINGS = 25
"""Seconds a phone rings: most voicemail answers later."""

PAGE, MOST_PAGES = 100, 50
"""Messages to one person that are asked for at a time, and how often while one is looked for: newest come first."""

MOST_REMEMBERED = 10_000
"""Messages of which is remembered whose they are."""

CLOCKS_DIFFER = timedelta(minutes=2)
"""What Twilio made so long before it was handed over may be it: how its clock differs is known to some seconds."""

LONGEST_WAIT_THERE = 14_400
"""Seconds a message waits at Twilio at most, where nothing else is said."""


class TwilioCarrier:
    """A `Carrier` that speaks Twilio's API.

    A send is never made twice by it: Twilio takes the same message again. After a call to the API whose answer did not come
    it says `OutcomeUnknown`; then the first signed status callback tells which message it was, or `look_up` finds it among
    those that Twilio lists.
    """

    def __init__(self, settings: TwilioSettings, clock: Clock | None = None) -> None:
        """`clock` says when something is handed over; the machine's, where none is given."""
        self._settings = settings
        self._client = TwilioClient(settings, clock)
        self._lock = Lock()
        self._ours: OrderedDict[str, tuple[TwilioAccount, str]] = OrderedDict()
        self._capabilities = Capabilities(
            channels=PHONES,
            recovery=Recovery.LOOK_UP,
            calls_at_once=settings.calls_at_once,
            settles_in=settings.connect_timeout + settings.read_timeout + BOOKS,
            rate=settings.rate,
            ceilings=settings.ceilings,
        )

    @property
    def capabilities(self) -> Capabilities:
        """Say what this carrier can do: both channels, and it can be asked what it took."""
        return self._capabilities

    def send_text(self, outbound: OutboundMessage) -> str:
        """Hand a text over."""
        form = {
            "Body": outbound.body,
            "StatusCallback": self._url(STATUS, outbound),
            "SmartEncoded": "true",
            "ValidityPeriod": str(outbound.valid_for or LONGEST_WAIT_THERE),
        }
        return self._create("Messages.json", outbound, form)

    def place_call(self, outbound: OutboundMessage) -> str:
        """Have a phone ring. What is said is asked for when somebody picks up."""
        form: dict[str, Any] = {
            "Url": self._url(VOICE, outbound),
            "Method": "POST",
            "StatusCallback": self._url(CALL, outbound),
            "StatusCallbackEvent": ["initiated", "ringing", "answered", "completed"],
            "Timeout": str(RINGS),
        }
        return self._create("Calls.json", outbound, form)

    def cancel(self, carrier_id: str) -> bool:
        """End a call that rings or waits, or a text that waits. A call that talks asks anew what to say. False when it is too late."""
        kind = "Calls" if carrier_id.startswith("CA") else "Messages"
        path = f"{kind}/{quote(carrier_id, safe='')}.json"
        for account in self._accounts_of(carrier_id):
            answer = self._client.post(account, path, {"Status": "canceled"})
            if answer.status == 429:
                raise refusal(answer)
            # An account whose credentials are wrong keeps the others from nothing.
            if answer.status not in (401, 403, 404):
                if answer.status == 200 and answer.body.get("status") == "in-progress":
                    return self._ask_anew(account, path, carrier_id)
                return answer.status == 200 and answer.body.get("status") == "canceled"
        return False

    def _ask_anew(self, account: TwilioAccount, path: str, sid: str) -> bool:
        """Send a call back to its start, where it is said how things stand now. Of one placed before a start the key is not
        known; it hears the truth when a key is pressed."""
        with self._lock:
            known = self._ours.get(sid)
        if known is None:
            return False
        url = callback_url(self._settings.public_url, VOICE, known[1])
        return self._client.post(account, path, {"Url": url, "Method": "POST"}).status == 200

    def look_up(self, outbound: OutboundMessage) -> str | None:
        """Give the id of what Twilio took from this number for this phone since it was handed over, and what is not known to
        be another message. Of several, the one with the same text, then the oldest: a text may have been redacted, and when
        it was sent is not known while it waits. One with other words is another message, of which it may be in doubt as well
        whether it was taken."""
        if outbound.from_phone is None:
            # Without a number of ours it was never asked for.
            return None
        account = self._account(outbound)
        listed = self._listed(account, outbound)
        with self._lock:
            found = [
                (one.get("body") != outbound.body, made, sid)
                for one, sid, made in listed
                if made is not None
                and self._may_be(sid, made, outbound)
                and _may_say(one.get("body"), outbound.body)
            ]
            if not found:
                return None
            *_, sid = min(found)
            self._remember(sid, account, outbound.key)
        return sid

    def _listed(
        self, account: TwilioAccount, outbound: OutboundMessage
    ) -> list[tuple[Any, str, datetime | None]]:
        """Give what Twilio lists for this phone, back to when it was handed over, each with its id and when it was made. Raises
        `TransientFailure` when that is too much: what was not looked through may be it."""
        kind = "Calls" if outbound.channel is Channel.VOICE else "Messages"
        query = {"To": outbound.to_phone, "From": outbound.from_phone or "", "PageSize": str(PAGE)}
        listed: list[tuple[Any, str, datetime | None]] = []
        for number, answer in enumerate(self._client.pages(account, f"{kind}.json", query)):
            some = answer.body.get(kind.lower())
            if answer.status >= 400:
                raise refusal(answer)
            if not isinstance(some, list) or number == MOST_PAGES:
                raise TransientFailure(f"Twilio does not say what it took: {said(answer)}")
            found = [(one, *_made(one, answer)) for one in some]
            listed += found
            if any(made is not None and self._is_before(made, outbound) for _, _, made in found):
                break
        return listed

    def inbound_since(self, number: str, account: str | None, since: datetime) -> list[InboundMessage]:
        """Give the texts that came in at a number of ours since an instant, oldest first. Raises a kind of `SendFailed`."""
        known = self._settings.account(account)
        if known is None:
            raise CarrierRefuses(f"The settings name no Twilio account {account}.")
        return inbound_texts(self._client, known, number, since)

    def close(self) -> None:
        """Let go of connections."""
        self._client.close()

    def _create(self, path: str, outbound: OutboundMessage, form: Mapping[str, Any]) -> str:
        account = self._account(outbound)
        form = {"To": outbound.to_phone, "From": outbound.from_phone, **form}
        answer = self._client.post(account, path, form)
        sid = answer.body.get("sid")
        if answer.status >= 400:
            raise refusal(answer)
        if not isinstance(sid, str) or not sid:
            raise OutcomeUnknown(f"Twilio answered {answer.status} without an id.")
        with self._lock:
            self._remember(sid, account, outbound.key)
        return sid

    def _account(self, outbound: OutboundMessage) -> TwilioAccount:
        account = self._settings.account(outbound.account)
        if outbound.from_phone is None:
            raise CarrierRefuses("The organization has no number of its own for this: give it one.")
        if account is None:
            raise CarrierRefuses(f"The settings name no Twilio account {outbound.account}.")
        return account

    def _url(self, path: str, outbound: OutboundMessage) -> str:
        return callback_url(self._settings.public_url, path, outbound.key)

    def _may_be(self, sid: str, made: datetime, outbound: OutboundMessage) -> bool:
        _, key = self._ours.get(sid, (None, outbound.key))
        if key != outbound.key or sid in outbound.others:
            return False
        return not self._is_before(made, outbound)

    def _is_before(self, made: datetime, outbound: OutboundMessage) -> bool:
        return outbound.since is not None and made < outbound.since - CLOCKS_DIFFER

    def _remember(self, sid: str, account: TwilioAccount, key: str) -> None:
        self._ours[sid] = account, key
        while len(self._ours) > MOST_REMEMBERED:
            self._ours.popitem(last=False)

    def _accounts_of(self, sid: str) -> Sequence[TwilioAccount]:
        with self._lock:
            known = self._ours.get(sid)
        return self._settings.accounts if known is None else known[:1]


def _may_say(listed: object, body: str) -> bool:
    """Whether what is listed may be our text: it may have been redacted, spelt more plainly, or have Twilio's own words before it."""
    return not isinstance(listed, str) or not listed or _letters(listed).endswith(_letters(body))


def _letters(text: str) -> str:
    return "".join(one for one in normalize("NFKD", text) if one.isascii() and one.isalnum())


def _made(listed: object, answer: ApiAnswer) -> tuple[str, datetime | None]:
    """Give the id of something listed, and when it was made by our clock; None when it is none of ours."""
    if not isinstance(listed, dict) or not isinstance(listed.get("sid"), str):
        return "", None
    if not str(listed.get("direction", "")).startswith("outbound"):
        return listed["sid"], None
    try:
        return listed["sid"], answer.instant(listed["date_created"])
    except (KeyError, TypeError, ValueError):
        return listed["sid"], None
