"""What holds for every text to caregivers, also for an organization's own: it is looked at before anybody gets it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from string import Formatter

from . import wording
from .gsm7 import segments, septets
from .own_texts import OwnText, OwnTexts
from .shift.shift import Shift, ShiftStatus

RESERVED = re.compile(
    r"\b(stop|stopall|stop all|cancel|end|quit|revoke|opt[ -]?out|unsubscribe|arret|alto|baja|cancelar|parar|fin|salir)\b",
    re.IGNORECASE,
)
"""What carriers, or the law, take for an opt-out in the languages we speak."""
VERB = re.compile(r"\b(?:YES|SI|NO|STOP|START|HELP|OK)\b(?: \d+)?|\b(?:Press|Oprima) 1\b|\b2 (?:to|para)\b")
IN_ENGLISH = {"SI": "YES", "Oprima 1": "Press 1", "2 para": "2 to"}

START = datetime(2030, 9, 25, 23, 30, tzinfo=UTC)
SHIFT = Shift(
    id="a-shift",
    organization_id="an-organization",
    role_required="Nursing Asst",
    start_time=START,
    end_time=START + timedelta(hours=8),
    time_zone="UTC",
    area="North Side",
)
"""What texts are filled with to be looked at."""
SENDER, CODE = "Lakeside Home Care", "2741"
Filled = Callable[[str, OwnText | None], str]
EACH: dict[str, tuple[Filled, set[str]]] = {
    "offer": (
        lambda language, own: wording.offer(SHIFT, "UTC", SENDER, CODE, language, own=own),
        {"sender", "shift", "code"},
    ),
    "confirmation": (
        lambda language, own: wording.confirmation(wording.describe(SHIFT, "UTC", language), language, own),
        {"shift"},
    ),
    "taken": (
        lambda language, own: wording.too_late(
            wording.describe(SHIFT, "UTC", language), ShiftStatus.CLAIMED, language, own=own
        ),
        {"shift"},
    ),
    "help": (lambda language, own: wording.help_text(SENDER, language, own), {"sender"}),
    "welcome": (lambda language, own: wording.welcome(SENDER, language, own), {"sender"}),
}
"""How each text is filled in, and the places that it has to have: who sends what comes unasked, and which shift it is about."""
MAY = {"offer": {"area"}}


def taught(text: str) -> list[str]:
    """Give the words and keys that a text teaches, in English, with their codes."""
    found = VERB.findall(text)
    return [IN_ENGLISH.get(one) or one.replace("SI ", "YES ") for one in found]


def look_at(texts: OwnTexts) -> OwnTexts:
    """Give texts that may go out as they are.

    Each teaches the words that ours teaches, so both languages teach the same, none that a carrier takes for an opt-out where
    ours has none, has the places that are filled in and no other, and takes no more segments than ours.
    Raises ValueError for the first that does not: which text, in which language, what is wrong and what to do.
    """
    for name, (fill, places) in EACH.items():
        own: OwnText | None = getattr(texts, name)
        for language in ("en", "es") if own is not None else ():
            words = getattr(own, language)
            wrong = _misplaced(words, places, MAY.get(name, set())) or _wrong(
                fill(language, own), fill(language, None)
            )
            if wrong:
                raise ValueError(f"{name} ({language}): {wrong}")
    return texts


def _misplaced(words: str, must: set[str], may: set[str]) -> str | None:
    """Nothing but these facts can be filled in, so no text says more of a shift than its role, time and area."""
    named = ", ".join(f"{{{one}}}" for one in sorted(must))
    try:
        parts = [part for part in Formatter().parse(words) if part[1] is not None]
    except ValueError:
        return f"a brace stands alone; write places as {named}"
    found = {name for _, name, _, _ in parts}
    if not must <= found <= must | may or any(form or conversion for _, _, form, conversion in parts):
        more = f", may have {', '.join(f'{{{one}}}' for one in sorted(may))}" if may else ""
        return f"it has to have {named}{more} and no other place"
    return None


def _wrong(text: str, ours: str) -> str | None:
    reserved = {one.lower() for one in RESERVED.findall(text)} - {
        one.lower() for one in RESERVED.findall(ours)
    }
    if reserved:
        return f"carriers take {', '.join(sorted(reserved)).upper()} for an opt-out; use another word"
    # In which order, and how often, is for them to say.
    if set(taught(text)) != set(taught(ours)):
        return f'it has to teach the words, in capitals, that this does: "{ours}"'
    if septets(text) is None:
        return "no plain text message has all its letters; leave out emoji and other scripts"
    if segments(text) > segments(ours):
        return f"it is too long for {segments(ours)} segment (160 letters) once it is filled in"
    return None
