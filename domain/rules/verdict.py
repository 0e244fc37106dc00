"""From a message's phrases to what its writer wants."""

from functools import partial

from ..reading import Intent, Reading, Reply
from .facts import Facts
from .given_names import GIVEN_NAMES
from .grammar import Matches
from .offered import compare
from .pieces import Piece, cover, first_of, spot
from .refusal import refused
from .symbols import DOUBT, HARMLESS, NO, YES
from .tokens import Message, tokens
from .vocabulary import grammar, speller

_YES_WEIGHTS = {"yes": 4, "si": 3, "ok": 2, "praise": 1}
_STANDS_BESIDE_YES = frozenset(
    {"yes", "si", "ok", "praise", "courtesy", "way", "code", "signed", "introduced", "when", "echo", "idle"}
)
_STANDS_BESIDE_KEYWORD = frozenset({"courtesy", "signed", "code"})
_KEYWORD_LONGEST = 12
_KEYWORDS = {
    "opt_out_alone": (Intent.OPT_OUT, "asks not to be texted"),
    "opt_in": (Intent.OPT_IN, "asks to be texted again"),
    "help": (Intent.HELP, "asks for help"),
    "no_alone": (Intent.DECLINE, "a plain no"),
}
_STRAIGHT = {
    "wrong": (Intent.WRONG_NUMBER, "says that we have the wrong person"),
    "call_off": (Intent.CALL_OFF, "takes back a yes or calls off a shift"),
    "late": (Intent.RUNNING_LATE, "says that they are running late"),
}
_IF_VERBS = frozenset("puedo quiero voy tomo cubro hago trabajo acepto confirmo estare ire llego".split())
_PEOPLE = frozenset(
    "friend girl man dude bro boss sister sis team everyone guys buddy pal mate love dear lady captain chief amiga amigo"
    " jefa jefe senora senor hija mija king queen miss guy kid all".split()
)
_SUBJECTLESS = frozenset(
    "can will would do does works work sounds looks seems fits suits is are am able happy glad willing free available"
    " in down got accept accepted confirm confirmed puede taking coming going wants".split()
)
_MUST_BEGIN_ANEW = frozenset({"yes", "ok", "praise", "way"})
_ASKS = frozenset(
    "what where who whom when which is are and how do can could may please send text share just should will would need"
    " tell i let adonde donde a cual que me le puede puedes pueden podria mandame mandeme con por quien cuando en tengo"
    " debo necesito hay como dame deme dime digame enviame envieme pasame paseme".split()
)
_LEADS_ON = frozenset("for with of from to en con para por de al a".split())
_BARE_YES = frozenset("yes sure ok okay sí si claro yup please thanks gracias @yes".split())
_GUESSED_FREELY = frozenset(
    "absolutely definitely certainly affirmative confirmed confirm accept accepted available totally surely thank thanks please you sorry hello good morning evening afternoon night day great appreciate appreciated much very"
    " gracias favor por god bless have a the for your delay reply response late i it u so and".split()
)
_STOPS = frozenset("stop unsubscribe alto".split())
_UNFINISHED = frozenset("can will would do am are shall to".split())
_BEGINS_ANEW = frozenset(
    "i we yes sure ok okay y ya please absolutely definitely certainly of what where who when which how is are do and"
    " count sign put book thanks no sí si claro yo lo cuenta cuente donde cual que me @yes this it that".split()
)
_THANKS = frozenset("thank thanks gracias sorry cheers agradezco appreciate appreciated perdon".split())
_RECEIPT = frozenset(
    "noted understood received got bye goodbye ciao entendido recibido enterada enterado adios chao".split()
)
_AGREES = frozenset(
    "no not problem will would do can sure deal bet agreed available free libre disponible confirmed confirm need me"
    " hmm correct si sí".split()
)
_OTHER_TERMS = {
    "@otherday": "names another day",
    "@someday": "names a day that cannot be compared with the offer",
    "@month": "names another day",
    "@othertime": "names other hours",
    "@otherpart": "names another time of day",
    "@otherrole": "names another role",
}
_OBJECTIONS = (
    ("price", Intent.QUESTION, "asks or says something about pay, hours or the kind of work"),
    ("condition", Intent.CONDITION, "has a condition"),
    ("bound", Intent.CONDITION, "has a condition"),
    ("other_term", Intent.CONDITION, "names other terms"),
    ("taking_back", Intent.UNCLEAR, "takes something back"),
    ("unknowing", Intent.UNCLEAR, "has not made up their mind"),
    ("later", Intent.UNCLEAR, "puts the answer off"),
    ("help", Intent.HELP, "asks for help"),
    ("doubt", Intent.UNCLEAR, "is not sure"),
    ("question", Intent.QUESTION, "asks a question"),
    ("way", Intent.QUESTION, "asks about the way there"),
    ("elsewhere", Intent.UNCLEAR, "speaks of something else"),
)


