"""A reader of somebody's own, held to a time limit: a reply is read by the rules where it sleeps, raises or babbles."""

import logging
from threading import BoundedSemaphore, Thread
from time import monotonic

from ..domain.replies import RuleReader
from ..domain.replies.reading import Reader, Reading
from ..domain.replies.reading import Reply as Message
from .errors import NoAnswer
from .runtime.failure_log import log_failure
from .runtime.promise import Promise

logger = logging.getLogger(__name__)

AT_ONCE = 32
"""Replies that are with the reader at the same time, those it has fallen asleep over included."""


class TimedReader:
    """Reads with `reader` for at most `timeout` seconds, then by the rules. It never raises.

    The reader runs on a daemon thread of each reply, at most `AT_ONCE` of them. The rules themselves are quick, and run
    where they are asked.
    """

    def __init__(self, reader: Reader, timeout: float) -> None:
        self._reader = reader
        self._timeout = timeout
        self._rules = reader if isinstance(reader, RuleReader) else RuleReader()
        self._free = BoundedSemaphore(AT_ONCE)

    @property
    def wants_thread(self) -> bool:
        """Whether it wants to be given what was said before."""
        return bool(getattr(self._reader, "wants_thread", False))

    @property
    def by_rules(self) -> bool:
        """Whether the rules alone read, so that nobody has to be waited for."""
        return self._reader is self._rules

    def known(self, text: str) -> Reading | None:
        """Give what a text means, where the rules have read it before and looked at nothing else."""
        return self._rules.known(text) if self.by_rules else None

    def read(self, message: Message) -> Reading:
        """Say what a message means, in time."""
        if self.by_rules:
            return self._rules.read(message)
        until = monotonic() + self._timeout
        if self._free.acquire(timeout=self._timeout):
            found: Promise[object] = Promise()
            Thread(target=self._read, args=(message, found), name="firstyes-reader", daemon=True).start()
            try:
                reading = found.wait(until - monotonic())
                if isinstance(reading, Reading):
                    return reading
                logger.error("The reader gave a %s, which is no Reading", type(reading).__name__)
            except NoAnswer:
                logger.error("The reader took more than %s s", self._timeout)
            except Exception as error:  # noqa: BLE001 - whatever it raises, the rules read
                log_failure(logger, "The reader raised", error)
        else:
            logger.error("The reader sleeps over %d replies", AT_ONCE)
        return self._rules.read(message)

    def _read(self, message: Message, found: Promise[object]) -> None:
        try:
            found.set_result(self._reader.read(message))
        except BaseException as error:  # noqa: BLE001 - whatever it raises, the message is kept
            found.set_error(error if isinstance(error, Exception) else RuntimeError(repr(error)))
        finally:
            self._free.release()
