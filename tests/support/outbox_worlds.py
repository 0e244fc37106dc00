"""Two worlds in which an outbox can be tried by the same tests: rows in memory, and the real journal."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Lock, Semaphore
from typing import Protocol, cast

from firstyes.actors.clock import ManualClock
from firstyes.actors.journal.alert_port import NewAlert
from firstyes.actors.journal.port import DeliveryChange, Journal, JournalUnavailable, Outgoing
from firstyes.actors.records import Delivery
from firstyes.domain.message import Purpose
from firstyes.domain.policy import Channel
from firstyes.domain.sending import Priority, priority

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class World(Protocol):
    """What the tests need of a journal: to fill its outbox, to change the world around it, to see what became of it."""

    journal: Journal
    clock: ManualClock
    refused: Semaphore
    """Released each time a broken journal was asked for something."""

    def offer(self, shift: str, phones: Sequence[str], channel: Channel = Channel.SMS) -> None:
        """Fan a shift out: one offer for each phone."""

    def answer(self, phone: str) -> None:
        """Plan an answer to somebody who texted."""

    def fill(self, shift: str, phone: str) -> None:
        """Have somebody win the shift; a confirmation is planned."""

    def call_off(self, shift: str) -> None:
        """Cancel the shift; a withdrawal is planned for everybody who was offered it."""

    def decline(self, shift: str, phone: str) -> None:
        """Have somebody pass."""

    def opt_out(self, phone: str) -> None:
        """Have somebody opt out; the confirmation is planned."""

    def deactivate(self, phone: str) -> None:
        """Have somebody leave the organization."""

    def alerts(self) -> list[str]:
        """Give the kinds of all alerts, oldest first."""

    def delivery(self, phone: str, purpose: Purpose = Purpose.OFFER) -> Delivery:
        """Say how far the last message to a phone has come."""

    def count(self, delivery: Delivery) -> int:
        """Count messages by how far they have come."""

    def break_journal(self) -> None:
        """Have every use of the journal fail."""

    def mend_journal(self) -> None:
        """Have the journal work again."""


@dataclass
class Row:
    """An outbox row in memory."""

    out: Outgoing
    delivery: Delivery = Delivery.PLANNED
    due_at: datetime = START
    carrier_id: str | None = None
    error: str | None = None
    turn: int = 0


@dataclass
class MemoryJournal:
    """The outbox's part of a journal, in memory. It counts its writes and can be broken."""

    rows: dict[int, Row] = field(default_factory=dict)
    writes: int = 0
    broken: bool = False
    late_commit: bool = False
    """The next write is refused, and happens all the same: its waiting ended before the commit did."""
    alerts: list[str] = field(default_factory=list)
    breaks_after: int | None = None
    """So many more writes, then it is broken."""

    def __post_init__(self) -> None:
        self._threads: dict[tuple[str, str | None, Channel], list[Row]] = defaultdict(list)
        self._lock = Lock()
        self.refused = Semaphore(0)

    def plan(self, out: Outgoing) -> Row:
        self.rows[out.key] = row = Row(out)
        self._threads[_thread(out)].append(row)
        return row

    def due(self, channel: Channel, at: datetime, limit: int) -> list[Outgoing]:
        self._check()
        with self._lock:
            due = [
                row
                for row in list(self.rows.values())
                if row.delivery is Delivery.PLANNED
                and row.due_at <= at
                and row.out.channel is channel
                and not self._is_behind(row, at)
            ]
        due.sort(key=lambda row: (priority(row.out.purpose), row.due_at, row.turn, row.out.key))
        return [row.out for row in due[:limit]]

    def next_due(self, channel: Channel) -> datetime | None:
        self._check()
        with self._lock:
            return min(
                (
                    row.due_at
                    for row in list(self.rows.values())
                    if row.delivery is Delivery.PLANNED and row.out.channel is channel
                ),
                default=None,
            )

    def change_deliveries(self, changes: Sequence[DeliveryChange]) -> None:
        self._check()
        with self._lock:
            self.writes += 1
            for change in changes:
                self._change(change)
            if self.breaks_after is not None:
                self.breaks_after -= 1
                self.broken = self.breaks_after == 0
        if self.late_commit:
            self.late_commit = False
            raise JournalUnavailable("nobody waited long enough")

    def bring_forward(self, channel: Channel, at: datetime) -> None:
        self._check()
        with self._lock:
            for row in list(self.rows.values()):
                if row.out.channel is channel and row.due_at > at + timedelta(hours=1):
                    row.due_at = at

    def interrupted(self, channel: Channel) -> list[Outgoing]:
        self._check()
        with self._lock:
            for row in list(self.rows.values()):
                if row.delivery is Delivery.SENDING and row.out.channel is channel:
                    row.delivery = Delivery.UNKNOWN
            return [row.out for row in list(self.rows.values()) if row.delivery is Delivery.UNKNOWN]

    def round_failed(self, shift_id: str, fanout: int) -> bool:
        self._check()
        with self._lock:
            offers = [
                row.delivery
                for row in list(self.rows.values())
                if row.out.shift_id == shift_id and row.out.purpose is Purpose.OFFER
            ]
        return all(delivery in {Delivery.FAILED, Delivery.DROPPED} for delivery in offers)

    def record_alert(self, alert: NewAlert) -> None:
        self._check()
        self.alerts.append(alert.kind.value)

    def _is_behind(self, row: Row, at: datetime) -> bool:
        """Whether something about the same shift to the same phone must go or fail first."""
        for other in self._threads[_thread(row.out)]:
            if row.out.shift_id is None or other.out.key >= row.out.key:
                continue
            waits = other.delivery is Delivery.PLANNED and (
                priority(other.out.purpose) <= priority(row.out.purpose)
            )
            waits = waits or (other.delivery is Delivery.UNKNOWN and other.due_at > at)
            offer, answer = other.out.purpose is Purpose.OFFER, priority(row.out.purpose) is Priority.ANSWER
            if (waits and not offer) or (other.delivery is Delivery.SENDING and not (offer and answer)):
                return True
        return False

    def _check(self) -> None:
        if self.broken:
            self.refused.release()
            raise JournalUnavailable("the disk is full")

    def _change(self, change: DeliveryChange) -> None:
        row = self.rows[change.key]
        if row.delivery in {Delivery.FAILED, Delivery.DROPPED, Delivery.SENT}:
            return
        row.delivery, row.error = change.delivery, change.error
        row.carrier_id = change.carrier_id or row.carrier_id
        row.due_at = change.due_at or row.due_at
        counted = (change.delivery is Delivery.SENDING) - (not change.counts)
        row.out = replace(row.out, attempt=row.out.attempt + counted)


