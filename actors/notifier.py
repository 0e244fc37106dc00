"""Tells people's own programs of what happens: it finds the words, and calls each on a thread of its own, so that a slow
one holds up nothing else."""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition, Thread
from time import monotonic
from typing import Generic, TypeVar

from ..domain.alert import ASKS
from ..domain.notice import IN_WORDS, Notice, NoticeEvent, noticed, whom
from .journal.alert_port import AlertChanges, NewAlert
from .journal.port import Journal, JournalUnavailable
from .records import AlertRecord
from .tasks import Happened

T = TypeVar("T")

logger = logging.getLogger(__name__)

Notifier = Callable[[Notice], None]
"""Is told of each notice, in order, after what it tells of was committed; on a thread of its own. What it raises is
logged."""

MOST_WAITING = 1_000
"""Notices that wait for one notifier; of more, the oldest are dropped, and that is logged."""

CLOSING = 2.0
"""Seconds that notifiers have in all to hear of what is queued when the desk closes."""

SETTLING = 1.0
"""Seconds that whoever waits until all is quiet waits for notifiers, which may be slow or hang."""


class NotifierThread(Generic[T]):
    """Calls one notifier, a notice at a time, on a daemon thread that starts with the first.

    If this fails: a notifier that raises costs that notice only; one that never returns costs its own notices.
    """

    def __init__(self, notifier: Callable[[T], None], name: str) -> None:
        self._notifier = notifier
        self._name = name
        self._waiting: deque[T] = deque()
        self._changed = Condition()
        self._thread: Thread | None = None
        self._closed = False
        self._telling = False
        self._dropped = 0

    def put(self, notice: T) -> None:
        """Queue a notice. Returns at once."""
        with self._changed:
            if self._closed:
                return
            if len(self._waiting) >= MOST_WAITING:
                self._waiting.popleft()
                if not self._dropped:
                    logger.error("A notifier is too slow: notices are dropped, the oldest first")
                self._dropped += 1
            else:
                self._dropped = 0
            self._waiting.append(notice)
            self._changed.notify_all()
            if self._thread is None:
                self._thread = Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def wait_idle(self, timeout: float) -> None:
        """Wait until it has been told everything, at most `timeout` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._waiting or self._telling), timeout)

    def close(self, timeout: float) -> None:
        """Take no more, and wait at most `timeout` seconds for what is queued to be told."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(timeout)
            if self._thread.is_alive():
                logger.warning("A notifier was still at work, %d notices were not told", len(self._waiting))

    def _run(self) -> None:
        while (notice := self._take()) is not None:
            try:
                self._notifier(notice)
            except Exception as error:  # noqa: BLE001 - somebody else's code
                logger.error("A notifier failed with %s", type(error).__name__)

    def _take(self) -> T | None:
        with self._changed:
            self._telling = False
            self._changed.notify_all()
            while not self._waiting and not self._closed:
                # No timeout: the thread has nothing else to do, and `close` wakes it.
                self._changed.wait()
            self._telling = bool(self._waiting)
            return self._waiting.popleft() if self._waiting else None


class AlertNotifier:
    """Makes notices of what was committed, on a thread of its own, so that nobody waits for the words.

    If this fails: what cannot be looked up is logged, and not told.
    """

    def __init__(self, journal: Journal, notifiers: Sequence[Notifier]) -> None:
        self._journal = journal
        self._notifiers = [
            NotifierThread(one, f"firstyes-notifier-{number}") for number, one in enumerate(notifiers, 1)
        ]
        self._words: NotifierThread[Happened | AlertChanges | NewAlert] = NotifierThread(
            self._find_words, "firstyes-notices"
        )

    def put(self, what: Happened | AlertChanges | NewAlert) -> None:
        """Have people told: of events, of alerts that opened or closed, of one that could not be recorded. Returns at once."""
        if self._notifiers:
            self._words.put(what)

    def wait_idle(self) -> None:
        """Wait until everything has been told, but not for long."""
        until = monotonic() + SETTLING
        self._words.wait_idle(SETTLING)
        for one in self._notifiers:
            one.wait_idle(max(0.0, until - monotonic()))

    def close(self) -> None:
        """Let the notifiers hear of what is queued."""
        until = monotonic() + CLOSING
        self._words.close(CLOSING)
        for one in self._notifiers:
            one.close(max(0.0, until - monotonic()))

    def _find_words(self, what: Happened | AlertChanges | NewAlert) -> None:
        try:
            match what:
                case NewAlert():
                    self._tell(_unrecorded(what))
                case AlertChanges():
                    self._tell_alerts(what)
                case Happened():
                    self._tell_events(what)
        except JournalUnavailable:
            logger.error("%s could not be looked up and was not told", type(what).__name__)

    def _tell_alerts(self, changes: AlertChanges) -> None:
        for ids, event in ((changes.closed, NoticeEvent.ALERT_CLOSED), (changes.opened, NoticeEvent.ALERT)):
            for record in self._journal.alerts_by_id(ids) if ids else ():
                self._tell(_of_alert(record, event))

    def _tell_events(self, happened: Happened) -> None:
        for event in happened.events:
            told = noticed(event, was_offered=happened.was_offered)
            caregiver_id = whom(event)
            names = self._journal.names(happened.shift_id, caregiver_id) if told else None
            if names is None:
                continue
            for one in told:
                self._tell(
                    Notice(
                        event=one,
                        at=event.at,
                        message=IN_WORDS[one].format(shift=names.shift, who=names.caregiver or caregiver_id),
                        by=event.by,
                        organization_id=names.organization_id,
                        shift_id=happened.shift_id,
                        shift=names.shift,
                        caregiver_id=caregiver_id,
                        caregiver_name=names.caregiver,
                    )
                )

    def _tell(self, notice: Notice) -> None:
        for one in self._notifiers:
            one.put(notice)


def _unrecorded(alert: NewAlert) -> Notice:
    return Notice(
        event=NoticeEvent.ALERT,
        at=alert.at,
        message=alert.message,
        organization_id=alert.organization_id,
        shift_id=alert.shift_id,
        caregiver_id=alert.caregiver_id,
        kind=alert.kind,
        asks=ASKS[alert.kind],
    )


def _of_alert(record: AlertRecord, event: NoticeEvent) -> Notice:
    closed = event is NoticeEvent.ALERT_CLOSED
    return Notice(
        event=event,
        at=record.closed_at if closed and record.closed_at else record.at,
        message=record.message,
        by=record.closed_by if closed else None,
        organization_id=record.organization_id,
        shift_id=record.shift_id,
        shift=record.shift,
        caregiver_id=record.caregiver_id,
        caregiver_name=record.caregiver_name,
        alert_id=record.id,
        kind=record.kind,
        asks=record.asks,
    )
