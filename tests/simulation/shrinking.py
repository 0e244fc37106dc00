"""Makes a story that fails shorter, until every line of it is needed."""

from collections.abc import Callable, Iterable, Sequence
from time import monotonic

from .stimulus import DAY, FAULTS, Stimulus, Story
from .world import play

Fails = Callable[[Iterable[Stimulus]], bool]
"""Says whether these stimuli still make a story that fails."""


def shrink(story: Story, rule: str, failed_at: float, seconds: float = 120.0) -> Story:
    """Give the shortest story found within `seconds` that still breaks `rule`.

    First whole stretches of time are left out, then more and more of what is left, then single lines. What it finds is
    played again each time, so that the story given surely fails.
    """
    until = monotonic() + seconds
    best = story.with_only(one for one in story.stimuli if one.at <= failed_at)

    def fails(stimuli: Iterable[Stimulus]) -> bool:
        nonlocal best
        if monotonic() > until:
            return False
        tried = story.with_only(stimuli)
        violation = play(tried).violation
        if violation is None or violation.rule != rule:
            return False
        best = tried
        return True

    for days in (0.2, 1.0, 4.0, 15.0):
        if fails(one for one in best.stimuli if one.at >= failed_at - days * DAY):
            break
    fails(one for one in best.stimuli if one.kind not in FAULTS)
    _leave_out(best.stimuli, fails)
    return best


def _leave_out(stimuli: Sequence[Stimulus], fails: Fails) -> None:
    """Leave out halves, then quarters, and so on: delta debugging (Zeller and Hildebrandt, 2002)."""
    left, size = list(stimuli), max(1, len(stimuli) // 2)
    while size:
        start = 0
        while start < len(left):
            rest = left[:start] + left[start + size :]
            if rest and fails(rest):
                left = rest
            else:
                start += size
        size //= 2
