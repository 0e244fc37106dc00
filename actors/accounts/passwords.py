"""Passwords: whether one is good enough, its hash, and who may try one. Why so: docs/decisions/0021-sign-in.md."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from secrets import token_urlsafe
from threading import BoundedSemaphore, Lock

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from ...domain.access.throttle import (
    OF_ADDRESS,
    OF_DEVICE,
    OF_EVERY_NAME,
    OF_NAME,
    Bucket,
    Limit,
    filled,
    level,
    wait,
)
from ...domain.errors import FirstyesError

SHORTEST, LONGEST = 12, 64
"""Characters. The estimate takes no longer ones."""
STRONG = 3
"""On the estimate's scale from 0 to 4: safe from somebody who has the hash and no unusual means."""
AT_ONCE = 2
"""Hashes that are made at the same time: each takes a processor and 64 MiB."""
MOST_WAITING = 4
"""Who may wait for a turn. Each holds a thread that others need who answer offers; whoever comes then is sent away at once."""
PATIENCE = 5.0
"""Seconds to wait for one's turn."""
MOST_BUCKETS = 20_000
"""Buckets that are remembered; the emptiest go first."""


class TooBusy(FirstyesError):
    """Raised when so many passwords are being looked at that this one's turn did not come in time."""


def fault_of(password: str, name: str) -> str | None:
    """Say what is wrong with a password that somebody chooses; None when it is good."""
    if len(password) < SHORTEST:
        return f"It must have {SHORTEST} characters or more. Three or four words that have nothing to do with each other do well."
    if len(password) > LONGEST:
        return f"It must have {LONGEST} characters or fewer."
    # Only here: its lists of words take longer to read than any part of ours, at every start of every command.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    found = zxcvbn(password, [name, *name.replace("@", " ").replace(".", " ").split(), "firstyes"])
    if found["score"] >= STRONG:
        return None
    said = [found["feedback"]["warning"] or "It is easily guessed", *found["feedback"]["suggestions"][:1]]
    return " ".join(f"{one.rstrip('.')}." for one in said)


class Passwords:
    """Makes and compares hashes, a few at a time."""

    def __init__(self, *, memory: int = 65_536, rounds: int = 2) -> None:
        """`memory` is in KiB."""
        self._hasher = PasswordHasher(time_cost=rounds, memory_cost=memory, parallelism=1)
        self._turn = BoundedSemaphore(AT_ONCE)
        self._room = BoundedSemaphore(AT_ONCE + MOST_WAITING)

    def hash(self, password: str) -> str:
        """Give the hash that is kept. Raises `TooBusy`."""
        with self._one_turn():
            return self._hasher.hash(password)

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether it is the one that was hashed. Without a hash it takes as long, and is not. Raises `TooBusy`."""
        with self._one_turn():
            try:
                self._hasher.verify(kept or self._nobody_s, password)
            except (Argon2Error, InvalidHashError):
                return False
        return kept is not None

    @cached_property
    def _nobody_s(self) -> str:
        return self._hasher.hash(token_urlsafe())

    @contextmanager
    def _one_turn(self) -> Iterator[None]:
        with _held(self._room, 0), _held(self._turn, PATIENCE):
            yield


@contextmanager
def _held(places: BoundedSemaphore, patience: float) -> Iterator[None]:
    if not places.acquire(timeout=patience):
        raise TooBusy("Too many people sign in at this moment. Try again in a few seconds.")
    try:
        yield
    finally:
        places.release()


Which = tuple[str, ...]


class Attempts:
    """Counts who tries passwords, before one is looked at. In memory: a restart forgets it."""

    def __init__(self) -> None:
        self._buckets: dict[Which, tuple[Bucket, Limit]] = {}
        self._lock = Lock()

    def begin(self, name: str, address: str, device: str | None, now: datetime) -> float:
        """Count an attempt. Above 0, it is one too many: so many seconds are to be waited, and nothing was counted."""
        wanted = _buckets(name, address, device)
        with self._lock:
            seconds = max(wait(self._bucket(one), limit, now) for one, limit in wanted.items())
            if seconds <= 0:
                for one, limit in wanted.items():
                    self._buckets[one] = filled(self._bucket(one), limit, now), limit
                if len(self._buckets) > MOST_BUCKETS:
                    self._forget(now)
        return seconds

    def take_back(self, name: str, address: str, device: str | None, now: datetime) -> None:
        """Count an attempt no more: its password was not looked at."""
        with self._lock:
            for one, limit in _buckets(name, address, device).items():
                self._buckets[one] = filled(self._bucket(one), limit, now, -1), limit

    def succeeded(self, name: str, address: str, device: str | None) -> None:
        """Forget what its own user has tried. What strangers do to the name stays counted."""
        with self._lock:
            self._buckets.pop(next(iter(_buckets(name, address, device))), None)

    def _bucket(self, which: Which) -> Bucket | None:
        kept = self._buckets.get(which)
        return None if kept is None else kept[0]

    def _forget(self, now: datetime) -> None:
        def fullness(which: Which) -> float:
            bucket, limit = self._buckets[which]
            return level(bucket, limit, now)

        fullest = sorted(self._buckets, key=fullness)[MOST_BUCKETS // 2 :]
        self._buckets = {one: self._buckets[one] for one in fullest}


def _buckets(name: str, address: str, device: str | None) -> dict[Which, Limit]:
    if device is not None:
        return {("device", name, device): OF_DEVICE}
    return {
        ("address", name, address): OF_ADDRESS,
        ("name", name): OF_NAME,
        ("every name", address): OF_EVERY_NAME,
    }
