"""When a message is an acceptance: every word of it is understood, and nothing in it objects."""

from functools import partial
from typing import NamedTuple

from .grammar import Matches
from .phrases import yes_words
from .pieces import Piece, cover, first_of
from .reading import Intent
from .tokens import Message

_YES_WEIGHTS = {"yes": 4, "si": 3, "ok": 2, "praise": 1}
_STANDS_BESIDE_YES = frozenset(
    "yes si ok praise courtesy way code signed introduced when echo idle acquainted".split()
)
_WHEN = frozenset("what time when again ?".split())
_MUST_BEGIN_ANEW = frozenset({"yes", "ok", "praise", "way"})


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
    ways = [piece for piece in pieces if piece.tag == "way"]
    asks = bool(ways)
    when = next((piece for piece in ways if _WHEN.issuperset(message.words[piece.start : piece.end])), None)
    if when and yes_words.SAYS_YES.isdisjoint(message.words) and strongest.tag == "ok":
        return Finding(
            Intent.QUESTION, 0.6, "asks when, which the offer says, before anything is agreed", when
        )
    if strongest.tag == "ok" and not explicit:
        reason = "an acknowledgement that usually means yes"
        return Finding(Intent.ACCEPT, 0.8 - sure, reason, strongest, asks=asks)
    return Finding(Intent.ACCEPT, 0.98 - sure, "a plain yes", strongest, explicit, asks)


def _is_explicit(message: Message, piece: Piece) -> bool:
    """Whether a phrase says yes, or that its writer takes the shift, and not only that all is well."""
    said = set(message.words[piece.start : piece.end])
    if piece.tag == "ok" or "see" in said:
        # "Ok yes" says yes; "yeah ok" may only take note.
        return message.words[piece.end - 1] == "yes" and yes_words.OK_YES.issuperset(said)
    commits = not yes_words.WRITER.isdisjoint(said) and not yes_words.IS_ABLE.isdisjoint(said)
    return commits or not yes_words.SAYS_YES.isdisjoint(said) or not yes_words.CONVENTIONAL.issuperset(said)


def _may_join(message: Message, before: Piece, after: Piece) -> bool:
    """Whether `after` may follow `before` in an acceptance.

    Not without a pause when a yes may belong to somebody named just before it ("Karen can do it"), and not when
    the phrase before has no end yet ("I will" and "send the address").
    """
    last, first = message.words[before.end - 1], message.words[after.start]
    if last == "sorry" and not yes_words.NOT_AFTER_SORRY.isdisjoint(message.words[after.start : after.end]):
        return False
    if _shortened(message, before):
        return False
    if after.start in message.pauses:
        return True
    if first == "not" and last in yes_words.DENIED:
        return False
    if after.tag == "courtesy" and first in {"you", "u"}:
        return False
    if (
        before.tag == "way"
        and after.tag in {"yes", "ok", "si"}
        and not (first == "i" and yes_words.ASKS_WHERE.isdisjoint(message.words[before.start : before.end]))
    ):
        return False
    if last == "con":
        return False
    if first == "me" and last not in yes_words.BARE_YES:
        return False
    # Two of them: "for me and Joy", "yo y Ana" (but "Y Ana" says yes), "Joy and I", "my friend and I".
    if after.tag in {"signed", "introduced"} and (last == "and" or (last == "y" and before.start)):
        return False
    if after.tag == "signed" and last in yes_words.OF_SOMEBODY:
        return False
    mine = before.tag == "courtesy" and message.words[before.start] == "my"
    if first == "and" and last != "here" and (mine or before.tag == "signed"):
        return False
    if last == "no" and after.tag in _MUST_BEGIN_ANEW:
        return False
    if last in yes_words.LEADS_ON and after.tag in _MUST_BEGIN_ANEW | {"signed", "introduced"}:
        return False
    if after.tag == "way" and first not in yes_words.ASKS and last not in yes_words.BARE_YES:
        return False
    if last == "ya" and first in yes_words.IF_VERBS:
        return False
    if after.tag in {"yes", "ok"} and first in yes_words.SUBJECTLESS:
        named = before.tag in {"signed", "introduced"} and last not in {"here", "speaking", "available"}
        if named or last in yes_words.PEOPLE:
            return False
    return (
        last not in yes_words.UNFINISHED
        or after.tag not in _MUST_BEGIN_ANEW
        or first in yes_words.BEGINS_ANEW
    )


