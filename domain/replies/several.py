"""What a text says of several offers: "YES 10, NO 11", "both", "neither", "yes tuesday" where one of them is on Tuesday.

A text is cut where each part by itself is a plain yes or no to what it names. Where that cannot be done, or in two ways,
nothing is said of any offer by itself.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations, groupby, pairwise

from .phrases import number_words, several_words
from .phrases.symbols import NO
from .reading import Every, Intent, Reading, Reply, Said
from .tokens import Message, plain, without_accents

Read = Callable[[Reply], tuple[Reading, Message]]
"""Reads a text by itself, and gives its words as they were compared with the offers."""

LONGEST = 16
"""Words of a text that is cut: nobody answers two offers in more."""

MOST = 9
"""Offers and codes that are told apart in one text."""

# A question, too: "SI 27 Y NO 31" has a "Y" that alone asks why.
_MAY_BE = frozenset(
    {Intent.ACCEPT, Intent.DECLINE, Intent.UNCLEAR, Intent.CONDITION, Intent.QUESTION, Intent.CALL_OFF}
)
_SAYS = frozenset({Intent.ACCEPT, Intent.DECLINE})
_YES_TO = frozenset({Intent.ACCEPT, Intent.CONDITION})
_CODES = frozenset({"@code", "@mycode"})
_OFFERED = frozenset({"@day", "@todays", "@start", "@hours", "@part"})
_TERMS = _OFFERED | {"@otherday"}
_NAMES_ONE = _OFFERED | {"@month"} | _CODES
_PHRASES: tuple[tuple[tuple[str, ...], Every, bool], ...] = (
    *((tuple(one.split()), Every.BOTH, True) for one in several_words.BOTH),
    *((tuple(one.split()), Every.ALL, True) for one in several_words.ALL),
    *((tuple(one.split()), Every.ALL, False) for one in several_words.NONE),
    *((tuple(one.split()), Every.ANY, True) for one in several_words.ANY),
)
_LONGEST_FIRST = sorted(_PHRASES, key=lambda one: -len(one[0]))


def several(reply: Reply, message: Message, reading: Reading, read: Read) -> Reading:
    """Give `reading` with what the text says of each offer, where it speaks of several; else as it is."""
    words = message.words
    if message.cut or len(words) > LONGEST or "?" in words or reading.intent not in _MAY_BE:
        return reading
    if reading.intent is Intent.CALL_OFF:
        codes = () if message.codes else _fitting(reply, message, read)
        return reading.model_copy(
            update={"each": tuple(Said(code=code, intent=Intent.UNCLEAR) for code in codes)}
        )
    every = _every(reply, message, reading, read) or _but_not_both(reply, message, read)
    if every is not None:
        return every
    if reading.intent not in _SAYS and (also := _also(reply, message)) is not None:
        too = Said(code=also, intent=Intent.UNCLEAR, too=True)
        return reading.model_copy(
            update={"intent": Intent.UNCLEAR, "codes": (also,), "words": (also,), "each": (too,)}
        )
    if reading.intent not in _SAYS and (one := _only_named(reply, message, reading, read)):
        return reading.model_copy(update={"each": (Said(code=one, intent=Intent.UNCLEAR),)})
    if reading.intent is Intent.CONDITION:
        return reading
    each = _each(reply, message, reading, read)
    named = [at for at in range(len(words)) if _names(message, at)]
    if each is None and len(named) > 1:
        if all(at in named or word in several_words.LINKS for at, word in enumerate(words)):
            return reading.model_copy(update={"words": reading.codes})
        # Its parts may look at what the whole does not.
        message.codes = message.terms = True
        each = _cut(reply, message, named, read)
        if (
            each is None
            and reading.intent is Intent.DECLINE
            and _refuses_another(reply, message, named, read)
        ):
            said = "says yes to one thing and no to another"
            return reading.model_copy(update={"intent": Intent.UNCLEAR, "confidence": 0.8, "reason": said})
    if each is None or (len(each) == 1 and each[0].code in reading.codes):
        return reading
    return _said(reading, each, tuple(one.code for one in each if one.code in message.raw))


def _said(reading: Reading, each: tuple[Said, ...], codes: tuple[str, ...]) -> Reading:
    accepts = any(one.intent is Intent.ACCEPT for one in each)
    told = ", ".join(f"{'yes' if one.intent is Intent.ACCEPT else 'no'} to {one.code}" for one in each)
    update: dict[str, object] = {"each": each}
    if len({one.intent for one in each}) > 1 or reading.intent not in _SAYS:
        update |= {
            "intent": Intent.ACCEPT if accepts else Intent.DECLINE,
            "confidence": 0.9,
            "reason": f"says of each by itself: {told}",
            "codes": codes,
            "explicit": True,
        }
    return reading.model_copy(update=update)


# Each by its code, or by its day.


def _also(reply: Reply, message: Message) -> str | None:
    """The code of the offer that is wanted as well: "and 31 too", "also 31"."""
    numbers = [at for at, kind in enumerate(message.kinds) if kind == "number"]
    rest = [_written(message, at) for at in range(len(message.words)) if at not in numbers]
    if len(numbers) != 1 or several_words.ASIDE.issuperset(rest) or not several_words.ALSO.issuperset(rest):
        return None
    message.codes, code = True, message.raw[numbers[0]]
    return code if any(one.code == code for one in reply.offers) else None


def _only_named(reply: Reply, message: Message, reading: Reading, read: Read) -> str | None:
    """The code of the one offer that a text names, and says nothing of: "27 please", "the Wednesday one"."""
    rest = [word for word in message.words if word not in _NAMES_ONE]
    if len(rest) == len(message.words) or not several_words.BESIDE_A_NAME.issuperset(rest):
        return None
    codes = set(reading.codes or _fitting(reply, message, read))
    return codes.pop() if len(codes) == 1 else None


def _each(reply: Reply, message: Message, reading: Reading, read: Read) -> tuple[Said, ...] | None:
    """What one yes or no names: codes in a row, or the one offer that all its days and hours fit."""
    if reading.intent not in _SAYS:
        return None
    if reading.codes:
        codes = tuple(dict.fromkeys(reading.codes))
        if len(codes) > MOST or not _in_a_row(message):
            return None
    else:
        codes = _fitting(reply, message, read)
    return tuple(Said(code=code, intent=reading.intent) for code in codes) or None


def _in_a_row(message: Message) -> bool:
    places = [at for at, word in enumerate(message.words) if word in _CODES]
    between = message.words[places[0] : places[-1]]
    return all(word in _CODES or word in several_words.LINKS or word == "#" for word in between)


def _fitting(reply: Reply, message: Message, read: Read) -> tuple[str, ...]:
    """The code of the one offer whose day, hours and role are those named; none where that is not exactly one."""
    offers = reply.offers
    if not message.terms or not 1 < len(offers) <= MOST or _only_bounds(message):
        return ()
    fits = [
        one.code
        for one in offers
        if read(reply.model_copy(update={"offers": (one,)}))[1].words == message.words
    ]
    return (fits[0],) if len(fits) == 1 and fits[0] is not None else ()


def _only_bounds(message: Message) -> bool:
    """Whether all that could name an offer says until or since when: "busy till 7"."""
    named = [at for at, word in enumerate(message.words) if word in _NAMES_ONE]
    return bool(named) and all(_is_bound(message, at) for at in named)


def _is_bound(message: Message, at: int) -> bool:
    while at and _written(message, at - 1) in several_words.WITHIN_A_BOUND:
        at -= 1
    return at > 0 and _written(message, at - 1) in several_words.BOUNDS


# Cut into parts.


def _cut(reply: Reply, message: Message, named: Sequence[int], read: Read) -> tuple[Said, ...] | None:
    """The parts of a text, each a yes or a no by itself; None where there is no way, or two that differ, to cut it into the fewest."""
    end = len(message.words)
    groups = [[at for _, at in run] for _, run in groupby(enumerate(named), lambda pair: pair[1] - pair[0])]
    apart = 1 + sum(at in message.pauses for at in range(named[0] + 1, named[-1] + 1))
    places = [at for at in range(named[0] + 1, named[-1] + 1) if message.raw[at] is not message.raw[at - 1]]

    @cache
    def part(first: int, last: int) -> tuple[Said, ...] | None:
        return _part(reply, message, first, last, read)

    for parts in range(2, min(max(len(groups), apart), 4) + 1):
        ways: set[tuple[Said, ...]] = set()
        for cuts in combinations(places, parts - 1):
            edges = (0, *cuts, end)
            said = [part(first, last) for first, last in pairwise(edges)]
            if all(said):
                ways.add(tuple(one for found in said for one in found or ()))
        if ways:
            [way, *others] = ways
            return None if others or not _agrees(way) else tuple(dict.fromkeys(way))
    return None


def _refuses_another(reply: Reply, message: Message, named: Sequence[int], read: Read) -> bool:
    """Whether it falls in two, of which one says yes and the other a no to what is not on offer: "yes tuesday, no wednesday"."""
    for cut in range(named[0] + 1, named[-1] + 1):
        says: list[Intent] = []
        for first, last in ((0, cut), (cut, len(message.words))):
            at = next(
                place for place in range(first, last) if _written(message, place) not in several_words.LINKS
            )
            text = _text(message, range(at, last))
            reading, compared = read(reply.model_copy(update={"text": text}))
            refuses = reading.intent is Intent.DECLINE and _begins_with_a_no(message, at)
            if refuses and _OFFERED.isdisjoint(compared.words):
                says.append(Intent.DECLINE)
            elif reading.intent in _YES_TO:
                says.append(Intent.ACCEPT)
        if set(says) == _SAYS:
            return True
    return False


def _names(message: Message, at: int) -> bool:
    return message.words[at] in _CODES or message.words[at] in _TERMS or message.kinds[at] == "number"


def _agrees(said: Sequence[Said]) -> bool:
    """Whether nothing is said twice, once yes and once no."""
    return len({one.code for one in said}) == len(set(said)) <= MOST


def _part(reply: Reply, message: Message, first: int, last: int, read: Read) -> tuple[Said, ...] | None:
    # A "Y" that begins the text says yes.
    while 0 < first < last and _written(message, first) in several_words.LINKS:
        first += 1
    while first < last and _written(message, last - 1) in several_words.LINKS:
        last -= 1
    if not any(_names(message, at) for at in range(first, last)):
        return None
    text = _text(message, range(first, last))
    if text.casefold().startswith("not "):
        text = f"no{text[3:]}"
    alone = reply.model_copy(update={"text": text})
    reading, compared = read(alone)
    if reading.intent is Intent.DECLINE and not _begins_with_a_no(message, first):
        # What stands before a no may belong to the yes before it: "YES 27 until noon, NO 31".
        return None
    return _each(alone, compared, reading, read)


def _begins_with_a_no(message: Message, first: int) -> bool:
    """Whether a part says no at once, or right behind what it names."""
    place = first + 1 if _names(message, first) else first
    word = _written(message, place) if place < len(message.words) else ""
    if word in several_words.BEGINS_A_NO:
        # "0n4" has no "n" of its own.
        return re.search(rf"(?<!\w){re.escape(word)}", without_accents(plain(message.text))) is not None
    return word in NO


def _text(message: Message, places: Sequence[int]) -> str:
    """The written words at these places, each pause as a comma."""
    text = ""
    for at in places:
        if text and message.raw[at] is message.raw[at - 1] and at - 1 in places:
            continue
        text += ("" if not text else ", " if at in message.pauses else " ") + message.raw[at]
    return text


def _written(message: Message, at: int) -> str:
    return without_accents(plain(message.raw[at]))


def _all_written(message: Message) -> list[str]:
    """Every word as it was written, once where it is read as several."""
    raw = message.raw
    return [_written(message, at) for at in range(len(raw)) if at == 0 or raw[at] is not raw[at - 1]]


# Every one of them.


def _every(reply: Reply, message: Message, reading: Reading, read: Read) -> Reading | None:
    """A text about all offers: "both", "I'll take both", "no to all of them", "neither", "can't do either"."""
    words = _all_written(message)
    found = _phrase(words)
    if found is None or not several_words.CHOICE.isdisjoint(words) or message.codes:
        return None
    start, end, every, takes = found
    if every is Every.ANY:
        return _any(reply, reading, words, start, end, read)
    before = start - 1 if start and words[start - 1] in several_words.BEFORE else start
    rest = [*words[:before], *words[end:]]
    courtesy = all(word in number_words.POLITE for word in rest)
    beside_a_no = several_words.PLAIN_NO | several_words.SORRY | number_words.POLITE
    refuses = not several_words.PLAIN_NO.isdisjoint(rest) and beside_a_no.issuperset(rest)
    if not takes:
        said_no = courtesy or refuses or reading.intent is Intent.DECLINE
        return _of_all(reading, Intent.DECLINE, Every.ALL) if said_no else None
    if refuses:
        return _of_all(reading, Intent.DECLINE, every)
    if courtesy or (start == 0 and (several_words.AGREES | number_words.POLITE).issuperset(rest)):
        return _of_all(reading, Intent.ACCEPT, every, explicit=False)
    for tried in (rest, [*words[:start], "it", *words[end:]]):
        if _reads(reply, tried, read) is Intent.ACCEPT:
            return _of_all(reading, Intent.ACCEPT, every)
    return None


def _any(
    reply: Reply, reading: Reading, words: Sequence[str], start: int, end: int, read: Read
) -> Reading | None:
    """ "Either", "I'll take either", "cualquiera": one of them is taken; "can't do either" refuses all."""
    rest = [*words[:start], *words[end:]]
    beside = several_words.AGREES | several_words.INDIFFERENT | number_words.POLITE
    refuses = not several_words.PLAIN_NO.isdisjoint(rest)
    if not refuses and (
        number_words.POLITE.issuperset(rest)
        or (words[start:end] != ["any"] and beside.issuperset(rest) and _is_willing(words[:start], rest))
    ):
        # By itself that is no yes; it may answer our question.
        sure = "yes" in rest
        return _of_all(reading, Intent.ACCEPT if sure else Intent.UNCLEAR, Every.ANY, explicit=sure)
    says = _reads(reply, [*words[:start], "it", *words[end:]], read)
    if says is Intent.DECLINE:
        return _of_all(reading, says, Every.ALL) if words[start] == "either" else None
    accepts = says is Intent.ACCEPT and words[start:end] != ["any"]
    return _of_all(reading, Intent.ACCEPT, Every.ANY) if accepts else None


def _is_willing(before: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether these words say "I don't care" or "I don't mind", whole or not at all; "me either" says no."""
    return "me" not in before and several_words.DENIALS.isdisjoint(rest) is several_words.MINDS.isdisjoint(
        rest
    )


