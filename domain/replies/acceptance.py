"""When a message is an acceptance: every word of it is understood, and nothing in it objects."""

from functools import partial
from typing import NamedTuple

from .grammar import Matches
from .pieces import Piece, cover, first_of
from .reading import Intent
from .tokens import Message

_YES_WEIGHTS = {"yes": 4, "si": 3, "ok": 2, "praise": 1}
_STANDS_BESIDE_YES = frozenset(
    {
        "yes",
        "si",
        "ok",
        "praise",
        "courtesy",
        "way",
        "code",
        "signed",
        "introduced",
        "when",
        "echo",
        "idle",
        "acquainted",
    }
)
_IF_VERBS = frozenset(
    "puedo quiero voy tomo cubro hago trabajo acepto confirmo estare ire llego queda sirve parece conviene funciona".split()
)
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
_NOT_AFTER_SORRY = frozenset({"can", "picking", "got"})
"""More often a "can't" that lost its end, or what somebody does instead."""
_ASKS_WHERE = frozenset("where what when who how which".split())
_LEADS_ON = frozenset("for with of from to en con para por de al a".split())
_BARE_YES = frozenset("yes sure ok okay sí si claro yup please thanks gracias @yes".split())
_PLAIN = _BARE_YES | {"alright", "fine"}
_GUESSED_FREELY = frozenset(
    "absolutely definitely certainly affirmative confirmed confirm accept accepted available totally surely thank thanks please you sorry hello good morning evening afternoon night day great appreciate appreciated much very"
    " gracias favor por god bless have a the for your delay reply response late i it u so and".split()
)
_UNFINISHED = frozenset("can will would do am are shall to".split())
_BEGINS_ANEW = frozenset(
    "i we yes sure ok okay y ya please absolutely definitely certainly of what where who when which how is are do and"
    " count sign put book thanks no sí si claro yo lo cuenta cuente donde cual que me @yes this it that".split()
)
_DENIED = frozenset("can could will would do does did am are is was should have".split())
_SHORTENED = frozenset("will would am are have is".split())
_OPEN_ENDED = frozenset("and a an the of with my or la el en al un".split())
_HANGING = [["so"], ["well"], ["and"], ["um"], ["uh"], ["er"], ["oh"]]
_SURPRISE = [["oh"], ["ah"], ["aww"], ["aw"], ["wow"], ["whoa"], ["omg"], ["gosh"]]
_TAKES_NOTE = frozenset(
    "oh ah aww aw wow whoa omg gosh ok okay alright fine k good nice cool great haha lol @smile right".split()
)
_EXCUSES = frozenset("sorry was got came died hope poor oh did".split())
_PARTING = frozenset("night day evening weekend afternoon morning have noche tarde dia".split())
_HALF_AGREES = frozenset("no not problem sure me hmm".split())
_MORE = frozenset("details info information detalles informacion datos".split())
_ON_THE_WAY = frozenset("coming going".split())
_NO_END = [
    ["hello"],
    ["hi"],
    ["hey"],
    ["hola"],
    ["oye"],
    ["bueno"],
    ["sorry"],
    ["perdon"],
    ["disculpa"],
    ["disculpe"],
]
_THANKS = frozenset("thank thanks gracias sorry cheers agradezco appreciate appreciated perdon".split())
_RECEIPT = frozenset(
    "noted understood received got roger copy gotcha worry bye goodbye ciao how entendido recibido enterada enterado adios chao".split()
)
_AGREES = frozenset(
    "yes no not problem will would do can sure deal bet agreed available free libre disponible confirmed confirm need me"
    " hmm correct si sí".split()
)

_SAYS_YES = frozenset("yes y sí si aye".split())
_WRITER = frozenset("i we".split())
_IS_ABLE = frozenset("can will would do am".split())
_CONVENTIONAL = frozenset(
    "absolutely definitely certainly totally surely gladly affirmative confirmed confirm sure ok okay thing can do will of"
    " course for most quite very much so big hard a why oh ah well hell heck hmm um uh damn omg indeed certain all means by"
    " approved bet deal done say less sold know got it that this what is are was would be sounds sound looks look seems"
    " seem feels works work suits suit fits fit good great perfect fine alright right cool nice awesome amazing brilliant"
    " wonderful excellent fantastic correct acceptable lovely to me us my with by the plan like agree agreed i we am and"
    " without doubt no question you u ya @yes @tenfour please just also really 100 % percent hundred one"
    " claro dale confirmo confirmado afirmativo simon seguro obvio efectivamente obviamente definitivamente absolutamente"
    " adelante fijo arre por supuesto va que desde luego con mucho gusto placer como de acuerdo suena bien super parece"
    " esta perfecto genial excelente bueno listo vale duda alguna sin lo dudes dude hecho trato".split()
)
"""What may only say that something was understood, also after "please do not come"."""