def _on_the_way(message: Message, piece: Piece) -> bool:
    """ "I'm coming over now": under way already, to a shift that may be days ahead."""
    said = message.words[piece.start : piece.end]
    return not (yes_words.NOW.isdisjoint(said) or yes_words.ON_THE_WAY.isdisjoint(said))


def _shortened(message: Message, piece: Piece) -> bool:
    """Whether a phrase ends in a short form ("I'll"), which ends no English sentence."""
    at, word, raw = piece.end - 1, message.words[piece.end - 1], message.raw
    joined = at > piece.start and word in yes_words.SHORTENED and raw[at - 1] is raw[at]
    return joined and not raw[at].lower().endswith(word)


def _unfinished(message: Message, pieces: list[Piece], core: list[Piece]) -> bool:
    """Whether the message breaks off: "yes I'll", "ok so", "go ahead and"."""
    last = pieces[-1]
    return (
        (message.words[-1] in yes_words.OPEN_ENDED and last.end - last.start > 1)
        or _shortened(message, last)
        or any(
            piece.tag == "courtesy" and message.words[piece.start : piece.end] in yes_words.HANGING
            for piece in pieces
            if piece.start > core[-1].start and (piece is last or message.words[piece.start] != "and")
        )
    )


def _guessed(message: Message, pieces: list[Piece]) -> bool:
    """Whether a word nobody knows was taken for a mere courtesy or for all of a yes: "camino" is no "cariño"."""
    return any(
        at in message.mended and message.words[at] not in yes_words.GUESSED_FREELY
        for piece in pieces
        if piece.tag in {"courtesy", "signed", "introduced"} or piece.end - piece.start == 1
        for at in range(piece.start, piece.end)
    )


def _is_receipt(message: Message, pieces: list[Piece], core: list[Piece]) -> bool:
    """Whether the writer may only say that the message arrived: "ok thank you", "oh ok", "yes got it", "yes hello"."""
    said = [(piece.tag, message.words[piece.start : piece.end]) for piece in pieces]
    agreed = {word for piece in core for word in message.words[piece.start : piece.end]}
    polite, asks = _words_of("courtesy", said), _words_of("way", said)
    taken_in = yes_words.TAKES_NOTE.issuperset(agreed - {"please"})
    surprised = any(words in yes_words.SURPRISE for _, words in said)
    if taken_in and (surprised or not yes_words.EXCUSES.isdisjoint(_words_of("idle", said))):
        return True
    bare = all(piece.end - piece.start == 1 for piece in core)
    plain = yes_words.PLAIN.issuperset(agreed)
    if bare and len(said) > 1 and said[1][1] in yes_words.NO_END:
        return True
    if (polite & yes_words.RECEIPT and (bare or plain)) or (asks & yes_words.MORE and plain):
        return True
    if any(piece.tag != "ok" for piece in core):
        return False
    parting = (
        _words_of("courtesy", said[pieces.index(core[0]) + 1 :]) & yes_words.PARTING
        or polite & yes_words.AT_EASE
    )
    return bool(parting) or bool(polite & yes_words.THANKS and not agreed & yes_words.AGREES)


def _words_of(tag: str, said: list[tuple[str, list[str]]]) -> set[str]:
    return {word for its, words in said if its == tag for word in words}


def _is_if(message: Message) -> bool:
    """Whether an unaccented "si" may be "if": two verbs follow it without a pause ("si puedo voy", "si no hay problema voy")."""
    words = message.words
    if "si" not in words:
        return False
    at = words.index("si")
    if 0 < at == len(words) - 1 and at not in message.pauses and words[at - 1] in yes_words.IF_VERBS:
        return True
    verbs = int(any(words[at + 1 : at + 1 + len(said)] == said for said in yes_words.IF_THAT_IS))
    for after in range(at + 1, len(words)):
        if after in message.pauses:
            break
        verbs += words[after] in yes_words.IF_VERBS
    return verbs >= 2
