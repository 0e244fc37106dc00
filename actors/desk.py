"""The desk: the face of the library. Everything the service can do is a method here."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar, cast

from ..domain.answer import Answer, Refusal, refuse
from ..domain.caregiver import Caregiver
from ..domain.conversation.state import ConfirmNumber
from ..domain.data.dataset import DataSet
from ..domain.data.register import given_twice
from ..domain.errors import InvalidArgument
from ..domain.message import InboundMessage
from ..domain.organization import Organization
from ..domain.policy import DEFAULT_ROUNDS, Round, Rounds
from ..domain.replies import RuleReader
from ..domain.replies.reading import Reader
from ..domain.shift.commands import CancelShift, PostShift
from ..domain.shift.events import ShiftEvent
from ..domain.shift.shift import Shift
from .carriers.port import Carrier
from .carriers.simulator import Simulator
from .desk_arguments import (
    Store,
    expect,
    expect_shift_id,
    read_carrier,
    read_clock,
    read_desk_rounds,
    read_notifiers,
    read_patience,
    read_reader,
    read_store,
    rows,
)
from .desk_view import DeskView
from .errors import Forked, NotRunning
from .inbound import InboundRouter
from .journal.port import Journal, JournalHealth
from .journal.sqlite_journal import SqliteJournal
from .journal.transaction import Transaction
from .journal.writer import CrashPoint, no_crash
from .notifier import Notifier
from .records import AlertRecord
from .runtime.clock import Clock, SystemClock
from .runtime.envelope import Envelope
from .runtime.promise import Promise
from .system import READER_TIMEOUT, ActorSystem, DeskHealth, Tools
from .tasks import Assign, ConversationTask, GiveBack, ShiftTask, StartOutreach, Task, Write

PATIENCE = 15.0
"""Seconds a caller waits for an answer before it is told that none came. Twilio gives a webhook 15 s in all."""

AT_ONCE = 256
"""Rows of one bulk call that are under way at the same time."""

FORKED = (
    "this desk was started in process {} and does not work in {}, which was forked from it: start it in the process that "
    "serves, after the fork (one process owns a journal: one worker, with as many threads as you like)"
)

T = TypeVar("T")
Awaited = TypeVar("Awaited", bound=ShiftEvent)


class ShiftDesk(DeskView):
    """Fills shifts: post a shift, fan it out, hand in what caregivers reply, read how it stands.

    `store` is a journal, its path, or its URL (`sqlite:///path`, `sqlite://` for one that is gone afterwards); what is not
    given gets its default: the simulated carrier, the machine's clock, the rule reader. Use it as a context manager, or
    call `start` and `close`, in the process that uses it: a fork of that process is refused (`Forked`). Any number of desks can live in one process, each on a store of its own. It installs no
    signal handlers and sets up no logging; its threads are daemons.

        with ShiftDesk("sqlite://") as desk:
            desk.load(read_data(json.load(file)))
            desk.fan_out("shift-1")
            desk.receive(InboundMessage(from_phone="+13125550104", body="yes"))

    A `reader` of your own may take `reader_timeout` seconds for a reply; then, or when it raises, the rules read it.
    `crash_point` is called with the name of each place where a test may want the process to die.

    Raises `InvalidArgument` when something it is made from, or called with, is of a wrong kind. Every method that waits does
    so at most `patience` seconds and then raises `NoAnswer`; all raise
    `JournalUnavailable` when the journal cannot be used, and then nothing was changed.
    """

    def __init__(
        self,
        store: Store = "sqlite:///var/firstyes.db",
        *,
        carrier: Carrier | None = None,
        clock: Clock | None = None,
        reader: Reader | None = None,
        rounds: Rounds | Sequence[Round] | str = DEFAULT_ROUNDS,
        notifiers: Sequence[Notifier] = (),
        patience: float = PATIENCE,
        reader_timeout: float = READER_TIMEOUT,
        crash_point: CrashPoint = no_crash,
    ) -> None:
        self.clock = SystemClock() if clock is None else read_clock(clock)
        self._carrier = None if carrier is None else read_carrier(carrier)
        self._store = read_store(store)
        self._reader = RuleReader() if reader is None else read_reader(reader)
        self._rounds = read_desk_rounds(rounds)
        self._notifiers = read_notifiers(notifiers)
        self.patience = read_patience(patience)
        # What is left of the caller's patience is the commit's.
        self._reader_timeout = min(read_patience(reader_timeout, "reader_timeout"), self.patience / 2)
        self._crash_point = crash_point
        self._system: ActorSystem | None = None
        self._process = os.getpid()

    def start(self) -> None:
        """Open the journal, wake the actors, and do what fell due meanwhile; returns when the desk is ready.

        Raises `JournalBusy` when another process owns the journal, `JournalDamaged` when it cannot be trusted.
        """
        if self._system is not None:
            self._refuse_fork()
            return
        self._process = os.getpid()
        self.carrier = Simulator(self.clock) if self._carrier is None else self._carrier
        journal = self._open_journal()
        tools = Tools(
            journal,
            self.carrier,
            self.clock,
            self._reader,
            self._rounds,
            self._notifiers,
            reader_timeout=self._reader_timeout,
            crash_point=self._crash_point,
        )
        try:
            self._system = ActorSystem.start(tools)
        except BaseException:
            if journal is not self._store:
                journal.close()
            raise
        if isinstance(self.carrier, Simulator):
            self.carrier.on_reply(self.receive)

    def close(self, timeout: float = 10.0) -> bool:
        """Finish what is under way, stop all actors, close the journal. False when that took too long.

        In a fork of the process that started it, it lets go of the desk there and stops nothing.
        """
        forked = self.forked
        system, self._system = self._system, None
        if system is None or forked:
            return True
        stopped = system.stop(timeout)
        if system.journal is not self._store:
            system.journal.close()
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
    def forked(self) -> bool:
        """Whether this process is a fork of the one that started the desk; it can do nothing here then."""
        return self._system is not None and self._process != os.getpid()

    @property
    def inbound(self) -> InboundRouter:
        """The way in, for whoever must not wait for an answer."""
        return self._working.inbound

    @property
    def simulated(self) -> bool:
        """Whether no real phone is reached: the simulator carries its messages."""
        return self._carrier is None or isinstance(self._carrier, Simulator)

    @property
    def _working(self) -> ActorSystem:
        if self._system is None:
            raise NotRunning("the desk is not open: use it as a context manager, or call start() first")
        self._refuse_fork()
        return self._system

    def _refuse_fork(self) -> None:
        if self.forked:
            raise Forked(FORKED.format(self._process, os.getpid()))

    # What coordinators do.

    def put_organizations(self, organizations: Sequence[Organization]) -> list[Answer]:
        """Create or replace organizations; one answer each, in order. An id given twice with different data is refused."""
        organizations = rows("put_organizations", organizations, Organization)
        twice = given_twice(organizations)
        return self._write(
            lambda transaction: [
                twice.get(number) or transaction.put_organization(one)
                for number, one in enumerate(organizations)
            ]
        )

    def delete_organization(self, organization_id: str) -> Answer:
        """Delete an organization that has no caregivers and no shifts: one made by mistake."""
        return self._write(lambda transaction: transaction.delete_organization(organization_id))

    def put_caregivers(self, caregivers: Sequence[Caregiver]) -> list[Answer]:
        """Create or replace caregivers; one answer each, in order.

        Whoever qualifies now is offered what is being offered, and offers follow people to another phone.
        """
        caregivers = rows("put_caregivers", caregivers, Caregiver)
        now = self.clock.now()
        answers: list[Answer] = []
        for start in range(0, len(caregivers), AT_ONCE):
            some = caregivers[start : start + AT_ONCE]
            answers += self._write(partial(Transaction.put_caregivers, caregivers=some, at=now))
            self._working.look_for_news([one.id for one in some])
        return answers

    def post_shifts(self, shifts: Sequence[Shift], by: str = "coordinator") -> list[Answer]:
        """Create or replace shifts; one answer each, in order. The same data again change nothing."""
        shifts = rows("post_shifts", shifts, Shift)
        owners = {one: self.journal.organization(one) for one in {one.organization_id for one in shifts}}
        twice = given_twice(shifts)
        answers: list[Answer] = []
        for start in range(0, len(shifts), AT_ONCE):
            some = enumerate(shifts[start : start + AT_ONCE], start)
            replies = [
                twice.get(number) or self._post(one, owners[one.organization_id], by) for number, one in some
            ]
            answers += [one if isinstance(one, Answer) else one.wait(self.patience) for one in replies]
        return answers

    def load(self, data: DataSet, by: str = "coordinator") -> list[Answer]:
        """Create or replace all that a file brings; one answer a row: organizations, caregivers, shifts."""
        expect("load", data, DataSet, "; read_data makes one of a JSON document")
        new = [one for one in data.named_organizations() if self.journal.organization(one.id) is None]
        return [
            *self.put_organizations([*data.organizations, *new]),
            *self.put_caregivers(data.caregivers),
            *self.post_shifts(data.shifts, by),
        ]

    # An order to a shift may name the holder or the version it means; if that has changed, it does nothing.

    def fan_out(
        self, shift_id: str, by: str = "coordinator", *, holder: str | None = None, version: int | None = None
    ) -> Answer:
        """Offer a shift to everybody who qualifies. While that is under way, asking again changes nothing."""
        return self._ask(ShiftTask(shift_id, StartOutreach(by, holder, version)))

    def cancel(
        self,
        shift_id: str,
        *,
        confirm: bool = False,
        by: str = "coordinator",
        holder: str | None = None,
        version: int | None = None,
    ) -> Answer:
        """Call a shift off; a claimed one only with `confirm`."""
        command = CancelShift(at=self.clock.now(), by=by, confirm=confirm, holder=holder, version=version)
        return self._ask(ShiftTask(shift_id, command))

    def release(
        self, shift_id: str, by: str = "coordinator", *, holder: str | None = None, version: int | None = None
    ) -> Answer:
        """Take the winner off a shift and offer it anew to everybody else; until its end."""
        return self._ask(ShiftTask(shift_id, GiveBack(by, holder, version)))

    def assign(
        self,
        shift_id: str,
        caregiver_id: str,
        *,
        by: str = "coordinator",
        override: str | None = None,
        holder: str | None = None,
        version: int | None = None,
    ) -> Answer:
        """Give a shift that nobody has to somebody by hand, until its end; it holds as a yes does.

        `override` is the reason why they get it although it overlaps another shift of theirs.
        """
        return self._ask(ShiftTask(shift_id, Assign(caregiver_id, by, override, holder, version)))

    def close_alert(self, alert_id: int, by: str = "coordinator") -> AlertRecord | None:
        """Close an alert, and give it; None when there is none. One that is closed says who closed it, and stays so."""
        now = self.clock.now()
        self._write(lambda transaction: transaction.close_alert(alert_id, now, by))
        return next(iter(self.journal.alerts_by_id([alert_id])), None)

    # What caregivers do.

    def receive(self, message: InboundMessage) -> Answer:
        """Take in a message; the answer holds, because it is given after the commit.

        Raises `UnknownPhone` when nobody who works here has the phone.
        """
        expect("receive", message, InboundMessage)
        return self.inbound.receive(message, self.patience)

    def confirm_phone(self, caregiver_id: str, by: str = "coordinator") -> Answer:
        """Say that a caregiver's number, which somebody called a wrong one, is theirs: it is used again."""
        person, now = self.journal.caregiver(caregiver_id), self.clock.now()
        contact = self.journal.contact(person.phone, None, now) if person else None
        if person is None or contact is None:
            return refuse(Refusal.UNKNOWN, f'There is no caregiver "{caregiver_id}".')
        command = ConfirmNumber(
            at=now,
            by=by,
            contact_id=contact.contact_id,
            caregiver_id=person.id,
            organization_id=person.organization_id,
        )
        return self._ask(ConversationTask(contact.contact_id, command))

    # How it does, and waiting for it.

    def health(self) -> DeskHealth:
        """Say how the desk does. Never raises."""
        if self._system is None:
            return DeskHealth(ready=False, reason="the desk is not open", journal=JournalHealth(0))
        if self.forked:
            said = FORKED.format(self._process, os.getpid())
            return DeskHealth(ready=False, reason=said, journal=JournalHealth(0))
        return self._system.health()

    def wait_for(self, shift_id: str, *types: type[Awaited], timeout: float = PATIENCE) -> Awaited:
        """Wait until an event of one of `types` has happened to the shift; one that already has counts.

        Raises `NoAnswer` after `timeout` seconds.
        """
        expect_shift_id(shift_id)
        for kind in types or (None,):
            if not (isinstance(kind, type) and issubclass(kind, ShiftEvent)):
                raise InvalidArgument("wait_for takes kinds of events, such as firstyes.ShiftClaimed")
        waiters = self._working.waiters
        reply = waiters.expect(shift_id, types)
        try:
            for event in self.journal.shift_events(shift_id):
                if isinstance(event, types):
                    return event
            return cast("Awaited", reply.wait(timeout))
        finally:
            waiters.forget(shift_id, reply)

    def settle(self, timeout: float = PATIENCE) -> None:
        """Wait until nothing that is due is left to do: no deadline, no message in flight. For tests and stories.

        Raises `NoAnswer` after `timeout` seconds.
        """
        self._working.settle(timeout)

    def _open_journal(self) -> Journal:
        if not isinstance(self._store, str | Path):
            return self._store
        return SqliteJournal.open(self._store, crash_point=self._crash_point)

    def _post(self, shift: Shift, owner: Organization | None, by: str) -> Promise[Answer] | Answer:
        if owner is None:
            said = f'Shift {shift.id}: there is no organization "{shift.organization_id}"; create it first.'
            return refuse(Refusal.UNKNOWN, said, shift.id)
        order = PostShift(at=self.clock.now(), by=by, shift=shift, zone=owner.time_zone)
        return self._tell(ShiftTask(shift.id, order))

    def _ask(self, task: Task) -> Answer:
        return self._tell(task).wait(self.patience)

    def _write(self, write: Callable[[Transaction], T]) -> T:
        promise: Promise[T] = Promise()
        self._working.post(Envelope(Write(write), promise))
        return promise.wait(self.patience)

    def _tell(self, task: Task) -> Promise[Answer]:
        if isinstance(task, ShiftTask):
            expect_shift_id(task.shift_id)
        reply: Promise[Answer] = Promise()
        self._working.post(Envelope(task, reply))
        return reply
