"""A simulated phone: it keeps what it received, and answers as it was told to."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from ...domain.policy import Channel

KEPT = 50
"""Texts, and as many calls, that one phone keeps; the oldest goes first."""

KEYS = {"1": "YES", "2": "NO"}
"""What pressing a key in a call says."""

_CODE = re.compile(r"\b(?:YES|SI) (\d{2,4})\b")


@dataclass(frozen=True, slots=True)
class Received:
    """A text or call that reached a phone; `body` is the text, or what the call says."""

    channel: Channel
    at: datetime
    from_phone: str | None
    body: str
    carrier_id: str

    @property
    def code(self) -> str | None:
        """The reply code the body teaches ("Reply YES 27" → "27"), or None."""
        found = _CODE.search(self.body)
        return found.group(1) if found else None


Behaviour = Callable[[str], str | None]
"""Given the text that came: what to reply, or None for nothing."""


@dataclass(frozen=True, slots=True)
class Intended:
    """What a phone will do about a message: say `body` after `after` seconds."""

    body: str
    after: float


class Phone:
    """One simulated phone. Safe to use from any thread.

    `texts` and `calls` are what it received, oldest first, the last `KEPT` of each. It stays silent unless it is told
    what to do: `answers` and `presses` are used up one by one, `will_reply` stays.
    """

    def __init__(self, number: str, say: Callable[["Phone", str], None]) -> None:
        self.number = number
        self._say = say
        self._lock = Lock()
        self._texts: deque[Received] = deque(maxlen=KEPT)
        self._calls: deque[Received] = deque(maxlen=KEPT)
        self._answers: deque[Intended] = deque()
        self._presses: deque[Intended] = deque()
        self._behaviour: Behaviour | None = None
        self._behaves_after = 0.0

    @property
    def texts(self) -> list[Received]:
        """The texts it received."""
        with self._lock:
            return list(self._texts)

    @property
    def calls(self) -> list[Received]:
        """The calls that made it ring."""
        with self._lock:
            return list(self._calls)

    def answers(self, text: str, after: float = 0.0) -> None:
        """Answer the next text with `text`, `after` seconds later. "{code}" in it becomes the code in that text."""
        with self._lock:
            self._answers.append(Intended(text, after))

    def presses(self, key: str, after: float = 0.0) -> None:
        """Answer the next call, and press `key` `after` seconds later: 1 takes the shift, 2 passes.

        Raises ValueError for any other key.
        """
        if key not in KEYS:
            raise ValueError(f"a call is answered with the key 1 or 2, not {key!r}")
        with self._lock:
            self._presses.append(Intended(KEYS[key], after))

    def will_reply(self, behaviour: Behaviour | None, after: float = 0.0) -> None:
        """From now on answer every text that nothing else is planned for with what `behaviour` says to it."""
        with self._lock:
            self._behaviour, self._behaves_after = behaviour, after

    def says(self, text: str) -> None:
        """Text the number that last texted this phone, now and unasked."""
        self._say(self, text)

    def receive(self, received: Received) -> Intended | None:
        """Take in a text or a call and give what the phone will do about it. The simulator calls it."""
        with self._lock:
            if received.channel is Channel.VOICE:
                self._calls.append(received)
                return self._presses.popleft() if self._presses else None
            self._texts.append(received)
            if self._answers:
                intended = self._answers.popleft()
                return Intended(intended.body.replace("{code}", received.code or ""), intended.after)
            behaviour, after = self._behaviour, self._behaves_after
        said = behaviour(received.body) if behaviour else None
        return Intended(said, after) if said is not None else None

    def forget_oldest(self, received: Received) -> None:
        """Forget a message, if it is still the oldest of its kind."""
        with self._lock:
            kept = self._calls if received.channel is Channel.VOICE else self._texts
            if kept and kept[0] is received:
                kept.popleft()

    @property
    def last_sender(self) -> str | None:
        """The number that texted or called it last."""
        with self._lock:
            latest = max(
                (*list(self._texts)[-1:], *list(self._calls)[-1:]), key=lambda one: one.at, default=None
            )
        return latest.from_phone if latest else None
