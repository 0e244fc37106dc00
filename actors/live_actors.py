"""Who is awake: the actors of streams in use, and how often each has died. A plain object that the supervisor drives."""

from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from pykka import ActorRef

DEATHS_ALLOWED = 3
WITHIN = timedelta(seconds=60)
"""So many deaths within this time, and a stream is set aside. Design rule 6."""

IDLE = timedelta(minutes=15)
"""An actor that nobody has written to for this long goes to sleep."""

MOST_AWAKE = 20_000
"""More actors than this are not kept awake, about 2 KB each and their state; the longest idle sleep first."""

Wake = Callable[[str], ActorRef[Any]]


class LiveActors:
    """Maps streams to living actors, and remembers deaths."""

    def __init__(self, wake: Wake, most_awake: int = MOST_AWAKE) -> None:
        self._wake = wake
        self._most = most_awake
        self._awake: OrderedDict[str, tuple[ActorRef[Any], datetime]] = OrderedDict()
        self._deaths: dict[str, deque[datetime]] = {}
        self._parked: set[str] = set()

    @property
    def parked(self) -> frozenset[str]:
        """The streams set aside."""
        return frozenset(self._parked)

    def is_parked(self, stream: str) -> bool:
        """Whether a stream was set aside."""
        return stream in self._parked

    def find(self, stream: str, now: datetime) -> ActorRef[Any]:
        """Give the stream's actor, waking it if it sleeps or died."""
        entry = self._awake.pop(stream, None)
        ref = entry[0] if entry is not None and entry[0].is_alive() else self._wake(stream)
        self._awake[stream] = (ref, now)
        return ref

    def awake(self, stream: str) -> ActorRef[Any] | None:
        """Give the stream's actor if it is awake, without waking it."""
        entry = self._awake.get(stream)
        return entry[0] if entry is not None and entry[0].is_alive() else None

    def forget(self, stream: str, urn: str) -> None:
        """Strike out an actor that died; one that was woken in its place since stays."""
        entry = self._awake.get(stream)
        if entry is not None and entry[0].actor_urn == urn:
            del self._awake[stream]

    def count_death(self, stream: str, now: datetime) -> bool:
        """Remember a death; True when it was one too many and the stream is parked by it."""
        deaths = self._deaths.setdefault(stream, deque(maxlen=DEATHS_ALLOWED))
        deaths.append(now)
        if len(deaths) == DEATHS_ALLOWED and now - deaths[0] <= WITHIN and stream not in self._parked:
            self._parked.add(stream)
            return True
        return False

    def drowsy(self, now: datetime) -> list[ActorRef[Any]]:
        """Strike out the actors that should sleep now, and those found dead, and give them."""
        asleep = []
        while self._awake:
            stream, (ref, used) = next(iter(self._awake.items()))
            if now - used < IDLE and len(self._awake) <= self._most:
                break
            del self._awake[stream]
            asleep.append(ref)
        for stream in [one for one, deaths in self._deaths.items() if now - deaths[-1] > WITHIN]:
            del self._deaths[stream]
        return asleep
