"""The loop: one thread that runs the actors, and commits what they decide before anybody is told."""

import logging
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from functools import partial
from threading import Condition, Thread, current_thread, get_ident
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from ..errors import HandlerFailed, ShuttingDown
from ..journal.errors import CommitUnknown, HeardBefore, JournalDamaged, JournalUnavailable
from ..journal.sqlite_errors import is_of_the_disk
from ..journal.transaction import Transaction
from .failure_log import log_failure

if TYPE_CHECKING:
    from .loop_actor import Letter, LoopActor

logger = logging.getLogger(__name__)

MOST = 256
"""Messages of one batch: what comes after waits for one commit of so many."""

ENOUGH = 0.02
"""Seconds after which a batch takes no further message: what each leads to is bounded, and so is a turn."""

IDLE_AFTER = 1.0
"""Seconds in which nothing was changed, after which the store may tidy up: ticks come more often."""


class Store(Protocol):
    """What the loop commits to."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Give a transaction that is committed when the block ends, and taken back when it raises."""

    def idle(self) -> None:
        """Do what can be put off until nothing else is to be done. Never raises."""


class Participant(Protocol):
    """Who adds to a batch once all its messages are decided: an outbox."""

    def take_part(self, batch: "Batch") -> None:
        """Add to the batch. Changes nothing outside of it but by `batch.after`."""

    def failed(self, error: BaseException) -> None:
        """Called when `take_part` raised what it must not."""

    def refused(self) -> None:
        """Called when the journal could not be used, or nobody knows what became of the batch. Must not raise."""


class Batch:
    """What the messages of one turn decide: written in one transaction, and told when that is committed."""

    __slots__ = ("_effects", "_participants", "goes_on", "transaction")

    def __init__(self, transaction: Transaction) -> None:
        self.goes_on = False
        """Whether more is to be decided at once, before many messages are given out: beside busy senders that takes long."""
        self.transaction = transaction
        self._effects: list[Callable[[], object]] = []
        self._participants: dict[Participant, None] = {}

    def after(self, effect: Callable[[], object]) -> None:
        """Have something done once the batch is on disk; never, when it fails. It must neither wait nor raise."""
        self._effects.append(effect)

    def join(self, one: Participant) -> None:
        """Let somebody add to the batch when all messages are decided."""
        self._participants[one] = None

    def gather(self) -> None:
        """Let the participants add. Raises `_Again` when one of them failed, and what the journal does when that failed."""
        if self._participants:
            # What the messages wrote is theirs, if it is wrong.
            self.transaction.flush()
        for one in self._participants:
            try:
                one.take_part(self)
            except Exception as error:
                if is_of_the_disk(error):
                    raise
                one.failed(error)
                raise _Again from error

    def refuse(self) -> None:
        """Tell the participants that the batch is not known to be on disk."""
        _do_all(one.refused for one in self._participants)

    def tell(self) -> None:
        """Do what was to be done after the commit."""
        _do_all(self._effects)


