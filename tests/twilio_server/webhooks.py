"""The requests that the server makes: signed, one after another for one message or call, tried again, and the fallback."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from urllib.parse import urldefrag, urlencode, urlsplit

from .account import Account
from .agenda import Agenda
from .fault_plan import FaultPlan, Trouble
from .sids import Sids
from .signature import sign
from .webhook import Fields, Outcome, Overrides, Reason, Sent, Webhook

Then = Callable[[Outcome, datetime], None]


@dataclass(frozen=True, slots=True)
class Alert:
    """What the real one would list in its debugger: an error's number and the URL it was about."""

    code: int
    url: str


@dataclass(slots=True)
class Errand:
    """One thing that somebody is to be told, until it has been or cannot be.

    `about` is the message or call: of two errands about the same one the second waits for the first. What is `spared` is
    never late, doubled or lost on its way.
    """

    account: Account
    about: str
    url: str
    fields: Fields
    method: str = "POST"
    fallback: str | None = None
    then: Then = lambda outcome, now: None
    spared: bool = False
    token: str = ""
    tried: int = 0
    since: datetime | None = None
    overrides: Overrides = field(default_factory=Overrides)


class Webhooks:
    """Turns errands into requests. `waiting` are the requests to be made now."""

    def __init__(self, sids: Sids, agenda: Agenda) -> None:
        self.faults = FaultPlan()
        self.waiting: list[Webhook] = []
        self.sent: list[Sent] = []
        self.alerts: list[Alert] = []
        self._sids = sids
        self._agenda = agenda
        self._numbers = count(1)
        self._under_way: dict[int, tuple[Webhook, Errand]] = {}
        self._behind: dict[str, deque[Errand]] = {}

    @property
    def idle(self) -> bool:
        """Whether nobody is being asked and nobody has to be."""
        return not self.waiting and not self._under_way

    def send(self, errand: Errand, now: datetime) -> None:
        """See to an errand: at once, or when what goes before it is over; unless something goes wrong on the way."""
        errand.token = self._sids.uuid()
        trouble = None if errand.spared else self.faults.of_webhook(errand.fields)
        if trouble is Trouble.LATE:
            late = now + timedelta(seconds=self.faults.late)
            self._agenda.at(late, lambda when: self._put(errand, when))
        elif trouble is not Trouble.NEVER:
            self._put(errand, now)
            if trouble is Trouble.TWICE:
                self._put(replace(errand, then=lambda outcome, when: None), now)

    def _put(self, errand: Errand, now: datetime) -> None:
        behind = self._behind.get(errand.about)
        if behind is not None:
            behind.append(errand)
            return
        self._behind[errand.about] = deque()
        self._begin(errand, now)

    def came_back(self, number: int, outcome: Outcome, now: datetime) -> None:
        """Say what came of a request."""
        webhook, errand = self._under_way.pop(number)
        self.sent.append(Sent(webhook, outcome))
        reason = outcome.reason
        if reason is not None:
            again = errand.tried <= errand.overrides.retries and reason in errand.overrides.policy
            if again and self._left(errand, now) > 0:
                self._ask(errand, now)
                return
            code = 11205 if reason is Reason.NO_CONNECTION else 11200
            self.alerts.append(Alert(code, errand.url))
            if errand.fallback:
                more = (("ErrorCode", str(code)), ("ErrorUrl", errand.url))
                fields = errand.fields + more
                self._begin(replace(errand, url=errand.fallback, fields=fields, fallback=None, token=""), now)
                return
        waiting = self._behind[errand.about]
        if waiting:
            self._begin(waiting.popleft(), now)
        else:
            del self._behind[errand.about]
        errand.then(outcome, now)

    def _begin(self, errand: Errand, now: datetime) -> None:
        errand.token = errand.token or self._sids.uuid()
        errand.overrides = Overrides.of(errand.url)
        errand.since, errand.tried = now, 0
        self._ask(errand, now)

    def _ask(self, errand: Errand, now: datetime) -> None:
        errand.tried += 1
        url, fields = urldefrag(errand.url).url, errand.fields
        if errand.method == "GET":
            url += ("&" if urlsplit(url).query else "?") + urlencode(fields)
        posted = () if errand.method == "GET" else fields
        headers = {
            "Accept": "*/*",
            "User-Agent": "TwilioProxy/1.1",
            "X-Twilio-Signature": sign(errand.account.auth_token, url, posted),
            "I-Twilio-Idempotency-Token": errand.token,
        }
        if errand.method != "GET":
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        left = self._left(errand, now)
        webhook = Webhook(
            next(self._numbers),
            errand.method,
            url,
            fields,
            headers,
            min(errand.overrides.connect, left),
            min(errand.overrides.read, left),
        )
        self._under_way[webhook.number] = webhook, errand
        self.waiting.append(webhook)

    def _left(self, errand: Errand, now: datetime) -> float:
        return errand.overrides.total - (now - (errand.since or now)).total_seconds()
