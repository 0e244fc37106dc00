"""The lane: the actor that sends what leaves on one channel, over threads that wait for the carrier."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from time import monotonic
from types import TracebackType

from pykka import ActorRef

from ..domain.policy import Channel
from .carriers.port import Carrier
from .clock import Clock
from .crew import Crew
from .dead_letter import WakeUp, let_rest
from .envelope import Envelope
from .errors import ReceiverGone
from .failure_log import log_failure
from .hand_over import CrashPoint, Errand, Job, Outcome, Result, hand_over, no_crash
from .journal.port import Journal, JournalUnavailable
from .outbox import Outbox, Room, is_answer, jobs_by_urgency
from .pace import Pace
from .pool import Pool
from .pooled_actor import PooledActor
from .post import post
from .reply import Reply
from .tasks import Tick

logger = logging.getLogger(__name__)

LEASE = 2.0
"""Seconds a message that was taken may wait for a sender; then it goes back, and whether it is wanted is asked anew."""

DRAIN = 4.0
"""Seconds a lane that stops waits for what the carrier has in hand: two lanes in turn stay within ten."""

MOST_UNWORKED = 256
"""Messages to the lane after which it works, even if more have come."""

RoundFailedReport = Callable[[str, int], None]
"""Is told (shift, fan-out) when no message of its latest round can reach anybody. On the lane's thread; only posts."""


@dataclass(frozen=True, slots=True)
class OutboxGrew(WakeUp):
    """Rows were committed to the outbox."""


@dataclass(frozen=True, slots=True)
class CarrierAnswered(WakeUp):
    """Results wait to be recorded."""


@dataclass(frozen=True, slots=True)
class WhenIdle:
    """Answer (with None) once nothing is due, on the way or unrecorded."""


def start_lane(
    channel: Channel,
    journal: Journal,
    carrier: Carrier,
    clock: Clock,
    senders: int = 16,
    *,
    on_round_failed: RoundFailedReport,
    report_death: Callable[[Channel], None] = lambda channel: None,
    store: str = "",
    crash_point: CrashPoint = no_crash,
    steady: Callable[[], float] = monotonic,
) -> "ActorRef[Lane]":
    """Start the lane of one channel.

    It takes `OutboxGrew()`, `Tick(now)` and `Envelope(WhenIdle(), reply)`. `ref.stop(timeout=...)` stops it: nothing
    more is given to the carrier, what it has in hand is waited for (`DRAIN` seconds at most) and recorded, the rest
    stays planned. It first sees to what a crash left open, and sends nothing before.

    Args:
        senders: threads that may wait for the carrier at once; a quarter of them only ever carries answers.
        report_death: is told when a bug has killed the lane; start another one, nothing is lost.
        store: names the journal towards the carrier, where several share one.
        steady: gives seconds on a clock that nobody sets.
    """
    outbox = Outbox(channel, journal, carrier.capabilities, store=store, crash_point=crash_point)
    return Lane.start(outbox, carrier, clock, senders, on_round_failed, report_death, crash_point, steady)


