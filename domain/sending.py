"""Sending, as rules: which message goes first, whether it is still wanted when its turn comes, when to try again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from .message import OFFERS, Purpose
from .policy import Channel

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

CALLED_AFTER = timedelta(minutes=2)
"""So long after whoever was busy is asked by text they are called."""

A_DAY = timedelta(days=1)
"""So long a welcome waits for offers to close; it comes at the same hour."""

LANDLINE = "The number takes no texts, as a landline does: they are called."
"""The error of an offer that was not texted."""

NO_CONSENT = {
    Channel.SMS: "They are not known to have agreed to texts.",
    Channel.VOICE: "They are not known to have agreed to calls.",
}
"""The error of an offer to somebody who has to agree first; who has agreed to calls is called instead of texted."""

LOST = "It is not known whether it was sent."
"""The error of a message of which that will never be known."""


class Priority(IntEnum):
    """Who goes first. Only answers have senders of their own; the other two come in thousands."""

    ANSWER = 0
    """One person waits for it."""
    WITHDRAWAL = 1
    """It spares people a way made for nothing."""
    OFFER = 2


PRIORITY = {
    **dict.fromkeys(Purpose, Priority.ANSWER),
    **dict.fromkeys((*OFFERS, Purpose.WELCOME), Priority.OFFER),
    Purpose.WITHDRAWAL: Priority.WITHDRAWAL,
}
"""When a message has its turn, by what it is for."""


class Unwanted(StrEnum):
    """Why a message is not sent, in words for a coordinator."""

    OPTED_OUT = "The person opted out."
    BUSY = "The person is busy, and is asked when they are free."
    CARRIER_CONFIRMS = "The carrier confirms the opt-out itself."
    MOVED = "The person has another number now."
    IN_DOUBT = "The number may be a stranger's."
    NO_CALLS = "The person asked not to be called."
    CLOSED = "The shift was no longer being offered."
    OUTDATED = "The offer was told again at another time."
    DECLINED = "The person had passed on the shift."
    INACTIVE = "The person is not active any more, or lost the role."
    OVERLAPS = "The person has another shift at that time."
    NEVER_OFFERED = "The offer had never gone out to the person."
    UNTRUE = "It was true no longer."
    SEEN_TO = "Somebody had seen to the alert."


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message whose turn has come, with what decides whether it is still wanted.

    `fanout` is the one whose offer it is or takes back, None of a withdrawal to the one who had the shift. `live`: it is
    under way; of an alert, that nobody has acknowledged or closed it; of a welcome, that an offer was open when it was due.
    `outdated`: the offer is told again by a later message. `overlaps`: its caregiver has another shift at that time.

    Of its caregiver: `declined`, they passed on the shift; `active`, they work for the organization, in the role it is about;
    `reached`, the offer went out to them; `holds`, they have the shift now, and `held_since`, by a claim that was made no
    later than the message; `moved`, they have another phone now; `in_doubt`, somebody said that the number is not theirs;
    `landline`, it takes no texts. `opted_out` and `no_calls` are what they want: no messages, no calls; `busy_until` is when
    they are free. `consented`: they have agreed to what comes by this channel, where their organization asks for that.
    """

    purpose: Purpose
    channel: Channel
    shift_id: str | None
    fanout: int | None
    live: bool
    declined: bool
    opted_out: bool
    active: bool
    reached: bool
    holds: bool
    held_since: bool
    moved: bool
    in_doubt: bool
    no_calls: bool
    busy_until: datetime | None = None
    landline: bool = False
    outdated: bool = False
    overlaps: bool = False
    consented: bool = True


def put_off_until(message: Waiting, at: datetime) -> datetime | None:
    """Say until when an offer waits for its person to be free; None where it can go out at `at`. A call comes after the text.

    A welcome waits a day while an offer is open to them: a bare "ok" that answers it must not take that.
    """
    if message.purpose is Purpose.WELCOME:
        return at + A_DAY if message.live else None
    if message.purpose not in OFFERS or message.busy_until is None or message.busy_until <= at:
        return None
    return message.busy_until + (CALLED_AFTER if message.channel is Channel.VOICE else timedelta())


