"""The actor that sends what leaves on one channel, over threads that wait for the carrier."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic

from ...domain.policy import Channel
from ...domain.sending import why_unwanted
from ..carriers.port import Carrier, DeliveryReport, Trouble
from ..journal.port import Journal, OutboxRow
from ..journal.writer import CrashPoint, no_crash
from ..runtime.clock import Clock
from ..runtime.dead_letter import WakeUp, let_rest
from ..runtime.envelope import Envelope
from ..runtime.failure_log import log_failure
from ..runtime.loop import Batch, Loop
from ..runtime.loop_actor import LoopActor
from ..runtime.tell import tell
from ..runtime.worker_pool import WorkerPool
from ..tasks import Tick
from .calls_under_way import CallsUnderWay
from .daily_use import DailyUse
from .hand_over import Errand, Job, Outcome, Result, hand_over
from .outbox import Outbox
from .plan import Plan, Room, is_answer, jobs_by_urgency
from .send_window import SendWindow

logger = logging.getLogger(__name__)

LEASE = 2.0
"""Seconds a message that was taken may wait for a sender; then it goes back, and whether it is wanted is asked anew."""

DRAIN = 4.0
"""Seconds a channel that stops waits for what the carrier has in hand: two of them in turn stay within ten."""

SENDERS = 16
"""Threads that may wait for the carrier at once; a quarter of them only ever carries answers."""

RoundFailedReport = Callable[[str, int], None]
"""Is told (shift, fan-out) when messages of its latest round did not reach their people. On the loop; only tells."""


@dataclass(frozen=True, slots=True)
class CarrierAnswered(WakeUp):
    """Results wait to be recorded."""


@dataclass(frozen=True, slots=True)
class GoOn(WakeUp):
    """It is to look again at once: more is to be dropped than went into one batch, or that was not committed."""


class OutboxActor(LoopActor):
    """Drives one `Outbox`: takes part in each batch that has something for it, gives its jobs to threads once they are on
    disk as being sent, and brings back what came of them.

    If this fails: while the journal cannot be written nothing is sent, and the next tick tries again. A bug is logged, the
    outbox is made anew, and finds in the journal what the former one left. A carrier's bug leaves one message `unknown`.
    """

    def __init__(
        self,
        loop: Loop,
        channel: Channel,
        carrier: Carrier,
        clock: Clock,
        *,
        on_round_failed: RoundFailedReport,
        calls: CallsUnderWay | None = None,
        on_word: Callable[[OutboxRow, Trouble], None] = lambda row, trouble: None,
        use: DailyUse | None = None,
        senders: int = SENDERS,
        crash_point: CrashPoint = no_crash,
        steady: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(loop, dead_letters=let_rest)
        self._carrier = carrier
        self._clock = clock
        self._on_round_failed = on_round_failed
        self._calls = calls if channel is Channel.VOICE else None
        self._rung: list[int] = []
        self._on_word = on_word
        self._use = use
        self._crash_point = crash_point
        self._steady = steady
        self.outbox = self._make_outbox(channel)
        name = f"firstyes-{channel.value}-sender"
        self._senders = WorkerPool(senders, name, self._carry, reserved=senders // 4)
        self._window = SendWindow()
        self._looks_again = False
        self._came_back: list[tuple[Result, float]] = []
        self._came_back_lock = Lock()

    def on_start(self) -> None:
        """See to what a crash left open, and send what is due."""
        self.batch.join(self)

    def on_receive(self, message: object) -> None:
        """Take part in the batch."""
        match message:
            case CarrierAnswered() | GoOn() | Tick():
                self.batch.join(self)
            case Envelope(message=DeliveryReport() as report, reply=promise):
                row = self.outbox.report(self.batch.transaction, report, self._clock.now())
                self._note_call(report, row)
                self.batch.join(self)
                if promise is not None:
                    self.batch.after(lambda: promise.set_result(row is not None))
            case _:
                super().on_receive(message)

    def take_part(self, batch: Batch) -> None:
        """Record what came back, take what is due, and give it out once that is on disk."""
        self._note_results()
        self._end_void_calls(batch)
        at = self._clock.now()
        plan = self.outbox.plan(batch.transaction, at, self._room(batch))
        told = self.outbox.watch_carrier(batch.transaction, at)
        batch.after(lambda: self._settle(plan, at))
        if told is not None:
            batch.after(told)

    def failed(self, error: BaseException) -> None:
        """Begin anew after a bug."""
        log_failure(logger, f"The outbox of {self.outbox.channel.value} begins anew", error)
        self._senders.clear()
        self.outbox = self._make_outbox(self.outbox.channel)

    def _die(self, message: object, error: BaseException) -> None:
        """Live on: without it nothing goes out on its channel. The next tick has the outbox that is made anew look."""
        self.failed(error)

    def on_refused(self, message: object, error: Exception) -> None:
        """Look again."""
        self.refused()

    def refused(self) -> None:
        """Look again at once, but only once: while the journal cannot be used, the next tick does."""
        if not self._looks_again:
            self._looks_again = True
            tell(self.actor_ref, GoOn(), let_rest)

    def is_quiet(self, journal: Journal) -> bool:
        """Whether nothing is due, on the way or unrecorded. What waits for a call to end is not due."""
        at = self._clock.now()
        waits = self._calls is not None and not self._calls.room(at)
        return not self._came_back and self.outbox.is_quiet(journal, at, waits=waits)

    def finish(self, timeout: float = DRAIN) -> bool:
        """Give out nothing more, and wait for what the carrier has in hand; False when that took too long. The next batch
        records it. Called from outside of the loop."""
        left = self._senders.close()
        done = self._senders.join(timeout)
        if not done:
            logger.warning("The carrier is still busy with a %s", self.outbox.channel.value)
        self._give_back([job for job, _ in left])
        tell(self.actor_ref, CarrierAnswered(), let_rest)
        return done

    def _make_outbox(self, channel: Channel) -> Outbox:
        return Outbox(channel, self._carrier.capabilities, crash_point=self._crash_point, use=self._use)

    def _settle(self, plan: Plan, at: datetime) -> None:
        self._looks_again = False
        self.outbox.settle(plan, at)
        taken = self._steady()
        for some, urgent in zip(jobs_by_urgency(plan.jobs), (True, False), strict=True):
            # Also where there are none: a thread that could not be started may be by now.
            if not self._senders.put([(job, taken) for job in some], urgent=urgent):
                self._give_back(some)
        if plan.goes_on:
            tell(self.actor_ref, GoOn(), let_rest)
        for shift_id, fanout in plan.failed_rounds:
            self._on_round_failed(shift_id, fanout)
        for row, trouble in plan.words:
            self._on_word(row, trouble)

    def _give_back(self, jobs: list[Job]) -> None:
        """Have jobs recorded that nobody began."""
        with self._came_back_lock:
            self._came_back += [(Result(job, Outcome.NOT_TAKEN), 0.0) for job in jobs]

    def _room(self, batch: Batch) -> Room:
        senders = self._senders
        if senders.closed:
            return Room(0, 0)
        others = 0 if batch.goes_on else self._window.size(senders.size - senders.reserved)
        calls = None if self._calls is None else self._calls.room(self._clock.now())
        return Room(
            answers=self._window.size(senders.size) - self.outbox.answers_on_the_way,
            others=(others if calls is None else min(others, calls)) - self.outbox.others_on_the_way,
        )

    def _carry(self, work: tuple[Job, float]) -> None:
        """Hand one message over. Runs on a sender's thread."""
        job, taken = work
        begun = self._steady()
        if begun - taken > LEASE and job.errand is Errand.SEND and not is_answer(job.row):
            result = Result(job, Outcome.NOT_TAKEN)
        else:
            result = hand_over(self._carrier, job, self._crash_point)
        with self._came_back_lock:
            self._came_back.append((result, self._steady() - begun))
            first = len(self._came_back) == 1
        if first:
            tell(self.actor_ref, CarrierAnswered(), let_rest)

    def _note_results(self) -> None:
        with self._came_back_lock:
            came_back, self._came_back = self._came_back, []
        at = self._clock.now()
        for result, seconds in came_back:
            self.outbox.note(result, at)
            if self._calls is not None and result.outcome is Outcome.TAKEN and result.carrier_id is not None:
                self._calls.begun(result.job.row, result.carrier_id, at)
                self._rung.append(result.job.row.key)
            if result.outcome is not Outcome.NOT_TAKEN:
                self._window.note(seconds)

    def _note_call(self, report: DeliveryReport, row: OutboxRow | None) -> None:
        if self._calls is None or row is None:
            return
        if report.over:
            self._calls.over(row.key)
        else:
            self._calls.begun(row, report.carrier_id, self._clock.now())

    def _end_void_calls(self, batch: Batch) -> None:
        """End calls that became void while the carrier was asked to place them."""
        rung, self._rung = self._rung, []
        for key in rung if self._calls is not None else ():
            row = batch.transaction.outbox_row(key)
            if row is not None and self._calls is not None and why_unwanted(row, carrier_confirms=False):
                self._calls.end(key)
