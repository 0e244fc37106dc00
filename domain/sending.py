"""Sending, as rules: which message goes first, whether it is still wanted when its turn comes, when to try again."""

from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import Protocol, assert_never

from .message import Purpose

FIRST_WAIT = 2.0
"""Seconds before the second attempt; each further wait is twice as long."""

LONGEST_WAIT = 300.0
"""Seconds no wait exceeds: a carrier that comes back is found again within minutes."""

JITTER = 0.2
"""A wait is up to this share shorter or longer, so that what failed together does not come back together."""

MOST_OFFER_ATTEMPTS = 10
"""About 13 minutes: longer than a round of the default policy, after which another channel has its turn."""

MOST_ATTEMPTS = 30
"""Of all else, about two hours: somebody waits for it, and it stays true."""


class Priority(IntEnum):
    """Who goes first. Only answers have senders of their own; the other two come in thousands."""

    ANSWER = 0
    """One person waits for it."""
    WITHDRAWAL = 1
    """It spares people a way made for nothing."""
    OFFER = 2


class Unwanted(StrEnum):
    """Why a message is not sent, in words for a coordinator."""

    OPTED_OUT = "The person opted out."
    CARRIER_CONFIRMS = "The carrier confirms the opt-out itself."
    CLOSED = "The shift was no longer being offered."
    DECLINED = "The person had passed on the shift."
    INACTIVE = "The person is not active any more."
    NEVER_OFFERED = "The offer had never gone out to the person."


class Waiting(Protocol):
    """A message whose turn has come, with what decides whether it is still wanted."""

    @property
    def purpose(self) -> Purpose:
        """What it is for."""
        ...

    @property
    def live(self) -> bool:
        """Whether its fan-out is under way."""
        ...

    @property
    def declined(self) -> bool:
        """Whether its caregiver passed on the shift."""
        ...

    @property
    def opted_out(self) -> bool:
        """Whether its person wants no messages."""
        ...

    @property
    def active(self) -> bool:
        """Whether its caregiver works for the organization."""
        ...

    @property
    def reached(self) -> bool:
        """Whether the offer went out to its caregiver, or they hold the shift."""
        ...


def priority(purpose: Purpose) -> Priority:
    """Say when a message has its turn."""
    match purpose:
        case Purpose.OFFER:
            return Priority.OFFER
        case Purpose.WITHDRAWAL:
            return Priority.WITHDRAWAL
        case _:
            return Priority.ANSWER


def why_unwanted(message: Waiting, *, carrier_confirms: bool) -> Unwanted | None:
    """Say why a message is not to be sent, or None when it is still wanted.

    Who opted out gets nothing but the confirmation of it, and not even that from us where the carrier confirms
    (`carrier_confirms`). An offer is wanted while its shift is being offered and its caregiver may still take it; a
    withdrawal by those who know of the offer. Answers are wanted by whoever asked.
    """
    if message.purpose is Purpose.OPT_OUT:
        return Unwanted.CARRIER_CONFIRMS if carrier_confirms else None
    if message.opted_out:
        return Unwanted.OPTED_OUT
    match priority(message.purpose):
        case Priority.ANSWER:
            return None
        case Priority.WITHDRAWAL:
            return None if message.reached else Unwanted.NEVER_OFFERED
        case Priority.OFFER:
            return _why_offer_unwanted(message)
        case _ as never:  # pragma: no cover
            assert_never(never)


def _why_offer_unwanted(offer: Waiting) -> Unwanted | None:
    if not offer.live:
        return Unwanted.CLOSED
    if offer.declined:
        return Unwanted.DECLINED
    return None if offer.active else Unwanted.INACTIVE


def wait_before_retry(purpose: Purpose, failures: int, key: int) -> timedelta | None:
    """Give how long to wait after the `failures`-th failed attempt, or None when it is time to give up.

    The wait doubles from `FIRST_WAIT` to `LONGEST_WAIT`; `key`, the message's own number, spreads it by `JITTER`
    the same way on every run. After no failure at all there is no wait.
    """
    if failures >= (MOST_OFFER_ATTEMPTS if purpose is Purpose.OFFER else MOST_ATTEMPTS):
        return None
    if failures < 1:
        return timedelta()
    # Knuth's multiplicative hash: neighbours in the outbox end far apart.
    spread = (key * 2_654_435_761 % 2**32) / 2**32
    seconds = min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT)
    return timedelta(seconds=seconds * (1 - JITTER + 2 * JITTER * spread))
