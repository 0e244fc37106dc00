"""What happened in a story, counted, so that one in which nothing happens cannot pass for a good one."""


class Tally:
    """Counts by name."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def add(self, what: str, number: int = 1) -> None:
        """Count something that happened."""
        self.counts[what] = self.counts.get(what, 0) + number
