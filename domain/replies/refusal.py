"""Whether a message that accepts nothing is a no.

A no need not be understood to its last word: a mistaken no costs one question, a mistaken yes costs a patient.
"""

from .phrases import no_words
from .pieces import Piece
from .tokens import Message

_SHORT = 3
_WANTS = frozenset({"price", "help", "way"})
_WOULD = frozenset({"yes", "si", "ok", "condition"})
_AGAINST = frozenset(
    {"later", "no_calls", "call_me", "unknowing", "doubt", "condition", "question", "way", "price"}
)


def refused(message: Message, pieces: list[Piece]) -> Piece | None:
    """Give the phrase that makes the message a no, or None when it is none."""
    nos = [piece for piece in pieces if piece.tag == "no" and _stands(message, piece, pieces)]
    if not nos:
        return _excused(message, pieces)
    if _so_no(message, nos[-1], pieces):
        return nos[-1]
    starts = clauses(message)
    opening = _opening(message, nos)
    first = nos[0]
    if asking(message, starts).issuperset(starts[piece.start] for piece in nos):
        return None
    if opening is not None and any(
        piece.start == opening.end and _is_not_yet(message, piece) for piece in pieces
    ):
        return None
    if any(piece.tag == "unknowing" for piece in pieces):
        return None
    if _conditional(message, pieces, nos, starts, opening):
        return None
    elsewhen = {starts[piece.start] for piece in pieces if piece.tag in {"other_term", "bound"}}
    yes = [
        piece
        for piece in pieces
        if piece.tag in {"yes", "si"}
        and starts[piece.start] not in elsewhen
        and not _negated(message, piece, nos, starts)
        and not _runs_on(message, piece)
    ]
    last = nos[-1]
    if any(piece.start > last.start for piece in yes):
        return None
    if (yes or any(piece.tag == "ok" and piece.start < last.start for piece in pieces)) and _but_not(
        message, last, pieces
    ):
        return None
    if yes and (not _turned(message, yes[-1], last) or _flatly(message, yes[0], last)):
        return None
    return first


def _so_no(message: Message, no: Piece, pieces: list[Piece]) -> bool:
    """Whether it all comes to a no: "can't find a sitter so no", "would love to but no"."""
    words = message.words
    said = (
        no.end > _SHORT
        and words[no.end - 1] in {"no", "nope", "nah"}
        and words[no.end - 2] in {"so", "but"}
        and words[no.end - 3] != "if"
    )
    rest = sum(
        piece.end - piece.start for piece in pieces if piece.tag == "courtesy" and piece.start >= no.end
    )
    return said and rest == len(words) - no.end


def _runs_on(message: Message, yes: Piece) -> bool:
    """Whether a yes is the beginning of something else: "no thanks, I'll look elsewhere", not "no yeah I'll do it"."""
    if message.words[yes.start] in no_words.BARE_YES:
        return False
    goes_on = yes.end < len(message.words) and yes.end not in message.pauses
    return goes_on and yes.end - yes.start > 1 and message.words[yes.end - 1] in {"will", "would"}


def _is_not_yet(message: Message, piece: Piece) -> bool:
    return (
        piece.tag == "later" and message.words[piece.start] == "not" and message.words[piece.end - 1] == "yet"
    )


def _but_not(message: Message, no: Piece, pieces: list[Piece]) -> bool:
    """Whether the no takes only something out: "yes but no weekends", "I can but not alone"."""
    words = message.words
    if any(piece.start == no.end and piece.tag in {"courtesy", "signed", "code"} for piece in pieces):
        return False
    bare = words[no.end - 1] in {"no", "not"} and words[no.start] in {"no", "not", "but"}
    return (
        bare
        and no.end < len(words)
        and no.end not in message.pauses
        and words[no.end - 1 : no.end + 1] != ["no", "i"]
    )


def _flatly(message: Message, yes: Piece, no: Piece) -> bool:
    """Whether a bare yes meets a no that is no inability: "yes... actually no", not "yes but I can't"."""
    return message.words[yes.start] in no_words.BARE_YES and not no_words.UNABLE & set(
        message.words[no.start : no.end]
    )


def _stands(message: Message, no: Piece, pieces: list[Piece]) -> bool:
    """Whether a no speaks for its writer: not "the link doesn't work", not "don't forget my check"."""
    words = message.words
    if words[no.end - 1] == "not" and words[no.end - 2 : no.end - 1] in no_words.LEFT_OPEN:
        ended = no.end == len(words) or no.end in message.pauses or words[no.end] in no_words.AFTER_END
        if not ended:
            return False
    if no.start == 0 or no.start in message.pauses or words[no.start] not in no_words.AUXILIARIES:
        return True
    return any(piece.end == no.start for piece in pieces) or words[no.start - 1] in no_words.TURNS


