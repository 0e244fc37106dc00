"""Figures over weeks: how fast and how often shifts are filled, when people answer, and who is asked and wins."""

from datetime import datetime

from ..domain.frozen import Frozen


class FilledShift(Frozen):
    """A shift that was offered, for figures: `seconds` from the first text to the yes, None where nobody has it; `texts`
    are the texts and `calls` the calls that offered it."""

    role: str
    start_time: datetime
    seconds: float | None
    filled: bool
    texts: int
    calls: int


class Share(Frozen):
    """What one caregiver was offered and won: shifts, and hours of those won."""

    caregiver_id: str
    name: str
    offers: int
    wins: int
    hours: float


class Numbers(Frozen):
    """The figures of the shifts that start within a stretch of time; `answered_at` is when people answered, newest first."""

    shifts: tuple[FilledShift, ...]
    answered_at: tuple[datetime, ...]
    shares: tuple[Share, ...]
