"""Instants as the API writes and reads them."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime


def rfc2822(instant: datetime | None) -> str | None:
    """Write an instant as resources of 2010-04-01 do, to the second."""
    return None if instant is None else format_datetime(instant.astimezone(UTC).replace(microsecond=0))


def iso8601(instant: datetime) -> str:
    """Write an instant as the newer APIs do."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def span(said: str) -> tuple[datetime, datetime] | None:
    """Read a filter's value, a day or an instant: its first instant and the first after it. None if it is neither."""
    try:
        start = datetime.fromisoformat(said)
    except ValueError:
        return None
    start = start if start.tzinfo else start.replace(tzinfo=UTC)
    return start, start + (timedelta(days=1) if len(said) <= 10 else timedelta(seconds=1))
