"""A message divided into the phrases of the grammar, in two ways.

`cover` is the strict one: all of the message, by harmless phrases only. `spot` is the generous one: the phrases that
are there, whatever else is.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass

from .grammar import Matches

TAGS = tuple(
    "keep no_calls opt_out wrong call_off late call_me taking_back unknowing later busy no price condition bound other_term"
    " besides elsewhere doubt help way question yes si ok code echo introduced signed when praise courtesy"
    " opt_in opt_out_alone no_alone idle acquainted take_off thanks greeting".split()
)
"""Of a phrase that may be several things, `spot` takes the first in this order."""
_RANK = {tag: rank for rank, tag in enumerate(TAGS)}
_PIECE = 1000
_ONLY_ALONE = frozenset(
    {"opt_in", "opt_out_alone", "no_alone", "idle", "acquainted", "take_off", "thanks", "greeting"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """The phrase from word `start` up to word `end`, with the tag it was read under."""

    start: int
    end: int
    tag: str


def cover(
    matches: Matches,
    harmless: frozenset[str],
    weights: Mapping[str, int],
    may_join: Callable[[Piece, Piece], bool] = lambda _before, _after: True,
) -> list[Piece] | None:
    """Divide a whole message into phrases with a tag in `harmless`; None when that cannot be done.

    `may_join` says whether one phrase may be followed by another. Of several ways the one with the fewest pieces is given, the heaviest by `weights` among equals.
    """
    # For every place: the weight of the best way there and the piece that it ends with.
    best: list[tuple[int, Piece | None] | None] = [(0, None), *([None] * len(matches))]
    for start in range(len(matches)):
        so_far = best[start]
        if so_far is None:
            continue
        for end, tags in matches[start]:
            known = best[end]
            for tag in tags & harmless:
                total = so_far[0] + weights.get(tag, 0) - _PIECE
                if known is not None and total <= known[0]:
                    continue
                piece = Piece(start, end, tag)
                if so_far[1] is None or may_join(so_far[1], piece):
                    known = best[end] = (total, piece)
    pieces: list[Piece] = []
    at = len(matches)
    while at:
        there = best[at]
        if there is None or there[1] is None:
            return None
        pieces.append(there[1])
        at = there[1].start
    return pieces[::-1]


def first_of(
    matches: Matches, tag: str, pauses: Set[int] = frozenset(), denied: Set[int] = frozenset()
) -> Piece | None:
    """The first phrase under `tag` that no pause cuts in two, whatever else could be read at its place.

    None that begins at a place in `denied`.
    """
    for start, found in enumerate(matches):
        for end, tags in found:
            if tag in tags and start not in denied and pauses.isdisjoint(range(start + 1, end)):
                return Piece(start, end, tag)
    return None


def spot(matches: Matches, inside: Set[int] = frozenset()) -> list[Piece]:
    """Give the longest phrase at each place, from left to right; none ends at a place `inside` a written word."""
    found: list[Piece] = []
    start = 0
    while start < len(matches):
        longest: Piece | None = None
        for end, tags in matches[start]:
            if end not in inside and (useful := tags - _ONLY_ALONE):
                longest = Piece(start, end, min(useful, key=_RANK.__getitem__))
        if longest is not None:
            found.append(longest)
        start = longest.end if longest is not None else start + 1
    return found
