"""What a carrier makes of some texts before they come here: STOP, START and HELP, by its own list of words."""

from ..message import Keyword
from ..phone import is_toll_free
from ..replies.reading import Intent, Reading
from .contact import Contact

UNDOES_ON_TOLL_FREE = frozenset({"start", "unstop"})
"""The network of toll-free numbers undoes an opt-out for these words and no others."""


def heed_keyword(
    reading: Reading, keyword: Keyword | None, contact: Contact, dialled: str | None, text: str
) -> Reading:
    """Read a text as its carrier did, where that binds us. `dialled` is the number it was sent to.

    A text that the carrier took for START opts in whoever had opted out. From anybody else it stays what it says: for
    some carriers YES is such a word, and here it is an answer.
    """
    if keyword is Keyword.STOP:
        return _taken(reading, Intent.OPT_OUT, "The carrier took it for an opt-out.")
    if keyword is Keyword.HELP:
        return _taken(reading, Intent.HELP, "The carrier took it for a call for help.")
    working = [one for one in contact.people if one.active]
    if not working or not all(one.opted_out for one in working):
        return reading
    if dialled is not None and is_toll_free(dialled):
        if text.strip().casefold() in UNDOES_ON_TOLL_FREE:
            return _taken(reading, Intent.OPT_IN, "It undoes an opt-out.")
        if reading.intent in (Intent.ACCEPT, Intent.OPT_IN):
            return _taken(
                reading, Intent.UNCLEAR, "They opted out, and this number takes only START for an opt-in."
            )
        return reading
    if keyword is Keyword.START:
        return _taken(reading, Intent.OPT_IN, "The carrier took it for an opt-in.")
    return reading


def _taken(reading: Reading, intent: Intent, reason: str) -> Reading:
    """Give the reading with another intent; what else was found in the words went with the former one."""
    return Reading(intent=intent, confidence=1.0, reason=reason, words=reading.words)
