"""Tells people's own programs of what happens: it finds the words, and calls each on a thread of its own, so that a slow
one holds up nothing else."""

import logging
from collections.abc import Callable, Sequence
from time import monotonic

from ..domain.alert import ASKS
from ..domain.notice import IN_WORDS, Notice, NoticeEvent, noticed, whom
from .journal.alert_port import AlertChanges, NewAlert
from .journal.port import Journal, JournalUnavailable
from .records import AlertRecord
from .runtime.serial_worker import SerialWorker
from .tasks import Happened

logger = logging.getLogger(__name__)

Notifier = Callable[[Notice], None]
"""Is told of each notice, in order, after what it tells of was committed; on a thread of its own. What it raises is
logged."""

CLOSING = 2.0
"""Seconds that notifiers have in all to hear of what is queued when the desk closes."""

SETTLING = 1.0
"""Seconds that whoever waits until all is quiet waits for notifiers, which may be slow or hang."""


class AlertNotifier:
    """Makes notices of what was committed, on a thread of its own, so that nobody waits for the words.

    If this fails: what cannot be looked up is logged, and not told.
    """

    def __init__(self, journal: Journal, notifiers: Sequence[Notifier]) -> None:
        self._journal = journal
        self._notifiers = [
            SerialWorker(one, f"firstyes-notifier-{number}", "A notifier")
            for number, one in enumerate(notifiers, 1)
        ]
        self._words: SerialWorker[Happened | AlertChanges | NewAlert] = SerialWorker(
            self._find_words, "firstyes-notices", "The finding of words"
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

    def close(self, timeout: float) -> None:
        """Let the notifiers hear of what is queued, for at most `timeout` seconds and never for long."""
        until = monotonic() + min(CLOSING, timeout)
        self._words.close(max(0.0, until - monotonic()))
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