def _but_not_both(reply: Reply, message: Message, read: Read) -> Reading | None:
    """What is said of one beside "not both": "not both, just tomorrow", "either but not both"."""
    text = " ".join(_all_written(message))
    left = next((text.replace(one, " ") for one in several_words.NOT_BOTH if one in text), "").strip()
    if not left:
        return None
    alone = reply.model_copy(update={"text": left})
    reading, compared = read(alone)
    found = several(alone, compared, reading, read)
    message.codes, message.terms = True, True
    message.dated = message.dated or compared.dated
    return found if found.each or found.every is Every.ANY else None


def _phrase(words: Sequence[str]) -> tuple[int, int, Every, bool] | None:
    """Where all offers are named, which way, and whether that is no refusal by itself."""
    for phrase, every, takes in _LONGEST_FIRST:
        for start in range(len(words) - len(phrase) + 1):
            end = start + len(phrase)
            if tuple(words[start:end]) != phrase:
                continue
            if phrase == ("both",) and any(word.partition("'")[0] == "we" for word in words[:start]):
                # Two people, not two shifts.
                continue
            if phrase in {("las", "dos"), ("las", "2"), ("las", "tres")} and words[start - 1 : start] == [
                "a"
            ]:
                # A clock.
                continue
            if phrase in {("all",), ("todos",), ("todas",)} and not (
                all(word in several_words.ALL_BEFORE for word in words[end:])
                and all(
                    word in several_words.ALL_BEHIND or word in number_words.POLITE
                    for word in words[max(0, start - 1) : start]
                )
            ):
                continue
            return start, end, every, takes
    return None


def _reads(reply: Reply, words: Sequence[str], read: Read) -> Intent | None:
    reading, message = read(reply.model_copy(update={"text": " ".join(words)}))
    sure = not (message.codes or message.terms) and (reading.explicit or reading.intent is Intent.DECLINE)
    return reading.intent if sure else None


def _of_all(reading: Reading, intent: Intent, every: Every, *, explicit: bool = True) -> Reading:
    told = f"a {'no' if intent is Intent.DECLINE else 'yes'} to {every}"
    same = reading.intent is intent
    return reading.model_copy(
        update={
            "intent": intent,
            "confidence": reading.confidence if same else 0.9,
            "reason": reading.reason if same else told,
            "explicit": explicit,
            "every": every,
        }
    )
