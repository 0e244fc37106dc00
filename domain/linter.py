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
    r"(?<![^\W\d_])(stop|stopall|cancel|end|quit|revoke|opt[\s_-]*out|unsubscribe|arret|alto|baja|cancelar|parar|fin|salir)(?![^\W\d_])",
    re.IGNORECASE,
)
"""What carriers, or the law, take for an opt-out in the languages we speak."""
VERB = re.compile(r"\b(?:YES|SI|NO|STOP|START|HELP|OK)\b(?: \d+)?|\b(?:Press|Oprima) 1\b|\b2 (?:to|para)\b")
IN_ENGLISH = {"SI": "YES", "Oprima 1": "Press 1", "2 para": "2 to"}

ASKED = re.compile(
    r"\b(?:reply|text|respond|responda|conteste|escriba)\W{1,3}(?:with |con )?\W?(yes|no|ok)\b(?! (?:later|more|one)\b)",
    re.IGNORECASE,
)
"""What a text asks to be answered with, also in small letters."""
ANSWER = r"(?::| (?:reply|text|answer|say|send|write|responda|conteste|envie|escriba|diga)) "
MEANS = r"[ :=-]*(?:(?:to|if you|means|is|para|si|es)[ :=-]+)*"
PASSES = r"(?:pass|decline|refuse|skip|cannot|can't|pasar?|rechaz\w+|declinar?|no puede)\b"
TAKES = r"(?:take(?! care)|accept|want|can(?!'|not)|acept\w+|tom\w+|quiere|puede)\b"
INVERTED = re.compile(
    rf"\b(?:YES|SI) \d+{MEANS}{PASSES}|\bNO \d+{MEANS}{TAKES}"
    rf"|\b(?:to|para) (?:{PASSES}{ANSWER}(?:YES|SI)|{TAKES}(?: it)?{ANSWER}NO) \d",
    re.IGNORECASE,
)
"""YES where it is to pass, or NO where it is to take the shift: whoever passes would have it."""

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
LONG = SHIFT.model_copy(
    update={"role_required": "Certified Nursing Assistant", "area": "Springfield South East, 4th floor"}
)
SENDER, LONG_SENDER, CODE = "Lakeside Home Care", "Lakeside Home Care of Greater Illinois", "2741"
FILLINGS = ((SHIFT, SENDER), (LONG, LONG_SENDER))
"""What texts are filled with to be looked at: what is common, and as much of it as there may be."""
Filled = Callable[[Shift, str, str, OwnText | None], str]
EACH: dict[str, tuple[Filled, set[str]]] = {
    "offer": (
        lambda shift, sender, language, own: wording.offer(shift, "UTC", sender, CODE, language, own=own),
        {"sender", "shift", "code"},
    ),
    "confirmation": (
        lambda shift, _, language, own: wording.confirmation(
            wording.describe(shift, "UTC", language), language, own
        ),
        {"shift"},
    ),
    "taken": (
        lambda shift, _, language, own: wording.too_late(
            wording.describe(shift, "UTC", language), ShiftStatus.CLAIMED, language, own=own
        ),
        {"shift"},
    ),
    "help": (lambda _, sender, language, own: wording.help_text(sender, language, own), {"sender"}),
    "welcome": (lambda _, sender, language, own: wording.welcome(sender, language, own), {"sender"}),
}
"""How each text is filled in, and the places that it has to have: who sends what comes unasked, and which shift it is about."""
MAY = {"offer": {"area"}}


def taught(text: str) -> list[str]:
    """Give the words and keys that a text teaches, in English, with their codes."""
    found = VERB.findall(text)
    found += [one.upper() for one in ASKED.findall(text) if not one.isupper()]
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
            found = (
                _wrong(fill(shift, sender, language, own), fill(shift, sender, language, None))
                for shift, sender in FILLINGS
            )
            wrong = _misplaced(words, places, MAY.get(name, set())) or next(filter(None, found), None)
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
    if INVERTED.search(text):
        return "it turns round what the words do: YES takes the shift, NO passes"
    if septets(text) is None:
        return "no plain text message has all its letters; leave out emoji and other scripts"
    if segments(text) > segments(ours):
        return f'it is too long for {segments(ours)} segment (160 letters) once it is filled in: "{text}"'
    return None