def why_unwanted(message: Waiting, *, carrier_confirms: bool) -> Unwanted | None:
    """Say why a message is not to be sent, or None when it is still wanted.

    Who opted out gets nothing but the confirmation of it, and not even that from us where the carrier confirms
    (`carrier_confirms`). What is about a shift goes to the phone its caregiver has now, and only while it is true. An
    offer is wanted while its fan-out is under way and its caregiver may still take it; a withdrawal by those who know of
    the offer. Other answers are wanted by whoever asked.
    """
    if message.purpose is Purpose.OPT_OUT:
        return Unwanted.CARRIER_CONFIRMS if carrier_confirms else None
    if message.opted_out:
        return Unwanted.OPTED_OUT
    if message.channel is Channel.VOICE and message.no_calls:
        return Unwanted.NO_CALLS
    if message.shift_id is not None or message.purpose is Purpose.WELCOME:
        if message.moved:
            return Unwanted.MOVED
        if message.in_doubt and message.purpose not in {Purpose.NOTICE, Purpose.DROP_NOTED}:
            return Unwanted.IN_DOUBT
    if not is_true(message):
        return Unwanted.UNTRUE
    match message.purpose:
        case Purpose.OFFER | Purpose.OFFER_AGAIN:
            return _why_offer_unwanted(message)
        case Purpose.ALERT:
            return None if message.live else Unwanted.SEEN_TO
        case Purpose.WELCOME:
            return None if message.active else Unwanted.INACTIVE
        case Purpose.WITHDRAWAL:
            return None if message.reached or message.fanout is None else Unwanted.NEVER_OFFERED
        case _:
            return None


def is_true(message: Waiting) -> bool:
    """Whether what a message says of who has the shift is so now. Of an offer that is said by whether it is live."""
    match message.purpose:
        case Purpose.CONFIRMATION | Purpose.ALREADY_YOURS | Purpose.DROP_NOTED:
            return message.held_since
        case Purpose.RELEASE | Purpose.WITHDRAWAL | Purpose.TOO_LATE:
            return not message.holds
        case _:
            return True


def must_be_told(message: Waiting) -> bool:
    """Whether a person has to tell it when a message cannot: what a coordinator wrote, and what whoever has or had the shift
    must know and is not told anew."""
    matters = message.purpose in NOT_TOLD and not (
        message.purpose is Purpose.WITHDRAWAL and message.fanout is not None
    )
    return matters and is_true(message) and not message.moved


NOT_TOLD = {
    # Who took it in a call has heard so there.
    Purpose.CONFIRMATION: "They have the shift, and the text that says so did not arrive",
    Purpose.RELEASE: "They no longer have the shift, were not told so, and may come",
    Purpose.WITHDRAWAL: "The shift is called off, they were not told so, and may come",
    Purpose.DIRECT: "What you wrote did not reach them",
}
"""What a coordinator is told of a message that did not reach whom it was for."""


def _why_offer_unwanted(offer: Waiting) -> Unwanted | None:
    if not offer.live:
        return Unwanted.CLOSED
    if offer.declined:
        return Unwanted.DECLINED
    if offer.outdated:
        return Unwanted.OUTDATED
    if offer.overlaps:
        return Unwanted.OVERLAPS
    return None if offer.active else Unwanted.INACTIVE


def wait_before_retry(purpose: Purpose, failures: int, key: int) -> timedelta | None:
    """Give how long to wait after the `failures`-th failed attempt, or None when it is time to give up.

    The wait doubles from `FIRST_WAIT` to `LONGEST_WAIT`; `key`, the message's own number, spreads it by `JITTER`
    the same way on every run. After no failure at all there is no wait.
    """
    if failures >= (MOST_OFFER_ATTEMPTS if purpose in OFFERS else MOST_ATTEMPTS):
        return None
    if failures < 1:
        return timedelta()
    # Knuth's multiplicative hash: neighbours in the outbox end far apart.
    spread = (key * 2_654_435_761 % 2**32) / 2**32
    seconds = min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT)
    return timedelta(seconds=seconds * (1 - JITTER + 2 * JITTER * spread))
