"""A call, going out or come in, as the account's books have it, and what was said in it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from .instants import rfc2822
from .phone import Phone
from .twiml import WORDS_A_SECOND, Verb
from .webhook import Fields

OVER = {"completed", "busy", "failed", "no-answer", "canceled"}


@dataclass(slots=True)
class Call:
    """One call. `turn` rises whenever something else is to be said than was: what was planned before is void then."""

    sid: str
    account_sid: str
    caller: str
    to: str
    direction: str
    created: datetime
    updated: datetime
    status: str = "queued"
    url: str | None = None
    method: str = "POST"
    fallback: str | None = None
    twiml: str | None = None
    callback: str | None = None
    events: frozenset[str] = frozenset({"completed"})
    timeout: float = 60.0
    time_limit: float = 14_400.0
    detection: str | None = None
    answered_by: str | None = None
    started: datetime | None = None
    ended: datetime | None = None
    told: int = 0
    turn: int = 0
    verbs: list[Verb] = field(default_factory=list)
    words: list[tuple[datetime, str]] = field(default_factory=list)

    @property
    def person(self) -> str:
        """The number of whoever is called, or calls us."""
        return self.caller if self.direction == "inbound" else self.to

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.status in OVER

    def say(self, text: str, now: datetime) -> None:
        """Put words on the line, one after another from now on."""
        self.words += [
            (now + timedelta(seconds=at / WORDS_A_SECOND), word) for at, word in enumerate(text.split())
        ]

    def fall_silent(self, now: datetime) -> None:
        """Take back the words that were not yet said."""
        self.words = [(when, word) for when, word in self.words if when < now]

    def said_between(self, start: datetime, end: datetime) -> str:
        """Give the words that were said from `start` up to `end`."""
        return " ".join(word for when, word in self.words if start <= when < end)

    def person_listens(self, phone: Phone, now: datetime) -> bool:
        """Whether a person is on the line."""
        if self.started is None or self.over or phone.machine:
            return False
        screening = phone.screening
        if screening is None or self.direction == "inbound":
            return True
        return screening.lets_through and now >= self.started + timedelta(seconds=screening.listens)

    def payload(self) -> dict[str, Any]:
        """Give it as the API shows it."""
        uri = f"/2010-04-01/Accounts/{self.account_sid}/Calls/{self.sid}"
        parts = ("notifications", "recordings", "events", "payments", "siprec", "streams", "transcriptions")
        return {
            "account_sid": self.account_sid,
            "annotation": None,
            "answered_by": self.answered_by,
            "api_version": "2010-04-01",
            "caller_name": None,
            "date_created": rfc2822(self.created),
            "date_updated": rfc2822(self.updated),
            "direction": self.direction,
            "duration": str(self.seconds) if self.over else None,
            "end_time": rfc2822(self.ended),
            "forwarded_from": None,
            "from": self.caller,
            "from_formatted": self.caller,
            "group_sid": None,
            "parent_call_sid": None,
            "phone_number_sid": None,
            "price": f"-{0.014 * ceil(self.seconds / 60):.5f}" if self.over else None,
            "price_unit": "USD",
            "queue_time": "0",
            "sid": self.sid,
            "start_time": rfc2822(self.started),
            "status": self.status,
            "subresource_uris": {part: f"{uri}/{part.capitalize()}.json" for part in parts},
            "to": self.to,
            "to_formatted": self.to,
            "trunk_sid": None,
            "uri": f"{uri}.json",
        }

    @property
    def seconds(self) -> int:
        """How long it lasted, in whole seconds begun."""
        if self.started is None or self.ended is None:
            return 0
        return ceil((self.ended - self.started).total_seconds())

    def fields(self) -> Fields:
        """Give what every webhook about it says."""
        fields = [
            ("AccountSid", self.account_sid),
            ("ApiVersion", "2010-04-01"),
            ("CallSid", self.sid),
            ("CallStatus", self.status),
            ("Called", self.to),
            ("Caller", self.caller),
            ("Direction", self.direction),
            ("From", self.caller),
            ("To", self.to),
        ]
        if self.answered_by:
            fields.append(("AnsweredBy", self.answered_by))
        return tuple(fields)
