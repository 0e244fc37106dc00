"""Texts that came in while nobody listened: the carrier is asked for them, and they come in by the door of all others."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Protocol, runtime_checkable

from ..domain.message import InboundMessage
from .carriers.port import SendFailed
from .errors import NoAnswer, Parked, UnknownPhone
from .journal.port import Journal, JournalUnavailable
from .runtime.clock import Clock
from .runtime.failure_log import log_failure

logger = logging.getLogger(__name__)

PERIOD = 300.0
"""Seconds between two looks."""
AT_START = timedelta(hours=24)
"""How far back the first look goes: whoever was told nothing for longer has asked elsewhere."""
OVERLAP = timedelta(minutes=15)
"""How far each later look goes back behind the one before: a carrier's books may be behind."""
LEFT_ALONE = timedelta(seconds=60)
"""A text that came in so lately may still be on its way by itself, with what a list does not say."""
MOST_REMEMBERED = 10_000


@runtime_checkable
class ListsTexts(Protocol):
    """A carrier that can be asked which texts came in."""

    def inbound_since(self, number: str, account: str | None, since: datetime) -> Sequence[InboundMessage]:
        """Give the texts that came in at a number of ours since an instant, oldest first, each with its own id and time.

        Raises a kind of `SendFailed` when it cannot say.
        """


class MissedTexts:
    """Looks for texts that were never heard, at start and then every five minutes, on a thread of its own.

    If this fails: what went wrong is logged by its kind, and the next look goes back as far, at the numbers that it failed for;
    for a text that fails again and again no farther than a day.
    """

    def __init__(
        self,
        carrier: ListsTexts,
        journal: Journal,
        clock: Clock,
        receive: Callable[[InboundMessage], object],
    ) -> None:
        self._carrier = carrier
        self._journal = journal
        self._clock = clock
        self._receive = receive
        self.next_in = PERIOD
        """Seconds until the next look, which is sooner where something was left alone."""
        self._since: dict[str, datetime] = {}
        self._unknown: OrderedDict[str, None] = OrderedDict()
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="firstyes-missed-texts", daemon=True)

    def start(self) -> None:
        """Look now, and go on looking."""
        self._thread.start()

    def stop(self, timeout: float) -> None:
        """Look no more, waiting at most `timeout` seconds for a look under way."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def look(self) -> int:
        """Take in what was missed, and give how many texts that were. Raises what the carrier or the journal raises, or what was
        raised on a text; what is raised of one number or text keeps no other from being heard."""
        now = self._clock.now()
        taken, left = 0, False
        failed: Exception | None = None
        for number, account in self._journal.own_numbers():
            # What a clock that ran ahead has noted is yet to come, once it is set right.
            since = min(self._since.get(number, now - AT_START), now - OVERLAP)
            try:
                listed = self._carrier.inbound_since(number, account, since)
            except SendFailed as error:
                failed = error
                continue
            settled = [one for one in listed if one.timestamp is None or one.timestamp <= now - LEFT_ALONE]
            left = left or len(settled) < len(listed)
            heard_until = now - OVERLAP
            for text in self._never_heard(settled):
                if self._stopped.is_set():
                    return taken
                try:
                    taken += self._take_in(text)
                except JournalUnavailable:
                    raise
                except Exception as error:  # noqa: BLE001 - raised once all others are heard
                    failed, heard_until = error, max(since, now - AT_START)
            self._since[number] = heard_until
        self.next_in = min(PERIOD, LEFT_ALONE.total_seconds()) if left else PERIOD
        if taken:
            logger.warning("%s texts had come in unheard, and were taken in now", taken)
        if failed is not None:
            raise failed
        return taken

    def _never_heard(self, texts: Sequence[InboundMessage]) -> list[InboundMessage]:
        ids = [one.message_id for one in texts if one.message_id and one.message_id not in self._unknown]
        new = set(self._journal.never_heard(ids))
        return [one for one in texts if one.message_id in new]

    def _take_in(self, text: InboundMessage) -> bool:
        try:
            self._receive(text)
        except UnknownPhone:
            # Nothing is kept of it, so that it would be taken in at each look.
            self._unknown[text.message_id or ""] = None
            if len(self._unknown) > MOST_REMEMBERED:
                self._unknown.popitem(last=False)
            return False
        return True

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self.look()
            except (SendFailed, JournalUnavailable, NoAnswer, Parked) as error:
                logger.warning("A look for missed texts failed: %s", type(error).__name__)
            except Exception as error:  # noqa: BLE001 - the next look must come
                log_failure(logger, "A look for missed texts failed", error)
            self._stopped.wait(self.next_in)
