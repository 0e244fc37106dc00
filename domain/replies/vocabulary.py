"""All phrases and spellings brought together, built once and on first use."""

from collections.abc import Iterable
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
    spanish,
    spanish_no,
)
from .phrases.calendar_words import DAYS, MONTHS, PARTS, RELATIVE, ROLES, WEEKEND
from .phrases.given_names import GIVEN_NAMES
from .phrases.number_words import MUST_STAY
from .phrases.sms_spellings import SPELLINGS
from .spelling import Speller

NAMES: dict[str, list[str]] = {
    **english_words.NAMES,
    **english_no.NAMES,
    **english_reasons.NAMES,
    **english_talk.NAMES,
    **english_duty.NAMES,
    **spanish.NAMES,
    **spanish_no.NAMES,
}
CODES = [
    "@mycode|@code",
    "#|number|code|shift|num|numero|codigo|turno [#] @mycode|@code|@num",
    "# @mycode|@code|@num",
    "to @code",
    "to|for|on|a|al|para [the|el] [shift|number|code|turno] [#] @mycode",
]
SIGNED = [
    "@name d|e|f|g|h|j|l|m|o|p|s|t|v|w|x|z [here]",
    "@name [@name]",
    "@name [@name] here|speaking|aqui [again]",
    "@name [@name] @role",
    "@role here|available",
    "@role",
    "from|de|under @name [@name]",
    "aqui @name",
]
INTRODUCED = [
    "[hi|hello] this|it is [me|nurse] @name [@name] [@role]",
    "i am [a|an] @role",
    "i am @name [@name]",
    "this|it is @name d|e|f|g|h|j|l|m|o|p|s|t|v|w|x|z",
    "my name is @name [@name]",
    "[yo] soy @name [@name]",
    "soy [la|el] @role",
    "habla @name",
    "le|te habla @name",
]

PHRASES: dict[str, Iterable[str]] = {
    "yes": [*english_yes.YES, *spanish.YES, "@yes"],
    "si": spanish.SI,
    "ok": [*english_yes.OK, *spanish.OK],
    "praise": [*english_beside.PRAISE, *spanish.PRAISE],
    "idle": english_beside.IDLE,
    "acquainted": [*english_beside.ACQUAINTED, *spanish.ACQUAINTED],
    "courtesy": [*english_talk.COURTESY, *spanish.COURTESY],
    "way": [*english_talk.WAY, *spanish.WAY],
    "code": CODES,
    "signed": SIGNED,
    "introduced": INTRODUCED,
    "when": [*english_words.NAMES["when"], *spanish.NAMES["cuando"], "<date>", "@part shift"],
    "echo": [
        "can|could|may|should i|we <do> <tail> ?",
        "<do> [it|that|this] ?",
        "[is] [it|this|that|shift] still available|open|there|need|looking [help|coverage|someone] ?",
        "[the] <date> [shift] ?",
        "[the] <kind> shift ?",
    ],
    "no": [*english_no.NO, *spanish_no.NO, "@no"],
    "busy": [*english_no.BUSY, *english_reasons.REASONS, *spanish_no.BUSY],
    "condition": [*english_doubt.CONDITION, *spanish_no.CONDITION],
    "bound": english_doubt.BOUND,
    "other_term": english_doubt.OTHER_TERM,
    "price": [*english_doubt.PRICE, *spanish_no.PRICE],
    "unknowing": [*english_doubt.UNKNOWING, *spanish_no.UNKNOWING],
    "doubt": [*english_doubt.DOUBT, *spanish_no.DOUBT, "@doubt"],
    "later": [*english_doubt.LATER, *spanish_no.LATER],
    "taking_back": english_doubt.TAKING_BACK,
    "besides": [*english_doubt.BESIDES, *spanish_no.BESIDES],
    "elsewhere": [*english_doubt.ELSEWHERE, *spanish_no.ELSEWHERE],
    "call_off": [*english_duty.CALL_OFF, *spanish_no.CALL_OFF],
    "late": [*english_duty.LATE, *spanish_no.LATE],
    "opt_out": [*english_duty.OPT_OUT, *spanish_no.OPT_OUT],
    "take_off": [*english_duty.TAKE_OFF, *spanish_no.TAKE_OFF],
    "keep": [*english_duty.KEEP, *spanish_no.KEEP],
    "no_calls": [*english_duty.NO_CALLS, *spanish_no.NO_CALLS],
    "call_me": [*english_duty.CALL_ME, *spanish_no.CALL_ME],
    "thanks": [*english_talk.THANKS, *spanish.THANKS],
    "greeting": [*english_talk.GREETING, *spanish.GREETING],
    "opt_out_alone": [*english_duty.OPT_OUT_ALONE, *spanish_no.OPT_OUT_ALONE],
    "no_alone": ["n"],
    "opt_in": [*english_duty.OPT_IN, *spanish_no.OPT_IN],
    "help": [*english_duty.HELP, *spanish_no.HELP],
    "wrong": [*english_duty.WRONG, *spanish_no.WRONG],
    "question": [*english_duty.QUESTION, *spanish_no.QUESTION],
}
OBJECTIONS = frozenset(
    "if unless only until till except but not no never maybe perhaps might depends cancel stop quit wrong cannot cant"
    " wont dont without nothing neither possibly probably later hopefully tentatively pending before after instead"
    " another other pero solo quizas quiza depende cancelar nunca tampoco despues antes luego otro".split()
)
"""Words that a typo is rather taken for than for a harmless one."""
OF_THE_CALENDAR = frozenset((*DAYS, *MONTHS, *PARTS, *RELATIVE, *WEEKEND, *ROLES))
REAL = frozenset(
    "refused refuses interesting shirt clover lover bake fake noted another outside inside without elsewhere somewhere anywhere everywhere nowhere whenever"
    " wherever however whatever whoever itself himself herself themselves sometime sometimes".split()
)


@cache
def grammar() -> Grammar:
    """Every phrase, compiled once."""
    return Grammar(PHRASES, NAMES)


@cache
def speller() -> Speller:
    """Every spelling, indexed once."""
    meant = chain.from_iterable(words.split() for words in SPELLINGS.values())
    return Speller(
        chain(grammar().words, meant), SPELLINGS, OBJECTIONS, REAL | MUST_STAY | OF_THE_CALENDAR, GIVEN_NAMES
    )
