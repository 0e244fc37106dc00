"""From a message's phrases to what its writer wants."""

import re
from itertools import pairwise

from .acceptance import acceptance
from .automatic import automatic, unsigned
from .calling_off import called_off, stays_away
from .correction import corrected
from .facts import Facts
from .grammar import Matches
from .offered import compare
from .phrases.english_duty import CARE, OF_A_SHIFT
from .phrases.given_names import GIVEN_NAMES
from .phrases.no_words import HELPING
from .phrases.symbols import DOUBT, HARMLESS, ILL, NO, YES
from .pieces import Piece, cover, first_of, spot
from .reading import Intent, Reading, Reply
from .refusal import asks, asks_besides, refused
from .several import several
from .tokens import Message, tokens
from .vocabulary import grammar, speller
from .wishes import wish
from .wrong_number import of_another

_STANDS_BESIDE_KEYWORD = frozenset({"courtesy", "signed", "code"})
_THANKS = frozenset({"thanks", "greeting", "signed"})
_CODES = frozenset({"@code", "@mycode"})
_SIGNS = frozenset({"@yes", "@no"})
_SIGNS_SAY = {
    sign: word
    for word, signs in (("@yes", YES), ("@no", NO), ("@harmless", HARMLESS), ("@doubt", DOUBT), ("@ill", ILL))
    for sign in signs
}
_DAYS = frozenset({"@day", "@otherday", "@someday", "@part", "@otherpart"})
_ONE = (("this", "one"), ("that", "one"))
_GONE = frozenset({"retired", "quit", "list"})
_SENT = frozenset({"me", "us", "her", "him", "@name"})
_SOMEWHERE = frozenset("to there here home back out over with in on".split())
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr"})
_DON = (["don"], ["Don"], ["DON"])
_DONA = ["dona", "dona"]
"""Don Luis is a title that spelling takes for "don't"; it is a courtesy as doña is, in as many words."""
_KEYWORD_LONGEST = 12
_KEYWORDS = {
    "opt_out_alone": (Intent.OPT_OUT, "asks not to be texted"),
    "opt_in": (Intent.OPT_IN, "asks to be texted again"),
    "help": (Intent.HELP, "asks for help"),
    "no_alone": (Intent.DECLINE, "a plain no"),
    "keep": (Intent.OPT_IN, "asks to be texted on"),
    "no_calls": (Intent.NO_CALLS, "asks not to be called"),
}
_STRAIGHT = {
    "wrong": (Intent.WRONG_NUMBER, "says that we have the wrong person"),
    "call_off": (Intent.CALL_OFF, "takes back a yes or calls off a shift"),
    "late": (Intent.RUNNING_LATE, "says that they are running late"),
}
_MAY_BE_THANKS = frozenset({Intent.ACCEPT, Intent.UNCLEAR})
_TOLD = (["told", "you", "to"], ["asked", "you", "to"], ["i", "said"])
_HAS_STOPPED = re.compile(
    r"\bdid (?:(?:you|u|they|yall|we|i|he|she|@name)(?: all| guys| just)?|(?:my|the) \S+)$|\b(?:who|nobody) told you to$"
    r"|\b(?:tell|ask|told|asked) (?:@name|him|her|them) to$|\b(?:he|she|ex|son|husband|patient|client|@name) (?:will|would|does|can) not$"
)
_AT_TIMES = re.compile(
    r"(?:(?:me|us|texts|messages|this|mensajes|textos) )*(?:(?:so|this|that|too) (?:early|late)\b|tan (?:temprano|tarde)\b|a est?as horas\b|at this hour\b|while i am\b|by (?:the |her |his )?(?:@name|patients?|clients?|family|residents?|son|daughter)\b"
    r"|(?:after|before|past|until|till|between) (?:about )?(?:@(?!part$|name|role|price)|noon|midnight|dark|bedtime)"
    r"|(?:at|in|on|during) (?:the )?(?:@(?!num|code|name|role|price)|night|middle of|weekends?))"
)
_FOR_GOOD = frozenset("ever again anymore all or and".split())
_TO_A_PLACE = re.compile(
    r"(?:a|al|con|alla|ahi|alli|sola|solo)\b(?!.*\b(?:mensajes?|textos?|celular|numero|telefono|nada)\b| mi$)"
)
_WRITE = frozenset("text message contact call write ask email".split())
_STOPS = frozenset("stop unsubscribe alto".split())
_OTHER_TERMS = {
    "@otherday": "names another day",
    "@someday": "names a day that cannot be compared with the offer",
    "@month": "names another day",
    "@othertime": "names other hours",
    "@otherpart": "names another time of day",
    "@otherrole": "names another role",
}
_OBJECTIONS = (
    ("call_me", Intent.QUESTION, "wants to speak with a person"),
    ("price", Intent.QUESTION, "asks or says something about pay, hours or the kind of work"),
    ("condition", Intent.CONDITION, "has a condition"),
    ("bound", Intent.CONDITION, "has a condition"),
    ("other_term", Intent.CONDITION, "names other terms"),
    ("no_calls", Intent.UNCLEAR, "does not want to be called"),
    ("keep", Intent.UNCLEAR, "wants to be texted on"),
    ("taking_back", Intent.UNCLEAR, "takes something back"),
    ("unknowing", Intent.UNCLEAR, "has not made up their mind"),
    ("later", Intent.UNCLEAR, "puts the answer off"),
    ("help", Intent.HELP, "asks for help"),
    ("doubt", Intent.UNCLEAR, "is not sure"),
    ("question", Intent.QUESTION, "asks a question"),
    ("besides", Intent.UNCLEAR, "speaks of something else"),
    ("way", Intent.QUESTION, "asks about the way there"),
    ("elsewhere", Intent.UNCLEAR, "speaks of something else"),
)