class Lane(PooledActor):
    """Drives one `Outbox`: gives its jobs to a crew of threads and brings back what came of them.

    It waits for the journal and nothing else, on a thread of its own. Every message makes it look at the journal, so
    that no wake-up can be lost that a later one does not make good; many messages in a row cost one look.

    If this fails: while the journal cannot be written nothing is sent, and the next tick tries again. A bug kills the
    lane; `report_death` is told, and the next lane finds in the journal what this one left. A carrier's bug leaves
    one message `unknown`.
    """

    def __init__(
        self,
        outbox: Outbox,
        carrier: Carrier,
        clock: Clock,
        senders: int,
        on_round_failed: RoundFailedReport,
        report_death: Callable[[Channel], None],
        crash_point: CrashPoint,
        steady: Callable[[], float],
    ) -> None:
        name = f"firstyes-{outbox.channel.value}"
        self._own_pool = Pool(1, f"{name}-lane")
        super().__init__(self._own_pool, dead_letters=let_rest)
        self._outbox = outbox
        self._carrier = carrier
        self._clock = clock
        self._crew = Crew(senders, f"{name}-sender", self._carry, reserved=senders // 4)
        self._on_round_failed = on_round_failed
        self._report_death = report_death
        self._crash_point = crash_point
        self._steady = steady
        self._pace = Pace()
        self._came_back: list[tuple[Result, float]] = []
        self._came_back_lock = Lock()
        self._waiting: list[Reply[None]] = []
        self._unworked = 0
        self._troubled = False

    def on_start(self) -> None:
        """See to what a crash left open, and send what is due."""
        # As a message of its own: of an actor that fails in here nobody would be told.
        post(self.actor_ref, OutboxGrew(), let_rest)

    def on_receive(self, message: object) -> None:
        """Note the message, and work once the last of those that have come is noted."""
        match message:
            case OutboxGrew() | CarrierAnswered() | Tick():
                pass
            case Envelope(message=WhenIdle(), reply=Reply() as reply):
                self._waiting.append(reply)
            case _:
                super().on_receive(message)
                return
        self._unworked += 1
        if self.actor_inbox.empty() or self._unworked >= MOST_UNWORKED:
            self._work()

    def _stop(self) -> None:
        # Before the lane counts as stopped: whoever waits for that closes the journal next.
        try:
            self._finish()
        finally:
            super()._stop()

    def on_stop(self) -> None:
        """Let go of the threads."""
        self._let_go()

    def on_failure(
        self,
        exception_type: type[BaseException] | None,
        exception_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Say that the lane is dead."""
        self._crew.close()
        self._let_go()
        self._report_death(self._outbox.channel)

    def _work(self) -> None:
        self._unworked = 0
        try:
            self._note_results()
            at = self._clock.now()
            if not self._outbox.recovered:
                self._outbox.recover(at)
            self._give_out(self._outbox.advance(at, self._room()))
            self._outbox.watch_carrier(at)
            failed = self._outbox.failed_rounds()
            quiet = bool(self._waiting) and self._outbox.is_quiet(at)
        except JournalUnavailable as error:
            if not self._troubled:
                log_failure(logger, "Nothing is sent until the journal can be used again", error)
            self._troubled = True
            return
        self._troubled = False
        for shift_id, fanout in failed:
            self._on_round_failed(shift_id, fanout)
        if quiet:
            for reply in self._waiting:
                reply.set_result(None)
            self._waiting.clear()

    def _room(self) -> Room:
        outbox, crew = self._outbox, self._crew
        return Room(
            answers=self._pace.window(crew.size) - outbox.answers_on_the_way,
            others=self._pace.window(crew.size - crew.reserved) - outbox.others_on_the_way,
        )

    def _give_out(self, jobs: list[Job]) -> None:
        if not jobs:
            return
        taken = self._steady()
        for some, urgent in zip(jobs_by_urgency(jobs), (True, False), strict=True):
            if some:
                self._crew.put([(job, taken) for job in some], urgent=urgent)

    def _carry(self, work: tuple[Job, float]) -> None:
        """Hand one message over. Runs on a thread of the crew."""
        job, taken = work
        begun = self._steady()
        if begun - taken > LEASE and job.errand is Errand.SEND and not is_answer(job.row):
            result = Result(job, Outcome.NOT_TAKEN)
        else:
            result = hand_over(self._carrier, job, self._crash_point)
        with self._came_back_lock:
            self._came_back.append((result, self._steady() - begun))
            first = len(self._came_back) == 1
        # A lane that stops looks for itself.
        if first and not self._crew.closed:
            post(self.actor_ref, CarrierAnswered(), let_rest)

    def _note_results(self) -> None:
        with self._came_back_lock:
            came_back, self._came_back = self._came_back, []
        at = self._clock.now()
        for result, seconds in came_back:
            self._outbox.note(result, at)
            if result.outcome is not Outcome.NOT_TAKEN:
                self._pace.note(seconds)

    def _finish(self) -> None:
        """Give out nothing more, wait for what the carrier has in hand, and record it."""
        left = self._crew.close()
        if not self._crew.join(DRAIN):
            logger.warning("The %s lane stops while the carrier is still busy", self._outbox.channel.value)
        self._note_results()
        at = self._clock.now()
        for job, _ in left:
            self._outbox.note(Result(job, Outcome.NOT_TAKEN), at)
        try:
            self._outbox.advance(at, Room(0, 0))
        except JournalUnavailable:
            logger.warning("The %s lane could not record its last results", self._outbox.channel.value)

    def _let_go(self) -> None:
        for reply in self._waiting:
            reply.set_error(ReceiverGone("the lane stopped"))
        # A pool cannot be stopped from its own thread, which is the one that runs this.
        Thread(target=self._own_pool.stop, args=(1.0,), name="firstyes-lane-end", daemon=True).start()
