"""What has been handed over in the last 24 hours, and which ceiling that has reached."""

from collections import defaultdict
from datetime import datetime, timedelta

from ...domain.policy import Channel
from ..carriers.port import Ceilings

A_DAY = timedelta(hours=24)


class DailyUse:
    """Counts segments of texts and calls of all outboxes of one desk, by the hour. Instants are handed in, in UTC.

    A ceiling holds for offers: answers are few, each to somebody who wrote, and are sent all the same. They count.
    """

    def __init__(self, ceilings: Ceilings) -> None:
        self._ceilings = ceilings
        self._units: dict[tuple[Channel, datetime], int] = defaultdict(int)

    def spend(self, channel: Channel, units: int, at: datetime) -> None:
        """Count what is handed over; what was not after all is fewer than none."""
        self._units[channel, at.replace(minute=0, second=0, microsecond=0)] += units

    def recall(self, channel: Channel, spent: dict[datetime, int]) -> None:
        """Count what was handed over before a start, by the hour, in place of what was counted then."""
        for key in [one for one in self._units if one[0] is channel]:
            del self._units[key]
        for hour, units in spent.items():
            self._units[channel, hour] = units

    def why_not(self, channel: Channel, at: datetime) -> str | None:
        """Say which ceiling keeps offers on a channel back; None when none does."""
        ceilings = self._ceilings
        used = {one: self._used(one, at) for one in Channel}
        most = ceilings.calls if channel is Channel.VOICE else ceilings.texts
        if most is not None and used[channel] >= most:
            what = "calls" if channel is Channel.VOICE else "segments of texts"
            return f"The ceiling of {most:,} {what} in 24 hours is reached."
        cost = used[Channel.SMS] * ceilings.text_price + used[Channel.VOICE] * ceilings.call_price
        if ceilings.cost is not None and cost >= ceilings.cost:
            return f"The ceiling of {ceilings.cost:,.2f} for texts and calls in 24 hours is reached."
        return None

    def _used(self, channel: Channel, at: datetime) -> int:
        for old in [one for one in self._units if one[1] <= at - A_DAY]:
            del self._units[old]
        return sum(units for (one, _), units in self._units.items() if one is channel)
