"""From a message's phrases to what its writer wants."""

from ..reading import Intent, Reading, Reply
from .given_names import GIVEN_NAMES
from .offered import compare
from .pieces import Piece, cover, spot
from .symbols import HARMLESS as HARMLESS_SYMBOLS
from .symbols import NO as NO_SYMBOLS
from .symbols import YES as YES_SYMBOLS
from .tokens import Message, tokens
from .vocabulary import HARMLESS, grammar, speller

_WEIGHTS = {"yes": 200, "si": 190, "ok": 100, "praise": 20}
_STRAIGHT = {
    "opt_out": (Intent.OPT_OUT, "asks not to be texted"),
    "wrong": (Intent.WRONG_NUMBER, "says we have the wrong person"),
    "call_off": (Intent.CALL_OFF, "takes back or calls off a shift"),
    "late": (Intent.RUNNING_LATE, "says they are running late"),
}
_OBJECTS = {
    "price": (Intent.QUESTION, "asks something that could change the answer"),
    "condition": (Intent.CONDITION, "yes, but with a condition"),
    "question": (Intent.QUESTION, "asks a question"),
    "way": (Intent.QUESTION, "asks about the way there"),
    "help": (Intent.HELP, "asks for help"),
    "doubt": (Intent.UNCLEAR, "is not sure"),
    "later": (Intent.UNCLEAR, "puts the answer off"),
    "taking_back": (Intent.UNCLEAR, "takes something back"),
    "past": (Intent.UNCLEAR, "speaks of something else"),
}


def decide(reply: Reply) -> Reading:
    """Read `reply`. Raises nothing for any text."""
    message = tokens(reply.text, speller())
    compare(message, reply)
    _name(message)
    codes = tuple(raw.strip() for word, raw in zip(message.words, message.raw, strict=True) if word in {"@code", "@mycode"})
    return _weigh(message, codes)


def _name(message: Message) -> None:
    known = grammar().words
    for at, (word, kind) in enumerate(zip(message.words, message.kinds, strict=True)):
        if kind == "sign":
            if word in YES_SYMBOLS:
                message.words[at] = "@yes"
            elif word in NO_SYMBOLS:
                message.words[at] = "@no"
            elif word in HARMLESS_SYMBOLS:
                message.words[at] = "@harmless"
        elif kind == "smile":
            message.words[at] = "@smile"
        elif kind == "word" and word not in known and word in GIVEN_NAMES:
            message.words[at] = "@name"


def _quoted(message: Message, piece: Piece) -> tuple[str, ...]:
    said: list[str] = []
    for raw in message.raw[piece.start : piece.end]:
        if not said or said[-1] != raw:
            said.append(raw)
    return (" ".join(said),)


def _weigh(message: Message, codes: tuple[str, ...]) -> Reading:
    words = message.words

    def reading(intent: Intent, confidence: float, reason: str, said: tuple[str, ...] = ()) -> Reading:
        if said:
            reason = f'{reason}: "{said[0]}"'
        return Reading(intent=intent, confidence=confidence, reason=reason, words=said, codes=codes)

    if not words:
        return reading(Intent.UNCLEAR, 1.0, "the message has no words")
    pieces = cover(words, grammar(), HARMLESS, _WEIGHTS) if not message.cut else None
    core = [piece for piece in pieces or () if piece.tag in {"yes", "si", "ok"}]
    if core and not message.mended & set(range(core[0].start, core[0].end)) | set():
        strong = max(core, key=lambda piece: _WEIGHTS[piece.tag])
        if strong.tag == "ok":
            return reading(Intent.ACCEPT, 0.8, "an acknowledgement that usually means yes", _quoted(message, strong))
        return reading(Intent.ACCEPT, 0.95, "a plain yes", _quoted(message, strong))
    spotted = spot(words, grammar())
    by_tag: dict[str, Piece] = {}
    for piece in spotted:
        by_tag.setdefault(piece.tag, piece)
    for tag, (intent, reason) in _STRAIGHT.items():
        if tag in by_tag:
            return reading(intent, 0.9, reason, _quoted(message, by_tag[tag]))
    if [piece.tag for piece in spotted] == ["opt_in"]:
        return reading(Intent.OPT_IN, 1.0, "asks to be texted again", _quoted(message, spotted[0]))
    if [piece.tag for piece in spotted] == ["help"]:
        return reading(Intent.HELP, 1.0, "asks for help", _quoted(message, spotted[0]))
    if all(word in {"@code", "@mycode", "@num"} for word in words):
        return reading(Intent.UNCLEAR, 1.0, "a number without a yes or a no", _quoted(message, Piece(0, len(words), "")))
    refusal = by_tag.get("no") or by_tag.get("busy")
    if refusal and "?" not in words and "condition" not in by_tag and "yes" not in by_tag:
        return reading(Intent.DECLINE, 0.9, "a no", _quoted(message, refusal))
    for tag, (intent, reason) in _OBJECTS.items():
        if tag in by_tag:
            return reading(intent, 0.8, reason, _quoted(message, by_tag[tag]))
    if "?" in words:
        return reading(Intent.QUESTION, 0.7, "asks a question")
    return reading(Intent.UNCLEAR, 0.5, "not every word of it is understood")