def _thread(out: Outgoing) -> tuple[str, str | None, Channel]:
    return out.to_phone, out.shift_id, out.channel


class MemoryWorld:
    """Rows in memory, changed by hand."""

    def __init__(self) -> None:
        self.memory = MemoryJournal()
        self.journal = cast(Journal, self.memory)
        self.clock = ManualClock(START)
        self.refused = self.memory.refused

    def offer(self, shift: str, phones: Sequence[str], channel: Channel = Channel.SMS) -> None:
        planned = [row.turn for row in self.memory.rows.values() if row.delivery is Delivery.PLANNED]
        for turn, phone in enumerate(phones, min(planned, default=0)):
            self._plan(Purpose.OFFER, phone, shift, channel).turn = turn

    def answer(self, phone: str) -> None:
        self._plan(Purpose.NOTICE, phone)

    def fill(self, shift: str, phone: str) -> None:
        self._mark(shift=shift, live=False)
        self._plan(Purpose.CONFIRMATION, phone, shift)
        self._mark(shift=shift, phone=phone, holds=True, held_since=True)

    def call_off(self, shift: str) -> None:
        holders = {row.out.to_phone for row in self.memory.rows.values() if row.out.holds}
        self._mark(shift=shift, live=False, holds=False, held_since=False)
        for row in list(self.memory.rows.values()):
            told = not holders or row.out.to_phone in holders
            if row.out.purpose is Purpose.OFFER and row.out.shift_id == shift and told:
                out = self._plan(Purpose.WITHDRAWAL, row.out.to_phone, shift)
                reached = row.delivery in {Delivery.SENDING, Delivery.SENT, Delivery.UNKNOWN}
                fanout = None if holders else out.out.fanout
                out.out = replace(out.out, reached=reached, fanout=fanout)

    def decline(self, shift: str, phone: str) -> None:
        self._mark(shift=shift, phone=phone, declined=True)

    def opt_out(self, phone: str) -> None:
        self._plan(Purpose.OPT_OUT, phone)
        self._mark(phone=phone, opted_out=True)

    def deactivate(self, phone: str) -> None:
        self._mark(phone=phone, active=False)

    def alerts(self) -> list[str]:
        return self.memory.alerts

    def delivery(self, phone: str, purpose: Purpose = Purpose.OFFER) -> Delivery:
        return self._last(phone, purpose).delivery

    def count(self, delivery: Delivery) -> int:
        return sum(row.delivery is delivery for row in self.memory.rows.values())

    def break_journal(self) -> None:
        self.memory.broken = True

    def mend_journal(self) -> None:
        self.memory.broken = False

    def _last(self, phone: str, purpose: Purpose) -> Row:
        found = [
            row
            for row in self.memory.rows.values()
            if row.out.to_phone == phone and row.out.purpose is purpose
        ]
        return found[-1]

    def _mark(self, shift: str | None = None, phone: str | None = None, **changes: bool) -> None:
        for row in self.memory.rows.values():
            if shift in {None, row.out.shift_id} and phone in {None, row.out.to_phone}:
                row.out = replace(row.out, **changes)  # type: ignore[arg-type]

    def _plan(
        self, purpose: Purpose, phone: str, shift: str | None = None, channel: Channel = Channel.SMS
    ) -> Row:
        key = len(self.memory.rows) + 1
        out = Outgoing(
            key=key,
            channel=channel,
            purpose=purpose,
            to_phone=phone,
            from_phone="+13125550000",
            body=f"{purpose} for {shift}. Reply YES 27 to take it, NO 27 to pass.",
            attempt=0,
            caregiver_id=f"carer-{phone}",
            organization_id="north",
            shift_id=shift,
            fanout=1 if shift else None,
            live=True,
            declined=False,
            opted_out=False,
            active=True,
            reached=False,
        )
        return self.memory.plan(out)
