"""Times, numbers and short forms as they are said, so that a voice reads them as people do."""

import re
from datetime import datetime, timedelta

from ..when import in_zone_of

DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
}  # fmt: skip
SHORT_FORM = re.compile(r"\b[A-Z]{2,4}\b")
IN_AMERICA = re.compile(r"\+?1?(\d{3})(\d{3})(\d{4})")


def apart(text: str) -> str:
    """Say letters and digits one by one: "27" → "2 7"."""
    return " ".join(text)


def phone(number: str) -> str:
    """Say a phone number digit by digit, with a pause between its groups; an American one without its country."""
    found = IN_AMERICA.fullmatch(number)
    groups = found.groups() if found else (number.removeprefix("+"),)
    return ", ".join(apart(group) for group in groups)


def role(name: str) -> str:
    """Say a role; short forms by their letters: "RN" → "R N"."""
    return SHORT_FORM.sub(lambda found: apart(found[0]), name)


def span(start: datetime, end: datetime, zone: str | None, language: str, at: datetime | None = None) -> str:
    """Say when a shift is, in the zone it is told in: "tomorrow, Tuesday, July 14, from 7 AM to 3 PM". `at` is the
    present, from which today and tomorrow are told; an end on another day names it."""
    start, end, offset = in_zone_of(start, end, zone)
    english = language != "es"
    told = f"{_near(start, at, english=english)}{_day(start, english=english)}"
    until = "" if end.date() == start.date() else _ends_on(start, end, english=english)
    if english:
        told += f", from {_hour(start)} to {_hour(end)}{until}"
    else:
        told += f", de {_hora(start)} a {_hora(end)}{until}"
    return f"{told}, {_offset(offset, english=english)}" if offset else told


def _near(start: datetime, at: datetime | None, *, english: bool) -> str:
    if at is None:
        return ""
    days = (start.date() - at.astimezone(start.tzinfo).date()).days
    said = {0: "today, " if english else "hoy, ", 1: "tomorrow, " if english else "mañana, "}
    return said.get(days, "")


def _day(instant: datetime, *, english: bool) -> str:
    weekday = DAYS["en" if english else "es"][instant.weekday()]
    month = MONTHS["en" if english else "es"][instant.month - 1]
    return f"{weekday}, {month} {instant.day}" if english else f"{weekday} {instant.day} de {month}"


def _ends_on(start: datetime, end: datetime, *, english: bool) -> str:
    long = end.replace(tzinfo=None) - start.replace(tzinfo=None) >= timedelta(days=1)
    day = _day(end, english=english) if long else DAYS["en" if english else "es"][end.weekday()]
    return f" on {day}" if english else f" del {day}"


def _hour(instant: datetime) -> str:
    if not instant.minute and instant.hour in (0, 12):
        return "12 noon" if instant.hour else "midnight"
    minutes = f":{instant.minute:02}" if instant.minute else ""
    return f"{instant.hour % 12 or 12}{minutes} {'AM' if instant.hour < 12 else 'PM'}"


def _hora(instant: datetime) -> str:
    hour = instant.hour % 12 or 12
    minutes = f" y {instant.minute}" if instant.minute else ""
    if instant.hour == 12:
        part = "de la tarde" if instant.minute else "del mediodía"
    else:
        part = (
            "de la mañana"
            if 1 <= instant.hour < 12
            else "de la tarde"
            if 12 < instant.hour < 20
            else "de la noche"
        )
    return f"{'la' if hour == 1 else 'las'} {hour}{minutes} {part}"


def _offset(offset: str, *, english: bool) -> str:
    """Say "UTC-5": where no place is known, what the hours count from."""
    less, more = ("minus", "plus") if english else ("menos", "más")
    hours = offset.removeprefix("UTC").replace("-", f" {less} ").replace("+", f" {more} ")
    return f"U T C{hours}"
