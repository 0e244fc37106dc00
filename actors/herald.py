"""Tells people's own programs of alerts: the hook for notifiers."""

import logging
from collections.abc import Callable, Sequence

from .journal.alert_port import NewAlert
from .journal.port import Journal, JournalUnavailable
from .pool import Pool
from .pooled_actor import PooledActor
from .tasks import TellOfAlert

logger = logging.getLogger(__name__)

Notifier = Callable[[TellOfAlert], None]
"""Is told of each alert after it was recorded, on the herald's thread. May be slow; what it raises is logged."""


class Herald(PooledActor):
    """Calls the notifiers, one alert at a time, so that a slow one holds up no shift.

    If this fails: a notifier that raises costs that notification only. An alert that cannot be recorded is logged;
    notifiers are told all the same.
    """

    def __init__(self, pool: Pool, journal: Journal, notifiers: Sequence[Notifier]) -> None:
        super().__init__(pool)
        self._journal = journal
        self._notifiers = tuple(notifiers)

    def on_receive(self, message: object) -> None:
        """Record the alert where nobody else could, and pass it on."""
        if not isinstance(message, TellOfAlert):
            logger.warning("Unexpected %s received by the herald", type(message).__name__)
            return
        if message.record:
            self._record(message)
        for notifier in self._notifiers:
            try:
                notifier(message)
            except Exception as error:  # noqa: BLE001 - somebody else's code
                logger.error("A notifier failed with %s", type(error).__name__)

    def _record(self, alert: TellOfAlert) -> None:
        try:
            self._journal.record_alert(NewAlert(alert.kind, alert.message, alert.at, shift_id=alert.shift_id))
        except JournalUnavailable:
            logger.error("An alert of kind %s could not be recorded", alert.kind)
