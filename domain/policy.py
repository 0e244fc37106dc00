"""How a shift is offered: rounds, as data, and how they shrink when the start is near."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, WithJsonSchema

from .errors import FirstyesError
from .frozen import Frozen


class Channel(StrEnum):
    """How people are reached: caregivers by text and by call, whoever is on call by mail and webhook as well."""

    SMS = "sms"
    VOICE = "voice"
    EMAIL = "email"
    WEBHOOK = "webhook"


PHONES = frozenset({Channel.SMS, Channel.VOICE})
"""The channels that end at a phone."""


def _ends_at_a_phone(channel: Channel) -> Channel:
    if channel not in PHONES:
        raise ValueError("this is sms or voice")
    return channel


PhoneChannel = Annotated[
    Channel, AfterValidator(_ends_at_a_phone), WithJsonSchema({"type": "string", "enum": ["sms", "voice"]})
]


class Round(Frozen):
    """One step of a fan-out: a channel, and how long to wait for a yes, in seconds."""

    channel: PhoneChannel
    wait: Annotated[int, Field(strict=True, ge=1, le=7 * 24 * 3600)]


def _no_text(value: object) -> object:
    if isinstance(value, str):
        raise ValueError('give a list of rounds; parse_rounds makes one of "sms:600,voice:600"')  # noqa: TRY004 - pydantic takes no other
    return value


Rounds = Annotated[tuple[Round, ...], Field(min_length=1, max_length=10), BeforeValidator(_no_text)]

_ROUNDS: TypeAdapter[Rounds] = TypeAdapter(Rounds)

DEFAULT_ROUNDS: Rounds = (Round(channel=Channel.SMS, wait=600), Round(channel=Channel.VOICE, wait=600))

PART = 500
"""How many people are told something at a time; what else is to be done is done in between."""

GOES_ON_WITHIN = timedelta(seconds=5)
"""What has not been told to everybody goes on at once; if that was not to be, after a crash, no later than this."""

STARTS_NOW = timedelta(minutes=5)
"""A fan-out that begins this long before the start, or later, is for a shift that starts now: it goes on until the end."""

SHORTEST_WAIT = 60
"""Seconds no wait shrinks below: a text must arrive and be read."""

LEAST_TIME = 240
"""Seconds that the rounds of a shift which starts now, or has begun, share."""


def open_until(at: datetime, start: datetime, end: datetime) -> datetime:
    """Say how long what is offered at `at` can be taken: until the start, or the end when it starts now or has begun."""
    return end if at >= start - STARTS_NOW else start


def plan(rounds: Rounds, at: datetime, start: datetime) -> Rounds:
    """Give the rounds of a fan-out that begins at `at`, all of which are over before the start.

    Their waits shrink in proportion, down to `SHORTEST_WAIT`; where even that is too long, a channel that had its
    turn has no second one.
    """
    time = max(LEAST_TIME, int((start - at).total_seconds()))
    if sum(one.wait for one in rounds) <= time:
        return rounds
    if sum(map(_least, rounds)) > time:
        first = {one.channel: one for one in reversed(rounds)}
        rounds = tuple(first[channel] for channel in dict.fromkeys(one.channel for one in rounds))
    return tuple(
        Round(channel=one.channel, wait=wait) for one, wait in zip(rounds, _shrink(rounds, time), strict=True)
    )


def share(left: float, later: Rounds, time: int) -> float:
    """Give what is left of a round's time: all of it, or its share of `time` where that is too short for the `later` rounds too."""
    if left + sum(one.wait for one in later) <= time:
        return left
    now = Round(channel=Channel.SMS, wait=max(1, int(left)))
    return max(0, min(_shrink((now, *later), time)[0], time - sum(map(_least, later))))


def _shrink(rounds: Rounds, time: int) -> list[int]:
    """Share `time` among the rounds by their waits, but give each its least."""
    at_least: set[int] = set()
    while True:
        left = time - sum(_least(rounds[number]) for number in at_least)
        total = sum(one.wait for number, one in enumerate(rounds) if number not in at_least)
        short = {
            number
            for number, one in enumerate(rounds)
            if number not in at_least and one.wait * left < _least(one) * total
        }
        if not short:
            break
        at_least |= short
    return [
        _least(one) if number in at_least else min(one.wait, one.wait * left // total)
        for number, one in enumerate(rounds)
    ]


def _least(one: Round) -> int:
    return min(one.wait, SHORTEST_WAIT)


def describe_plan(rounds: Rounds) -> str:
    """Tell the coordinator how a fan-out goes on."""
    acts = {Channel.SMS: "texts go out", Channel.VOICE: "phones ring"}
    parts, after = [], 0
    for one in rounds:
        parts.append(f"{acts[one.channel]} {f'after {lasting(after)}' if after else 'now'}")
        after += one.wait
    said = f"{', '.join(parts)}; after {lasting(after)} without a yes you are alerted."
    return said[0].upper() + said[1:]


def lasting(seconds: int) -> str:
    """Give a length of time: "4 min", "1 h 30 min", "50 s"."""
    if seconds < 60:
        return f"{seconds} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return " ".join(f"{number} {unit}" for number, unit in ((hours, "h"), (minutes, "min")) if number)


class BadRounds(FirstyesError, ValueError):
    """Raised when text does not describe rounds."""


def parse_rounds(text: str) -> Rounds:
    """Read "sms:600,voice:600" (channel, colon, seconds; in order).

    Raises `BadRounds` when the text is anything else; the message shows the form wanted.
    """
    try:
        parts = [part.strip().partition(":") for part in text.split(",")]
        return _ROUNDS.validate_python(
            [Round(channel=Channel(channel.strip().lower()), wait=int(wait)) for channel, _, wait in parts]
        )
    except ValueError as error:
        raise BadRounds(
            f'rounds "{text}" are not of the form "sms:600,voice:600" (one to ten, seconds from 1 to 604800)'
        ) from error


def read_rounds(given: object) -> Rounds:
    """Give rounds that come as a text or as any sequence of rounds. Raises `BadRounds`."""
    if isinstance(given, str):
        return parse_rounds(given)
    try:
        return _ROUNDS.validate_python(given)
    except ValueError as error:
        raise BadRounds(
            f'{given!r} are no rounds: give one to ten of Round(channel="sms", wait=600), or "sms:600,voice:600"'
        ) from error
