"""A carrier whose books no kill reaches: it writes down every hand-over, also of what it has had before."""

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from firstyes.actors.carriers.port import Capabilities, OutboundMessage, Recovery
from firstyes.domain.policy import PHONES, Channel


@dataclass(frozen=True, slots=True)
class Entry:
    """One hand-over: the outbox row's key, and what was handed over to whom."""

    key: int
    channel: Channel
    phone: str
    body: str


class BookedCarrier:
    """A `Carrier` that takes everything and says so after a few milliseconds.

    One line is one write, so it survives the death of the process from the moment it is made; a line that a kill cut
    short was not taken. Nothing is recognised: a second hand-over of the same key stands in the books twice.
    """

    def __init__(self, books: Path, recovery: Recovery) -> None:
        self._recovery = recovery
        self._file = os.open(books, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        self._lock = Lock()
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            os.write(self._file, b"\n")
        self._taken = {entry.key for entry in read(books)}

    @property
    def capabilities(self) -> Capabilities:
        """Both channels; its books are never behind."""
        return Capabilities(channels=PHONES, recovery=self._recovery, settles_in=0.0)

    def send_text(self, outbound: OutboundMessage) -> str:
        """Take a text."""
        return self._take(outbound)

    def place_call(self, outbound: OutboundMessage) -> str:
        """Take a call; nobody picks up."""
        return self._take(outbound)

    def cancel(self, carrier_id: str) -> bool:
        """Nothing rings for long."""
        return False

    def look_up(self, outbound: OutboundMessage) -> str | None:
        """Say what the books say."""
        with self._lock:
            return f"B-{outbound.key}" if int(outbound.key) in self._taken else None

    def close(self) -> None:
        """Close the books."""
        os.close(self._file)

    def _take(self, outbound: OutboundMessage) -> str:
        entry = line(outbound.key, outbound.channel, outbound.to_phone, outbound.body)
        with self._lock:
            if os.write(self._file, entry) != len(entry):
                raise OSError("the books are full")
            self._taken.add(int(outbound.key))
        # Between what the carrier knows and what the journal knows there has to be time to die.
        time.sleep(int(outbound.key) % 5 / 1000)
        return f"B-{outbound.key}"


def line(key: str, channel: Channel, phone: str, body: str) -> bytes:
    """Give the line of one hand-over."""
    return f"{key}\t{channel}\t{phone}\t{json.dumps(body)}\n".encode()


def read(books: Path, offset: int = 0) -> Iterator[Entry]:
    """Give the whole lines from `offset` on."""
    if not books.exists():
        return
    with books.open("rb") as lines:
        lines.seek(offset)
        for line in lines:
            entry = parse(line)
            if entry is not None:
                yield entry


def parse(line: bytes) -> Entry | None:
    """Read one line; None when a kill cut it short."""
    fields = line.decode(errors="replace").split("\t")
    if len(fields) != 4 or not fields[3].endswith('"\n'):
        return None
    return Entry(int(fields[0]), Channel(fields[1]), fields[2], json.loads(fields[3]))
