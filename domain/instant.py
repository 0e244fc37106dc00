"""Instants as they arrive from outside: RFC 3339 text with an offset."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
LATEST = datetime(9998, 12, 30, tzinfo=UTC)


def _only_text(value: Any) -> Any:
    if isinstance(value, str | datetime) and not (
        isinstance(value, str) and value.strip().lstrip("-").isdigit()
    ):
        return value
    raise ValueError("give the time as RFC 3339 text, for example 2030-07-14T07:00:00-05:00")


def _aware_and_sane(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("the time has no offset: write for example 2030-07-14T07:00:00-05:00 or ...Z")
    if not EARLIEST <= value <= LATEST:
        raise ValueError("the time lies outside the years 1970 to 9998")
    return value


Instant = Annotated[datetime, BeforeValidator(_only_text), AfterValidator(_aware_and_sane)]
"""An aware datetime that keeps the offset it was given with."""
