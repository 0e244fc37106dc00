"""What every part of the proof is made of: a name, how long it takes, and a run that says what it found."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[float], None]
"""Told now and then how much of a part is done, from 0.0 to 1.0."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a part found.

    `summary` is one line with its figures; `problems` are paragraphs a person can read, none if it `holds`.
    """

    holds: bool
    summary: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One thing `make prove` does.

    `what` is one sentence for the terminal; `seconds` is how long the full run takes on two cores, measured;
    `run(share, progress)` tries that share of it, 1.0 being the full run and 0.02 a sample.
    """

    name: str
    what: str
    seconds: float
    run: Callable[[float, Progress], Finding]
