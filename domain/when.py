"""Times as people are told them: "Tue Jul 14 7am-3pm", in the zone of the shift."""

from datetime import datetime
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


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local(instant: datetime, zone: str | None) -> datetime:
    """Give `instant` in the zone it is told in: `zone`, or the offset it came with."""
    return instant.astimezone(_zone(zone)) if zone else instant


def day(instant: datetime, language: str) -> str:
    """Give "Tue Jul 14", in Spanish "mar 14 jul" (without accents, which plain text messages lack)."""
    weekday, month = DAYS[language][instant.weekday()], MONTHS[language][instant.month - 1]
    return f"{weekday} {month} {instant.day}" if language == "en" else f"{weekday} {instant.day} {month}"


def hour(instant: datetime) -> str:
    """Give "7am", "3:30pm"."""
    minutes = f":{instant.minute:02}" if instant.minute else ""
    return f"{instant.hour % 12 or 12}{minutes}{'am' if instant.hour < 12 else 'pm'}"


def span(start: datetime, end: datetime, language: str) -> str:
    """Give "Tue Jul 14 7am-3pm"; an end more than a day after the start names its day as well."""
    far = (end - start).total_seconds() >= 24 * 3600
    return f"{day(start, language)} {hour(start)}-{day(end, language) + ' ' if far else ''}{hour(end)}"
