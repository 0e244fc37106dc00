"""The outbox of one channel: takes what is due, drops what is no longer wanted, records what became of the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import assert_never

from ..domain.alert import AlertKind
from ..domain.policy import Channel
from ..domain.sending import LOST, Priority, Unwanted, priority, wait_before_retry, why_unwanted
from .brake import Brake
from .carriers.port import Capabilities, Parcel, Recovery
from .hand_over import CrashPoint, Errand, Job, Outcome, Result, no_crash
from .journal.alert_port import NewAlert
from .journal.port import DeliveryChange, Journal, JournalUnavailable, Outgoing
from .outage import Outage
from .records import Delivery

A_FEW = 32
"""Rows that are read when there is room for answers alone, which are seldom many."""

ASKING = timedelta(seconds=10)
"""How long a carrier may take to say whether it has a message, before others about the same shift go past it."""

AT_ONCE = 1_000
"""Rows that are read in one go when the ones before were all dropped."""


CLOCKS_DIFFER = timedelta(minutes=2)
"""A clock that is set back by less was not wrong, but set right: nothing waits much longer for it."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many more messages may be on the way: `answers` to people, and `others`."""

    answers: int
    others: int


def is_answer(row: Outgoing) -> bool:
    """Whether one person waits for it, so that the senders kept free for answers may take it."""
    return priority(row.purpose) is Priority.ANSWER


