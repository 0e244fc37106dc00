"""What is fuzzed: a place where text from outside is read, and what must hold there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

LONGEST_CPU = 0.5
"""Seconds of processor that one input may take, instrumented; the slowest reply takes a hundredth of it."""


@dataclass(frozen=True, slots=True)
class Target:
    """`attempt` tries one input and raises, AssertionError or anything else, when what must hold does not.

    `must` says what that is. `seeds` are inputs to begin with; `longest` is the most bytes an input may have.
    """

    name: str
    must: str
    attempt: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    longest: int = 4096


def encodable(text: str) -> bool:
    """Whether a text can be written to a terminal, a log, or the network."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
