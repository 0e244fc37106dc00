"""What goes wrong, with requests to the API and with what the server sends: as planned, and the same on every run."""

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from typing import TypeVar

from .error_codes import refusal
from .webhook import Fields
from .wire import Request, Response


class Fault(StrEnum):
    """What may go wrong with a request to the API."""

    LOST_BEFORE = "lost_before"
    """The connection is cut, and nothing was taken."""
    LOST_AFTER = "lost_after"
    """It was taken, and the connection is cut."""
    SILENT_BEFORE = "silent_before"
    """Nothing was taken, and no answer comes for `silence` seconds."""
    SILENT_AFTER = "silent_after"
    """It was taken, and no answer comes for `silence` seconds."""
    THROTTLED = "throttled"
    """429, and nothing was taken."""
    DOWN = "down"
    """503, and nothing was taken."""
    BROKEN = "broken"
    """500, though it was taken."""


class Trouble(StrEnum):
    """What may go wrong with a status callback or an incoming text on its way to the webhook."""

    TWICE = "twice"
    """It is told twice."""
    LATE = "late"
    """It is told after what comes later: after `late` seconds."""
    NEVER = "never"
    """It is not told."""


Kind = TypeVar("Kind", Fault, Trouble)

BEFORE = {Fault.LOST_BEFORE, Fault.SILENT_BEFORE, Fault.THROTTLED, Fault.DOWN}
REFUSALS = {Fault.THROTTLED: 20429, Fault.DOWN: 20503, Fault.BROKEN: 20500}


@dataclass(slots=True)
class FaultPlan:
    """Delays and failures.

    Each chance lies between 0 and 1 and is settled by a hash of `seed` and of what it is about: the same plan fails the
    same requests, whatever threads they come on. Requests that only read are spared unless `reads` is set.

    Args:
        latency: seconds that an answer takes, from `latency[0]` to `latency[1]`.
        silence: seconds after which an answer that does not come is given up.
        late: seconds that a late webhook is late.
        always: what happens to every request, reads too.
    """

    seed: int = 0
    chances: dict[Fault | Trouble, float] = field(default_factory=dict)
    latency: tuple[float, float] = (0.0, 0.0)
    silence: float = 60.0
    late: float = 5.0
    reads: bool = False
    always: Fault | None = None
    _next: list[tuple[str, str, Fault | None]] = field(default_factory=list)
    _spoiled: list[tuple[Trouble, frozenset[tuple[str, str]]]] = field(default_factory=list)
    _seen: dict[str, int] = field(default_factory=dict)

    def next(self, *faults: Fault | None, method: str = "POST", path: str = "") -> None:
        """Let these happen to the next requests of this method whose path contains `path`, one each; None: nothing."""
        self._next += [(method, path, one) for one in faults]

    def spoil(self, trouble: Trouble, **fields: str) -> None:
        """Let this happen to the next webhook that has these fields: `MessageStatus="sent"`."""
        self._spoiled.append((trouble, frozenset(fields.items())))

    def of(self, request: Request) -> Fault | None:
        """Say what happens to a request."""
        if self.always:
            return self.always
        for at, (method, path, fault) in enumerate(self._next):
            if method == request.method and path in request.path:
                del self._next[at]
                return fault
        if request.method == "GET" and not self.reads:
            return None
        return self._drawn(Fault, f"{request.method} {request.path} {sorted(request.form.items())}")

    def of_webhook(self, fields: Fields) -> Trouble | None:
        """Say what happens to a webhook."""
        for at, (trouble, wanted) in enumerate(self._spoiled):
            if wanted <= set(fields):
                del self._spoiled[at]
                return trouble
        return self._drawn(Trouble, f"webhook {fields}")

    def answer(self, fault: Fault, usual: Response | None = None) -> Response:
        """Give the answer that comes of a fault, in place of the usual one where the request was taken."""
        if fault in REFUSALS:
            return refusal(REFUSALS[fault]).response()
        silent = fault in {Fault.SILENT_BEFORE, Fault.SILENT_AFTER}
        status = usual.status if usual else 500
        return Response(status, waits=self.silence if silent else 0.0, lost=True)

    def seconds(self, request: Request) -> float:
        """Give how long an answer takes."""
        least, most = self.latency
        return least + (most - least) * self._draw(f"latency {request.path} {sorted(request.form.items())}")

    def _drawn(self, kinds: type[Kind], about: str) -> Kind | None:
        if not self.chances:
            return None
        time = self._seen[about] = self._seen.get(about, 0) + 1
        for kind in kinds:
            chance = self.chances.get(kind, 0.0)
            if chance > 0.0 and self._draw(f"{kind} {about} {time}") < chance:
                return kind
        return None

    def _draw(self, about: str) -> float:
        digest = blake2b(f"{self.seed}/{about}".encode(), digest_size=8).digest()
        return int.from_bytes(digest) / 2**64
