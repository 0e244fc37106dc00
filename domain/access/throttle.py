"""How often a password may be tried.

An attempt fills a bucket, and time empties it; into a full one nothing more goes. Which buckets an attempt fills depends on
where it comes from, so that nobody can lock out somebody else:

- A browser in which the user has signed in before has a bucket of its own for that user. Whatever strangers do, it stays
  open to its user.
- A stranger fills one bucket for the name at that address, and one for the name wherever the stranger is. The first is
  small: one address cannot fill the second. Only many addresses at once can, and then new browsers wait, known ones do
  not, and a link from an admin lets its user in past both. A third is for the address, whatever the names: each costs a hash.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Limit:
    """How many attempts fit at once, and after how many seconds one more does."""

    most: int
    seconds: float


OF_DEVICE = Limit(10, 15)
OF_ADDRESS = Limit(5, 30)
OF_NAME = Limit(40, 15)
OF_EVERY_NAME = Limit(40, 10)
"""At one address. An office behind one router comes in at once, of whom each takes a try or two."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """How full it was at an instant."""

    level: float
    at: datetime


def level(bucket: Bucket | None, limit: Limit, now: datetime) -> float:
    """Give how full a bucket is by now, in attempts."""
    if bucket is None:
        return 0.0
    # A clock that was set back empties nothing.
    passed = max(0.0, (now - bucket.at).total_seconds())
    return max(0.0, bucket.level - passed / limit.seconds)


def filled(bucket: Bucket | None, limit: Limit, now: datetime, attempts: int = 1) -> Bucket:
    """Give the bucket with one attempt more, or, where `attempts` is -1, with one that did not count."""
    return Bucket(max(0.0, level(bucket, limit, now) + attempts), now)


def wait(bucket: Bucket | None, limit: Limit, now: datetime) -> float:
    """Give the seconds until one attempt more fits; 0 when it does now."""
    return max(0.0, (level(bucket, limit, now) + 1 - limit.most) * limit.seconds)
