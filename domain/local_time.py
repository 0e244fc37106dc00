"""Times as a clock on the wall shows them: in which zone, and whether that hour comes once, twice or never."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from .time_zone import is_place

_LOCAL = re.compile(r"\d{4}-\d\d-\d\d[Tt ]+\d{1,2}:\d\d(?::\d\d)?")
_DAY_FIRST = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.*")


def with_offset(text: str, zone: str | None) -> str:
    """Give a time with its offset; one that has an offset stays as it is.

    Raises `ValueError` when it cannot be told which instant is meant.
    """
    line = text.strip()
    if not _LOCAL.fullmatch(line):
        if _DAY_FIRST.fullmatch(line) and not re.match(r"\d{4}-\d\d-\d\d", line):
            raise ValueError("which is the day and which the month? write 2030-07-14 07:00")
        return line
    if not zone or not is_place(zone):
        raise ValueError(
            "the time has no offset and its organization no time_zone; give one, as America/Chicago"
        )
    date, _, clock = re.sub(r"[Tt ]+", " ", line).partition(" ")
    try:
        wall = datetime.fromisoformat(f"{date} {clock.zfill(5) if clock.count(':') == 1 else clock.zfill(8)}")
    except ValueError:
        raise ValueError("there is no such day or hour; write 2030-07-14 07:00") from None
    first, second = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(first.tzinfo).replace(tzinfo=None, fold=0) != wall:
        raise ValueError(f"the clocks in {zone} skip this hour; write another, or one with an offset")
    if first.utcoffset() != second.utcoffset():
        told = " or ".join(one.isoformat() for one in (first, second))
        raise ValueError(f"this hour comes twice in {zone}; write {told}")
    return first.isoformat()