def decide(reply: Reply) -> tuple[Reading, Facts]:
    """Read `reply`, and say what the reading looked at beside the text. Raises nothing, whatever the text."""
    if (found := automatic(reply.text)) is not None:
        reason, likes = found
        return _by_itself(reason, likes=likes), Facts()
    if (text := unsigned(reply.text)) is not reply.text:
        reply = reply.model_copy(update={"text": text})
    if (meant := corrected(reply.text)) is not None:
        reading, message = _read(reply.model_copy(update={"text": meant}))
        if reading.explicit:
            return reading, Facts(message.codes, message.terms, message.dated)
    reading, message = _read(reply)
    in_time = "@start" in message.words and "@othertime" not in message.words
    reading = wish(reply.text, several(reply, message, reading, _read), in_time=in_time)
    return reading, Facts(message.codes, message.terms, message.dated)


def _by_itself(reason: str, *, likes: bool) -> Reading:
    return Reading(intent=Intent.UNCLEAR, confidence=1.0, reason=reason, thanks=likes, automatic=True)


def _read(reply: Reply) -> tuple[Reading, Message]:
    """Read a text as one yes, one no, or whatever else it is."""
    message = tokens(reply.text, speller())
    compare(message, reply)
    _recognise(message)
    words = message.words
    if not words:
        return Reading(intent=Intent.UNCLEAR, confidence=1.0, reason="the message has no words"), message
    matches = grammar().matches(words)
    reading = _keyword(message, matches) or _opt_out(message, matches)
    if reading is None:
        found = acceptance(message, matches)
        reading = _anything(message, matches) if found is None else _say(message, *found)
    if reading.intent in _MAY_BE_THANKS and _is_thanks(message, matches):
        reading = reading.model_copy(update={"thanks": True})
    return reading, message


def _is_thanks(message: Message, matches: Matches) -> bool:
    """Whether the message is thanks, courtesy or receipt from its first word to its last."""
    if message.cut or message.mended or all(_THANKS.isdisjoint(tags) for _, tags in matches[0]):
        return False
    return any(piece.tag == "thanks" for piece in cover(matches, _THANKS, {"thanks": 1}) or ())


def _say(
    message: Message,
    intent: Intent,
    confidence: float,
    reason: str,
    piece: Piece | None = None,
    explicit: bool = False,
    asks: bool = False,
) -> Reading:
    """A reading with the words of `piece` as its ground."""
    said: tuple[str, ...] = ()
    if piece is not None:
        raw = message.raw[piece.start : piece.end]
        # A contraction is two words from one written one.
        said = tuple(word for at, word in enumerate(raw) if at == 0 or word is not raw[at - 1])
        reason = f'{reason}: "{" ".join(said)}"'
    codes = tuple(raw for word, raw in zip(message.words, message.raw, strict=True) if word in _CODES)
    return Reading(
        intent=intent,
        confidence=confidence,
        reason=reason,
        words=said,
        codes=codes,
        explicit=explicit,
        asks=asks,
    )


def _recognise(message: Message) -> None:
    """Put the grammar's words for emoji and for people's names."""
    known = grammar().words
    words = message.words
    for at, (word, kind) in enumerate(zip(words, message.kinds, strict=True)):
        if kind == "sign":
            words[at] = _SIGNS_SAY.get(word, word)
        elif kind in {"smile", "frown"}:
            words[at] = f"@{kind}"
        elif kind == "word" and (word in GIVEN_NAMES or (word not in known and _is_signature(message, at))):
            words[at] = "@name"
            if message.raw[at - 1 : at] in _DON:
                words[at - 2 : at] = _DONA