class Outbox:
    """What is on the way on one channel, and what is to be recorded of it. Not for several threads.

    `recover` once at start; then `advance` again and again: it records the results noted since, marks what is due and
    wanted as `sending`, durably, and gives it out. Whoever drives it hands each job to the carrier and notes the
    result. The instant is handed in; nothing here waits but for the journal.

    If this fails: both raise `JournalUnavailable` and have then given nothing out; the results that were noted are
    kept, and recorded by the next `advance`. A crash leaves rows `sending`; `recover` finds them.

    Args:
        store: names the journal towards the carrier. Two desks that share one carrier need two names.
    """

    def __init__(
        self,
        channel: Channel,
        journal: Journal,
        carrier: Capabilities,
        *,
        store: str = "",
        crash_point: CrashPoint = no_crash,
    ) -> None:
        self.channel = channel
        self.recovered = False
        self._journal = journal
        self._carrier = carrier
        self._grace = timedelta(seconds=carrier.settles_in)
        self._store = f"{store}-" if store else ""
        self._crash_point = crash_point
        self._on_the_way: dict[int, Job] = {}
        self._given: dict[int, datetime] = {}
        self._outage = Outage()
        self._others = 0
        self._unrecorded: dict[int, DeliveryChange] = {}
        self._unsure: set[int] = set()
        self._look_ups: list[tuple[datetime, int, Job]] = []
        self._hopeless: set[tuple[str, int]] = set()
        self._maybe_sent: set[int] = set()
        self._brake = Brake()
        self._last_seen: datetime | None = None

    @property
    def answers_on_the_way(self) -> int:
        """How many answers have been given out and not come back."""
        return len(self._on_the_way) - self._others

    @property
    def others_on_the_way(self) -> int:
        """How many offers and withdrawals have been given out and not come back."""
        return self._others

    def recover(self, at: datetime) -> None:
        """See to what a crash left between sending and sent, as far as the carrier allows."""
        self._look_ups.clear()
        self._journal.bring_forward(self.channel, at)
        rows = self._journal.interrupted(self.channel)
        if self._carrier.recovery is Recovery.LEAVE:
            rows = [row for row in rows if not (row.error or "").startswith(LOST)]
        jobs = [Job(row, self._parcel(row), row.attempt) for row in rows]
        if jobs:
            self._journal.change_deliveries([self._resolve(job, at, None) for job in jobs])
        self.recovered = True

    def advance(self, at: datetime, room: Room) -> list[Job]:
        """Record what was noted; take, mark and give out what is due, as far as there is room."""
        self._follow_clock(at)
        self._set_right(at)
        answers = max(0, self._brake.limit(at, room.answers, self.answers_on_the_way))
        others = max(0, self._brake.limit(at, room.others, self.others_on_the_way))
        jobs = self._take_look_ups(at, others)
        try:
            jobs += self._take_due(at, answers, others - len(jobs))
        except JournalUnavailable:
            for job in jobs:
                heappush(self._look_ups, (at, job.row.key, job))
            raise
        for job in jobs:
            self._on_the_way[job.row.key] = job
            self._given[job.row.key] = at
            self._others += not is_answer(job.row)
        return jobs

    def watch_carrier(self, at: datetime) -> None:
        """Call the coordinator when nothing has gone out for too long; the first message that does closes the alert."""
        # The first of them is the one that was given out first.
        if self._outage.known or not self._outage.lasts(at, next(iter(self._given.values()), None)):
            return
        what = "call" if self.channel is Channel.VOICE else "text"
        message = f"No {what} goes out: for more than a minute the carrier has taken none."
        self._journal.record_alert(NewAlert(AlertKind.CARRIER_DOWN, message, at, about=self.channel.value))
        self._outage.known = True

    def note(self, result: Result, at: datetime) -> None:
        """Take in what came of a job; the next `advance` records it."""
        row = result.job.row
        self._given.pop(row.key, None)
        if self._on_the_way.pop(row.key, None) is not None:
            self._others -= not is_answer(row)
        self._note_carrier(result, at)
        change = self._unrecorded[row.key] = self._follow_up(result, at)
        if change.delivery is Delivery.FAILED:
            self._suspect(row)

    def _note_carrier(self, result: Result, at: datetime) -> None:
        match result.outcome:
            case Outcome.TAKEN:
                self._brake.taken(at)
                self._outage.taken(at)
            case Outcome.THROTTLED:
                self._brake.refused(at)
                self._outage.failed(at)
            case Outcome.TRANSIENT | Outcome.UNKNOWN:
                self._outage.failed(at)
            case _:
                pass

    def failed_rounds(self) -> list[tuple[str, int]]:
        """Give (shift, fan-out) of each round of which no message can reach anybody any more, once.

        Only what `advance` has recorded counts. If this raises, the next call looks again.
        """
        if not self._hopeless or self._unrecorded:
            return []
        failed = [one for one in self._hopeless if self._journal.round_failed(*one)]
        self._hopeless.clear()
        return sorted(failed)

    def is_quiet(self, at: datetime) -> bool:
        """Whether nothing is on the way, unrecorded or due at `at`. What waits for later does not count: retries, and
        everything while the carrier takes nothing."""
        if not self.recovered or self._on_the_way or self._unrecorded or self._unsure:
            return False
        if self._brake.holds(at):
            return True
        return not (self._look_ups and self._look_ups[0][0] <= at) and not self._journal.due(
            self.channel, at, 1
        )

    def _set_right(self, at: datetime) -> None:
        """Plan again what a write that was given up may have marked after all."""
        if self._unsure:
            self._journal.change_deliveries(
                [DeliveryChange(key, Delivery.PLANNED, due_at=at) for key in sorted(self._unsure)]
            )
            self._unsure.clear()

    def _follow_clock(self, at: datetime) -> None:
        """Let nothing wait for an instant that was set by a clock which ran ahead and was corrected."""
        if self._last_seen is not None and at < self._last_seen - CLOCKS_DIFFER:
            self._journal.bring_forward(self.channel, at)
            self._look_ups = [(at + self._grace, key, job) for _, key, job in self._look_ups]
            self._given = dict.fromkeys(self._given, at)
            self._brake, self._outage = Brake(), Outage(known=self._outage.known)
        self._last_seen = at

    def _take_look_ups(self, at: datetime, most: int) -> list[Job]:
        taken: list[Job] = []
        while len(taken) < most and self._look_ups and self._look_ups[0][0] <= at:
            taken.append(heappop(self._look_ups)[2])
        return taken

    def _take_due(self, at: datetime, answers: int, others: int) -> list[Job]:
        jobs: list[Job] = []
        if any(change.delivery is Delivery.PLANNED for change in self._unrecorded.values()):
            # What is planned again for this very instant must be seen below: nothing else may ever wake us for it.
            self._write((), ())
        limit = min(answers + others, max(others, A_FEW))
        while True:
            recorded = bool(self._unrecorded)
            try:
                rows = self._journal.due(self.channel, at, limit) if limit > 0 else []
                taken, dropped = self._sort(rows, at, answers, others)
                self._write(dropped, taken)
            except JournalUnavailable:
                if jobs:
                    # These are marked, and nobody else will send them.
                    return jobs
                raise
            jobs += taken
            answers -= sum(is_answer(job.row) for job in taken)
            others -= sum(not is_answer(job.row) for job in taken)
            if answers + others <= 0:
                return jobs
            # Behind what was recorded or dropped something may have waited; behind what was taken there may be more.
            more = len(rows) == limit and (taken or dropped)
            if not (more or dropped or recorded):
                return jobs
            limit = AT_ONCE if dropped else min(answers + others, max(others, A_FEW))

    def _sort(
        self, rows: list[Outgoing], at: datetime, answers: int, others: int
    ) -> tuple[list[Job], list[DeliveryChange]]:
        """Part the rows there is room for from those that are no longer wanted."""
        taken: list[Job] = []
        dropped: list[DeliveryChange] = []
        for row in rows:
            why = why_unwanted(row, carrier_confirms=self._carrier.confirms_opt_out)
            if why is not None:
                dropped.append(self._drop(row, why, at))
            elif is_answer(row) and answers > 0:
                answers -= 1
                taken.append(Job(row, self._parcel(row), row.attempt + 1))
            elif not is_answer(row) and others > 0:
                others -= 1
                taken.append(Job(row, self._parcel(row), row.attempt + 1))
        return taken, dropped

    def _drop(self, row: Outgoing, why: Unwanted, at: datetime) -> DeliveryChange:
        if row.live:
            self._suspect(row)
        delivery = Delivery.UNKNOWN if row.key in self._maybe_sent else Delivery.DROPPED
        return DeliveryChange(row.key, delivery, error=why.value, at=at)

    def _write(self, dropped: Sequence[DeliveryChange], taken: Sequence[Job]) -> None:
        changes = dict(self._unrecorded)
        changes.update((change.key, change) for change in dropped)
        marks = {job.row.key: DeliveryChange(job.row.key, Delivery.SENDING) for job in taken}
        changes.update(marks)
        if not changes:
            return
        self._crash_point("before marking")
        try:
            self._journal.change_deliveries(list(changes.values()))
        except JournalUnavailable:
            # The wait may have ended before the write did: what it marks, nobody sends.
            self._unsure.update(marks)
            raise
        self._unrecorded.clear()

    def _follow_up(self, result: Result, at: datetime) -> DeliveryChange:
        """Say what to record of a result, and plan what comes next."""
        job, key = result.job, result.job.row.key
        self._maybe_sent.discard(key)
        match result.outcome:
            case Outcome.TAKEN:
                return DeliveryChange(key, Delivery.SENT, carrier_id=result.carrier_id, at=at)
            case Outcome.NOT_TAKEN if job.errand is Errand.LOOK_UP:
                return self._plan_again(job, at, job.attempt - 1, result.error)
            case _ if job.errand is Errand.LOOK_UP:
                return self._look_up_later(job, at, job.tries + 1, result.error)
            case Outcome.NOT_TAKEN | Outcome.THROTTLED:
                # Nothing was wrong with it: it keeps its place, and the attempt does not count.
                return DeliveryChange(key, Delivery.PLANNED, error=result.error, counts=False)
            case Outcome.TRANSIENT:
                return self._plan_again(job, at, job.attempt, result.error)
            case Outcome.PERMANENT:
                return DeliveryChange(key, Delivery.FAILED, error=result.error, at=at)
            case Outcome.UNKNOWN:
                return self._resolve(job, at, result.error)
            case _ as never:  # pragma: no cover
                assert_never(never)

    def _resolve(self, job: Job, at: datetime, error: str | None) -> DeliveryChange:
        """See to a message of which it is open whether it was sent."""
        row = job.row
        match self._carrier.recovery:
            case Recovery.LOOK_UP:
                return self._look_up_later(job, at, 0, error)
            case Recovery.RESEND:
                wait = wait_before_retry(row.purpose, job.attempt, row.key)
                if wait is None:
                    return DeliveryChange(row.key, Delivery.UNKNOWN, error=error, at=at, lost=True)
                self._maybe_sent.add(row.key)
                return DeliveryChange(row.key, Delivery.PLANNED, error=error, due_at=at + wait)
            case Recovery.LEAVE:
                return DeliveryChange(row.key, Delivery.UNKNOWN, error=error, at=at, lost=True)
            case _ as never:  # pragma: no cover
                assert_never(never)

    def _look_up_later(self, job: Job, at: datetime, tries: int, error: str | None) -> DeliveryChange:
        row = job.row
        wait = wait_before_retry(row.purpose, tries, row.key)
        if wait is None:
            return DeliveryChange(row.key, Delivery.UNKNOWN, error=error, at=at, lost=True)
        due_at = at + max(wait, self._grace)
        again = Job(row, job.parcel, job.attempt, Errand.LOOK_UP, tries)
        heappush(self._look_ups, (due_at, row.key, again))
        # Others wait a little longer than until the carrier is asked: it takes its time to answer.
        until = due_at + max(self._grace, ASKING)
        return DeliveryChange(row.key, Delivery.UNKNOWN, error=error, due_at=until)

    def _plan_again(self, job: Job, at: datetime, failures: int, error: str | None) -> DeliveryChange:
        row = job.row
        wait = wait_before_retry(row.purpose, failures, row.key)
        if wait is None:
            error = error or "The carrier never took it."
            return DeliveryChange(row.key, Delivery.FAILED, error=error, at=at)
        return DeliveryChange(row.key, Delivery.PLANNED, error=error, due_at=at + wait)

    def _suspect(self, row: Outgoing) -> None:
        if priority(row.purpose) is Priority.OFFER and row.shift_id is not None and row.fanout is not None:
            self._hopeless.add((row.shift_id, row.fanout))

    def _parcel(self, row: Outgoing) -> Parcel:
        return Parcel(
            key=f"{self._store}{row.key}",
            channel=row.channel,
            to_phone=row.to_phone,
            from_phone=row.from_phone,
            body=row.body,
            code=row.code,
        )


def jobs_by_urgency(jobs: Iterable[Job]) -> tuple[list[Job], list[Job]]:
    """Part the answers from the others, each in order."""
    answers: list[Job] = []
    others: list[Job] = []
    for job in jobs:
        (answers if is_answer(job.row) else others).append(job)
    return answers, others
