"""All phrases and spellings brought together, built once and on first use."""

from functools import cache
from itertools import chain

from .grammar import Grammar
from .phrases import (
    english_beside,
    english_doubt,
    english_duty,
    english_no,
    english_reasons,
    english_talk,
    english_words,
    english_yes,
    shared,
    spanish,
    spanish_no,
)
from .phrases.calendar_words import DAYS, MONTHS, PARTS, RELATIVE, ROLES, WEEKEND
from .phrases.given_names import GIVEN_NAMES
from .phrases.number_words import MUST_STAY
from .phrases.sms_spellings import WRITTEN
from .pieces import TAGS
from .spelling import Speller

_LISTS = tuple(
    vars(module)
    for module in (
        shared,
        english_words,
        english_yes,
        english_beside,
        english_talk,
        english_no,
        english_reasons,
        english_doubt,
        english_duty,
        spanish,
        spanish_no,
    )
)
NAMES: dict[str, list[str]] = {
    name: patterns for lists in _LISTS for name, patterns in lists.get("NAMES", {}).items()
}
PHRASES: dict[str, list[str]] = {
    tag: [pattern for lists in _LISTS for pattern in lists.get(tag.upper(), ())] for tag in TAGS
}
"""Under each tag the patterns of all lists of its name, whatever the language."""
_SPELLED_RIGHT = frozenset((*shared.REAL, *MUST_STAY, *DAYS, *MONTHS, *PARTS, *RELATIVE, *WEEKEND, *ROLES))


@cache
def grammar() -> Grammar:
    """Every phrase, compiled once."""
    return Grammar(PHRASES, NAMES)


@cache
def speller() -> Speller:
    """Every spelling, indexed once."""
    spellings = {form: words for words, forms in WRITTEN.items() for form in forms.split()}
    meant = chain.from_iterable(words.split() for words in WRITTEN)
    return Speller(chain(grammar().words, meant), spellings, shared.OBJECTIONS, _SPELLED_RIGHT | GIVEN_NAMES)