def decide(reply: Reply) -> tuple[Reading, Facts]:
    """Read `reply`, and say what the reading looked at beside the text. Raises nothing, whatever the text."""
    message = tokens(reply.text, speller())
    compare(message, reply)
    _recognise(message)
    words = message.words
    if not words:
        return Reading(intent=Intent.UNCLEAR, confidence=1.0, reason="the message has no words"), Facts()
    matches = grammar().matches(words)
    reading = (
        _keyword(message, matches)
        or _opt_out(message, matches)
        or _acceptance(message, matches)
        or _anything(message, matches)
    )
    return reading, Facts(message.codes, message.terms, message.dated)


def _say(
    message: Message, intent: Intent, confidence: float, reason: str, piece: Piece | None = None
) -> Reading:
    """A reading with the words of `piece` as its ground."""
    said: tuple[str, ...] = ()
    if piece is not None:
        raw = message.raw[piece.start : piece.end]
        # A contraction is two words from one written one.
        said = tuple(word for at, word in enumerate(raw) if at == 0 or word is not raw[at - 1])
        reason = f'{reason}: "{" ".join(said)}"'
    codes = tuple(
        raw for word, raw in zip(message.words, message.raw, strict=True) if word in {"@code", "@mycode"}
    )
    return Reading(intent=intent, confidence=confidence, reason=reason, words=said, codes=codes)


def _recognise(message: Message) -> None:
    """Put the grammar's words for emoji and for people's names."""
    known = grammar().words
    words = message.words
    for at, (word, kind) in enumerate(zip(words, message.kinds, strict=True)):
        if kind == "sign":
            words[at] = _symbol(word)
        elif kind == "smile":
            words[at] = "@smile"
        elif kind == "frown":
            words[at] = "@frown"
        elif kind == "word" and (word in GIVEN_NAMES or (word not in known and _is_signature(message, at))):
            words[at] = "@name"


def _symbol(sign: str) -> str:
    for signs, word in ((YES, "@yes"), (NO, "@no"), (HARMLESS, "@harmless"), (DOUBT, "@doubt")):
        if sign in signs:
            return word
    return sign


def _is_signature(message: Message, at: int) -> bool:
    """Whether an unknown word is where a name stands: "Noelle here", "this is Noelle", "- Noelle" at the end."""
    raw, words = message.raw, message.words
    if not (raw[at].istitle() and raw[at].isalpha()) or raw[at].endswith("ly"):
        return False
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
            if piece is not None:
                return _say(message, intent, 1.0, reason, piece)
    return None


def _opt_out(message: Message, matches: Matches) -> Reading | None:
    piece = first_of(matches, "opt_out", message.pauses) or _lone_stop(message)
    if piece is None:
        return None
    return _say(message, Intent.OPT_OUT, 0.95, "asks not to be texted", piece)


def _lone_stop(message: Message) -> Piece | None:
    """A "stop" that is a clause of its own: "No. Stop. I am busy"."""
    edges = message.pauses | {0, len(message.words)}
    for at, word in enumerate(message.words):
        if word in _STOPS and at in edges and at + 1 in edges:
            return Piece(at, at + 1, "opt_out")
    return None


def _acceptance(message: Message, matches: Matches) -> Reading | None:
    """An acceptance, when all of the message is understood and nothing in it objects."""
    if message.cut:
        return None
    pieces = cover(matches, _STANDS_BESIDE_YES, _YES_WEIGHTS, partial(_may_join, message))
    core = [piece for piece in pieces or () if piece.tag in {"yes", "si", "ok"}]
    if pieces is None or not core or _guessed(message, pieces):
        return None
    strongest = max(core, key=lambda piece: _YES_WEIGHTS[piece.tag])
    if any(piece.tag == "echo" and piece.start > core[-1].start for piece in pieces):
        return None
    introduced = next((piece for piece in pieces if piece.tag == "introduced"), None)
    if introduced and all(piece.end - piece.start == 1 for piece in core):
        return _say(message, Intent.UNCLEAR, 0.6, "says who they are, perhaps without accepting", introduced)
    if _is_if(message):
        return _say(
            message, Intent.CONDITION, 0.7, 'perhaps "if" and not "yes"', Piece(0, len(message.words), "si")
        )
    if _is_receipt(message, pieces, core):
        return _say(
            message, Intent.UNCLEAR, 0.6, "thanks for the message, perhaps without accepting", core[0]
        )
    sure = 0.1 if message.mended else 0.0
    if strongest.tag == "ok":
        return _say(
            message, Intent.ACCEPT, 0.8 - sure, "an acknowledgement that usually means yes", strongest
        )
    return _say(message, Intent.ACCEPT, 0.98 - sure, "a plain yes", strongest)