def _is_signature(message: Message, at: int) -> bool:
    """Whether an unknown word is where a name stands: "Noelle here", "this is Noelle", "- Noelle" at the end."""
    raw, words = message.raw, message.words
    if words[at - 1 : at] and words[at - 1] in _TITLES:
        return True
    if not (raw[at].istitle() and raw[at].isalpha()) or raw[at].endswith("ly"):
        return False
    if words[at - 1 : at] == ["for"] and words[at - 2 : at - 1] in (["cover"], ["sub"], ["fill"]):
        return True
    if words[at + 1 : at + 2] == ["here"] or words[max(0, at - 2) : at] in (["this", "is"], ["it", "is"]):
        return True
    return at == len(words) - 1 and at > 0 and at in message.signings


def _keyword(message: Message, matches: Matches) -> Reading | None:
    """A word that means something only when nothing else but courtesy is there."""
    if message.cut or len(matches) > _KEYWORD_LONGEST:
        return None
    for tag, (intent, reason) in _KEYWORDS.items():
        if first_of(matches, tag) is not None:
            pieces = cover(matches, _STANDS_BESIDE_KEYWORD | {tag}, {tag: 1})
            piece = next((piece for piece in pieces or () if piece.tag == tag), None)
            if piece is None:
                continue
            # Not "I don't want to. Stop texting me".
            broken = tag == "keep" and not message.pauses.isdisjoint(range(piece.start + 1, piece.end))
            # "Cancel 27" names a shift and not the texts.
            drops = message.words[piece.start] in {"cancel", "cancelar"} and not _CODES.isdisjoint(
                message.words
            )
            if not broken and not drops:
                return _say(message, intent, 1.0, reason, piece, explicit=intent is Intent.DECLINE)
    return None


def _opt_out(message: Message, matches: Matches) -> Reading | None:
    kept = first_of(matches, "keep", message.pauses)
    denied = frozenset(range(kept.start, kept.end)) if kept else frozenset()
    denied |= _cannot_stop(message)
    # "It doesn't bother me" asks for nothing.
    denied |= {at for at, pair in enumerate(pairwise(message.words), 1) if pair == ("does", "not")}
    denied |= _sent_somewhere(message) | _asked_or_untold(message)
    while (piece := first_of(matches, "opt_out", message.pauses, denied)) and _is_less(message, piece):
        denied |= {piece.start}
    piece = piece or _lone_stop(message)
    if piece is not None:
        return _say(message, Intent.OPT_OUT, 0.95, "asks not to be texted", piece)
    piece = first_of(matches, "take_off", message.pauses, denied)
    if piece is None:
        return None
    besides = frozenset(range(piece.start, piece.end + 1))
    reason = first_of(matches, "busy", message.pauses, besides)
    words = message.words
    of_a_shift = not OF_A_SHIFT.isdisjoint(words) or any(pair in _ONE for pair in pairwise(words))
    # "I retired", "I no longer work there", "and off your list".
    gone = not _GONE.isdisjoint(words) or first_of(matches, "wrong", message.pauses) is not None
    if gone or not (of_a_shift or reason):
        return _say(message, Intent.OPT_OUT, 0.95, "asks not to be texted", piece)
    return _say(message, Intent.CALL_OFF, 0.9, "takes back a yes or calls off a shift", piece)


def _cannot_stop(message: Message) -> set[int]:
    """Where somebody says what they cannot stop: "can't stop now, driving"."""
    words = message.words
    return {
        at
        for at in range(2, len(words))
        if words[at] == "stop"
        and words[at - 2] in {"can", "could"}
        and words[at - 1] == "not"
        and message.pauses.isdisjoint({at - 1, at})
    }


def _sent_somewhere(message: Message) -> set[int]:
    """Where somebody says what they are not to be sent to, which no text is: "don't send me to Lakeside"."""
    words = message.words
    return {
        at - back
        for at in range(1, len(words) - 2)
        if words[at] in {"send", "sending"} and words[at + 1] in _SENT and words[at + 2] in _SOMEWHERE
        for back in (1, 2, 3)
    }


def _asked_or_untold(message: Message) -> set[int]:
    """Where somebody asks who has stopped, or says that nobody asked for it: "why did you stop texting me"."""
    words = message.words
    return {
        at
        for at in range(2, len(words))
        if words[at] in {"stop", "quit", "unsubscribe", "opt"}
        and _HAS_STOPPED.search(" ".join(words[max(0, at - 4) : at]))
    }


