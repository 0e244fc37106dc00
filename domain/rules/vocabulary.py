"""All phrases and spellings brought together, built once and on first use."""

from collections.abc import Iterable
from functools import cache
from itertools import chain

from . import english_doubt, english_duty, english_no, english_talk, english_yes, spanish
from .given_names import GIVEN_NAMES
from .grammar import Grammar
from .sms_spellings import SPELLINGS
from .spelling import Speller

NAMES: dict[str, list[str]] = {
    **english_yes.NAMES,
    **english_no.NAMES,
    **english_talk.NAMES,
    **english_duty.NAMES,
    **spanish.NAMES,
}
CODES = ["@mycode|@code", "#|number|code|shift|num|numero|codigo|turno [#] @mycode|@code|@num", "to|for|on|a|al|para @mycode", "# @num"]
SIGNED = ["@name", "@name @name|rn|@role", "@name here|speaking", "[-] @name @role", "this is|it|@name @name", "soy @name", "@role"]

PHRASES: dict[str, Iterable[str]] = {
    "yes": [*english_yes.YES, *spanish.YES, "@yes"],
    "si": spanish.SI,
    "ok": [*english_yes.OK, *spanish.OK],
    "praise": [*english_yes.PRAISE, *spanish.PRAISE],
    "courtesy": [*english_talk.COURTESY, *spanish.COURTESY, "@harmless"],
    "way": [*english_talk.WAY, *spanish.WAY],
    "code": CODES,
    "signed": SIGNED,
    "when": english_yes.NAMES["when"] + ["<date>", "@part shift"],
    "no": [*english_no.NO, *spanish.NO, "@no"],
    "busy": [*english_no.BUSY, *spanish.BUSY],
    "condition": [*english_doubt.CONDITION, *spanish.CONDITION],
    "doubt": [*english_doubt.DOUBT, *spanish.DOUBT],
    "later": [*english_doubt.LATER, *spanish.LATER],
    "taking_back": english_doubt.TAKING_BACK,
    "past": english_doubt.PAST,
    "price": [*english_doubt.PRICE, *spanish.PRICE],
    "call_off": [*english_duty.CALL_OFF, *spanish.CALL_OFF],
    "late": [*english_duty.LATE, *spanish.LATE],
    "opt_out": [*english_duty.OPT_OUT, *spanish.OPT_OUT],
    "opt_in": [*english_duty.OPT_IN, *spanish.OPT_IN],
    "help": [*english_duty.HELP, *spanish.HELP],
    "wrong": [*english_duty.WRONG, *spanish.WRONG],
    "question": [*english_duty.QUESTION, *spanish.QUESTION],
}
HARMLESS = frozenset({"yes", "si", "ok", "praise", "courtesy", "way", "code", "signed", "when"})

OBJECTIONS = frozenset(
    "if unless only until till except but not no never maybe perhaps might depends only cancel stop quit wrong"
    " pero solo quizas depende cancelar nunca tampoco without cannot".split()
)
REAL = frozenset("shirt clover lover bake fake".split())


@cache
def grammar() -> Grammar:
    """Every phrase, compiled once."""
    return Grammar(PHRASES, NAMES)


@cache
def speller() -> Speller:
    """Every spelling, indexed once."""
    meant = chain.from_iterable(words.split() for words in SPELLINGS.values())
    return Speller(chain(grammar().words, meant, GIVEN_NAMES), SPELLINGS, OBJECTIONS, REAL)
