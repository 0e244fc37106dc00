"""How long a sign-in, and a link that lets somebody in, hold."""

from datetime import datetime, timedelta

IDLE = timedelta(hours=12)
"""A session ends when it has not been used for as long as a long shift lasts."""
LONGEST = timedelta(days=7)
"""Then it ends however often it is used."""
NOTED_EVERY = timedelta(minutes=10)
"""How exactly it is kept when a session was used last: each time it is written costs a commit."""
REMEMBERED = timedelta(days=90)
"""How long a browser counts as one that its user knows, after its last session was used."""
MOST_SESSIONS = 20
"""Of one user; the one used longest ago goes first."""

INVITED_FOR = timedelta(days=3)
RESET_FOR = timedelta(hours=1)
FIRST_RUN_FOR = timedelta(hours=24)
"""How long links hold: an invitation, one for a new password, and the one with which the first admin comes in."""


def is_live(made_at: datetime, used_at: datetime, now: datetime) -> bool:
    """Whether a session still holds. One from the future does not: a clock was wrong when it was made."""
    return made_at <= now < made_at + LONGEST and now < used_at + IDLE


def is_remembered(used_at: datetime, now: datetime) -> bool:
    """Whether the browser of a session, ended or not, is still known."""
    return now < used_at + REMEMBERED


def is_worth_noting(used_at: datetime, now: datetime) -> bool:
    """Whether a use is long enough after the last one that was noted."""
    return now >= used_at + NOTED_EVERY
