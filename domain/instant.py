"""Instants as they arrive from outside: RFC 3339 text with an offset."""

import re
from datetime import UTC, datetime, timezone
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
LATEST = datetime(9998, 12, 30, tzinfo=UTC)

_DATE_AND_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d")


def _only_text(value: Any) -> Any:
    # Numbers, also as text, would be read as seconds since 1970.
    if isinstance(value, datetime) or (isinstance(value, str) and _DATE_AND_TIME.match(value)):
        return value
    raise ValueError("give the time as RFC 3339 text, for example 2030-07-14T07:00:00-05:00")


def _aware_and_sane(value: datetime) -> datetime:
    offset = value.utcoffset()
    if offset is None:
        raise ValueError("the time has no offset: write for example 2030-07-14T07:00:00-05:00 or ...Z")
    if not EARLIEST <= value <= LATEST:
        raise ValueError("the time lies outside the years 1970 to 9998")
    # Two times of one zone object are compared by their clocks, which an hour told twice gets wrong.
    return value.replace(tzinfo=timezone(offset), fold=0)


Instant = Annotated[datetime, BeforeValidator(_only_text), AfterValidator(_aware_and_sane)]
"""An aware datetime that keeps the offset it was given with."""
