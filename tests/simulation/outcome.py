"""What came of a story."""

from dataclasses import dataclass, field

from .violation import Violation


@dataclass
class Outcome:
    """What came of a story: what was counted, the violation if there was one, and how long it took.

    `simulated` and `seconds` are the story's seconds and ours; `journal` is the digest of all that was written.
    """

    counts: dict[str, int] = field(default_factory=dict)
    violation: Violation | None = None
    simulated: float = 0.0
    seconds: float = 0.0
    journal: str = ""
