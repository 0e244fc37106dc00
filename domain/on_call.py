"""Who is on call for an organization, what they are told, and how they say that they see to it."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from .alert import ASKS, AlertKind
from .frozen import Frozen
from .gsm7 import respell
from .policy import Channel
from .text import ONE_LINE
from .voice import spoken

DEFAULT_WAIT = 300
"""Seconds that somebody has to acknowledge an alert before the next one is told."""

TURNS = 3
"""How often everybody on the list is told of an alert that nobody acknowledges."""

LONGEST_ADDRESS = 500
LONGEST_TEXT = 300
"""Characters of an alert in a text: two segments."""

A_PROGRAM_READS = 'A program reads this number. To see to an alert reply OK and its code, as "OK A27". For all else use the console.'
"""Said to whoever is on call and writes anything else."""

MAIL = re.compile(r"[^@\s,;<>()\[\]\\\"]{1,64}@[^@\s,;<>()\[\]\\\"]+\.[^@\s,;<>()\[\]\\\".]{2,}")
HTTPS = re.compile(r"https://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>\d{1,5}))?(?:[/?][!\"$-~]*)?")
OK = "ok|okay|k|yes|yep|si|sí|ack|got it|on it"
ACKNOWLEDGED = re.compile(
    rf"\W*(?:(?:{OK}|alert)\W+)*a\s?(?P<alert>\d{{1,15}})(?:\W+(?:{OK}|thanks|thank you))*\W*", re.IGNORECASE
)
BARE = re.compile(rf"\W*(?:{OK}|👍)\W*", re.IGNORECASE)


class OnCall(Frozen):
    """Somebody, or some program, that is told of alerts, and of shifts that were filled.

    `to` is a phone number (sms, voice), an address (email) or an https URL (webhook); `wait` is how many seconds go by before
    the next on the list is told too, 0 for none.
    """

    channel: Channel
    to: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_ADDRESS, pattern=ONE_LINE),
    ]
    wait: Annotated[int, Field(strict=True, ge=0, le=24 * 3600)] = DEFAULT_WAIT

    @model_validator(mode="after")
    def _address(self) -> Self:
        if self.channel is Channel.EMAIL and not MAIL.fullmatch(self.to):
            raise ValueError("this is no address for e-mail; write it as name@example.org")
        if self.channel is Channel.WEBHOOK and not _is_https(self.to):
            raise ValueError("a webhook is an https URL without a user or a fragment")
        return self


def _is_https(url: str) -> bool:
    parts = HTTPS.fullmatch(url)
    return parts is not None and 0 < int(parts["port"] or 443) < 1 << 16


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody who is to be told, of which organization, and how it calls itself. After `wait` seconds the next is."""

    organization_id: str
    sender: str
    contact: OnCall
    wait: int


@dataclass(frozen=True, slots=True)
class Matter:
    """An alert, or a shift that was filled, as it is told to whoever is on call; `alert_id` is None of what asks nothing."""

    at: datetime
    message: str
    organization_id: str | None
    alert_id: int | None = None
    kind: AlertKind | None = None
    shift_id: str | None = None
    shift: str | None = None
    caregiver_id: str | None = None
    caregiver_name: str | None = None
    caregiver_phone: str | None = None

    @property
    def code(self) -> str | None:
        """What a reply names it by. The letter tells it from the code of an offer."""
        return None if self.alert_id is None else f"A{self.alert_id}"

    def about(self, number: Callable[[str], str] = str) -> str:
        """Say what happened, and of an alert whom it is about and at which number: whoever is told may know nobody here."""
        who = [self.caregiver_name or "", number(self.caregiver_phone) if self.caregiver_phone else ""]
        new = [one for one in who if one and one not in self.message] if self.kind else []
        return f"{self.message} ({', '.join(new)})" if new else self.message

    @property
    def asks(self) -> str:
        """What is to be done; nothing where nothing is asked."""
        return f" {ASKS[self.kind]}" if self.kind else ""


