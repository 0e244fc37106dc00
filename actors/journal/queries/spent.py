"""What was handed over lately, by the hour: read once, at a start."""

from datetime import datetime

from ....domain.gsm7 import segments
from ....domain.policy import Channel
from ..instants import from_micros, to_micros
from .reads import Reads

# What ended, or waits again, without an id of the carrier's was never taken.
SPENT = """
SELECT handed_at, iif(channel = 'sms', body, '') FROM outbox WHERE channel = ? AND handed_at >= ?
AND (carrier_id IS NOT NULL OR state NOT IN ('planned', 'failed', 'dropped'))
"""


class SpentQueries(Reads):
    """What is asked of what was handed over."""

    def spent(self, channel: Channel, since: datetime) -> dict[datetime, int]:
        """Give the segments of texts, or calls, handed over since an instant, by the hour."""
        found: dict[datetime, int] = {}
        for handed_at, body in self.all(SPENT, (channel, to_micros(since))):
            hour = from_micros(handed_at).replace(minute=0, second=0, microsecond=0)
            found[hour] = found.get(hour, 0) + segments(body)
        return found
