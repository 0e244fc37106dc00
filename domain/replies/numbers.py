"""What the numbers of a message are: reply codes, clocks, days of a month, amounts or counts.

A number is a code only where the sentence can mean nothing else: alone, marked as one ("#10"), right behind a word of
taking or passing ("YES 10", "take 10") or right before one ("10 yes"). Where a clock, a date, a duration or an amount
fits as well, it is that.
"""

from enum import Enum, auto

from .phrases import number_words as said
from .phrases.calendar_words import DAYS, MONTHS
from .phrases.symbols import NO, YES
from .tokens import Message

_HOURS_OF_A_DAY, _MINUTES_OF_AN_HOUR = 24, 60
_LONGEST_MONTH = 31
_PHONE = 7
_QUARTERS = frozenset({"00", "15", "30", "45"})


class Meaning(Enum):
    """What a number is."""

    CODE = auto()
    CLOCK = auto()
    DAY = auto()
    AMOUNT = auto()
    COUNT = auto()
    UNKNOWN = auto()


def meanings(message: Message) -> dict[int, Meaning]:
    """Say of every number of `message`, by its place, what it is. Looks at words as they were written."""
    found: dict[int, Meaning] = {}
    numbers = [at for at, kind in enumerate(message.kinds) if kind == "number"]
    if not numbers:
        return found
    alone = _alone(message)
    for at in numbers:
        found[at] = Meaning.COUNT if _dialled(message, at) else _meaning(message, at, found, alone)
    return found


def is_month(message: Message, at: int) -> bool:
    """Whether the word at `at` names a month. "May", "mar" and "ago" do so only beside a day: "16 de mayo", "mar 3"."""
    word = _at(message, at)
    if word not in MONTHS:
        return False
    if word not in {"may", "mar", "ago"}:
        return True
    behind = at - 2 if _at(message, at - 1) in said.OF else at - 1
    if _is_day(_at(message, behind)):
        return True
    beyond = at + 3 if _at(message, at + 2) in said.OF else at + 2
    # "Mar 16 jul" is a Tuesday.
    return word != "ago" and _is_day(_at(message, at + 1)) and _at(message, beyond) not in MONTHS


def _at(message: Message, at: int) -> str:
    return message.words[at] if 0 <= at < len(message.words) else ""


def _is_day(word: str) -> bool:
    return word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= _LONGEST_MONTH


def _is_clock(word: str) -> bool:
    if len(word) <= 2:
        return int(word) <= _HOURS_OF_A_DAY
    hour, minute = divmod(int(word[-4:]), 100)
    return len(word) <= 4 and hour <= _HOURS_OF_A_DAY and minute < _MINUTES_OF_AN_HOUR


def _alone(message: Message) -> bool:
    """Whether nothing but numbers and courtesy is there."""
    rest = [word for word, kind in zip(message.words, message.kinds, strict=True) if kind != "number"]
    return all(word in said.POLITE or word == "#" for word in rest)


def _dialled(message: Message, at: int) -> bool:
    """Whether a number is part of a phone number: seven digits or more in a row, not all of them in pairs."""
    first = last = at
    while first and message.kinds[first - 1] == "number":
        first -= 1
    while last + 1 < len(message.words) and message.kinds[last + 1] == "number":
        last += 1
    lengths = [len(word) for word in message.words[first : last + 1]]
    return sum(lengths) >= _PHONE and max(lengths) > 2


def _meaning(message: Message, at: int, found: dict[int, Meaning], alone: bool) -> Meaning:
    word = message.words[at]
    clock = Meaning.CLOCK if _is_clock(word) else Meaning.UNKNOWN
    measured = _measured(message, at, clock)
    if measured is not None:
        return measured
    before, further = _at(message, at - 1), _at(message, at - 2)
    if before in said.MARKS_A_CODE or alone:
        return Meaning.CODE
    if len(word) == 4 and word[0] == "0":
        return clock
    if before == "to" and further in said.HALVES:
        return clock
    runs_on = at not in message.pauses
    if before in DAYS or (runs_on and before in said.DAY_AFTER):
        return Meaning.DAY if _is_day(word) else Meaning.UNKNOWN
    if runs_on and before in said.LASTS:
        return Meaning.COUNT
    if _answers(message, at, found):
        return Meaning.CODE
    if runs_on and before in said.CLOCK_AFTER:
        return clock
    if _is_a_clause(message, at) and said.ABOUT_COMING.isdisjoint(message.words):
        return Meaning.CODE
    return Meaning.UNKNOWN


def _measured(message: Message, at: int, clock: Meaning) -> Meaning | None:
    """What the word behind a number makes of it: ten minutes, ten dollars, ten o'clock, the tenth of July."""
    after, beyond = _at(message, at + 1), _at(message, at + 2)
    if after in said.OF_MONEY or (after in said.PER and beyond in said.HOURS):
        return Meaning.AMOUNT
    if not said.STREETS.isdisjoint(message.words[at + 1 : at + 4]):
        return Meaning.COUNT
    if after in said.COUNTED and (after, beyond) != ("day", "shift"):
        return Meaning.COUNT
    if _is_day(message.words[at]):
        month = at + 2 if after in said.OF else at + 1
        if is_month(message, month) or is_month(message, at - 1):
            return Meaning.DAY
    if after in said.SAYS_A_CLOCK or (after == "y" and beyond in {"media", "cuarto"}):
        return clock
    if (after, beyond) in {("in", "the"), ("at", "night"), ("de", "la"), ("en", "punto")}:
        return clock if clock is Meaning.CLOCK else None
    runs_on = at + 1 not in message.pauses
    if clock is Meaning.CLOCK and runs_on and (after in said.IS_A_SUBJECT or after in _QUARTERS):
        return clock
    return None


def _answers(message: Message, at: int, found: dict[int, Meaning]) -> bool:
    """Whether a number stands right behind a yes or a no, right before one, or behind another code."""
    before, further = _at(message, at - 1), _at(message, at - 2)
    if before in said.ANSWERS or before in YES or before in NO or (before, at) == ("y", 1):
        return True
    if before in said.LEADS_TO_A_CODE and (further in said.PLAINLY or further in said.PUT_DOWN):
        return before in {"to", "a"} or not _is_clock(message.words[at])
    if (further, before) in {("me", "off"), ("off", "from")} or (
        before == "from" and _at(message, at - 3) in said.LETS_GO
    ):
        return True
    if before in said.POLITE and (further in said.ANSWERS or further.isdecimal()):
        return found.get(at - 2, Meaning.CODE) is Meaning.CODE
    if found.get(at - 1) is Meaning.CODE:
        return True
    starts = at == 0 or at in message.pauses
    after = _at(message, at + 1)
    if _is_clock(message.words[at]):
        return starts and after not in said.MAY_ASK and (after in said.ANSWERS or after in YES or after in NO)
    return starts and (
        after in said.ANSWERS or after in YES or after in NO or (at == 0 and after in said.WRITER)
    )


def _is_a_clause(message: Message, at: int) -> bool:
    """Whether a number stands by itself at the beginning or the end: "I'll take it - 27"."""
    end = len(message.words)
    if at == 0:
        return at + 1 in message.pauses
    return at in message.pauses and at + 1 == end
