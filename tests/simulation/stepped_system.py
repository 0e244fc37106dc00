"""Everybody who works at one desk, as the service has them; only their senders take turns instead of threads."""

from collections.abc import Callable, Iterable

from firstyes.actors.carriers.port import Carrier
from firstyes.actors.journal.port import Journal
from firstyes.actors.live_actors import LiveActors
from firstyes.actors.outbox.hand_over import Job
from firstyes.actors.outbox.outbox_actor import OutboxActor
from firstyes.actors.outbox.send_window import SendWindow
from firstyes.actors.runtime.worker_pool import WorkerPool
from firstyes.actors.supervisor import Supervisor
from firstyes.actors.system import ActorSystem, Tools
from firstyes.domain.policy import DEFAULT_ROUNDS
from firstyes.domain.replies.reader import RuleReader

from .crash import Fate
from .scheduler import Scheduler
from .stepped_time import SteppedClock

WINDOWS = (3, 1_000, 1_000, 1_000)
"""How many messages may be on the way at once: mostly as many as there are."""

READER = RuleReader()

PART = 7
"""So few are asked at a time that most fan-outs have several parts."""

AT_ONCE = 12
"""Messages that one sender hands over in one turn."""

Later = Callable[[float, Callable[[], None]], None]
"""Has something done after so many seconds, if the process lives then."""

Work = tuple[Job, float]


class SteppedSystem(ActorSystem):
    """The real loop and its actors for the life of one process; the scheduler turns them."""

    def __init__(
        self,
        journal: Journal,
        carrier: Carrier,
        clock: SteppedClock,
        scheduler: Scheduler,
        fate: Fate,
        later: Later,
        slowness: Callable[[], float],
    ) -> None:
        super().__init__(
            Tools(
                journal,
                carrier,
                clock,
                READER,
                DEFAULT_ROUNDS,
                crash_point=lambda point: fate.pass_point(f"outbox {point}"),
                part=PART,
                steady=lambda: clock.true,
            )
        )
        self.fate = fate
        scheduler.loop = self.loop
        for outbox in self.outboxes.values():
            outbox._senders = SteppedSenders(outbox, scheduler, fate, later, slowness)
            outbox._window = SteppedWindow(scheduler)
            outbox._steady = lambda: clock.true

    @property
    def live(self) -> LiveActors:
        """The actors that are awake, for looking at."""
        supervisor = self._supervisor._actor_weakref()
        assert isinstance(supervisor, Supervisor)
        return supervisor._live


def is_busy(actor: OutboxActor) -> bool:
    """Whether something is on the way or not yet recorded."""
    outbox = actor.outbox
    on_the_way = outbox.answers_on_the_way or outbox.others_on_the_way
    return bool(on_the_way or actor._came_back or outbox._unrecorded or not outbox.recovered)


class SteppedSenders(WorkerPool[Work]):
    """Hands over a few messages in each turn, on no thread."""

    def __init__(
        self,
        actor: OutboxActor,
        scheduler: Scheduler,
        fate: Fate,
        later: Later,
        slowness: Callable[[], float],
    ) -> None:
        super().__init__(4, "senders", actor._carry, reserved=1)
        self._scheduler = scheduler
        self._fate = fate
        self._later = later
        self._slowness = slowness

    def put(self, work: Iterable[Work], *, urgent: bool = False) -> bool:
        """Have the scheduler give turns to this work, or, while nobody is free for it, some time later."""
        rest = list(work)
        while rest:
            some, rest = rest[:AT_ONCE], rest[AT_ONCE:]
            slow = self._slowness()
            if slow:
                self._later(slow, lambda some=some: self._carry(some))  # type: ignore[misc]
            else:
                self._scheduler.add(lambda some=some: self._carry(some))  # type: ignore[misc]
        return True

    def _carry(self, some: list[Work]) -> None:
        for one in some:
            if not self._fate.dead:
                self._do(one)


class SteppedWindow(SendWindow):
    """Has dice say how much may be on the way."""

    def __init__(self, scheduler: Scheduler) -> None:
        super().__init__()
        self._scheduler = scheduler

    def size(self, senders: int) -> int:
        """Throw the dice."""
        return self._scheduler.dice.choice(WINDOWS)
