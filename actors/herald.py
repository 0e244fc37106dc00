"""Tells people's own programs of what happens: it finds the words, and each notifier is called by its own thread."""

import logging
from collections.abc import Sequence
from time import monotonic

from ..domain.alert import ASKS
from ..domain.notice import Notice, NoticeEvent, in_words, noticed, whom
from .envelope import Envelope
from .journal.alert_port import AlertChanges, NewAlert
from .journal.port import Journal, JournalUnavailable
from .notifiers import Notifier, NotifierThread
from .pool import Pool
from .pooled_actor import PooledActor
from .records import AlertRecord
from .reply import Reply
from .tasks import Happened, Ping

logger = logging.getLogger(__name__)

CLOSING = 2.0
"""Seconds that notifiers have in all to hear of what is queued when the desk closes."""

SETTLING = 1.0
"""Seconds that whoever waits until all is quiet waits for notifiers, which may be slow or hang."""


class Herald(PooledActor):
    """Records alerts that no event carries, and makes notices of what happened, on a thread of its own.

    If this fails: what cannot be looked up is logged, and not told. An alert that cannot be recorded is told all the
    same.
    """

    def __init__(self, pool: Pool, journal: Journal, notifiers: Sequence[Notifier]) -> None:
        super().__init__(pool)
        self._journal = journal
        self._notifiers = [NotifierThread(one, number) for number, one in enumerate(notifiers, 1)]

    def on_receive(self, message: object) -> None:
        """Record the alert, or tell what happened."""
        try:
            match message:
                case NewAlert():
                    self._record(message)
                case AlertChanges() if self._notifiers:
                    self._tell_alerts(message)
                case Happened() if self._notifiers:
                    self._tell_events(message)
                case AlertChanges() | Happened():
                    pass
                case Envelope(message=Ping(), reply=Reply() as reply):
                    self._wait_idle()
                    reply.set_result(None)
                case _:
                    logger.warning("Unexpected %s received by the herald", type(message).__name__)
        except JournalUnavailable:
            logger.error("%s could not be looked up and was not told", type(message).__name__)

    def on_stop(self) -> None:
        """Let the notifiers hear of what is queued."""
        until = monotonic() + CLOSING
        for one in self._notifiers:
            one.close(max(0.0, until - monotonic()))

    def _wait_idle(self) -> None:
        until = monotonic() + SETTLING
        for one in self._notifiers:
            one.wait_idle(max(0.0, until - monotonic()))

    def _record(self, alert: NewAlert) -> None:
        try:
            self._journal.record_alert(alert)
        except JournalUnavailable:
            logger.error("An alert of kind %s could not be recorded", alert.kind)
            self._tell(
                Notice(
                    event=NoticeEvent.ALERT,
                    at=alert.at,
                    message=alert.message,
                    organization_id=alert.organization_id,
                    shift_id=alert.shift_id,
                    caregiver_id=alert.caregiver_id,
                    kind=alert.kind,
                    asks=ASKS[alert.kind],
                )
            )

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
                        message=in_words(one, names.shift, names.caregiver or caregiver_id),
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