class Loop:
    """Runs actors on one thread: takes what waits, has it decided, commits once, changes states, answers.

    `put` is called from any thread; all else happens on the loop's own, or, where nobody has called `start`, on the
    thread that calls `turn`. A message told by an actor is sent when its batch is on disk.

    If this fails: a message that raises costs its batch the commit; each message of it is then carried out by itself, and
    only that one is hurt. While the journal cannot be used, each message is told so and nothing changes.
    """

    def __init__(
        self,
        store: Store,
        committed: Callable[[Batch], None] = lambda batch: None,
        name: str = "firstyes-loop",
        steady: Callable[[], float] = monotonic,
    ) -> None:
        """`committed` is told of each batch that is on disk, or may be; it must neither wait nor raise. `steady` gives
        seconds."""
        self._store = store
        self._committed = committed
        self._steady = steady
        self._waiting: deque[Letter] = deque()
        self._more = Condition()
        self._parked = False
        self._members: set[LoopActor] = set()
        self._closed = self._ended = False
        self._batch: Batch | None = None
        self._handled: Letter | None = None
        self._on_idle: list[Callable[[], bool]] = []
        self._at_work_since: float | None = None
        self._turned_by = 0
        self._changed = steady()
        self.longest = 0.0
        """Seconds that the longest turn has lasted."""
        self._thread = Thread(target=self._run, name=name, daemon=True)

    @property
    def batch(self) -> Batch:
        """The batch under way; only a handler may ask."""
        assert self._batch is not None, "there is a batch only while messages are handled"
        return self._batch

    @property
    def queued(self) -> int:
        """How many messages wait."""
        return len(self._waiting)

    @property
    def live(self) -> int:
        """How many actors live here."""
        return len(self._members)

    @property
    def stuck_for(self) -> float:
        """Seconds for which a batch, what follows it, or tidying up has lasted; 0 while it waits."""
        since = self._at_work_since
        return 0.0 if since is None else monotonic() - since

    def join(self, actor: "LoopActor") -> None:
        """Let an actor live here; it is held until it leaves. Raises `ShuttingDown` on a loop that is stopping."""
        if self._closed:
            raise ShuttingDown("the loop is stopping and starts no more actors")
        self._members.add(actor)

    def leave(self, actor: "LoopActor") -> None:
        """Forget an actor that has stopped."""
        self._members.discard(actor)

    def put(self, letter: "Letter") -> None:
        """Queue a message, or send it when the batch under way is on disk, if a handler of that sends it."""
        if self._batch is not None and get_ident() == self._turned_by:
            self._batch.after(lambda: self._waiting.append(letter))
            return
        self._waiting.append(letter)
        if self._ended:
            self._give_back()
        elif self._parked:
            with self._more:
                self._more.notify()

    def forward(self, actor: "LoopActor", message: object) -> None:
        """Have another actor handle the message under way, as it is given here, in the same batch."""
        assert self._handled is not None, "a message is forwarded while it is handled"
        self._handled.forward(actor, message)

    def when_idle(self, quiet: Callable[[], bool]) -> None:
        """Call `quiet` each time no message waits, on the loop, until it gives True."""
        with self._more:
            self._on_idle.append(quiet)
            self._more.notify()

    def start(self) -> None:
        """Begin to turn."""
        self._thread.start()

    def stop(self, timeout: float) -> bool:
        """Handle what waits, stop all actors, and end; False when that took longer than `timeout` seconds."""
        self._closed = True
        with self._more:
            self._more.notify()
        if self._thread.ident is None:
            self._end()
            return True
        if current_thread() is not self._thread:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def turn(self, most: int = MOST) -> bool:
        """Carry out what waits, at most so many messages; False when there was none."""
        letters: list[Letter] = []
        while self._waiting and len(letters) < most:
            letters.append(self._waiting.popleft())
        began = self._steady()
        if letters and not self._carry_out(letters):
            for one in letters:
                # Whatever took part and failed has been made anew, and has a second chance.
                if not self._carry_out([one]) and not self._carry_out([one]):
                    # Nobody who was to handle it did wrong.
                    _do_all([partial(one.refuse, HandlerFailed("what takes part in the batch failed twice"))])
        self._at_work_since = None
        self.longest = max(self.longest, self._steady() - began)
        return bool(letters)

    def _carry_out(self, letters: "list[Letter]", *, looks_back: bool = False) -> bool:
        """Decide, commit, change, answer; False when nothing was done, because one message or another is broken.

        Messages delivered twice are rare: they are looked for when one was found.
        """
        self._at_work_since, self._turned_by = monotonic(), get_ident()
        batch: Batch | None = None
        try:
            with self._store.transaction() as transaction:
                transaction.looks_back = looks_back or len(letters) == 1
                batch = self._batch = Batch(transaction)
                enough = self._steady() + ENOUGH
                for number, one in enumerate(letters, 1):
                    self._handled = one
                    one.begin_anew()
                    one.handle()
                    if self._steady() > enough:
                        # The first of what waits; whatever comes of this batch is not theirs.
                        self._waiting.extendleft(reversed(letters[number:]))
                        del letters[number:]
                        break
                batch.gather()
        except HeardBefore:
            return self._carry_out(letters, looks_back=True)
        except (JournalUnavailable, JournalDamaged, CommitUnknown) as error:
            self._batch = None
            if isinstance(error, JournalDamaged) and len(letters) > 1:
                # What is damaged may be needed by one of them only.
                return False
            if batch is not None:
                if isinstance(error, CommitUnknown):
                    _do_all([partial(self._committed, batch)])
                batch.refuse()
            _do_all(partial(one.refuse, error) for one in letters)
            return True
        except BaseException as error:  # noqa: BLE001 - whatever it is, it costs one message
            self._batch = None
            if len(letters) == 1 and not isinstance(error, _Again):
                _do_all([partial(letters[0].fail, error)])
                return True
            return False
        finally:
            self._batch = None
        if transaction.changed:
            self._changed = self._steady()
        _do_all([partial(self._committed, batch), batch.tell])
        return True

    def _run(self) -> None:
        while not self._closed or self._waiting:
            try:
                if not self.turn():
                    self._rest()
            except BaseException as error:  # noqa: BLE001 - the loop outlives whatever is run on it
                log_failure(logger, "The loop survived what it must not have met", error)
        self._end()

    def _rest(self) -> None:
        if self._steady() - self._changed >= IDLE_AFTER:
            self._changed = self._steady()
            self._at_work_since = monotonic()
            self._store.idle()
            self._at_work_since = None
        with self._more:
            asked, self._on_idle = self._on_idle, []
        # Looked at once more: what was sent before somebody began to wait is handled before they are asked.
        still = asked if self._waiting else [one for one in asked if not _is_quiet(one)]
        with self._more:
            asked_anew = bool(self._on_idle)
            self._on_idle += still
            # Parked first: whoever puts a letter after we have looked then knows that we are to be woken.
            self._parked = True
            if not (self._waiting or self._closed or asked_anew):
                self._more.wait(IDLE_AFTER)
            self._parked = False

    def _end(self) -> None:
        for actor in [*self._members]:
            actor.stop_now()
        self._ended = True
        self._give_back()

    def _give_back(self) -> None:
        # Whoever found an actor alive may put a letter after the end, and several may do so at once.
        with suppress(IndexError):
            while True:
                self._waiting.popleft().give_back()


def _do_all(todo: Iterable[Callable[[], object]]) -> None:
    for one in todo:
        try:
            one()
        except BaseException as error:  # noqa: BLE001 - the batch is on disk or taken back, and others wait
            log_failure(logger, "What was to follow a batch failed", error)


def _is_quiet(asked: Callable[[], bool]) -> bool:
    try:
        return asked()
    except Exception as error:  # noqa: BLE001 - whoever waits for it must not cost the others their turn
        log_failure(logger, "It could not be told whether all is quiet", error)
        return False


class _Again(Exception):
    """Raised when a batch is to be taken back and its messages carried out one by one."""
