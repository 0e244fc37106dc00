"""The real outbox of one channel, driven by turns."""

from collections.abc import Callable
from contextlib import suppress

from firstyes.actors.carriers.port import Carrier
from firstyes.actors.hand_over import Errand, Job, Outcome, Result, hand_over
from firstyes.actors.journal.port import Journal, JournalUnavailable
from firstyes.actors.lane import LEASE
from firstyes.actors.outbox import Outbox, Room, is_answer
from firstyes.domain.policy import Channel

from .crash import Fate
from .stepped_pool import Scheduler
from .stepped_time import SteppedClock

ROOMS = (3, 1_000, 1_000, 1_000)
"""How many messages may be on the way at once: mostly as many as there are."""

AT_ONCE = 12
"""Jobs that one sender hands over in one turn."""

Later = Callable[[float, Callable[[], None]], None]
"""Has something done after so many seconds, if the process lives then."""


class Sender:
    """Hands a few jobs to the carrier, in one turn."""

    def __init__(self, lane: "SteppedLane", jobs: list[Job], taken: float) -> None:
        self._lane, self._jobs, self._taken = lane, jobs, taken

    def take_turn(self) -> None:
        """Hand them over and bring back what came of each."""
        self._lane.carry(self._jobs, self._taken)

    def stop_soon(self) -> None:
        """Nothing to stop."""

    abandon = give_up = stop_soon


class SteppedLane:
    """Does what `Lane` does, one turn at a time."""

    def __init__(
        self,
        channel: Channel,
        journal: Journal,
        carrier: Carrier,
        clock: SteppedClock,
        scheduler: Scheduler,
        fate: Fate,
        later: Later,
        slowness: Callable[[], float],
        on_round_failed: Callable[[str, int], None],
    ) -> None:
        self.outbox = Outbox(channel, journal, carrier.capabilities, crash_point=self._pass)
        self._carrier = carrier
        self._clock = clock
        self._scheduler = scheduler
        self._fate = fate
        self._later = later
        self._slowness = slowness
        self._on_round_failed = on_round_failed
        self._came_back: list[Result] = []
        self._queued = False
        self._again = False

    def wake(self) -> None:
        """Look at the journal soon."""
        if self._queued:
            self._again = True
            return
        self._queued = True
        self._scheduler.add(self)

    def take_turn(self) -> None:
        """Record, take, mark and give out."""
        self._again = False
        with suppress(JournalUnavailable):
            self._work()
        self._queued = False
        if self._again:
            self.wake()

    def stop_soon(self) -> None:
        """Nothing to stop."""

    abandon = give_up = stop_soon

    @property
    def busy(self) -> bool:
        """Whether something is on the way or not yet recorded."""
        outbox = self.outbox
        return bool(
            outbox.answers_on_the_way
            or outbox.others_on_the_way
            or outbox._unrecorded
            or outbox._unsure
            or not outbox.recovered
        )

    @property
    def next_look_up(self) -> float | None:
        """When, in true seconds, the carrier is to be asked about a message."""
        look_ups = self.outbox._look_ups
        return self._clock.when(look_ups[0][0]) if look_ups else None

    def carry(self, jobs: list[Job], taken: float) -> None:
        """Hand jobs over, as a sender's thread does."""
        for job in jobs:
            if self._fate.dead:
                return
            late = self._clock.true - taken > LEASE
            if late and job.errand is Errand.SEND and not is_answer(job.row):
                result = Result(job, Outcome.NOT_TAKEN)
            else:
                result = hand_over(self._carrier, job, self._pass)
            self._came_back.append(result)
        self.wake()

    def _work(self) -> None:
        at = self._clock.now()
        came_back, self._came_back = self._came_back, []
        for result in came_back:
            self.outbox.note(result, at)
        if not self.outbox.recovered:
            self.outbox.recover(at)
        room = self._scheduler.dice.choice(ROOMS)
        left = Room(room - self.outbox.answers_on_the_way, room - self.outbox.others_on_the_way)
        jobs = self.outbox.advance(at, left)
        taken = self._clock.true
        for start in range(0, len(jobs), AT_ONCE):
            sender = Sender(self, jobs[start : start + AT_ONCE], taken)
            slow = self._slowness()
            if slow:
                self._later(slow, sender.take_turn)
            else:
                self._scheduler.add(sender)
        for shift_id, fanout in self.outbox.failed_rounds():
            self._on_round_failed(shift_id, fanout)

    def _pass(self, point: str) -> None:
        self._fate.pass_point(f"outbox {point}")
