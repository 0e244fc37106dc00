"""Instants as the journal keeps them: whole microseconds since 1970 in UTC, which every database compares alike."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

AT_ONCE = 0
"""The due instant of a message that waits for nothing. Being in the past by any clock, it survives a clock that
is set back."""


def to_micros(instant: datetime) -> int:
    """Give the microseconds since 1970 of an aware datetime."""
    since = instant - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_micros(micros: int) -> datetime:
    """Give the instant in UTC."""
    return EPOCH + timedelta(microseconds=micros)


def micros_or_none(instant: datetime | None) -> int | None:
    """Give the microseconds of an instant that may be missing."""
    return None if instant is None else to_micros(instant)


def instant_or_none(micros: int | None) -> datetime | None:
    """Give the instant of microseconds that may be missing."""
    return None if micros is None else from_micros(micros)
