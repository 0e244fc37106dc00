"""How many messages to have on the way, from how long the carrier takes for one."""

AHEAD = 0.25
"""Seconds of work that is taken at once. What is taken is marked and will be sent, so this is also how late an offer
may go out after its shift was filled."""

MOST = 1_000
"""Messages that are on the way at once, however fast the carrier."""

MEMORY = 0.2
"""The weight of the newest call in the average."""


class SendWindow:
    """The carrier's pace, as seen lately: starts careful, with one message for each sender."""

    def __init__(self) -> None:
        self._seconds: float | None = None

    def note(self, seconds: float) -> None:
        """Take in how long one call to the carrier took."""
        before = self._seconds
        self._seconds = seconds if before is None else before + MEMORY * (seconds - before)

    def size(self, senders: int) -> int:
        """Give how many messages `senders` should have on the way: what they can hand over in `AHEAD` seconds."""
        if self._seconds is None:
            return senders
        ahead = senders * AHEAD / max(self._seconds, 1e-6)
        return max(senders, min(MOST, int(ahead)))
