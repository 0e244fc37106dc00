"""Starting and stopping, written out: everybody who works at one desk, in order, and in reverse."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any, Self

from pykka import ActorRef

from ..domain.alert import AlertKind
from ..domain.notice import NOTICED
from ..domain.policy import Channel, Rounds
from ..domain.replies.reading import Reader
from .carriers.port import Carrier
from .clock import Clock, ManualClock
from .dead_letter import DeadLetter, let_rest
from .deadlines import Deadlines
from .envelope import Envelope
from .errors import ReceiverGone
from .hand_over import CrashPoint, no_crash
from .herald import Herald
from .house import House
from .journal.alert_port import AlertChanges, NewAlert
from .journal.errors import JournalUnavailable
from .journal.port import Journal, JournalHealth
from .lane import OutboxGrew, WhenIdle, start_lane
from .notifiers import Notifier
from .pool import Pool
from .post import post
from .reception import Reception
from .reply import Reply
from .supervisor import Supervisor
from .tasks import ConversationTask, Happened, LookAtPeople, Ping, RoundFailed, Settle, ShiftTask, Tick
from .ticker import Ticker
from .timed_reader import TimedReader
from .watch import Watch

logger = logging.getLogger(__name__)

CATCH_UP = 600.0
"""Seconds a start may take to do what fell due while the service was down."""

READER_TIMEOUT = 2.0
"""Seconds a reader may take for a reply before the rules read it."""

POOL_SIZE = 32
"""Threads for shifts and conversations; as many can wait for their commit at once, and share it."""


@dataclass(frozen=True, slots=True)
class DeskHealth:
    """How the desk does. `reason` says why it is not `ready`; `awake` counts the actors that are."""

    ready: bool
    reason: str | None
    journal: JournalHealth
    awake: int = 0
    parked: tuple[str, ...] = ()
    dead_letters: int = 0


@dataclass(frozen=True, slots=True)
class Tools:
    """What the staff works with, chosen by whoever opens the desk."""

    journal: Journal
    carrier: Carrier
    clock: Clock
    reader: Reader
    rounds: Rounds
    notifiers: Sequence[Notifier] = ()
    pool_size: int = POOL_SIZE
    reader_timeout: float = READER_TIMEOUT
    crash_point: CrashPoint = no_crash


class Staff:
    """The supervisor and all who work under it, from start to stop.

    With a `ManualClock` nothing ticks by itself: each move of the clock is one tick.
    """

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.journal = tools.journal
        self.watch = Watch()
        self.reception = Reception(
            tools.journal, TimedReader(tools.reader, tools.reader_timeout), tools.clock
        )
        self.dead_letters = 0
        self._moves = 0
        self._parked: list[str] = []
        self._pool = Pool(tools.pool_size)
        # The supervisor and the herald have a thread each, so that no shift's wait holds them up.
        self._desk_pool, self._herald_pool = Pool(1, "firstyes-supervisor"), Pool(1, "firstyes-herald")
        self._herald: ActorRef[Any] = Herald.start(self._herald_pool, tools.journal, tools.notifiers)
        tools.journal.on_alerts(self._tell_alerts)
        deadlines = Deadlines(tools.journal.deadlines())
        self._supervisor: ActorRef[Any] = Supervisor.start(self._desk_pool, self._house, deadlines)
        self._lanes = {
            channel: self._start_lane(channel) for channel in sorted(tools.carrier.capabilities.channels)
        }
        self._ticker = Ticker(tools.clock, self._tick)

    @classmethod
    def start(cls, tools: Tools) -> Self:
        """Start everybody, then do what fell due meanwhile, before any new work."""
        staff = cls(tools)
        staff._tick(Tick(tools.clock.now()))
        staff._ask_supervisor(Settle(), CATCH_UP)
        staff.tell_of(None)
        if isinstance(tools.clock, ManualClock):
            tools.clock.on_move = lambda: staff._tick(Tick(tools.clock.now()))
        else:
            staff._ticker.start()
        return staff

    def stop(self, timeout: float) -> bool:
        """Stop in reverse: no more ticks, no more tasks, finish what is under way, then close the journal.

        False, and an error in the log, when somebody was still at work after `timeout` seconds.
        """
        deadline = monotonic() + timeout

        def left() -> float:
            return max(0.1, deadline - monotonic())

        if isinstance(self.tools.clock, ManualClock):
            self.tools.clock.on_move = lambda: None
        self._ticker.stop(left())
        stopped = self._desk_pool.stop(left())
        stopped &= self._pool.stop(left())
        for lane in self._lanes.values():
            stopped &= _stop(lane, left())
        stopped &= self._herald_pool.stop(left())
        if not stopped:
            logger.error("The desk closed with somebody still at work; nothing acknowledged is lost")
        return stopped

    def post(self, envelope: Envelope[Any]) -> None:
        """Hand a task to the supervisor."""
        post(self._supervisor, envelope, let_rest)

    def tell_of(self, caregiver_ids: Sequence[str] | None) -> None:
        """Have those shifts look at their people that these caregivers, or anybody, may have to be told of.

        What was put stays put when this cannot be looked up now; the next start catches up.
        """
        try:
            for shift_id in self.journal.shifts_with_news(self.tools.clock.now(), caregiver_ids):
                self.post(Envelope(ShiftTask(shift_id, LookAtPeople())))
        except JournalUnavailable:
            logger.warning("Running fan-outs could not be told of changed caregivers")

    def settle(self, timeout: float) -> None:
        """Wait until a whole round through the house finds that nothing has moved."""
        deadline = monotonic() + timeout
        before = -1
        while before != self._moves:
            before = self._moves
            for ref in self._ask_supervisor(Settle(), deadline - monotonic()):
                reply: Reply[None] = Reply()
                if post(ref, Envelope(Ping(), reply), let_rest):
                    # One that has just died has nothing more to do; who replaces it is found in the next round.
                    with suppress(ReceiverGone):
                        reply.wait(deadline - monotonic())
            for lane in self._lanes.values():
                idle: Reply[None] = Reply()
                post(lane, Envelope(WhenIdle(), idle), let_rest)
                idle.wait(deadline - monotonic())
        told: Reply[None] = Reply()
        post(self._herald, Envelope(Ping(), told), let_rest)
        told.wait(deadline - monotonic())

    def health(self) -> DeskHealth:
        """Say how everybody does. Never raises."""
        journal = self.journal.health()
        reason = f"the journal cannot be used: {journal.error}" if journal.error else None
        if not self._supervisor.is_alive():
            reason = "the supervisor is gone"
        return DeskHealth(
            reason is None, reason, journal, self._pool.live, tuple(self._parked), self.dead_letters
        )

    def _house(self, supervisor: ActorRef[Any]) -> House:
        return House(
            pool=self._pool,
            journal=self.journal,
            clock=self.tools.clock,
            rounds=self.tools.rounds,
            supervisor=supervisor,
            dead_letters=self._take_dead_letter,
            outbox_grew=self._outbox_grew,
            announce=self._announce,
            alert=self._alert,
            crash_point=self.tools.crash_point,
        )

    def _start_lane(self, channel: Channel) -> ActorRef[Any]:
        return start_lane(
            channel,
            self.journal,
            self.tools.carrier,
            self.tools.clock,
            on_round_failed=self._round_failed,
            crash_point=self.tools.crash_point,
        )

    def _tick(self, tick: Tick) -> None:
        post(self._supervisor, tick, let_rest)
        for channel, lane in self._lanes.items():
            if not lane.is_alive():
                logger.error("The %s lane died and is started anew", channel)
                self._lanes[channel] = self._start_lane(channel)
            post(self._lanes[channel], tick, let_rest)

    def _outbox_grew(self, channel: Channel) -> None:
        self._moves += 1
        lane = self._lanes.get(channel)
        if lane is not None:
            post(lane, OutboxGrew(), let_rest)

    def _announce(self, happened: Happened) -> None:
        self._moves += 1
        self.watch.announce(happened)
        if self.tools.notifiers and any(type(event) in NOTICED for event in happened.events):
            post(self._herald, happened, let_rest)

    def _tell_alerts(self, changes: AlertChanges) -> None:
        if self.tools.notifiers:
            post(self._herald, changes, let_rest)

    def _alert(self, alert: NewAlert) -> None:
        if alert.kind is AlertKind.PARKED and alert.shift_id is not None:
            self._parked.append(alert.shift_id)
        post(self._herald, alert, let_rest)

    def _round_failed(self, shift_id: str, fanout: int) -> None:
        self._moves += 1
        post(self._supervisor, RoundFailed(shift_id), let_rest)

    def _take_dead_letter(self, letter: DeadLetter) -> bool:
        """Give a task whose actor has just stopped back to the supervisor."""
        self.dead_letters += 1
        message = letter.message
        if isinstance(message, Envelope) and isinstance(message.message, ShiftTask | ConversationTask):
            return post(self._supervisor, letter, let_rest)
        return False

    def _ask_supervisor(self, question: object, timeout: float) -> Any:
        reply: Reply[Any] = Reply()
        post(self._supervisor, Envelope(question, reply), let_rest)
        return reply.wait(timeout)


def _stop(ref: ActorRef[Any], timeout: float) -> bool:
    ref.stop(block=False) if ref.is_alive() else None
    return ref.actor_stopped.wait(timeout)
