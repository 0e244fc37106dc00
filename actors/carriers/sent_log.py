"""The simulated carrier's own books: what it took, in a file that outlives the process."""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Lock

from .port import OutboundMessage

APPENDING = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC


class SentLog:
    """A file with one JSON object a line for each text or call that was taken, flushed before the sender is answered.

    Phone numbers and texts stand in it as they are: it is for simulated phones only. What is written survives the
    death of the process, though not that of the machine. A last line that a crash cut short is ignored.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        torn = path.exists() and not path.read_bytes().endswith(b"\n") and path.stat().st_size > 0
        self._file = os.fdopen(os.open(path, APPENDING, 0o600), "a", encoding="utf-8")
        self._lock = Lock()
        if torn:
            self._file.write("\n")
            self._file.flush()

    def write(self, outbound: OutboundMessage, carrier_id: str, at: datetime) -> None:
        """Note that a outbound was taken."""
        entry = {
            "at": at.isoformat(),
            "key": outbound.key,
            "id": carrier_id,
            "channel": outbound.channel.value,
            "to": outbound.to_phone,
            "from": outbound.from_phone,
            "body": outbound.body,
        }
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        with self._lock:
            self._file.write(line)
            self._file.flush()

    def taken(self) -> Iterator[tuple[str, str]]:
        """Give (key, carrier's id) of everything in the file, oldest first."""
        with self.path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                try:
                    entry = json.loads(line)
                    yield entry["key"], entry["id"]
                except (ValueError, KeyError, TypeError, RecursionError):
                    continue

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()
