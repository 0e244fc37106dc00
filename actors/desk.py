"""The desk: the face of the library. Everything the service can do is a method here."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self, TypeVar, cast

from ..domain.answer import Answer, Refusal, refused
from ..domain.caregiver import Caregiver
from ..domain.dataset import DataSet
from ..domain.message import InboundMessage
from ..domain.organization import Organization
from ..domain.policy import DEFAULT_ROUNDS, Rounds
from ..domain.reading import Reader
from ..domain.rules import RuleReader
from ..domain.shift import Shift
from ..domain.shift_commands import CancelShift, PostShift
from ..domain.shift_events import ShiftEvent
from .carriers.port import Carrier
from .carriers.simulator import Simulator
from .clock import Clock, SystemClock
from .envelope import Envelope
from .errors import NotRunning
from .hand_over import CrashPoint, no_crash
from .herald import Notifier
from .journal.port import Journal, JournalHealth, ShiftFilter
from .journal.sqlite_journal import SqliteJournal
from .records import AlertRecord, MessageRecord, Page, ShiftRecord, TimelineEntry
from .reply import Reply
from .staff import DeskHealth, Staff, Tools
from .tasks import GiveBack, ShiftTask, StartOutreach, Task

PATIENCE = 15.0
"""Seconds a caller waits for an answer before it is told that none came. Twilio gives a webhook 15 s in all."""

AT_ONCE = 256
"""Orders of one bulk call that are under way at the same time."""

EVERY_SHIFT = ShiftFilter()

Awaited = TypeVar("Awaited", bound=ShiftEvent)


class ShiftDesk:
    """Fills shifts: post a shift, fan it out, hand in what caregivers reply, read how it stands.

    `store` is a journal or its URL (`sqlite:///path`, `sqlite://` for one that is gone afterwards); what is not given
    gets its default: the simulated carrier, the machine's clock, the rule reader. Use it as a context manager, or
    call `start` and `close`. Any number of desks can live in one process, each on a store of its own. It installs no
    signal handlers and sets up no logging; its threads are daemons.

        with ShiftDesk("sqlite://") as desk:
            desk.load(read_data(json.load(file)))
            desk.fan_out("shift-1")
            desk.receive(InboundMessage(from_phone="+13125550104", body="yes"))

    `crash_point` is called with the name of each place where a test may want the process to die.

    Every method that waits does so at most `patience` seconds and then raises `NoAnswer`; all raise
    `JournalUnavailable` when the journal cannot be used, and then nothing was changed.
    """

    def __init__(
        self,
        store: str | Journal = "sqlite:///var/firstyes.db",
        *,
        carrier: Carrier | None = None,
        clock: Clock | None = None,
        reader: Reader | None = None,
        rounds: Rounds = DEFAULT_ROUNDS,
        notifiers: Sequence[Notifier] = (),
        patience: float = PATIENCE,
        crash_point: CrashPoint = no_crash,
    ) -> None:
        self.clock = clock or SystemClock()
        self._carrier = carrier
        self._store = store
        self._reader = reader or RuleReader()
        self._rounds = rounds
        self._notifiers = tuple(notifiers)
        self._patience = patience
        self._crash_point = crash_point
        self._staff: Staff | None = None

    def start(self) -> None:
        """Open the journal, wake the actors, and do what fell due meanwhile; returns when the desk is ready.

        Raises `JournalBusy` when another process owns the journal, `JournalDamaged` when it cannot be trusted.
        """
        if self._staff is not None:
            return
        self.carrier = self._carrier or Simulator(self.clock)
        journal = self._open_journal()
        tools = Tools(
            journal,
            self.carrier,
            self.clock,
            self._reader,
            self._rounds,
            self._notifiers,
            crash_point=self._crash_point,
        )
        self._staff = Staff.start(tools)
        if isinstance(self.carrier, Simulator):
            self.carrier.on_reply(self.receive)

    def close(self, timeout: float = 10.0) -> bool:
        """Finish what is under way, stop all actors, close the journal. False when that took too long."""
        staff, self._staff = self._staff, None
        if staff is None:
            return True
        stopped = staff.stop(timeout)
        if isinstance(self._store, str):
            staff.journal.close()
        if self._carrier is None:
            self.carrier.close()
        return stopped

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def journal(self) -> Journal:
        """The journal, for reading."""
        return self._working.journal

    @property
    def _working(self) -> Staff:
        if self._staff is None:
            raise NotRunning("the desk is not open: use it as a context manager, or call start() first")
        return self._staff

    # What coordinators do.

    def put_organizations(self, organizations: Sequence[Organization]) -> list[Answer]:
        """Create or replace organizations; one answer each, in order."""
        now = self.clock.now()
        return [self.journal.put_organization(one, now) for one in organizations]

    def put_caregivers(self, caregivers: Sequence[Caregiver]) -> list[Answer]:
        """Create or replace caregivers; one answer each, in order."""
        return self.journal.put_caregivers(caregivers, self.clock.now())

    def post_shifts(self, shifts: Sequence[Shift], by: str = "coordinator") -> list[Answer]:
        """Create or replace shifts; one answer each, in order. The same data again change nothing."""
        known = {
            one: self.journal.organization(one) is not None for one in {one.organization_id for one in shifts}
        }
        answers: list[Answer] = []
        for start in range(0, len(shifts), AT_ONCE):
            some = shifts[start : start + AT_ONCE]
            replies = [self._post(one, by) if known[one.organization_id] else _homeless(one) for one in some]
            answers += [one if isinstance(one, Answer) else one.wait(self._patience) for one in replies]
        return answers

    def load(self, data: DataSet, by: str = "coordinator") -> list[Answer]:
        """Create or replace all that a file brings; one answer a row: organizations, caregivers, shifts."""
        new = [one for one in data.named_organizations() if self.journal.organization(one.id) is None]
        return [
            *self.put_organizations([*data.organizations, *new]),
            *self.put_caregivers(data.caregivers),
            *self.post_shifts(data.shifts, by),
        ]

    def fan_out(self, shift_id: str, by: str = "coordinator") -> Answer:
        """Offer a shift to everybody who qualifies. While that is under way, asking again changes nothing."""
        return self._ask(ShiftTask(shift_id, StartOutreach(by)))

    def cancel(self, shift_id: str, *, confirm: bool = False, by: str = "coordinator") -> Answer:
        """Call a shift off; a claimed one only with `confirm`."""
        command = CancelShift(at=self.clock.now(), by=by, confirm=confirm)
        return self._ask(ShiftTask(shift_id, command))

    def release(self, shift_id: str, by: str = "coordinator") -> Answer:
        """Take the winner off a shift and offer it anew to everybody else."""
        return self._ask(ShiftTask(shift_id, GiveBack(by)))

    # What caregivers do.

    def receive(self, message: InboundMessage) -> Answer:
        """Take in a message; the answer holds, because it is given after the commit.

        Raises `UnknownPhone` when nobody has the phone.
        """
        return self._ask(self._working.reception.task(message))

    # What can be read.

    def shift(self, shift_id: str) -> ShiftRecord | None:
        """Give a shift with its offers, None when it is unknown."""
        return self.journal.shift(shift_id)

    def shifts(
        self, which: ShiftFilter = EVERY_SHIFT, cursor: str | None = None, limit: int = 100
    ) -> Page[ShiftRecord]:
        """List shifts."""
        return self.journal.shifts(which, cursor, limit)

    def timeline(self, shift_id: str) -> list[TimelineEntry]:
        """Give everything that happened to a shift, in order."""
        return self.journal.timeline(shift_id)

    def messages(
        self,
        shift_id: str | None = None,
        phone: str | None = None,
        cursor: str | None = None,
        limit: int = 100,
    ) -> Page[MessageRecord]:
        """List messages in and out, newest first."""
        return self.journal.messages(shift_id, phone, cursor, limit)

    def alerts(
        self, organization_id: str | None = None, cursor: str | None = None, limit: int = 100
    ) -> Page[AlertRecord]:
        """List what the coordinator was needed for, newest first."""
        return self.journal.alerts(organization_id, cursor, limit)

    def organization(self, organization_id: str) -> Organization | None:
        """Give an organization, None when it is unknown."""
        return self.journal.organization(organization_id)

    def organizations(self, cursor: str | None = None, limit: int = 100) -> Page[Organization]:
        """List organizations."""
        return self.journal.organizations(cursor, limit)

    def caregivers(
        self, organization_id: str | None = None, cursor: str | None = None, limit: int = 100
    ) -> Page[Caregiver]:
        """List caregivers."""
        return self.journal.caregivers(organization_id, cursor, limit)

    def health(self) -> DeskHealth:
        """Say how the desk does. Never raises."""
        if self._staff is None:
            return DeskHealth(ready=False, reason="the desk is not open", journal=JournalHealth(0, 0))
        return self._staff.health()

    def wait_for(self, shift_id: str, *types: type[Awaited], timeout: float = PATIENCE) -> Awaited:
        """Wait until an event of one of `types` has happened to the shift; one that already has counts.

        Raises `NoAnswer` after `timeout` seconds.
        """
        watch = self._working.watch
        reply = watch.expect(shift_id, types)
        try:
            for event in self.journal.shift_events(shift_id):
                if isinstance(event, types):
                    return event
            return cast("Awaited", reply.wait(timeout))
        finally:
            watch.forget(shift_id, reply)

    def settle(self, timeout: float = PATIENCE) -> None:
        """Wait until nothing that is due is left to do: no deadline, no message in flight. For tests and stories.

        Raises `NoAnswer` after `timeout` seconds.
        """
        self._working.settle(timeout)

    def _open_journal(self) -> Journal:
        if not isinstance(self._store, str):
            return self._store
        return SqliteJournal.open(self._store, crash_point=self._crash_point)

    def _post(self, shift: Shift, by: str) -> Reply[Answer]:
        return self._tell(ShiftTask(shift.id, PostShift(at=self.clock.now(), by=by, shift=shift)))

    def _ask(self, task: Task) -> Answer:
        return self._tell(task).wait(self._patience)

    def _tell(self, task: Task) -> Reply[Answer]:
        reply: Reply[Answer] = Reply()
        self._working.post(Envelope(task, reply))
        return reply


def _homeless(shift: Shift) -> Answer:
    message = f'Shift {shift.id}: there is no organization "{shift.organization_id}"; create it first.'
    return refused(Refusal.UNKNOWN, message, shift.id)
