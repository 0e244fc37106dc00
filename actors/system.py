"""Starting and stopping, written out: everybody who works at one desk, in order, and in reverse."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any, Self

from pykka import ActorRef

from ..domain.conversation.events import AnyConversationEvent
from ..domain.notice import NOTICED
from ..domain.policy import PART, Channel, Rounds
from ..domain.replies.reading import Reader
from .accounts.memory import Access
from .carriers.port import Carrier, DeliveryReport, Trouble
from .contacts import Contacts
from .context import ActorContext
from .deadlines import Deadlines
from .event_waiters import EventWaiters
from .inbound import InboundRouter
from .journal.alert_port import NewAlert
from .journal.port import Journal, JournalHealth, JournalUnavailable, OutboxRow
from .journal.writer import CrashPoint, no_crash
from .missed_texts import ListsTexts, MissedTexts
from .notifier import AlertNotifier, Notifier
from .outbox.calls_under_way import CallsUnderWay, end_call
from .outbox.daily_use import DailyUse
from .outbox.outbox_actor import DRAIN, OutboxActor
from .outbox.word_of_carrier import word_of_carrier
from .runtime.clock import Clock, ManualClock
from .runtime.dead_letter import DeadLetter, let_rest
from .runtime.envelope import Envelope
from .runtime.loop import Batch, Loop
from .runtime.promise import Promise
from .runtime.serial_worker import SerialWorker
from .runtime.tell import tell
from .runtime.ticker import Ticker
from .supervisor import Supervisor
from .tasks import ConversationTask, Happened, LookForNews, RecordAlert, RoundFailed, ShiftTask, Tick
from .timed_reader import TimedReader
from .versions import Versions

logger = logging.getLogger(__name__)

CATCH_UP = 600.0
"""Seconds a start may take to do what fell due while the service was down."""

READER_TIMEOUT = 2.0
"""Seconds a reader may take for a reply before the rules read it."""

MOST_QUEUED = 20_000
"""Messages that may wait for the loop: who would send more while the disk hangs is told so at once."""

ENDING = 1.0
"""Seconds a stop waits for calls that are being ended, and for a look at missed texts."""

HEARD_WITHIN = 10.0
"""Seconds a text that was missed may take to be answered; else it is looked at again."""

STUCK_AFTER = 5.0
"""Seconds after which a turn of the loop counts as stuck."""


@dataclass(frozen=True, slots=True)
class DeskHealth:
    """How the desk does. `reason` says why it is not `ready`; `awake` counts the actors that are, `queued` messages;
    `longest_turn` is how many seconds the loop has been busy at most, while others waited."""

    ready: bool
    reason: str | None
    journal: JournalHealth
    awake: int = 0
    parked: tuple[str, ...] = ()
    dead_letters: int = 0
    queued: int = 0
    longest_turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Tools:
    """What the desk works with, chosen by whoever opens it."""

    journal: Journal
    carrier: Carrier
    clock: Clock
    reader: Reader
    rounds: Rounds
    notifiers: Sequence[Notifier] = ()
    couriers: Sequence[Carrier] = ()
    reader_timeout: float = READER_TIMEOUT
    crash_point: CrashPoint = no_crash
    access: Access = field(default_factory=Access)
    part: int = PART
    steady: Callable[[], float] = monotonic


class ActorSystem:
    """The loop, the supervisor and all who work under it, from start to stop.

    With a `ManualClock` nothing ticks by itself: each move of the clock is one tick. Made but not started, it does nothing
    until somebody turns `loop`: so a simulation steps the very loop that serves.
    """

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.journal = tools.journal
        self.waiters = EventWaiters()
        self.versions = Versions()
        tools.access.open(tools.journal.access)
        self.contacts = Contacts(tools.journal.contacts)
        self.loop = Loop(tools.journal, self._committed, steady=tools.steady)
        self.notifier = AlertNotifier(tools.journal, tools.notifiers)
        self.deadlines = Deadlines(tools.journal.deadlines())
        self.dead_letters = 0
        self._ends_calls = SerialWorker(
            partial(end_call, tools.carrier), "firstyes-ends-calls", "The ending of calls"
        )
        at_once = tools.carrier.capabilities.calls_at_once
        self._calls = None if at_once is None else CallsUnderWay(at_once, self._ends_calls.put)
        self._parked: list[str] = []
        self.inbound = InboundRouter(
            tools.journal,
            self.contacts,
            TimedReader(tools.reader, tools.reader_timeout),
            tools.clock,
            self.post,
        )
        self.missed_texts = self._make_missed_texts()
        self._use = DailyUse(tools.carrier.capabilities.ceilings)
        self._carriers = {
            channel: one
            for one in (*tools.couriers, tools.carrier)
            for channel in sorted(one.capabilities.channels)
        }
        self._supervisor: ActorRef[Any] = Supervisor.start(self.loop, self._context, self.deadlines)
        self.outboxes = {channel: self._make_outbox(channel, one) for channel, one in self._carriers.items()}
        self._ticker = Ticker(tools.clock, self.tick)

    @classmethod
    def start(cls, tools: Tools) -> Self:
        """Start everybody, then do what fell due meanwhile, before any new work. Where that fails nobody is left at work."""
        system = cls(tools)
        try:
            system.loop.start()
            system.tick(Tick(tools.clock.now()))
            system.settle(CATCH_UP, sent=False)
            system.look_for_news(None)
            if isinstance(tools.clock, ManualClock):
                tools.clock.on_move = lambda: system.tick(Tick(tools.clock.now()))
            else:
                system._ticker.start()
                if system.missed_texts is not None:
                    system.missed_texts.start()
        except BaseException:
            system.stop(DRAIN)
            raise
        return system

    def stop(self, timeout: float) -> bool:
        """Stop in reverse: no more ticks, finish what is under way, then end the loop.

        False, and an error in the log, when somebody was still at work after `timeout` seconds.
        """
        deadline = monotonic() + timeout
        if isinstance(self.tools.clock, ManualClock):
            self.tools.clock.on_move = lambda: None
        self._ticker.stop(max(0.1, deadline - monotonic()))
        if self.missed_texts is not None:
            self.missed_texts.stop(max(0.1, min(ENDING, deadline - monotonic())))
        stopped = True
        for outbox in self.outboxes.values():
            stopped &= outbox.finish(max(0.1, min(DRAIN, deadline - monotonic())))
        stopped &= self.loop.stop(max(0.1, deadline - monotonic()))
        self.notifier.close(max(0.1, deadline - monotonic()))
        self._ends_calls.close(max(0.1, min(ENDING, deadline - monotonic())))
        if not stopped:
            logger.error("The desk closed with somebody still at work; nothing acknowledged is lost")
        return stopped

    def post(self, message: object) -> None:
        """Hand a message to the supervisor. Raises `JournalUnavailable` when too many wait, and somebody waits for this one."""
        if self.loop.queued >= MOST_QUEUED and isinstance(message, Envelope):
            raise JournalUnavailable("too many messages wait for the journal")
        tell(self._supervisor, message, let_rest)

    def tick(self, tick: Tick) -> None:
        """Say what time it is to those who keep time."""
        self.post(tick)
        for outbox in self.outboxes.values():
            tell(outbox.actor_ref, tick, let_rest)

    def report_delivery(self, report: DeliveryReport) -> Promise[bool]:
        """Have recorded what a carrier says became of a message."""
        promise: Promise[bool] = Promise()
        outbox = self.outboxes.get(report.channel)
        if outbox is None:
            promise.set_result(False)
        else:
            tell(outbox.actor_ref, Envelope(report, promise), let_rest)
        return promise

    def look_for_news(self, caregiver_ids: Sequence[str] | None) -> None:
        """Have those shifts look at their people that these caregivers, or anybody, may have to be told of."""
        self.post(LookForNews(None if caregiver_ids is None else tuple(caregiver_ids)))

    def record_alert(self, alert: NewAlert) -> None:
        """Have an alert recorded that no event carries."""
        self.post(RecordAlert(alert))

    def settle(self, timeout: float, *, sent: bool = True) -> None:
        """Wait until no message waits and no deadline is due and, with `sent`, nothing is on its way out."""
        settled: Promise[None] = Promise()

        def quiet() -> bool:
            if not self.deadlines.quiet or (sent and not self._nothing_to_send()):
                return False
            return settled.set_result(None) or True

        self.loop.when_idle(quiet)
        settled.wait(timeout)
        if sent:
            self._ends_calls.wait_idle(timeout)
            self.notifier.wait_idle()

    def health(self) -> DeskHealth:
        """Say how everybody does. Never raises."""
        journal = self.journal.health()
        reason = f"the journal cannot be used: {journal.error}" if journal.error else None
        if self.loop.stuck_for > STUCK_AFTER:
            reason = f"the loop has not turned for {self.loop.stuck_for:.0f} s"
        elif not self._supervisor.is_alive():
            reason = "the supervisor is gone"
        return DeskHealth(
            reason is None,
            reason,
            journal,
            self.loop.live,
            tuple(self._parked),
            self.dead_letters,
            self.loop.queued,
            self.loop.longest,
        )

    def _nothing_to_send(self) -> bool:
        return all(one.is_quiet(self.journal) for one in self.outboxes.values())

    def _context(self, supervisor: ActorRef[Any]) -> ActorContext:
        return ActorContext(
            loop=self.loop,
            clock=self.tools.clock,
            rounds=self.tools.rounds,
            part=self.tools.part,
            channels=frozenset(self._carriers),
            supervisor=supervisor,
            dead_letters=self._take_dead_letter,
            outbox_grew=self._outbox_grew,
            is_stale=self.inbound.is_stale,
            route_anew=self.inbound.route_anew,
            announce=self._announce,
            heard=self._heard,
            parked=self._note_parked,
            unrecorded=self.notifier.put,
        )

    def _make_missed_texts(self) -> MissedTexts | None:
        carrier = self.tools.carrier
        if not isinstance(carrier, ListsTexts):
            return None
        receive = partial(self.inbound.receive, patience=HEARD_WITHIN)
        return MissedTexts(carrier, self.journal, self.tools.clock, receive)

    def _make_outbox(self, channel: Channel, carrier: Carrier) -> OutboxActor:
        tools = self.tools
        outbox = OutboxActor(
            self.loop,
            channel,
            carrier,
            tools.clock,
            on_round_failed=lambda shift_id, _: self.post(RoundFailed(shift_id)),
            calls=self._calls,
            on_word=self._take_carriers_word,
            use=self._use,
            crash_point=tools.crash_point,
        )
        outbox._start_actor_loop()
        return outbox

    def _take_carriers_word(self, row: OutboxRow, trouble: Trouble) -> None:
        """Keep what the carrier says of a phone."""
        now = self.tools.clock.now()
        contact = self.journal.contact(row.to_phone, row.from_phone, now)
        order = None if contact is None else word_of_carrier(contact, row, trouble, now)
        if contact is not None and order is not None:
            self.post(Envelope(ConversationTask(contact.contact_id, order)))

    def _outbox_grew(self, channel: Channel, batch: Batch) -> None:
        outbox = self.outboxes.get(channel)
        if outbox is not None:
            batch.join(outbox)

    def _announce(self, happened: Happened) -> None:
        self.waiters.announce(happened)
        if self._calls is not None:
            self._calls.shift_moved_on(happened)
        if any(type(event) in NOTICED for event in happened.events):
            self.notifier.put(happened)

    def _heard(self, contact_id: int, events: Sequence[AnyConversationEvent]) -> None:
        if self._calls is not None:
            self._calls.heard(contact_id, events)

    def _committed(self, batch: Batch) -> None:
        self.contacts.changed(batch.transaction.touched)
        self.versions.changed(batch.transaction.touched)
        if batch.transaction.touched.access:
            self.tools.access.changed()
        alerts = batch.transaction.alerts
        if alerts.opened or alerts.closed:
            self.notifier.put(alerts)

    def _note_parked(self, alert: NewAlert) -> None:
        if alert.shift_id is not None:
            self._parked.append(alert.shift_id)
        self.record_alert(alert)

    def _take_dead_letter(self, letter: DeadLetter) -> bool:
        """Give a task whose actor has just stopped back to the supervisor."""
        self.dead_letters += 1
        message = letter.message
        if isinstance(message, Envelope) and isinstance(message.message, ShiftTask | ConversationTask):
            return tell(self._supervisor, letter, let_rest)
        return False
