"""A message divided into the phrases of the grammar, in two ways.

`cover` is the strict one: all of the message, by harmless phrases only. `spot` is the generous one: the phrases that
are there, whatever else is.
"""

from dataclasses import dataclass

from .grammar import Grammar

_RANK = {
    tag: rank
    for rank, tag in enumerate(
        "opt_out wrong call_off late taking_back doubt later price condition past no busy help way question yes si ok "
        "code signed when praise courtesy opt_in".split()
    )
}


@dataclass(frozen=True, slots=True)
class Piece:
    """The phrase from word `start` up to word `end`, with the tag it was read under."""

    start: int
    end: int
    tag: str


def cover(words: list[str], grammar: Grammar, harmless: frozenset[str], weights: dict[str, int]) -> list[Piece] | None:
    """Divide all of `words` into phrases with a tag in `harmless`; None when that cannot be done.

    Of several ways the heaviest by `weights` is given, the fewest pieces first among equals.
    """
    best: list[tuple[int, list[Piece]] | None] = [(0, []), *([None] * len(words))]
    for start in range(len(words)):
        so_far = best[start]
        if so_far is None:
            continue
        weight, pieces = so_far
        for end, tags in grammar.matches(words, start):
            for tag in tags & harmless:
                total = max(weight, weights.get(tag, 0) * 1000) if False else weight + weights.get(tag, 0) - 1
                known = best[end]
                if known is None or total > known[0]:
                    best[end] = (total, [*pieces, Piece(start, end, tag)])
    last = best[-1]
    return None if last is None else last[1]


def spot(words: list[str], grammar: Grammar) -> list[Piece]:
    """Give the longest phrase at each place, from left to right."""
    found: list[Piece] = []
    start = 0
    while start < len(words):
        longest: Piece | None = None
        for end, tags in grammar.matches(words, start):
            longest = Piece(start, end, min(tags, key=lambda tag: _RANK[tag]))
        if longest is not None:
            found.append(longest)
        start = longest.end if longest is not None else start + 1
    return found