def _is_less(message: Message, piece: Piece) -> bool:
    """Whether somebody wants less than the end of all texts: none at night, none to somebody else, the end of a treatment."""
    words, last = message.words, message.words[piece.end - 1]
    end = min((at for at in message.pauses if at >= piece.end), default=len(words))
    # "Don't text this early" ends in the word that begins how early.
    rest = " ".join(words[piece.end - (last == "this") : end])
    following = message.raw[piece.end : piece.end + 1]
    if _AT_TIMES.match(rest) and _FOR_GOOD.isdisjoint(words[piece.end : end]):
        return True
    if last == "stop" and rest.startswith("by "):
        return True
    if words[piece.start] in {"no", "ya"} and _TO_A_PLACE.match(rest):
        return True
    if last in {"the", "this", "that", "these"} and any(one.lower() in CARE for one in following):
        return True
    # "Don't contact my husband, contact me".
    return last == "my" and any(
        words[at] in _WRITE and words[at + 1] == "me" and (at in message.pauses or words[at - 1] == "but")
        for at in range(piece.end, len(words) - 1)
    )


def _lone_stop(message: Message) -> Piece | None:
    """A "stop" that is a clause of its own, or was one: "No. Stop. I am busy", "I told you to stop"."""
    edges = message.pauses | {0, len(message.words)}
    for at, word in enumerate(message.words):
        told = any(message.words[max(0, at - len(one)) : at] == one for one in _TOLD)
        # "STOP I don't want any more shifts".
        shouted = at == 0 and message.raw[0] == "STOP" and message.words[1:2] in (["i"], ["do"], ["no"])
        if word in _STOPS and (at in edges or told) and (at + 1 in edges or shouted):
            return Piece(at, at + 1, "opt_out")
    return None


def _anything(message: Message, matches: Matches) -> Reading:
    """What a message that accepts nothing and opts out of nothing is."""
    words = message.words
    whole = Piece(0, len(words), "")
    if all(word in {"@code", "@mycode", "@num", "#"} for word in words):
        return _say(message, Intent.UNCLEAR, 1.0, "a number without a yes or a no", whole)
    # "I can't, Brenda" is said to Brenda; "not Brenda" by somebody else.
    unable = of_another(message) | {
        at for at, pair in enumerate(pairwise(words), 1) if pair[1] == "not" and pair[0] in HELPING
    }
    for tag, (intent, reason) in _STRAIGHT.items():
        calls_off = tag == "call_off"
        if piece := (
            called_off(message, matches) if calls_off else first_of(matches, tag, message.pauses, unable)
        ):
            # "I don't work there on Tuesdays".
            dated = piece.end not in message.pauses and not _DAYS.isdisjoint(words[piece.end : piece.end + 2])
            yet = words[piece.end : piece.end + 1] == ["yet"]
            if (dated or yet) and tag == "wrong" and "work" in words[piece.start : piece.end]:
                continue
            if tag == "late" and stays_away(message):
                continue
            return _say(message, intent, 0.9, reason, piece)
    denied = {
        at for at, word in enumerate(words) if at and word == "not" and message.raw[at] is message.raw[at - 1]
    }
    pieces = spot(matches, denied)
    first: dict[str, Piece] = {}
    for piece in pieces:
        first.setdefault(piece.tag, piece)
    refusal = refused(message, pieces)
    if refusal is not None:
        reason = "a reason for a no" if refusal.tag == "busy" else "a no"
        plain = refusal.tag == "no" and _SIGNS.isdisjoint(words[refusal.start : refusal.end])
        sure = 0.85 if refusal.tag == "busy" else 0.95
        return _say(message, Intent.DECLINE, sure, reason, refusal, plain, asks_besides(message, pieces))
    return _objection(message, first)


def _objection(message: Message, first: dict[str, Piece]) -> Reading:
    """Why a message is neither a yes nor a no."""
    accepts = "yes" in first or "si" in first or "ok" in first
    asking = asks(message)
    for tag, intent, reason in _OBJECTIONS:
        piece = first.get(tag)
        if piece is None or (tag in {"doubt", "elsewhere"} and asking):
            continue
        named = [
            _OTHER_TERMS[word] for word in message.words[piece.start : piece.end] if word in _OTHER_TERMS
        ]
        if named and tag in {"other_term", "condition", "bound"}:
            return _say(message, intent, 0.8, named[0], piece)
        if tag == "condition" and accepts:
            return _say(message, intent, 0.8, "yes, but with a condition", piece)
        return _say(message, intent, 0.8, reason, piece)
    if "no" in first and accepts:
        return _say(message, Intent.UNCLEAR, 0.7, "says both yes and no", first["no"])
    if asking:
        end = message.words.index("?") + 1 if "?" in message.words else len(message.words)
        return _say(message, Intent.QUESTION, 0.7, "asks something", Piece(max(0, end - 2), end, ""))
    return _say(message, Intent.UNCLEAR, 0.5, "not every word of it is understood")
