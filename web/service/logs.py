"""Logging of the service: one line a record, on standard error. The library itself sets up none."""

import json
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
        return f"{_instant(record)} {record.levelname:<7} {record.name}: {self.told(record)}"

    def told(self, record: logging.LogRecord) -> str:
        """Give what a record says, and a traceback with it, in one line."""
        try:
            text = logging.Formatter.format(self, record)
        except Exception as error:  # noqa: BLE001 - a bad log call must not cost the line
            text = f"a record that cannot be read ({type(error).__name__})"
        line = " | ".join(part.strip() for part in text.splitlines() if part.strip())
        return PHONE.sub(lambda found: mask(found[0]), line)


def _instant(record: logging.LogRecord) -> str:
    at = datetime.fromtimestamp(record.created, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class JsonLine(OneLine):
    """Gives each record as one JSON object: `at`, `level`, `logger`, `message`. Phone numbers are masked as in text."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the object. Never raises."""
        told = {
            "at": _instant(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.told(record),
        }
        return json.dumps(told, ensure_ascii=False)


def set_up_logs(level: str, written: str = "text") -> None:
    """Send every record of at least `level` to standard error, as text or as JSON. Called once, by the process that serves."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine() if written == "json" else OneLine())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # Pykka tells of every actor that starts and stops, urllib3 of every URL, and numbers are in those.
    for name in ("pykka", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)
