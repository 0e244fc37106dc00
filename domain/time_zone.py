"""Time zones: places of the IANA database, whose clocks change when those of the people there do."""

from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, StringConstraints

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


def is_place(name: str) -> bool:
    """Whether `name` is a zone as it can be given."""
    return name in _places()


def _known_zone(name: str) -> str:
    if not is_place(name):
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