class Finding(NamedTuple):
    """What a message is read as: the intent, how sure that is, a reason, and the phrase that decided it.

    `explicit` says that it is a yes in plain words, `asks` that it also asks about the way there.
    """

    intent: Intent
    confidence: float
    reason: str
    piece: Piece
    explicit: bool = False
    asks: bool = False


def acceptance(message: Message, matches: Matches) -> Finding | None:
    """Find an acceptance, or what keeps a message from being one that is all yeses; None when it is neither."""
    if message.cut or first_of(matches, "besides", message.pauses) is not None:
        return None
    pieces = cover(matches, _STANDS_BESIDE_YES, _YES_WEIGHTS, partial(_may_join, message))
    core = [
        piece
        for piece in pieces or ()
        if piece.tag in {"yes", "si", "ok"} and not _on_the_way(message, piece)
    ]
    if pieces is None or not core or _guessed(message, pieces) or _unfinished(message, pieces, core):
        return None
    strongest = max(core, key=lambda piece: _YES_WEIGHTS[piece.tag])
    if any(piece.tag == "echo" and piece.start > core[-1].start for piece in pieces):
        return None
    introduced = next((piece for piece in pieces if piece.tag == "introduced"), None)
    bare = all(piece.end - piece.start == 1 for piece in core)
    if introduced and bare and not (introduced.start == 0 and core[0].start in message.pauses):
        return Finding(Intent.UNCLEAR, 0.6, "says who they are, perhaps without accepting", introduced)
    acquainted = next((piece for piece in pieces if piece.tag == "acquainted"), None)
    explicit = any(_is_explicit(message, piece) for piece in core)
    if acquainted and (bare or not explicit):
        return Finding(Intent.UNCLEAR, 0.6, "says what they know, perhaps without accepting", acquainted)
    if _is_if(message):
        return Finding(
            Intent.CONDITION, 0.7, 'perhaps "if" and not "yes"', Piece(0, len(message.words), "si")
        )
    if _is_receipt(message, pieces, core):
        return Finding(Intent.UNCLEAR, 0.6, "perhaps only says that the message arrived", core[0])
    sure = 0.1 if message.mended else 0.0
    asks = any(piece.tag == "way" for piece in pieces)
    if strongest.tag == "ok":
        reason = "an acknowledgement that usually means yes"
        return Finding(Intent.ACCEPT, 0.8 - sure, reason, strongest, asks=asks)
    return Finding(Intent.ACCEPT, 0.98 - sure, "a plain yes", strongest, explicit, asks)


def _is_explicit(message: Message, piece: Piece) -> bool:
    """Whether a phrase says yes, or that its writer takes the shift, and not only that all is well."""
    said = set(message.words[piece.start : piece.end])
    if piece.tag == "ok" or "see" in said:
        return False
    commits = not _WRITER.isdisjoint(said) and not _IS_ABLE.isdisjoint(said)
    return commits or not _SAYS_YES.isdisjoint(said) or not _CONVENTIONAL.issuperset(said)


def _may_join(message: Message, before: Piece, after: Piece) -> bool:
    """Whether `after` may follow `before` in an acceptance.

    Not without a pause when a yes may belong to somebody named just before it ("Karen can do it"), and not when
    the phrase before has no end yet ("I will" and "send the address").
    """
    last, first = message.words[before.end - 1], message.words[after.start]
    if last == "sorry" and not _NOT_AFTER_SORRY.isdisjoint(message.words[after.start : after.end]):
        return False
    if _shortened(message, before):
        return False
    if after.start in message.pauses and not _one_written_word(message, after.start):
        return True
    if first == "not" and last in _DENIED:
        return False
    if after.tag == "courtesy" and first in {"you", "u"} and before.tag in {"yes", "ok"}:
        return False
    if (
        before.tag == "way"
        and after.tag in {"yes", "ok", "si"}
        and not (first == "i" and _ASKS_WHERE.isdisjoint(message.words[before.start : before.end]))
    ):
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