def _may_join(message: Message, before: Piece, after: Piece) -> bool:
    """Whether `after` may follow `before` in an acceptance.

    Not without a pause when a yes may belong to somebody named just before it ("Karen can do it"), and not when
    the phrase before has no end yet ("I will" and "send the address").
    """
    if after.start in message.pauses:
        return True
    last, first = message.words[before.end - 1], message.words[after.start]
    if after.tag == "courtesy" and first in {"you", "u"} and before.tag in {"yes", "ok"}:
        return False
    if before.tag == "way" and after.tag in {"yes", "ok", "si"}:
        return False
    if first == "me" and after.tag in {"yes", "ok"} and last not in _BARE_YES:
        return False
    if last == "no" and after.tag in _MUST_BEGIN_ANEW:
        return False
    if last in _LEADS_ON and after.tag in _MUST_BEGIN_ANEW | {"signed", "introduced"}:
        return False
    if after.tag == "way" and first not in _ASKS and last not in _BARE_YES:
        return False
    if last == "ya" and first in _IF_VERBS:
        return False
    if after.tag in {"yes", "ok"} and first in _SUBJECTLESS:
        named = before.tag in {"signed", "introduced"} and last not in {"here", "speaking", "available"}
        if named or last in _PEOPLE:
            return False
    return last not in _UNFINISHED or after.tag not in _MUST_BEGIN_ANEW or first in _BEGINS_ANEW


def _guessed(message: Message, pieces: list[Piece]) -> bool:
    """Whether a word nobody knows was taken for a mere courtesy or for all of a yes: "camino" is no "cariño"."""
    return any(
        at in message.mended and message.words[at] not in _GUESSED_FREELY
        for piece in pieces
        if piece.tag in {"courtesy", "signed", "introduced"} or piece.end - piece.start == 1
        for at in range(piece.start, piece.end)
    )


def _is_receipt(message: Message, pieces: list[Piece], core: list[Piece]) -> bool:
    """Whether the writer may only say that the message arrived: "ok thank you", "ok, sorry", "yes got it"."""
    polite = {
        word for piece in pieces if piece.tag == "courtesy" for word in message.words[piece.start : piece.end]
    }
    if polite & _RECEIPT and all(piece.end - piece.start == 1 for piece in core):
        return True
    return bool(polite & _THANKS) and all(
        piece.tag == "ok" and not _AGREES & set(message.words[piece.start : piece.end]) for piece in core
    )


def _is_if(message: Message) -> bool:
    """Whether an unaccented "si" may be "if": two verbs follow it without a pause ("si puedo voy")."""
    words = message.words
    if "si" not in words:
        return False
    at = words.index("si")
    verbs = 0
    for after in range(at + 1, len(words)):
        if after in message.pauses:
            break
        verbs += words[after] in _IF_VERBS
    return verbs >= 2


def _anything(message: Message, matches: Matches) -> Reading:
    """What a message that accepts nothing and opts out of nothing is."""
    words = message.words
    whole = Piece(0, len(words), "")
    if all(word in {"@code", "@mycode", "@num", "#"} for word in words):
        return _say(message, Intent.UNCLEAR, 1.0, "a number without a yes or a no", whole)
    for tag, (intent, reason) in _STRAIGHT.items():
        if piece := first_of(matches, tag, message.pauses):
            return _say(message, intent, 0.9, reason, piece)
    pieces = spot(matches)
    first: dict[str, Piece] = {}
    for piece in pieces:
        first.setdefault(piece.tag, piece)
    refusal = refused(message, pieces)
    if refusal is not None:
        reason = "a reason for a no" if refusal.tag == "busy" else "a no"
        return _say(message, Intent.DECLINE, 0.85 if refusal.tag == "busy" else 0.95, reason, refusal)
    return _objection(message, first)


def _objection(message: Message, first: dict[str, Piece]) -> Reading:
    """Why a message is neither a yes nor a no."""
    accepts = "yes" in first or "si" in first or "ok" in first
    for tag, intent, reason in _OBJECTIONS:
        piece = first.get(tag)
        if piece is None or (tag in {"doubt", "elsewhere"} and "?" in message.words):
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
    if "?" in message.words:
        at = message.words.index("?")
        return _say(message, Intent.QUESTION, 0.7, "asks something", Piece(max(0, at - 1), at + 1, ""))
    return _say(message, Intent.UNCLEAR, 0.5, "not every word of it is understood")
