"""Who carries messages: the port that the simulator implements and that real carriers will have to."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from math import inf
from typing import Protocol

from ...domain.errors import FirstyesError, InvalidArgument
from ...domain.policy import Channel
from ..records import Delivery


class Recovery(StrEnum):
    """What to do with a message of which a crash left open whether it was sent."""

    RESEND = "resend"
    """Send it again: the carrier takes the same key only once."""
    LOOK_UP = "look_up"
    """Ask the carrier; send again only if it does not know the key."""
    LEAVE = "leave"
    """Neither can be done: leave it `unknown`; the next round reaches the person."""


@dataclass(frozen=True, slots=True)
class Ceilings:
    """What offers may use in 24 hours: segments of texts, calls, and what both cost at these prices. None: no ceiling."""

    texts: int | None = None
    calls: int | None = None
    cost: float | None = None
    text_price: float = 0.0
    call_price: float = 0.0


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a carrier can do. `confirms_opt_out`: it answers STOP itself, so we do not.

    `settles_in`: seconds after which it can be told for sure whether the carrier took a message: no less than its
    longest call takes, plus what its own books are behind.

    `calls_at_once`: it tells when a call is over (`DeliveryReport.over`), and no more than so many ring or talk at a time. None:
    it does not tell, and there may be any number.

    `rate` gives how many segments of texts, or calls, a number of ours may send in a second: no more is handed over than about
    two seconds of that, and the rest can still be taken back. None: as fast as the carrier takes it. `ceilings` are for all
    numbers together; when one is reached, a person is called.
    """

    channels: frozenset[Channel]
    recovery: Recovery
    confirms_opt_out: bool = False
    settles_in: float = 10.0
    calls_at_once: int | None = None
    rate: Callable[[Channel, str], float] | None = None
    ceilings: Ceilings = Ceilings()

    def __post_init__(self) -> None:
        channels, recovery, confirms, settles, at_once, rate, ceilings = (
            getattr(self, one.name) for one in fields(self)
        )
        if not isinstance(channels, frozenset) or not all(isinstance(one, Channel) for one in channels):
            raise InvalidArgument(
                f"channels: {channels!r} is no frozenset of Channel; write frozenset({{Channel.SMS}})"
            )
        if not isinstance(recovery, Recovery):
            raise InvalidArgument(f"recovery: {recovery!r} is no Recovery; write for example Recovery.LEAVE")
        if not isinstance(confirms, bool):
            raise InvalidArgument(f"confirms_opt_out: {confirms!r} is neither True nor False")
        if isinstance(settles, bool) or not isinstance(settles, int | float) or not 0 <= settles < inf:
            raise InvalidArgument(f"settles_in: {settles!r} is no number of seconds")
        if at_once is not None and (isinstance(at_once, bool) or not isinstance(at_once, int) or at_once < 1):
            raise InvalidArgument(f"calls_at_once: {at_once!r} is neither None nor a number of calls")
        if not isinstance(ceilings, Ceilings):
            raise InvalidArgument(f"ceilings: {ceilings!r} is no Ceilings")
        if rate is not None and not callable(rate):
            raise InvalidArgument(f"rate: {rate!r} is no function of a channel and a number")


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """One message for the carrier. `key` is the same on every attempt and never used for another message.

    `code` is the reply code of the offer it is about: a key pressed in a call says YES or NO to that offer, and comes in
    as "YES 27". `account` is the carrier's account that `from_phone` belongs to, where it has several. `valid_for` is how many
    seconds it may wait at the carrier before it goes out.

    For a look-up: `since` is when it was handed over last, where that is known, and `others` are the carrier's ids of other messages to this phone.
    """

    key: str
    channel: Channel
    to_phone: str
    from_phone: str | None
    body: str
    code: str | None = None
    account: str | None = None
    valid_for: int | None = None
    since: datetime | None = None
    others: frozenset[str] = frozenset()


class Trouble(StrEnum):
    """Why a message does not reach its phone, as far as the carrier knows."""

    NO_NUMBER = "no_number"
    """There is no such phone, for texts or calls."""
    NO_TEXTS = "no_texts"
    """The phone can be called, and not texted."""
    OPTED_OUT = "opted_out"
    """The person told the carrier to stop."""
    NOT_NOW = "not_now"
    """This message did not reach it; another may."""
    CLOSED = "closed"
    """The carrier takes nothing from this account or number, until a person has seen to it."""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a carrier says, later, became of the message with this `key`: `SENT` (it has it), `DELIVERED` (a phone has it,
    or somebody answered the call) or `FAILED`. `trouble` says what a failure means for the phone, `over` that a call has ended."""

    key: str
    channel: Channel
    to_phone: str
    carrier_id: str
    delivery: Delivery
    error: str | None = None
    trouble: Trouble | None = None
    over: bool = False


class SendFailed(FirstyesError):
    """Raised when a carrier did not take a message; the base of the kinds below."""


class TransientFailure(SendFailed):
    """Raised when the carrier surely did not take the message now but may later (busy, throttled, unreachable)."""


class Throttled(TransientFailure):
    """Raised when the carrier takes nothing from anybody for now (asked too often, down): the channel slows down, and
    the message is not counted among those that failed."""


class PermanentFailure(SendFailed):
    """Raised when the carrier will never take this message; `trouble` says what that means for the phone."""

    def __init__(self, message: str = "", *, trouble: Trouble = Trouble.NOT_NOW) -> None:
        super().__init__(message)
        self.trouble = trouble


class CarrierRefuses(SendFailed):
    """Raised when the carrier takes nothing from this account or number, until a person has seen to it (its credentials, its
    registration, its limits). The message was not taken."""


class OutcomeUnknown(SendFailed):
    """Raised when the carrier may or may not have taken the message (its answer did not come)."""


class Carrier(Protocol):
    """Carries texts and calls. Called from several sender threads at once; every call returns or raises in time."""

    @property
    def capabilities(self) -> Capabilities:
        """Say what this carrier can do."""

    def send_text(self, outbound: OutboundMessage) -> str:
        """Hand a text over and give the carrier's id of it. Raises a kind of `SendFailed`."""

    def place_call(self, outbound: OutboundMessage) -> str:
        """Start a call that speaks the body and give the carrier's id of it. Raises a kind of `SendFailed`."""

    def cancel(self, carrier_id: str) -> bool:
        """End a call that rings or a text that waits, and have a call that talks say anew what it is about; False when it is too
        late."""

    def look_up(self, outbound: OutboundMessage) -> str | None:
        """Give the carrier's id if it has taken this key before. Raises `SendFailed` when it cannot say."""

    def close(self) -> None:
        """Let go of connections."""
