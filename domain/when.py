"""Times as people are told them: "Tue Jul 14 7am-3pm", in the zone of the shift."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mie", "jue", "vie", "sab", "dom"),
}
MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
}
NO_PLACE = ("UTC", "Etc/UTC")


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo | None:
    # A name that was known when it was given may be unknown to the machine that replays it.
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def local(instant: datetime, zone: str | None) -> datetime:
    """Give `instant` in the zone it is told in: `zone` where it is known, else with the offset it came with."""
    return instant.astimezone(_zone(zone)) if zone and _zone(zone) else instant


def midnight(instant: datetime, zone: str | None) -> datetime:
    """Give when the day of `instant` began, on the clocks of `zone`."""
    return local(instant, zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def day(instant: datetime, language: str) -> str:
    """Give "Tue Jul 14", in Spanish "mar 14 jul" (without accents, which plain text messages lack).

    A language that is not spoken here is told in English.
    """
    spoken = language if language in DAYS else "en"
    weekday, month = DAYS[spoken][instant.weekday()], MONTHS[spoken][instant.month - 1]
    return f"{weekday} {month} {instant.day}" if spoken == "en" else f"{weekday} {instant.day} {month}"


def hour(instant: datetime) -> str:
    """Give "7am", "3:30pm"."""
    minutes = f":{instant.minute:02}" if instant.minute else ""
    return f"{instant.hour % 12 or 12}{minutes}{'am' if instant.hour < 12 else 'pm'}"


def span(start: datetime, end: datetime, language: str) -> str:
    """Give "Tue Jul 14 7am-3pm"; an end a day or more later on the clock names its day as well."""
    on_the_clock = end.replace(tzinfo=None) - start.replace(tzinfo=None)
    until = f"{day(end, language)} {hour(end)}" if on_the_clock >= timedelta(days=1) else hour(end)
    return f"{day(start, language)} {hour(start)}-{until}"


def told_span(start: datetime, end: datetime, zone: str | None, language: str) -> str:
    """Give the span as people are told it: in `zone`, or where no place is known, with what its hours count from:
    "Tue Jul 14 12pm-8pm UTC"."""
    start, end, offset = in_zone_of(start, end, zone)
    told = span(start, end, language)
    return f"{told} {offset}" if offset else told


def in_zone_of(start: datetime, end: datetime, zone: str | None) -> tuple[datetime, datetime, str]:
    """Give both instants in the zone they are told in and, where no place is known, what their hours count from ("UTC-5")."""
    if zone and _zone(zone) and zone not in NO_PLACE:
        return local(start, zone), local(end, zone), ""
    offset = start.utcoffset()
    if not offset or offset != end.utcoffset():
        start, end, offset = start.astimezone(UTC), end.astimezone(UTC), timedelta()
    return start, end, _from_utc(offset)


def _from_utc(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"
