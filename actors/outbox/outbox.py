"""The outbox of one channel: takes what is due, drops what is no longer wanted, records what became of the rest."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from ...domain.alert import AlertKind
from ...domain.message import OFFERS, Purpose
from ...domain.policy import PHONES, Channel
from ...domain.sending import LOST, wait_before_retry
from ...domain.shift.fan_out import CLOCKS_DIFFER
from ...domain.text import number_of
from ..carriers.port import Capabilities, Ceilings, DeliveryReport, Recovery, Trouble
from ..journal.alert_port import NewAlert
from ..journal.port import DeliveryChange, Journal, OutboxRow
from ..journal.transaction import Transaction
from ..journal.writer import CrashPoint, no_crash
from ..records import Delivery
from .backoff import Backoff
from .daily_use import A_DAY, DailyUse
from .due_messages import DueMessages
from .hand_over import Errand, Job, Outcome, Result, stored_error, stored_id
from .look_ups import LookUps
from .outage import Outage
from .plan import Plan, Room, is_answer, outbound_of
from .refusals import Refusals
from .word_of_carrier import LASTING

OFFER = Purpose.OFFER
ASKING = timedelta(seconds=10)
"""How long a carrier may take to say whether it has a message, before others about the same shift go past it."""

NEVER_TAKEN = "The carrier never took it."


class Outbox:
    """What is on the way on one channel, and what is to be recorded of it. Not for several threads.

    `plan` in each batch: it records the results noted since, marks what is due and wanted as `sending`, and says what is to
    be given out; once the batch is on disk, `settle`. Whoever drives it hands each job to the carrier and notes the result.
    The instant is handed in; nothing here waits.

    If this fails: a plan that is never settled gave nothing out, and the next one has it all again, whether or not its batch
    is on disk. A crash leaves rows `sending`; the first plan sees to them.
    """

    def __init__(
        self,
        channel: Channel,
        carrier: Capabilities,
        *,
        crash_point: CrashPoint = no_crash,
        use: DailyUse | None = None,
    ) -> None:
        self.channel = channel
        self.recovered = False
        self._carrier = carrier
        self._grace = timedelta(seconds=carrier.settles_in)
        self._on_the_way: dict[int, Job] = {}
        self._given: dict[int, datetime] = {}
        self._outage = Outage()
        self._others = 0
        self._unrecorded: dict[int, DeliveryChange] = {}
        self._unsettled: dict[int, OutboxRow] = {}
        self._look_ups = LookUps()
        self._refusals = Refusals(channel)
        self._words: list[tuple[OutboxRow, Trouble]] = []
        self._hopeless: set[tuple[str, int]] = set()
        self._maybe_sent: set[int] = set()
        self._backoff = Backoff()
        self._use = use or DailyUse(carrier.ceilings)
        self._due = DueMessages(
            channel,
            carrier,
            crash_point,
            self._refusals,
            self._maybe_sent,
            self._suspect,
            self._use,
        )
        self._has_ceilings = carrier.ceilings != Ceilings()
        self._ceiling_told = True
        self._last_seen: datetime | None = None
        self._bring_forward = True

    @property
    def answers_on_the_way(self) -> int:
        """How many answers have been given out and not come back."""
        return len(self._on_the_way) - self._others

    @property
    def others_on_the_way(self) -> int:
        """How many offers and withdrawals have been given out and not come back."""
        return self._others

    @property
    def next_look_up(self) -> datetime | None:
        """When the carrier is next to be asked about a message."""
        return self._look_ups.next_at

    def plan(self, transaction: Transaction, at: datetime, room: Room) -> Plan:
        """Record what was noted; take and mark what is due, as far as there is room."""
        self._follow_clock(at)
        if self._bring_forward:
            transaction.bring_forward(self.channel, at)
        self._take_back_unsettled(transaction)
        if not self.recovered:
            self._recover(transaction, at)
        plan = Plan(dict(self._unrecorded))
        transaction.change_deliveries(list(self._unrecorded.values()))
        answers = max(0, self._backoff.limit(at, room.answers, self.answers_on_the_way))
        others = max(0, self._backoff.limit(at, room.others, self.others_on_the_way))
        plan.jobs += self._due_look_ups(transaction, at, others)
        self._due.take(transaction, plan, at, Room(answers, others - len(plan.jobs)))
        plan.failed_rounds = sorted(
            one
            for one in self._hopeless
            if transaction.round_failed(*one) or transaction.not_reached(*one, self.channel)
        )
        if self._refusals.changed:
            self._refusals.tell(transaction, at)
        if self._has_ceilings:
            self._tell_of_ceiling(transaction, at)
        plan.words = list(self._words)
        self._unsettled.update((job.row.key, job.row) for job in plan.jobs if job.errand is Errand.SEND)
        return plan

    def settle(self, plan: Plan, at: datetime) -> None:
        """Take note that a plan is on disk: its jobs are on the way."""
        self.recovered = True
        self._bring_forward = False
        self._unsettled.clear()
        self._due.settle()
        for key, change in plan.changes.items():
            if self._unrecorded.get(key) is change:
                del self._unrecorded[key]
        for job in plan.jobs:
            if job.errand is Errand.LOOK_UP:
                self._look_ups.begun()
            self._on_the_way[job.row.key] = job
            self._given[job.row.key] = at
            self._others += not is_answer(job.row)
        self._hopeless.clear()
        if self._refusals.changed:
            self._refusals.settle()
        del self._words[: len(plan.words)]

    def _tell_of_ceiling(self, transaction: Transaction, at: datetime) -> None:
        """Call the coordinator once when a ceiling is reached, and close that when it is no more."""
        reached, kind, about = (
            self._use.why_not(self.channel, at),
            AlertKind.CEILING_REACHED,
            self.channel.value,
        )
        known = transaction.has_alert_about(kind, about) if reached or self._ceiling_told else False
        self._ceiling_told = reached is not None
        if reached and not known:
            transaction.record_alert(NewAlert(kind, reached, at, about=about))
        elif known and not reached:
            transaction.close_alert_about(kind, about, at)

    def watch_carrier(self, transaction: Transaction, at: datetime) -> Callable[[], None] | None:
        """Call the coordinator when nothing has gone out for too long, also from before a start. The first message that
        does go out closes the alert, and so it is closed when for a while nothing has been left to send.

        Gives what is to be done once that is on disk.
        """
        if self.channel not in PHONES:
            # One address that takes nothing is no outage: the next on call is told.
            return None
        outage, about = self._outage, self.channel.value
        if outage.known:
            if not outage.is_past(at) or transaction.waiting_since(self.channel, at) is not None:
                return None
            transaction.close_alert_about(AlertKind.CARRIER_DOWN, about, at)
            return outage.end
        before = outage.from_before(at)
        left = None if before is None else transaction.waiting_since(self.channel, before)
        # The first of them is the one that was given out first.
        if not outage.lasts(at, next(iter(self._given.values()), None), left):
            return None
        what = "call" if self.channel is Channel.VOICE else "text"
        message = f"No {what} goes out: for more than a minute the carrier has taken none."
        transaction.record_alert(NewAlert(AlertKind.CARRIER_DOWN, message, at, about=about))
        return outage.tell

    def note(self, result: Result, at: datetime) -> None:
        """Take in what came of a job; the next `plan` records it. What a former outbox gave out is not known here, and
        was seen to as after a crash."""
        row = result.job.row
        if self._on_the_way.get(row.key) is not result.job:
            return
        del self._on_the_way[row.key], self._given[row.key]
        self._others -= not is_answer(row)
        self._note_carrier(result, at)
        if result.surely_not_taken:
            self._due.not_handed_over(result.job)
        self._hear(row, result.trouble)
        change = self._unrecorded[row.key] = self._follow_up(result, at)
        if change.delivery is Delivery.FAILED:
            self._suspect(result.job.rows)

    def report(self, transaction: Transaction, report: DeliveryReport, at: datetime) -> OutboxRow | None:
        """Record what the carrier says became of a message, and give its row; None when it names none of this channel and phone.

        A message of which nobody knew whether the carrier had it is known from then on. What comes late changes nothing.
        """
        key = number_of(report.key)
        row = None if key is None else transaction.outbox_row(key)
        if row is None or (row.channel, row.to_phone) != (self.channel, report.to_phone):
            return None
        error = report.error and stored_error(report.error)
        change = DeliveryChange(
            row.key, report.delivery, carrier_id=stored_id(report.carrier_id), error=error, at=at
        )
        transaction.change_deliveries([change])
        match report.delivery, report.trouble:
            case Delivery.DELIVERED, _:
                self._refusals.taken(row, delivered=True)
            case Delivery.FAILED, Trouble.CLOSED:
                self._refusals.refused(row, error or "", at, until_delivered=True)
            case Delivery.FAILED, trouble:
                self._hear(row, trouble)
            case _:
                pass
        if report.delivery is Delivery.FAILED:
            self._suspect((row, *transaction.sent_with(row.key)))
        return row

    def _hear(self, row: OutboxRow, trouble: Trouble | None) -> None:
        if trouble in LASTING:
            self._words.append((row, trouble))

    def _note_carrier(self, result: Result, at: datetime) -> None:
        match result.outcome:
            case Outcome.TAKEN:
                self._backoff.taken(at)
                self._outage.taken(at)
                if self._refusals.numbers:
                    self._refusals.taken(result.job.row)
            case Outcome.REFUSED:
                self._refusals.refused(result.job.row, result.error or "", at)
            case Outcome.THROTTLED:
                self._backoff.refused(at)
                self._outage.failed(at)
            case Outcome.TRANSIENT | Outcome.UNKNOWN:
                self._outage.failed(at)
            case _:
                pass

    def is_quiet(self, journal: Journal, at: datetime, *, waits: bool = False) -> bool:
        """Whether nothing is on the way, unrecorded or due at `at`. What waits for later does not count: retries, and
        everything while the carrier takes nothing, or all `waits` for something else."""
        if not self.recovered or self._on_the_way or self._unrecorded or self._unsettled:
            return False
        if waits or self._backoff.holds(at):
            return True
        look_up = self.next_look_up
        return (look_up is None or look_up > at) and not self._due.is_any(journal, at)

    def _follow_clock(self, at: datetime) -> None:
        """Let nothing wait for an instant that was set by a clock which ran ahead and was corrected."""
        if self._last_seen is not None and at < self._last_seen - CLOCKS_DIFFER:
            self._bring_forward = True
            self._look_ups.put_off(at + self._grace)
            self._given = dict.fromkeys(self._given, at)
            self._backoff, self._outage = Backoff(), Outage(known=self._outage.known)
            self._refusals.follow_clock(at)
            self._due.follow_clock()
        self._last_seen = at

    def _take_back_unsettled(self, transaction: Transaction) -> None:
        """Plan again what batches before may have marked after all, when nobody knows whether they are on disk."""
        self._due.take_back_unsettled()
        rows = self._unsettled.values()
        transaction.change_deliveries(
            [DeliveryChange(row.key, Delivery.PLANNED, error=row.error) for row in rows]
        )

    def _recover(self, transaction: Transaction, at: datetime) -> None:
        """See to what a crash left between sending and sent, as far as the carrier allows. Again, when the batch fails."""
        self._look_ups.clear()
        transaction.unqueue(self.channel)
        self._refusals.recall(transaction, at)
        if self._has_ceilings:
            self._use.recall(self.channel, transaction.spent(self.channel, at - A_DAY))
        known = transaction.has_alert_about(AlertKind.CARRIER_DOWN, self.channel.value)
        left = transaction.waiting_since(self.channel, at) is not None
        self._outage = Outage(at if left or known else None, known=known)
        rows = transaction.interrupted(self.channel)
        if self._carrier.recovery is Recovery.LEAVE:
            rows = [row for row in rows if not _is_lost(row)]
        jobs = [self._interrupted(row, transaction) for row in rows]
        transaction.change_deliveries([self._resolve(job, at, None) for job in jobs])

    def _interrupted(self, row: OutboxRow, transaction: Transaction) -> Job:
        beside = () if row.sent_with is None else tuple(transaction.sent_with(row.key))
        outbound = outbound_of(row, row.handed_at, beside)
        return Job(row, outbound, row.attempt, beside=beside)

    def _due_look_ups(self, transaction: Transaction, at: datetime, most: int) -> list[Job]:
        return [
            replace(job, outbound=replace(job.outbound, others=transaction.ids_of_others(job.row)))
            for job in (self._look_ups.due(at, most) if self._look_ups.jobs else ())
        ]

    def _follow_up(self, result: Result, at: datetime) -> DeliveryChange:
        """Say what to record of a result, and plan what comes next."""
        job, row, key = result.job, result.job.row, result.job.row.key
        self._maybe_sent.difference_update(one.key for one in job.rows)
        match result.outcome:
            case Outcome.TAKEN:
                return DeliveryChange(key, Delivery.SENT, carrier_id=result.carrier_id, at=at)
            case Outcome.NOT_TAKEN if job.errand is Errand.LOOK_UP and _is_lost(row):
                # A person has been told; nobody waits for it any more.
                return DeliveryChange(key, Delivery.FAILED, error=NEVER_TAKEN, at=at)
            case Outcome.NOT_TAKEN if job.errand is Errand.LOOK_UP:
                return self._plan_again(job, at, job.attempt - 1, result.error)
            case _ if job.errand is Errand.LOOK_UP:
                return self._look_up_later(job, at, job.tries + 1, result.error)
            case Outcome.NOT_TAKEN | Outcome.THROTTLED:
                # Nothing was wrong with it: it keeps its place, and the attempt does not count.
                return DeliveryChange(key, Delivery.PLANNED, error=result.error, counts=False)
            case Outcome.REFUSED if row.purpose in OFFERS:
                return DeliveryChange(key, Delivery.FAILED, error=result.error, at=at)
            case Outcome.TRANSIENT | Outcome.REFUSED:
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
                self._maybe_sent.update(one.key for one in job.rows)
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
        # Others wait a little longer than until the carrier is asked: it takes its time to answer.
        asking = max(self._grace, ASKING)
        if not self.recovered and row.handed_at is not None and row.due_at > row.handed_at:
            # As it was before this start. Were it put off by each, a service that starts again and again would never ask.
            due_at = max(at, min(due_at, row.due_at - asking))
        outbound = job.outbound
        if outbound.since is not None and outbound.since > at:
            # Noted by a clock that ran ahead.
            outbound = replace(outbound, since=None)
        again = Job(row, outbound, job.attempt, Errand.LOOK_UP, tries, job.beside)
        self._look_ups.add(due_at, again)
        return DeliveryChange(
            row.key, Delivery.UNKNOWN, error=error, due_at=due_at + asking, lost=_is_lost(row)
        )

    def _plan_again(self, job: Job, at: datetime, failures: int, error: str | None) -> DeliveryChange:
        row = job.row
        wait = wait_before_retry(row.purpose, failures, row.key)
        if wait is None:
            error = error or NEVER_TAKEN
            return DeliveryChange(row.key, Delivery.FAILED, error=error, at=at)
        return DeliveryChange(row.key, Delivery.PLANNED, error=error, due_at=at + wait)

    def _suspect(self, rows: Iterable[OutboxRow]) -> None:
        for row in rows:
            if row.purpose is OFFER and row.shift_id is not None and row.fanout is not None:
                self._hopeless.add((row.shift_id, row.fanout))


def _is_lost(row: OutboxRow) -> bool:
    """Whether it was given up: a carrier may still know it, and it is never sent again."""
    return (row.error or "").startswith(LOST)
