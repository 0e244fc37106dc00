"""How a shift is offered: rounds, as data."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, TypeAdapter

from .errors import FirstyesError
from .frozen import Frozen


class Channel(StrEnum):
    """How a round reaches people."""

    SMS = "sms"
    VOICE = "voice"


class Round(Frozen):
    """One step of a fan-out: a channel, and how long to wait for a yes, in seconds."""

    channel: Channel
    wait: Annotated[int, Field(strict=True, ge=1, le=7 * 24 * 3600)]


Rounds = Annotated[tuple[Round, ...], Field(min_length=1, max_length=10)]

_ROUNDS: TypeAdapter[Rounds] = TypeAdapter(Rounds)

DEFAULT_ROUNDS: Rounds = (Round(channel=Channel.SMS, wait=600), Round(channel=Channel.VOICE, wait=600))


class BadRounds(FirstyesError, ValueError):
    """Raised when text does not describe rounds."""


def parse_rounds(text: str) -> Rounds:
    """Read "sms:600,voice:600" (channel, colon, seconds; in order).

    Raises `BadRounds` when the text is anything else; the message shows the form wanted.
    """
    try:
        return _ROUNDS.validate_python(tuple(_parse_round(part) for part in text.split(",")))
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


def _parse_round(part: str) -> Round:
    channel, _, seconds = part.strip().partition(":")
    return Round(channel=Channel(channel.strip().lower()), wait=int(seconds))
