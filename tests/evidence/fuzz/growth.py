"""How time grows with the length of an input, up to the longest that is taken: it may not grow faster than that.

A pattern that backtracks, or a loop in a loop, shows as a factor of four where the length doubles.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import thread_time

from pydantic import ValidationError

from firstyes.actors.journal.port import BadCursor
from firstyes.actors.journal.queries.cursors import text_position
from firstyes.domain.data.dataset import BadData, read_data
from firstyes.domain.message import LONGEST_TEXT, InboundMessage
from firstyes.domain.phone import read_phone
from firstyes.domain.policy import BadRounds, parse_rounds
from firstyes.domain.replies.reading import Reply
from firstyes.domain.replies.verdict import decide
from firstyes.domain.shift.shift import Shift

from .data import INSTANT
from .replies import OFFER

UNITS = (
    "a", "yes ", "no ", "1", "1 ", "7-", "7:", "$1", "' ", "? ", " ", "\n", "é", "👍🏽", "www.", "si puedo ", "don't ", "accpet ",
    "yesyes", "(", "+", "-", "0", "٣", "a.m", "7am-", "1/1/", ":-)", "to ", "\u0300", "İ", "\ud800", ",", ":", "sms:6,", "%",
)  # fmt: skip
"""What inputs are made of, by saying it again and again."""

STEPS = 4
"""How often the length is doubled, up to the longest."""
LONGER = 1 << (STEPS - 1)
"""How many times as long as the shortest the longest is: 8. What grows with the square of it takes 64 times as long."""
MOST = 3 * LONGER
"""How many times as long it may take: pages that memory has to be found for are dearer than those that are there."""
NOTHING = 0.02
"""Seconds below which growth is not told from chance, and harms nobody."""


@dataclass(frozen=True, slots=True)
class Growing:
    """A place that reads text; `longest` is the most characters that get so far."""

    name: str
    read: Callable[[str], object]
    longest: int


def _quietly(read: Callable[[str], object]) -> Callable[[str], object]:
    def attempt(text: str) -> object:
        try:
            return read(text)
        except (ValidationError, BadCursor, BadRounds, BadData):
            return None

    return attempt


GROWING = (
    Growing("reply", lambda text: decide(Reply(text=text, offers=(OFFER,))), 16_000),
    Growing("phone", read_phone.__wrapped__, 16_000),
    Growing("instant", _quietly(INSTANT.validate_python), 1 << 17),
    Growing("cursor", _quietly(lambda text: text_position("shifts", text)), 1 << 17),
    Growing("rounds", _quietly(parse_rounds), 1 << 14),
    Growing(
        "message", _quietly(lambda text: InboundMessage(from_phone=text, body=text[:LONGEST_TEXT])), 1 << 20
    ),
    Growing("message as JSON", _quietly(InboundMessage.model_validate_json), 1 << 20),
    Growing("shift as JSON", _quietly(lambda text: Shift.model_validate_json(f'{{"id":"{text}"}}')), 1 << 20),
    Growing("names in a file", _quietly(lambda text: read_data({"shifts": [{text: text}]})), 1 << 20),
)


def growth(place: Growing, units: tuple[str, ...] = UNITS) -> str:
    """Give what is wrong with how a place's time grows; nothing when nothing is."""
    for unit in units:
        sizes = [place.longest >> (STEPS - 1 - step) for step in range(STEPS)]
        costs = [_cost(place, unit, size) for size in sizes]
        if costs[-1] > max(NOTHING, MOST * costs[0]):
            told = ", ".join(
                f"{size:,}: {1000 * cost:.2f} ms" for size, cost in zip(sizes, costs, strict=True)
            )
            return f"{place.name}: time grows faster than length with {unit!r} again and again ({told})"
    return ""


def _cost(place: Growing, unit: str, size: int) -> float:
    """The least time of three, in seconds of processor."""
    text = (unit * (size // len(unit) + 1))[:size]
    best = float("inf")
    for _ in range(3):
        before = thread_time()
        place.read(text)
        best = min(best, thread_time() - before)
        if best > 1.0:
            break
    return best
