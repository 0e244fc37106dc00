"""One request that the server makes to somebody's webhook, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode, urlsplit

Fields = tuple[tuple[str, str], ...]


class Reason(StrEnum):
    """Why a request failed, as the retry policy of a URL names it."""

    NO_CONNECTION = "ct"
    NO_ANSWER = "rt"
    REFUSED = "4xx"
    BROKEN = "5xx"


@dataclass(frozen=True, slots=True)
class Overrides:
    """How a URL wants to be asked: what its fragment says, `#rc=3&rp=ct,5xx&ct=2000`. Times are seconds."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0
    retries: int = 1
    policy: frozenset[str] = frozenset({Reason.NO_CONNECTION})

    @classmethod
    def of(cls, url: str) -> "Overrides":
        """Read a URL's fragment. What is out of bounds is brought within them, what is no number is left as usual."""
        said = dict(parse_qsl(urlsplit(url).fragment))
        policy = frozenset(said.get("rp", "ct").split(","))
        return cls(
            _within(said.get("ct"), 100, 10_000, 5_000) / 1000,
            _within(said.get("rt"), 100, 15_000, 15_000) / 1000,
            _within(said.get("tt"), 100, 15_000, 15_000) / 1000,
            _within(said.get("rc"), 0, 5, 1),
            frozenset(Reason) if "all" in policy else policy,
        )


@dataclass(frozen=True, slots=True)
class Webhook:
    """One request to make. `url` is the one that is asked and signed: without fragment, and for GET with the fields."""

    number: int
    method: str
    url: str
    fields: Fields
    headers: dict[str, str]
    connect_timeout: float
    read_timeout: float

    @property
    def body(self) -> bytes:
        """Give the body: the fields as a form, or nothing for GET."""
        return b"" if self.method == "GET" else urlencode(self.fields).encode()

    def field(self, name: str) -> str | None:
        """Give one field by its name."""
        return dict(self.fields).get(name)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request. `status` is None where no answer came; `connected` says whether there was somebody at all."""

    status: int | None
    body: str = ""
    content_type: str = ""
    connected: bool = True

    @property
    def reason(self) -> Reason | None:
        """Say why it failed; None where it did not."""
        if self.status is None:
            return Reason.NO_ANSWER if self.connected else Reason.NO_CONNECTION
        if 200 <= self.status < 300:
            return None
        return Reason.BROKEN if self.status >= 500 else Reason.REFUSED


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that was made, kept for tests to look at."""

    webhook: Webhook
    outcome: Outcome


def _within(said: str | None, least: int, most: int, usual: int) -> int:
    return min(max(int(said), least), most) if said and said.isdecimal() else usual
