"""The clock of a story: what time it is, and what the machine's clock says."""

from datetime import datetime, timedelta


class SteppedClock:
    """`true` is how much time has passed; `now`, what the service sees, may have been set wrong by `skew`."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        self.true = 0.0
        self.skew = 0.0

    def now(self) -> datetime:
        """Say what the machine's clock says."""
        return self.start + timedelta(seconds=self.true + self.skew)

    def when(self, instant: datetime) -> float:
        """Say when, in true seconds, the machine's clock will say `instant` if nobody sets it."""
        return (instant - self.start).total_seconds() - self.skew
