"""What of an outbox is due: takes what may go out now, and drops what is no longer wanted."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from ...domain.gsm7 import segments
from ...domain.message import OFFERS, Purpose
from ...domain.policy import Channel
from ...domain.sending import LANDLINE, NO_CONSENT, Unwanted, put_off_until, why_unwanted
from ..carriers.port import Capabilities, Ceilings
from ..journal.port import DeliveryChange, Journal, OutboxRow
from ..journal.transaction import Transaction
from ..journal.writer import CrashPoint
from ..records import Delivery
from .daily_use import DailyUse
from .hand_over import Job
from .number_pace import NumberPace
from .plan import Plan, Room, is_answer, outbound_of, told_together
from .refusals import Refusals

A_FEW = 32
"""Rows that are read when there is room for answers alone, which are seldom many."""

ALONE = frozenset(
    {Purpose.OFFER_AGAIN, Purpose.WITHDRAWAL, Purpose.DIRECT, Purpose.WELCOME, Purpose.ALERT, Purpose.NEWS}
)
"""What is never part of one text with something else."""

AT_ONCE = 1_000
"""Rows that are read in one go when the ones before were dropped; so many in one batch, so that no turn lasts long."""


class DueMessages:
    """Chooses the messages of one channel that go out now. With a carrier that has rates, each number has a queue of its own.

    `maybe_sent` are those that were handed over before, with an end that nobody knows; `suspect` is told of offers that
    reach nobody.
    """

    def __init__(
        self,
        channel: Channel,
        carrier: Capabilities,
        crash_point: CrashPoint,
        refusals: Refusals,
        maybe_sent: set[int],
        suspect: Callable[[Iterable[OutboxRow]], None],
        use: DailyUse,
    ) -> None:
        self.channel = channel
        self._confirms_opt_out = carrier.confirms_opt_out
        self._crash_point = crash_point
        self._refusals = refusals
        self._maybe_sent = maybe_sent
        self._suspect = suspect
        self._use = use if carrier.ceilings != Ceilings() else None
        self._unsettled: list[tuple[int, datetime]] = []
        self._pace = None if carrier.rate is None else NumberPace(partial(carrier.rate, channel))

    def is_any(self, journal: Journal, at: datetime) -> bool:
        """Whether anything could be taken at `at`."""
        if journal.due(self.channel, at, 1):
            return True
        queues = [] if self._pace is None else journal.sending_numbers(self.channel)
        return any(
            self._has_turn(row, at) for one in queues for row in journal.due_of(self.channel, one, at, 1)
        )

    def take(self, transaction: Transaction, plan: Plan, at: datetime, room: Room) -> None:
        """Mark what is due and wanted as being sent, as far as there is room, and add it to the plan."""
        if self._pace is None:
            self._take_due(
                partial(transaction.due, self.channel, at), lambda rows: [], transaction, plan, at, room
            )
            return
        queued = transaction.queue_planned(self.channel, AT_ONCE)
        for number in transaction.sending_numbers(self.channel):
            if not self._pace.allows(number, at, answer=True):
                continue
            due = partial(
                transaction.due_of,
                self.channel,
                number,
                at,
                answers_only=not self._pace.allows(number, at, answer=False),
            )
            room = self._take_due(
                due,
                partial(transaction.beside, number=number, at=at),
                transaction,
                plan,
                at,
                room,
                self._pace.most(number),
            )
        plan.goes_on |= queued >= AT_ONCE

    def _take_due(
        self,
        due: Callable[[int], list[OutboxRow]],
        beside: Callable[[list[OutboxRow]], list[OutboxRow]],
        transaction: Transaction,
        plan: Plan,
        at: datetime,
        room: Room,
        most: int = AT_ONCE,
    ) -> Room:
        """Take what is due, `most` at a time, as far as there is room; give what is left of that. What is due `beside` what was
        taken, to the same people, leaves with it, though its turn has not come."""
        answers, others = room.answers, room.others
        limit = min(answers + others, max(others, A_FEW), most)
        while answers + others > 0:
            rows = due(limit)
            taken, dropped = self._sort(rows, beside, at, answers, others)
            self._mark(transaction, taken, dropped)
            plan.jobs += taken
            answers -= sum(is_answer(job.row) for job in taken)
            others -= sum(not is_answer(job.row) for job in taken)
            # Behind what was dropped something may have waited; behind what was taken there may be more.
            if len(dropped) >= AT_ONCE:
                plan.goes_on = True
                break
            if not dropped and (not taken or len(rows) < limit):
                break
            limit = AT_ONCE if dropped else min(answers + others, max(others, A_FEW), most)
        return Room(answers, others)

    def _mark(self, transaction: Transaction, taken: list[Job], dropped: list[DeliveryChange]) -> None:
        marks = [
            DeliveryChange(
                row.key,
                Delivery.SENDING,
                at=one.outbound.since,
                from_phone=row.from_phone,
                sent_with=one.row.key if one.beside else None,
            )
            for one in taken
            for row in (one.row, *one.beside)
        ]
        if marks:
            self._crash_point("before marking")
        transaction.change_deliveries([*dropped, *marks])

    def _sort(
        self,
        rows: list[OutboxRow],
        beside: Callable[[list[OutboxRow]], list[OutboxRow]],
        at: datetime,
        answers: int,
        others: int,
    ) -> tuple[list[Job], list[DeliveryChange]]:
        """Part the rows there is room for from those that are no longer wanted, or not yet."""
        taken: dict[object, Job] = {}
        dropped: list[DeliveryChange] = []
        for row in rows:
            change = self._why_unsent(row, at)
            if change is not None:
                dropped.append(change)
            elif self._joins(row, taken, at):
                continue
            elif (answers if is_answer(row) else others) > 0 and self._has_turn(row, at):
                answers -= is_answer(row)
                others -= not is_answer(row)
                self._book(row, at)
                whose = self._whose(row)
                place = row.key if whose in taken else whose
                taken[place] = Job(row, outbound_of(row, at), row.attempt + 1)
        joinable = [one.row for one in taken.values() if one.row.purpose not in ALONE]
        for row in beside(joinable) if joinable and self.channel is Channel.SMS else ():
            change = self._why_unsent(row, at)
            if change is not None:
                dropped.append(change)
            elif not any(row in one.rows for one in taken.values()):
                self._joins(row, taken, at)
        return list(taken.values()), dropped

    def _whose(self, row: OutboxRow) -> object:
        """Say with what else a row may be one text: offers with offers, answers with those to the same words."""
        if self.channel is not Channel.SMS or row.purpose in ALONE:
            return row.key
        when = None if row.purpose is Purpose.OFFER else row.created_at
        return row.contact_id, row.caregiver_id, row.organization_id, row.from_phone, when

    def _joins(self, row: OutboxRow, taken: dict[object, Job], at: datetime) -> bool:
        """Let a row leave in one text with what was taken, where that can be."""
        whose = self._whose(row)
        job = taken.get(whose)
        if job is None or row is job.row or told_together((*job.rows, row)) is None:
            return False
        beside = (*job.beside, row)
        joined = replace(job, beside=beside, outbound=outbound_of(job.row, at, beside))
        self._book_units(row, segments(joined.outbound.body) - segments(job.outbound.body), at)
        taken[whose] = joined
        return True

    def _why_unsent(self, row: OutboxRow, at: datetime) -> DeliveryChange | None:
        """Give what is recorded of a row that is not to go out, or not now."""
        why = why_unwanted(row, carrier_confirms=self._confirms_opt_out)
        if why is not None:
            return self._drop(row, why, at)
        later = put_off_until(row, at)
        if later is not None:
            why_later = Unwanted.BUSY.value if row.purpose in OFFERS else None
            return DeliveryChange(row.key, Delivery.PLANNED, error=why_later, due_at=later)
        asked_for = row.purpose not in OFFERS and row.purpose is not Purpose.WELCOME
        refused = None if asked_for else self._why_not(row, at)
        if refused is None:
            return None
        self._suspect((row,))
        return DeliveryChange(row.key, Delivery.FAILED, error=refused, at=at)

    def _why_not(self, row: OutboxRow, at: datetime) -> str | None:
        # Failed, and not only left out: so they are called at once.
        if row.landline and self.channel is Channel.SMS:
            return LANDLINE
        if not row.consented:
            return NO_CONSENT[self.channel]
        refused = self._refusals.why_not(row, at)
        return refused if refused is not None or self._use is None else self._use.why_not(self.channel, at)

    def _book(self, row: OutboxRow, at: datetime) -> None:
        if self._pace is None and self._use is None:
            return
        self._book_units(row, 1 if self.channel is Channel.VOICE else segments(row.body), at)

    def _book_units(self, row: OutboxRow, units: int, at: datetime) -> None:
        if self._pace is not None:
            self._pace.take(row.from_phone or "", units, at)
        if self._use is not None:
            self._use.spend(self.channel, units, at)
            self._unsettled.append((units, at))

    def settle(self) -> None:
        """Take note that what was taken is on disk."""
        self._unsettled.clear()

    def take_back_unsettled(self) -> None:
        """Count nothing of what was taken in a batch of which nobody knows whether it is on disk: it is taken anew."""
        for units, at in self._unsettled:
            self._use_less(units, at)
        self._unsettled.clear()

    def not_handed_over(self, job: Job) -> None:
        """Count nothing of a message that the carrier has not taken."""
        if job.outbound.since is not None:
            units = 1 if self.channel is Channel.VOICE else segments(job.outbound.body)
            self._use_less(units, job.outbound.since)

    def _use_less(self, units: int, at: datetime) -> None:
        if self._use is not None:
            self._use.spend(self.channel, -units, at)

    def _has_turn(self, row: OutboxRow, at: datetime) -> bool:
        return self._pace is None or self._pace.allows(row.from_phone or "", at, answer=is_answer(row))

    def _drop(self, row: OutboxRow, why: Unwanted, at: datetime) -> DeliveryChange:
        if row.live:
            self._suspect((row,))
        delivery = Delivery.UNKNOWN if row.key in self._maybe_sent else Delivery.DROPPED
        return DeliveryChange(row.key, delivery, error=why.value, at=at)

    def follow_clock(self) -> None:
        """Forget what was booked: the clock had run ahead."""
        if self._pace is not None:
            self._pace.forget()
