"""The desk: the face of the library. Everything the service can do is a method here."""

import os
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self, TypeVar, cast

from ...domain.answer import Answer
from ...domain.cost import Prices
from ...domain.errors import InvalidArgument
from ...domain.message import InboundMessage
from ...domain.policy import DEFAULT_ROUNDS, Round, Rounds
from ...domain.replies import RuleReader
from ...domain.replies.reading import Reader
from ...domain.shift.events import ShiftEvent
from ..accounts.accounts import Accounts
from ..accounts.memory import Access
from ..carriers.port import Carrier, DeliveryReport
from ..carriers.simulator import Simulator
from ..errors import Forked, NotRunning
from ..inbound import InboundRouter
from ..journal.port import Journal, JournalHealth
from ..journal.sqlite_journal import SqliteJournal
from ..journal.writer import CrashPoint, no_crash
from ..marking import DeskMarking
from ..notifier import Notifier
from ..runtime.clock import Clock, SystemClock
from ..system import READER_TIMEOUT, ActorSystem, DeskHealth, Tools
from . import arguments

PATIENCE = 15.0
"""Seconds a caller waits for an answer before it is told that none came. Twilio gives a webhook 15 s in all."""

LEAST = 1.0
"""Seconds that a closing journal has for what is being committed, also when all the time of a stop is over: it stays locked else."""

FORKED = (
    "this desk was started in process {} and does not work in {}, which was forked from it: start it in the process that "
    "serves, after the fork (one process owns a journal: one worker, with as many threads as you like)"
)

T = TypeVar("T")
Awaited = TypeVar("Awaited", bound=ShiftEvent)


class ShiftDesk(DeskMarking):
    """Fills shifts: post a shift, fan it out, hand in what caregivers reply, read how it stands.

    `store` is a journal, its path, or its URL (`sqlite:///path`, `sqlite://` for one that is gone afterwards); what is not
    given gets its default: the simulated carrier, the machine's clock, the rule reader. Use it as a context manager, or
    call `start` and `close`, in the process that uses it: a fork of that process is refused (`Forked`). Any number of desks can live in one process, each on a store of its own. It installs no
    signal handlers and sets up no logging; its threads are daemons.

        with ShiftDesk("sqlite://") as desk:
            desk.load(read_data(json.load(file)))
            desk.fan_out("shift-1")
            desk.receive(InboundMessage(from_phone="+13125550104", body="yes"))

    `couriers` carry what goes to no phone; `prices` are what previews reckon with. A `reader` of your own may take `reader_timeout` seconds for a reply; then, or when
    it raises, the rules read it. `crash_point` is called with the name of each place where a test may want the process to die.

    Raises `InvalidArgument` when something it is made from, or called with, is of a wrong kind. Every method that waits does
    so at most `patience` seconds and then raises `NoAnswer`; all raise
    `JournalUnavailable` when the journal cannot be used, and then nothing was changed.
    """

    def __init__(
        self,
        store: arguments.Store = "sqlite:///var/firstyes.db",
        *,
        carrier: Carrier | None = None,
        clock: Clock | None = None,
        reader: Reader | None = None,
        rounds: Rounds | Sequence[Round] | str = DEFAULT_ROUNDS,
        notifiers: Sequence[Notifier] = (),
        couriers: Sequence[Carrier] = (),
        prices: Prices | None = None,
        patience: float = PATIENCE,
        reader_timeout: float = READER_TIMEOUT,
        crash_point: CrashPoint = no_crash,
    ) -> None:
        self.clock = SystemClock() if clock is None else arguments.read_clock(clock)
        self._carrier = None if carrier is None else arguments.read_carrier(carrier)
        self._store = arguments.read_store(store)
        self._reader = RuleReader() if reader is None else arguments.read_reader(reader)
        self._rounds = arguments.read_desk_rounds(rounds)
        self._notifiers = arguments.read_notifiers(notifiers)
        self._couriers = [arguments.read_carrier(one) for one in couriers]
        if prices is not None:
            arguments.expect("prices", prices, Prices)
        self.prices = prices
        self.patience = arguments.read_patience(patience)
        # What is left of the caller's patience is the commit's.
        self._reader_timeout = min(
            arguments.read_patience(reader_timeout, "reader_timeout"), self.patience / 2
        )
        self._crash_point = crash_point
        self._system: ActorSystem | None = None
        self._process = os.getpid()
        self.accounts = Accounts(Access(), self.clock, self._put, self.patience)

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
            self._couriers,
            access=self.accounts.access,
            reader_timeout=self._reader_timeout,
            crash_point=self._crash_point,
        )
        try:
            self._system = ActorSystem.start(tools)
        except BaseException:
            self._let_go(journal, self.patience)
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
        until = monotonic() + timeout
        stopped = system.stop(timeout)
        self._let_go(system.journal, max(LEAST, until - monotonic()))
        return stopped

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

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

    # What caregivers do.

    def receive(self, message: InboundMessage) -> Answer:
        """Take in a message; the answer holds, because it is given after the commit.

        Raises `UnknownPhone` when nobody who works here has the phone.
        """
        arguments.expect("receive", message, InboundMessage)
        return self.inbound.receive(message, self.patience)

    def report_delivery(self, report: DeliveryReport) -> bool:
        """Take in what a carrier says became of a message; False when it names none. Late and repeated ones change nothing."""
        return self._working.report_delivery(report).wait(self.patience)

    # How it does, and waiting for it.

    def health(self) -> DeskHealth:
        """Say how the desk does. Never raises."""
        if self._system is None or self.forked:
            said = FORKED.format(self._process, os.getpid()) if self._system else "the desk is not open"
            return DeskHealth(ready=False, reason=said, journal=JournalHealth(0))
        return self._system.health()

    def wait_for(self, shift_id: str, *types: type[Awaited], timeout: float = PATIENCE) -> Awaited:
        """Wait until an event of one of `types` has happened to the shift; one that already has counts.

        Raises `NoAnswer` after `timeout` seconds.
        """
        arguments.expect_shift_id(shift_id)
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

    def _let_go(self, journal: Journal, timeout: float) -> None:
        """Close what we opened."""
        if journal is not self._store and isinstance(journal, SqliteJournal):
            journal.close(timeout)
        if self._carrier is None:
            self.carrier.close()

    def _open_journal(self) -> Journal:
        if not isinstance(self._store, str | Path):
            return self._store
        return SqliteJournal.open(self._store, crash_point=self._crash_point)
