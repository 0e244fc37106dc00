"""Everybody who works at one desk, put together as `Staff` does, taking turns instead of threads."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pykka import ActorRef

from firstyes.actors.carriers.port import Carrier
from firstyes.actors.dead_letter import DeadLetter, let_rest
from firstyes.actors.deadlines import Deadlines
from firstyes.actors.envelope import Envelope
from firstyes.actors.herald import Herald
from firstyes.actors.house import House
from firstyes.actors.journal.alert_port import NewAlert
from firstyes.actors.journal.port import Journal, JournalUnavailable
from firstyes.actors.post import post
from firstyes.actors.reception import Reception
from firstyes.actors.reply import Reply
from firstyes.actors.supervisor import Supervisor
from firstyes.actors.tasks import (
    ConversationTask,
    Happened,
    LookAtPeople,
    RoundFailed,
    Settle,
    ShiftTask,
    Tick,
)
from firstyes.domain.policy import DEFAULT_ROUNDS, Channel
from firstyes.domain.replies.reading import Reader

from .crash import Fate
from .stepped_lane import Later, SteppedLane
from .stepped_pool import Scheduler, SteppedPool
from .stepped_time import SteppedClock


class SteppedStaff:
    """The supervisor and all who work under it, for the life of one process."""

    def __init__(
        self,
        journal: Journal,
        carrier: Carrier,
        clock: SteppedClock,
        reader: Reader,
        scheduler: Scheduler,
        fate: Fate,
        later: Later,
        slowness: Callable[[], float],
    ) -> None:
        self.journal = journal
        self.fate = fate
        self.clock = clock
        self.reception = Reception(journal, reader, clock)
        self._pool = SteppedPool(scheduler)
        self._herald: ActorRef[Any] = Herald.start(self._pool, journal, ())
        self.deadlines = Deadlines(journal.deadlines())
        self._supervisor: ActorRef[Any] = Supervisor.start(self._pool, self._house, self.deadlines)
        self.lanes = {
            channel: SteppedLane(
                channel, journal, carrier, clock, scheduler, fate, later, slowness, self._round_failed
            )
            for channel in Channel
        }

    @property
    def supervisor(self) -> Supervisor:
        """The supervisor itself, for looking at."""
        supervisor = self._supervisor._actor_weakref()
        assert isinstance(supervisor, Supervisor)
        return supervisor

    def post(self, envelope: Envelope[Any]) -> None:
        """Hand a task to the supervisor."""
        post(self._supervisor, envelope, let_rest)

    def tick(self) -> None:
        """Say what time it is to those who keep time."""
        post(self._supervisor, Tick(self.clock.now()), let_rest)
        for lane in self.lanes.values():
            lane.wake()

    def look_at_people(self, caregiver_ids: list[str] | None) -> None:
        """Have the shifts looked at that people may join, or that have to follow them to another phone."""
        with suppress(JournalUnavailable):
            for shift_id in self.journal.shifts_with_news(self.clock.now(), caregiver_ids):
                self.post(Envelope(ShiftTask(shift_id, LookAtPeople())))

    def settling(self) -> Reply[Any]:
        """Ask to be told when nothing is left that had fallen due."""
        reply: Reply[Any] = Reply()
        self.post(Envelope(Settle(), reply))
        return reply

    def _house(self, supervisor: ActorRef[Any]) -> House:
        return House(
            pool=self._pool,
            journal=self.journal,
            clock=self.clock,
            rounds=DEFAULT_ROUNDS,
            supervisor=supervisor,
            dead_letters=self._take_dead_letter,
            outbox_grew=self._outbox_grew,
            announce=self._announce,
            alert=self._alert,
            crash_point=lambda point: self.fate.pass_point(f"actor {point}"),
        )

    def _outbox_grew(self, channel: Channel) -> None:
        self.lanes[channel].wake()

    def _announce(self, happened: Happened) -> None:
        """Nobody waits for events."""

    def _alert(self, alert: NewAlert) -> None:
        post(self._herald, alert, let_rest)

    def _round_failed(self, shift_id: str, fanout: int) -> None:
        post(self._supervisor, RoundFailed(shift_id), let_rest)

    def _take_dead_letter(self, letter: DeadLetter) -> bool:
        message = letter.message
        if isinstance(message, Envelope) and isinstance(message.message, ShiftTask | ConversationTask):
            return post(self._supervisor, letter, let_rest)
        return False