def calling_list(lists: Mapping[tuple[str, str], Sequence[OnCall]]) -> list[Called]:
    """Give whom to tell, in order, from the lists of organizations (id and name). Those who stand at the same place of
    several lists are told at the same time."""
    called: list[Called] = []
    for place in zip_longest(*lists.values()):
        there = [(whose, one) for whose, one in zip(lists, place, strict=True) if one is not None]
        wait = max(one.wait for _, one in there)
        for number, ((organization_id, sender), one) in enumerate(there, 1):
            called.append(Called(organization_id, sender, one, wait if number == len(there) else 0))
    return called


def next_called(
    everybody: Sequence[Called], step: int, channels: frozenset[Channel]
) -> tuple[list[tuple[int, Called]], timedelta | None]:
    """Give who is told now, each with the number of the call, when `step` calls have been made of an alert; and after how
    long the next is, None when that was the last. Whom none of `channels` reaches is passed over."""
    now: list[tuple[int, Called]] = []
    for number in range(step, TURNS * len(everybody)):
        one = everybody[number % len(everybody)]
        if one.contact.channel not in channels:
            continue
        now.append((number, one))
        # Nobody is told twice at once, and somebody is told by and by.
        if one.wait or len(now) == len(everybody):
            return now, timedelta(seconds=one.wait or DEFAULT_WAIT)
    return now, None


def at_once(everybody: Sequence[Called], channels: frozenset[Channel]) -> list[Called]:
    """Give whom an alert would be told first: they are told of what asks nothing, too."""
    return [one for number, one in next_called(everybody, 0, channels)[0] if number < len(everybody)]


def said(matter: Matter, called: Called) -> str:
    """Put it into words for a channel: a text, a call's speech, an e-mail (its subject is the first line), or JSON."""
    match called.contact.channel:
        case Channel.SMS:
            return _text(matter, called.sender)
        case Channel.VOICE:
            keys = " Press 1 if you see to it." if matter.code else ""
            return f"{called.sender}. {matter.about(spoken.phone)}{matter.asks}{keys}"
        case Channel.EMAIL:
            return _mail(matter, called.sender)
        case _:
            return _json(matter, called.organization_id)


def _text(matter: Matter, sender: str) -> str:
    """What is to be done is left out where there is no room for it."""
    reply = f" Reply OK {matter.code} if you see to it." if matter.code else ""
    message, room = respell(f"{sender}: {matter.about()}"), LONGEST_TEXT - len(reply)
    if len(message) + len(matter.asks) <= room:
        message += matter.asks
    return (message if len(message) <= room else f"{message[: room - 3].rstrip()}...") + reply


def _mail(matter: Matter, sender: str) -> str:
    what = f"you are needed ({matter.kind.replace('_', ' ')})" if matter.kind else "filled"
    lines = [f"{sender}: {what}{f', {matter.shift}' if matter.shift else ''}", "", matter.about()]
    if matter.kind:
        lines += [
            ASKS[matter.kind],
            "",
            f"This is alert {matter.code}. Whoever sees to it acknowledges it: by text to the number that offers shifts"
            f' ("OK {matter.code}"), or through the API. Until then the next on call is told.',
        ]
    return "\n".join(lines)


def _json(matter: Matter, organization_id: str) -> str:
    data = {
        "organization_id": organization_id,
        "message": matter.message,
        "alert_id": matter.alert_id,
        "kind": matter.kind,
        "asks": ASKS[matter.kind] if matter.kind else None,
        "shift_id": matter.shift_id,
        "shift": matter.shift,
        "caregiver_id": matter.caregiver_id,
        "caregiver_name": matter.caregiver_name,
    }
    return json.dumps(
        {
            "type": "alert.opened" if matter.kind else "shift.filled",
            "timestamp": matter.at.astimezone(UTC).isoformat(),
            "data": {name: value for name, value in data.items() if value is not None},
        }
    )


def acknowledged(body: str, last_told: Sequence[str]) -> int | None:
    """Give the number of the alert that a text says is seen to: the one it names, or, of a bare "ok", the one that was
    the last thing told to that phone; `last_told` are the codes in that. None of any other text."""
    named = ACKNOWLEDGED.fullmatch(body)
    if named is not None:
        return int(named["alert"])
    if BARE.fullmatch(body) and len(last_told) == 1 and re.fullmatch(r"A\d{1,15}", last_told[0]):
        return int(last_told[0][1:])
    return None
