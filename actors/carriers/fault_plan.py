"""What goes wrong with a simulated carrier: as planned, and the same on every run."""

from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """Delays and failures of a simulated carrier.

    Each chance lies between 0 and 1 and is settled for each attempt of each message by a hash of `seed`, the
    message's key and the attempt's number: the same plan fails the same attempts, whatever threads they run on.

    Args:
        latency: seconds a call to the carrier takes, from `latency[0]` to `latency[1]`.
        refuse_first: how many attempts of every message fail as `TransientFailure` before one may succeed.
        refuse: the chance that an attempt fails as `TransientFailure`.
        lose_before: the chance that the answer is lost (`OutcomeUnknown`) and the message was not taken.
        lose_after: the chance that the answer is lost (`OutcomeUnknown`) though the message was taken.
        dead_numbers: phones that can never be reached: `PermanentFailure`.
        rate: messages taken a second of the clock; more are refused as `Throttled`. Which ones is the one thing that
            depends on the order of threads.
        repeat_reply: the chance that a reply is delivered twice, as carriers do when our answer is late.
        down: every attempt and every look-up fails as `Throttled`.
    """

    seed: int = 0
    latency: tuple[float, float] = (0.0, 0.0)
    refuse_first: int = 0
    refuse: float = 0.0
    lose_before: float = 0.0
    lose_after: float = 0.0
    dead_numbers: frozenset[str] = frozenset()
    rate: float | None = None
    repeat_reply: float = 0.0
    down: bool = False

    def seconds(self, key: str, attempt: int) -> float:
        """Give how long this attempt takes."""
        shortest, longest = self.latency
        if longest <= shortest:
            return shortest
        return shortest + (longest - shortest) * self._draw("latency", key, attempt)

    def refuses(self, key: str, attempt: int) -> bool:
        """Whether this attempt (counted from 1) is refused for now."""
        return attempt <= self.refuse_first or self._happens(self.refuse, "refuse", key, attempt)

    def loses_before(self, key: str, attempt: int) -> bool:
        """Whether this attempt is lost on its way to the carrier."""
        return self._happens(self.lose_before, "before", key, attempt)

    def loses_after(self, key: str, attempt: int) -> bool:
        """Whether the carrier's answer to this attempt is lost."""
        return self._happens(self.lose_after, "after", key, attempt)

    def repeats_reply(self, message_id: str) -> bool:
        """Whether this reply is delivered twice."""
        return self._happens(self.repeat_reply, "repeat", message_id, 0)

    def _happens(self, chance: float, what: str, key: str, attempt: int) -> bool:
        return chance > 0.0 and self._draw(what, key, attempt) < chance

    def _draw(self, what: str, key: str, attempt: int) -> float:
        digest = blake2b(f"{self.seed}/{what}/{key}/{attempt}".encode(), digest_size=8).digest()
        return int.from_bytes(digest) / 2**64


NO_FAULTS = FaultPlan()
"""The plan of a carrier that takes everything at once."""