def clauses(message: Message) -> list[int]:
    """For every word, the number of the clause it stands in."""
    numbers, number = [], 0
    for at, word in enumerate(message.words):
        if at in message.pauses or word in no_words.TURNS:
            number += 1
        numbers.append(number)
    return numbers


def _opening(message: Message, nos: list[Piece]) -> Piece | None:
    """The bare no with which the message begins."""
    return next(
        (piece for piece in nos if message.words[piece.start] in no_words.BARE and piece.start <= 2), None
    )


def asking(message: Message, numbers: list[int]) -> set[int]:
    """The clauses that ask: they end with a question mark, or begin as a question does ("is it too late")."""
    words = message.words
    marked = {numbers[at - 1] if at else 0 for at, word in enumerate(words) if word == "?"}
    begins = (at for at in range(len(words) - 1) if at == 0 or numbers[at] != numbers[at - 1])
    return marked | {numbers[at] for at in begins if words[at + 1] in no_words.ASKED_OF.get(words[at], ())}


def _conditional(
    message: Message, pieces: list[Piece], nos: list[Piece], numbers: list[int], opening: Piece | None
) -> bool:
    """Whether the no leaves a way open: "not unless", "can't before noon"."""
    for piece in pieces:
        if piece.tag == "condition" and message.words[piece.start] in {"if", "unless", "si", "menos"}:
            return True
        if piece.tag in {"condition", "bound"} and opening is None:
            return any(numbers[piece.start] == numbers[no.end - 1] for no in nos)
    return False


def _negated(message: Message, piece: Piece, nos: list[Piece], numbers: list[int]) -> bool:
    """Whether a yes stands in the reach of a no: "I can't make it"."""
    if no_words.BARE_YES & set(message.words[piece.start : piece.end]):
        return False
    # A pause may lie within the no ("sorry, not able to take it"): its last word tells where it reaches.
    return any(no.start < piece.start and numbers[no.end - 1] == numbers[piece.start] for no in nos)


def _turned(message: Message, yes: Piece, no: Piece) -> bool:
    """Whether a "but" leads from the yes to the no: "I would love to but I can't"."""
    return any(message.words[at] in no_words.TURNS for at in range(yes.start, no.end))


def _excused(message: Message, pieces: list[Piece]) -> Piece | None:
    """A reason for a no, when nothing in the message speaks for anything else."""
    busy = next((piece for piece in pieces if piece.tag == "busy" and not _of_another(message, piece)), None)
    if busy is None or "?" in message.words or _AGAINST & {piece.tag for piece in pieces}:
        return None
    starts = clauses(message)
    if starts[busy.start] in asking(message, starts):
        return None
    turns = no_words.TURNS - {"then", "so"}
    if message.words[0] in no_words.BARE_YES - {"ya", "y"} and turns.isdisjoint(message.words[: busy.start]):
        return None
    # "I'm free but I have no car" may want a ride.
    yes = [
        piece
        for piece in pieces
        if piece.tag in {"yes", "si"}
        or (
            piece.tag == "ok"
            and not no_words.FREE.isdisjoint(message.words[piece.start : piece.end])
            and message.words[piece.start - 1] not in no_words.LINKING
        )
    ]
    if yes and not (_turned(message, yes[-1], busy) and no_words.WISHES & set(message.words[: busy.start])):
        return None
    return busy


def _of_another(message: Message, busy: Piece) -> bool:
    """Whether a reason is said of a patient, or of whoever else works there: "patient is sick", "who is out"."""
    words, before = message.words, busy.start - 1
    while before > 0 and words[before] in no_words.LINKING:
        before -= 1
    return 0 <= before < busy.start - 1 and words[before] in no_words.OTHERS


def asks_besides(message: Message, pieces: list[Piece]) -> bool:
    """Whether a no is not all: something is asked, a call is wished for, or another day or hour is offered."""
    starts = clauses(message)
    tags: dict[int, set[str]] = {}
    for piece in pieces:
        tags.setdefault(starts[piece.start], set()).add(piece.tag)
    free = [said for said in tags.values() if said.isdisjoint({"no", "busy"})]
    offers = any(said & _WANTS or (said & _WOULD and said & {"other_term", "bound"}) for said in free)
    return offers or asks(message) or any(piece.tag == "call_me" for piece in pieces)


def asks(message: Message) -> bool:
    """Whether something in a message asks, with a question mark or without."""
    return bool(asking(message, clauses(message)))
