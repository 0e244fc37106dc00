"""What the outside was told: every request and its answer, kept where the server's death does not reach."""

import http
import time
from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

Answer = tuple[int, Any]


@dataclass(slots=True)
class Text:
    """A text from somebody, delivered under one id until it is answered; seconds are of the monotonic clock."""

    message_id: str
    phone: str
    body: str
    began: float = field(default_factory=time.monotonic)
    ended: float = 0.0
    answer: Answer | None = None

    def wire(self) -> dict[str, str]:
        """Give it as the carrier's webhook would."""
        return {"from_phone": self.phone, "body": self.body, "message_id": self.message_id}


@dataclass(slots=True)
class Release:
    """A coordinator's request to take the winner off; without an answer nobody knows whether it was done."""

    shift_id: str
    began: float = field(default_factory=time.monotonic)
    ended: float = 0.0
    answer: Answer | None = None


class Ledger:
    """Everything that was asked since the first start, and what was answered. For several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._numbers = 0
        self.texts: dict[str, Text] = {}
        self.open_texts: deque[Text] = deque()
        """Unanswered: the carrier delivers them again."""
        self.releases: list[Release] = []
        self.posted: set[str] = set()
        self.offered: set[str] = set()
        """Shifts whose post, and whose fan-out, was acknowledged."""
        self.orders: deque[tuple[str, Any]] = deque()
        """Posts and fan-outs without an answer; to ask again changes nothing."""
        self.touched: set[str] = set()
        """Shifts about which something was acknowledged since the last look."""
        self.recent: list[Text] = []
        """Texts answered since the last look."""
        self.problems: list[str] = []
        self.full = False
        """Set while there is no room on the disk: then 503 is a right answer, and whoever gets it asks again later."""
        self.refused = 0

    def number(self) -> int:
        """Give a number that was not given before."""
        with self._lock:
            self._numbers += 1
            return self._numbers

    def say(self, phone: str, body: str) -> Text:
        """Note a text that is about to be delivered for the first time."""
        text = Text(f"SM-{self.number()}", phone, body)
        with self._lock:
            self.texts[text.message_id] = text
        return text

    def heard(self, text: Text, answer: Answer) -> None:
        """Note an answer to a text; one that differs from what was answered before is a problem."""
        status, told = answer
        with self._lock:
            if self._refused(status):
                self.open_texts.append(text)
            elif status >= 500:
                self.problems.append(f"{text.message_id} ({text.body!r}) got {status}: {told}")
                self.open_texts.append(text)
            elif text.answer is None:
                text.answer, text.ended = answer, time.monotonic()
                self.recent.append(text)
                if shift_id := told.get("shift_id"):
                    self.touched.add(shift_id)
            elif text.answer != answer:
                self.problems.append(
                    f"{text.message_id} ({text.body!r}) was answered {text.answer}; delivered again: {answer}"
                )

    def acknowledged(self, release: Release, answer: Answer) -> None:
        """Note the answer to a release."""
        with self._lock:
            if self._refused(answer[0]):
                return
            release.answer, release.ended = answer, time.monotonic()
            self.touched.add(release.shift_id)
            if answer[0] not in {200, 409}:
                self.problems.append(f"the release of {release.shift_id} got {answer}")

    def obeyed(self, path: str, body: Any, answer: Answer) -> bool:
        """Note the answer to a post or a fan-out; False when it has to be asked again."""
        ids = {row["id"] for row in body} if body is not None else {path.split("/")[2]}
        with self._lock:
            if self._refused(answer[0]):
                return False
            if answer[0] != 200 or any(row["status"] != "success" for row in answer[1].get("items", ())):
                self.problems.append(f"POST {path} for {sorted(ids)} got {answer}")
                return True
            (self.posted if body is not None else self.offered).update(ids)
            self.touched |= ids
            return True

    def _refused(self, status: int) -> bool:
        refused = self.full and status == http.HTTPStatus.SERVICE_UNAVAILABLE
        self.refused += refused
        return refused

    def look(self) -> tuple[list[Text], list[str]]:
        """Give the texts answered, and the shifts touched, since the last look."""
        with self._lock:
            recent, self.recent = self.recent, []
            touched, self.touched = sorted(self.touched), set()
        return recent, touched
