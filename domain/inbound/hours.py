"""Hours that somebody names, as instants: a part of a shift, and when they are free."""

from datetime import datetime, timedelta

from ..replies.reading import ClockTime, Reading
from ..when import hour, local
from .contact import OfferView

A_MOMENT = timedelta(microseconds=1)
SOON = timedelta(hours=12)
"""Who is free in so many hours is asked then; of another day they say that they can do a part of the shift."""


def part_of(offer: OfferView, reading: Reading) -> str | None:
    """Give the hours that a partial offer names of a shift, as they are told: "7am-11am". "" where it names none, None where
    those are no part of the shift, or all of it."""
    if reading.since is None and reading.until is None:
        return ""
    start, end = local(offer.starts_at, offer.zone), local(offer.ends_at, offer.zone)
    since = start if reading.since is None else reading.since.next(start - A_MOMENT)
    until = end if reading.until is None else min(end, reading.until.next(since))
    if not (start <= since < until <= end) or (since, until) == (start, end):
        return None
    return f"{hour(since)}-{hour(until)}"


def next_at(time: ClockTime, at: datetime, zone: str | None) -> datetime:
    """Give the first instant behind `at` at which clocks in `zone` show this time."""
    return time.next(local(at, zone))
