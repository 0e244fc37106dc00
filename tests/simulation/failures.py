"""Hears of failures that somebody survived: they are logged, and nothing else would tell."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from firstyes.actors.runtime.failure_log import log_failure


@contextmanager
def heard(tell: Callable[[str], None]) -> Iterator[None]:
    """Tell of each failure that the service logs, and print no logs: deaths on purpose would fill them."""
    logger, handler = logging.getLogger("firstyes"), _Handler(tell)
    before = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.ERROR)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before[0])
        logger.propagate = before[1]


class _Handler(logging.Handler):
    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        if record.funcName == log_failure.__name__:
            self._tell(record.getMessage())
