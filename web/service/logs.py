"""Logging of the service: one line a record, on standard error. The library itself sets up none."""

import logging
import re
import sys
from datetime import UTC, datetime

from ...domain.phone import mask

PHONE = re.compile(r"\+\d{6,15}\b")


class OneLine(logging.Formatter):
    """Gives each record one line: instant, level, logger, message.

    No record should quote a person. Should one hold a phone number all the same, in a traceback perhaps, it is masked.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Give the line. Never raises: a record that cannot be put together says so."""
        at = (
            datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z")
        )
        try:
            text = super().format(record)
        except Exception as error:  # noqa: BLE001 - a bad log call must not cost the line
            text = f"a record that cannot be read ({type(error).__name__})"
        line = " | ".join(part.strip() for part in text.splitlines() if part.strip())
        return f"{at} {record.levelname:<7} {record.name}: {PHONE.sub(lambda found: mask(found[0]), line)}"


def set_up_logs(level: str) -> None:
    """Send every record of at least `level` to standard error. Called once, by the process that serves."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # Pykka tells of every actor that starts and stops.
    logging.getLogger("pykka").setLevel(logging.WARNING)
