"""Time zones: places of the IANA database, whose clocks change when those of the people there do.

A clock on the wall shows some hours twice a year, and some never.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, StringConstraints

from .text import tidy

MEANT = {
    "America/New_York": "est edt et eastern us-eastern -5 -05:00 -0500",
    "America/Chicago": "cst cdt ct central us-central -6 -06:00 -0600",
    "America/Denver": "mst mdt mt mountain us-mountain -7 -07:00 -0700",
    "America/Los_Angeles": "pst pdt pt pacific us-pacific -8 -08:00 -0800",
    "America/Anchorage": "akst akdt alaska -9 -09:00 -0900",
    "Pacific/Honolulu": "hst hdt hawaii -10 -10:00 -1000",
    "America/Puerto_Rico": "ast -4 -04:00 -0400",
    "Europe/London": "gmt bst wet +0 0 -0 gmt0 greenwich +00:00 +0000",
    "Europe/Berlin": "cet cest met mez mesz +1 +01:00 +0100",
    "Europe/Helsinki": "eet eest +2 +02:00 +0200",
}
"""What is no place, and the place that is likely to be meant by it."""
WORDS_LEFT_OUT = ("standard", "daylight", "time", "zone")

_LOCAL = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)[Tt ](\d\d?):(\d\d)(?::(\d\d)(?:\.0+)?)?", re.ASCII)
_HAS_OFFSET = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d\S*? ?(?:[Zz]|[+-]\d\d:?(?:\d\d)?)", re.ASCII)
_DAY_FIRST = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b.*")
_HALF_DAY = re.compile(r"\d{4}[-/.].*\d ?[ap]\.?m\.?", re.ASCII | re.IGNORECASE)
_RECKONED = re.compile(r"\d{5}(?:\.\d+)?")
"""Days since 1900, as spreadsheets count them."""
EXAMPLE = "write 2030-07-14 07:00"


def _known_zone(name: str) -> str:
    if name not in _places():
        raise ValueError(_remedy(name))
    return name


@cache
def _places() -> frozenset[str]:
    """Give the zones that are places, and UTC, which says itself that it is none."""
    return frozenset(
        name
        for name in available_timezones()
        if name in ("UTC", "Etc/UTC") or ("/" in name and not name.startswith(("Etc/", "SystemV/")))
    )


def _remedy(name: str) -> str:
    meant = _meant(name)
    shown = name if name.isprintable() else "this"
    if meant is None:
        return f"{shown} is no IANA time zone of a place; write one such as America/Chicago"
    return f"{shown} is no IANA time zone of a place; write {meant}, if that is what is meant"


def _meant(name: str) -> str | None:
    words = name.casefold().replace("_", " ").split()
    said = "_".join(word for word in words if word not in WORDS_LEFT_OUT)
    # "Etc/GMT+5" counts westward, "GMT+5" is mostly written for the east: neither says which place.
    key = said.removeprefix("utc")
    key = key[:3] if len(key) == 7 and key[3].isdigit() else key
    meant = (place for place, names in MEANT.items() if key in names.split())
    named = (
        place
        for place in sorted(_places())
        if said in (place.casefold(), place.casefold().rpartition("/")[2])
    )
    return next(meant, None) or next(named, None)


TimeZone = Annotated[str, StringConstraints(min_length=1, max_length=64), AfterValidator(_known_zone)]
"""The name of a zone, as America/Chicago."""


def with_offset(text: str, zone: str | None) -> str:
    """Give a time with its offset; one that has an offset stays as it is.

    Raises `ValueError` when it cannot be told which instant is meant.
    """
    line = tidy(text)
    parts = _LOCAL.fullmatch(line)
    if parts is None:
        if _HAS_OFFSET.fullmatch(line):
            return line
        if _DAY_FIRST.fullmatch(line):
            raise ValueError(f"which is the day and which the month? {EXAMPLE}")
        if _HALF_DAY.fullmatch(line):
            raise ValueError(f"the hours count to 24 here, without AM and PM; {EXAMPLE}")
        if _RECKONED.fullmatch(line):
            raise ValueError(
                f"a spreadsheet has written a number for the time; format its cell as text, and {EXAMPLE}"
            )
        raise ValueError(f"this does not say day and hour; {EXAMPLE}")
    if not zone:
        raise ValueError(
            "the time has no offset and its organization no time_zone; give one, as America/Chicago"
        )
    _known_zone(zone)
    year, _, month, day, hour, minute, second = parts.groups(default="00")
    # How some write the midnight at the end of a day.
    ends = (hour, minute, second) == ("24", "00", "00")
    clock = f"{'00' if ends else hour:0>2}:{minute}:{second}"
    try:
        wall = datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2} {clock}") + timedelta(days=ends)
    except (ValueError, OverflowError):
        raise ValueError(f"there is no such day or hour; {EXAMPLE}") from None
    found = instants(wall, zone)
    if not found:
        raise ValueError(f"the clocks in {zone} skip this hour; write another, or one with an offset")
    told = " or ".join(one.isoformat() for one in found)
    if len(found) > 1:
        raise ValueError(f"this hour comes twice in {zone}; write {told}")
    return told


def instants(wall: datetime, zone: str) -> tuple[datetime, ...]:
    """Say when a clock on the wall in `zone` shows this, in order: never in an hour that is skipped, twice in one that comes
    twice."""
    first, second = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(first.tzinfo).replace(tzinfo=None, fold=0) != wall:
        return ()
    return (first,) if first.utcoffset() == second.utcoffset() else (first, second)
