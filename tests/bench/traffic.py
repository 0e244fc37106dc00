"""The requests of a run, ready to send, and whether the answers to them are true."""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from .load_generator import Answer
from .sizes import DIALLED, Size, phone

STATUS = re.compile(rb'"status"\s*:\s*"([a-z_]+)"')
TRUE_STATUSES = {b"success", b"already_claimed"}
SEED = 20_260_711


@dataclass(slots=True)
class Verdict:
    """What a server's answers were: counts by status, answers that are not 200, and answers that cannot be true."""

    statuses: dict[str, int] = field(default_factory=dict)
    not_ok: int = 0
    untrue: int = 0
    example: str = ""

    @property
    def wrong(self) -> int:
        """Answers that disqualify a figure."""
        return self.not_ok + self.untrue


@lru_cache(maxsize=2)
def accepts(size: Size, count: int) -> tuple[tuple[int, ...], tuple[bytes, ...]]:
    """The order in which the caregivers speak, and the bodies of `count` accepts."""
    order = list(range(size.caregivers))
    random.Random(SEED).shuffle(order)
    bodies = tuple(
        f'{{"from_phone":"{phone(order[n % size.caregivers])}","to_phone":"{DIALLED}",'
        f'"body":"YES","message_id":"bench-{n:09d}"}}'.encode()
        for n in range(count)
    )
    return tuple(order), bodies


class Traffic:
    """`count` accepts: every caregiver once, in random order over the shifts, then all of them again.

    Each carries a message id of its own, so none is taken for a redelivery.
    """

    def __init__(self, size: Size, port: int, count: int) -> None:
        self._size = size
        self._order, bodies = accepts(size, count)
        self._winners: dict[int, int] = {}
        head = (
            f"POST /messages/inbound HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(bodies[0])}\r\n\r\n"
        ).encode()
        self.requests = [head + body for body in bodies]

    def judge(self, answers: Iterable[Answer], *, one_winner: bool) -> Verdict:
        """Read the answers and hold them against each other.

        With `one_winner`, all successes of a shift must go to the same caregiver, over every run so far. Without,
        every answer must be a success.
        """
        verdict = Verdict()
        for answer in answers:
            status = self._status(answer, verdict)
            if status is None:
                continue
            if one_winner:
                true = status in TRUE_STATUSES and (status != b"success" or self._may_win(answer.request))
            else:
                true = status == b"success"
            if not true:
                verdict.untrue += 1
                verdict.example = verdict.example or answer.raw.decode(errors="replace")
        return verdict

    def unclaimed(self, answers: Iterable[Answer]) -> int:
        """How many shifts were answered for by somebody and yet have no winner after all runs so far."""
        asked = {self._size.shift_of(self._caregiver(answer.request)) for answer in answers}
        return len(asked - self._winners.keys())

    def _status(self, answer: Answer, verdict: Verdict) -> bytes | None:
        found = STATUS.search(answer.raw)
        if not answer.raw.startswith(b"HTTP/1.1 200") or found is None:
            verdict.not_ok += 1
            verdict.example = verdict.example or answer.raw.decode(errors="replace")
            return None
        name = found[1].decode()
        verdict.statuses[name] = verdict.statuses.get(name, 0) + 1
        return found[1]

    def _caregiver(self, request: int) -> int:
        return self._order[request % self._size.caregivers]

    def _may_win(self, request: int) -> bool:
        caregiver = self._caregiver(request)
        return self._winners.setdefault(self._size.shift_of(caregiver), caregiver) == caregiver
