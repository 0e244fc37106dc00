"""Whether somebody calls off: on that word alone a shift may be offered to others at once.

A phrase of calling off is none where it is denied ("I'm not calling off"), asked about, a mere possibility ("if I have to cancel"),
said of somebody else ("Kim called out") or of something else ("cancel my appointment"). A person reads what is then left of it.
"""

import re

from .grammar import Matches
from .phrases import calling_off_words as said
from .pieces import Piece, spot
from .refusal import asking, clauses
from .tokens import Message

_STAYS_AWAY = re.compile(
    r"(?:\b(?:i|we|and|but|so|late|traffic|tire|overslept|actually|then)|,|^) (?:i )?(?:will |can |could |am |are )?not"
    r" (?:going to |be |able to )*(?:make it|come|coming|be there|be in)(?: in| there| at all| anymore| today| tonight| @day)*(?:,|$)"
    r"|\bno (?:voy|puedo|podre)(?: a)?(?: ir| llegar)?(?:,|$)"
)


def stays_away(message: Message) -> bool:
    """Whether a clause says that nobody comes at all: "flat tire, can't make it", not "won't make it on time"."""
    punctuated = "".join(f"{',' * (at in message.pauses)} {word}" for at, word in enumerate(message.words))
    return _STAYS_AWAY.search(punctuated) is not None


def called_off(message: Message, matches: Matches) -> Piece | None:
    """Give the first phrase by which the writer calls off, or None."""
    numbers = clauses(message)
    asked = asking(message, numbers)
    for start, found in enumerate(matches):
        ends = [end for end, tags in found if "call_off" in tags]
        ends = [end for end in ends if message.pauses.isdisjoint(range(start + 1, end))]
        if not ends or numbers[start] in asked:
            continue
        piece = Piece(start, ends[-1], "call_off")
        if _is_own(message, piece, numbers) and _holds(message, piece, matches):
            return piece
    return None


def _is_own(message: Message, piece: Piece, numbers: list[int]) -> bool:
    """Whether nothing before a phrase or behind it makes it a denial, a possibility, or somebody's or something else's."""
    words, start = message.words, piece.start
    before = [words[at] for at in range(start) if numbers[at] == numbers[start]]
    past = words[start].endswith("ed")
    if before and (before[-1] in said.NOT_BEHIND or (past and before[-1] in said.NOT_BEHIND_A_PAST)):
        return False
    while before and before[-1] in said.LEADING:
        going = before.pop() == "going"
        if going and before and before[-1] in {"was", "were"} and "but" in words[piece.end :]:
            return False
    late = words[piece.end : piece.end + 3] == ["to", "be", "late"]
    denied = said.DENIES | {"no"} if words[start].startswith("cancel") else said.DENIES
    mentioned = words[start] in said.DETERMINERS  # "Can't do the shift I accepted".
    if late or (before and before[-1] in denied and not mentioned):
        return False
    who = next((words[at] for at in range(start - 1, -1, -1) if words[at] in said.WHO), "")
    if words[start] in said.TAKES and who in {"i", "we"}:
        return False
    verb = next((at for at in range(start, piece.end) if words[at] in said.VERBS), None)
    rest = [words[at] for at in range(verb or 0, len(words)) if numbers[at] == numbers[start]]
    named = next((at for at, word in enumerate(rest) if word in said.DETERMINERS), None)
    return verb is None or named is None or not said.SHIFTS.isdisjoint(rest[named + 1 : named + 4])


def _holds(message: Message, piece: Piece, matches: Matches) -> bool:
    """Whether the rest of a message bears a phrase out: "never mind" does so alone or beside a no, "I know I said yes" beside one."""
    words = message.words[piece.start : piece.end]
    takes_back = words[0] in said.TAKES_BACK
    if not takes_back and (said.MENTIONS.isdisjoint(words) or "i" not in words or "not" in words):
        return True
    rest = message.words[: piece.start] + message.words[piece.end :]
    if takes_back and said.BESIDE_TAKING_BACK.issuperset(rest):
        return True
    return any(one.tag in {"no", "busy"} for one in spot(matches))