def _on_the_way(message: Message, piece: Piece) -> bool:
    """ "I'm coming over now": under way already, to a shift that may be days ahead."""
    said = message.words[piece.start : piece.end]
    return "now" in said and not _ON_THE_WAY.isdisjoint(said)


def _one_written_word(message: Message, at: int) -> bool:
    return message.raw[at - 1] is message.raw[at]


def _shortened(message: Message, piece: Piece) -> bool:
    """Whether a phrase ends in a short form ("I'll"), which ends no English sentence."""
    at = piece.end - 1
    short = at > piece.start and message.words[at] in _SHORTENED and _one_written_word(message, at)
    return short and not message.raw[at].lower().endswith(message.words[at])


def _unfinished(message: Message, pieces: list[Piece], core: list[Piece]) -> bool:
    """Whether the message breaks off: "yes I'll", "ok so", "go ahead and"."""
    last = pieces[-1]
    return (
        (message.words[-1] in _OPEN_ENDED and last.end - last.start > 1)
        or _shortened(message, last)
        or any(
            piece.tag == "courtesy" and message.words[piece.start : piece.end] in _HANGING
            for piece in pieces
            if piece.start > core[-1].start and (piece is last or message.words[piece.start] != "and")
        )
    )


def _guessed(message: Message, pieces: list[Piece]) -> bool:
    """Whether a word nobody knows was taken for a mere courtesy or for all of a yes: "camino" is no "cariño"."""
    return any(
        at in message.mended and message.words[at] not in _GUESSED_FREELY
        for piece in pieces
        if piece.tag in {"courtesy", "signed", "introduced"} or piece.end - piece.start == 1
        for at in range(piece.start, piece.end)
    )


def _is_receipt(message: Message, pieces: list[Piece], core: list[Piece]) -> bool:
    """Whether the writer may only say that the message arrived: "ok thank you", "oh ok", "yes got it", "yes hello"."""
    said = [message.words[piece.start : piece.end] for piece in pieces]
    asides = all(piece in core or piece.tag in {"courtesy", "praise"} for piece in pieces)
    taken_in = all(
        word in _TAKES_NOTE
        for piece in core
        for word in message.words[piece.start : piece.end]
        if word != "please"
    )
    excused = any(
        piece.tag == "idle" and not _EXCUSES.isdisjoint(message.words[piece.start : piece.end])
        for piece in pieces
    )
    if excused and taken_in and all(piece.tag == "ok" for piece in core):
        return True
    if asides and taken_in and any(words in _SURPRISE for words in said):
        return True
    bare = all(piece.end - piece.start == 1 for piece in core)
    if asides and bare and pieces[0] in core and said[1:2] and said[1] in _NO_END:
        return True
    polite = {
        word for piece in pieces if piece.tag == "courtesy" for word in message.words[piece.start : piece.end]
    }
    asks = {word for piece in pieces if piece.tag == "way" for word in message.words[piece.start : piece.end]}
    plain = all(_PLAIN.issuperset(message.words[piece.start : piece.end]) for piece in core)
    if (polite & _RECEIPT and (bare or plain)) or (asks & _MORE and plain):
        return True
    parting = any(
        piece.tag == "courtesy"
        and piece.start > core[0].start
        and _PARTING & set(message.words[piece.start : piece.end])
        for piece in pieces
    )
    agreed = {word for piece in core for word in message.words[piece.start : piece.end]} & _AGREES
    if any(piece.tag != "ok" for piece in core):
        return False
    parting = parting or not polite.isdisjoint({"worry", "letting"})
    return bool(polite & _THANKS and not agreed) or (parting and not agreed - _HALF_AGREES)


def _is_if(message: Message) -> bool:
    """Whether an unaccented "si" may be "if": two verbs follow it without a pause ("si puedo voy")."""
    words = message.words
    if "si" not in words:
        return False
    at = words.index("si")
    if 0 < at == len(words) - 1 and at not in message.pauses and words[at - 1] in _IF_VERBS:
        return True
    verbs = 0
    for after in range(at + 1, len(words)):
        if after in message.pauses:
            break
        verbs += words[after] in _IF_VERBS
    return verbs >= 2
