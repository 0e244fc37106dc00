"""The journal after the last kill, read with plain SQL by somebody who trusts none of our code."""

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EVENTS = (
    "SELECT streams.name, events.id, events.version, events.type, events.data FROM events "
    "JOIN streams ON streams.id = events.stream ORDER BY events.id"
)
ROWS = (
    "SELECT seq, caregiver_id, purpose, channel, body, state, error, shifts.shift_id, outbox.fanout, outbox.round, "
    "contacts.phone, coalesce(outbox.sent_with, seq) FROM outbox JOIN contacts ON contacts.id = contact_id LEFT JOIN shifts ON shifts.key = outbox.shift "
    "ORDER BY seq"
)
HOLDERS = "SELECT shift_id, caregiver_id FROM claims JOIN shifts ON shifts.key = claims.shift WHERE released_at IS NULL"


@dataclass(frozen=True, slots=True)
class Row:
    """One message of the outbox."""

    key: int
    caregiver: str
    purpose: str
    channel: str
    body: str
    state: str
    error: str | None
    shift_id: str | None
    fanout: int | None
    round: int | None
    phone: str
    sent_as: int
    """The key under which it went out: another row's, where both are one text."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a shift; `number` grows over all shifts."""

    number: int
    version: int
    type: str
    data: dict[str, Any]


class KilledJournal:
    """What the journal holds, in memory. Nobody may be writing."""

    def __init__(self, path: Path) -> None:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            self.integrity = [line for (line,) in connection.execute("PRAGMA integrity_check")]
            self.shifts: dict[str, list[Event]] = defaultdict(list)
            self.gaps: list[str] = []
            versions: dict[str, int] = defaultdict(int)
            for stream, number, version, kind, data in connection.execute(EVENTS):
                versions[stream] += 1
                if versions[stream] != version:
                    self.gaps.append(f"{stream} has no version {versions[stream]}")
                if stream.startswith("shift/"):
                    event = Event(number, version, kind, json.loads(data))
                    self.shifts[stream.removeprefix("shift/")].append(event)
            self.rows = [Row(*row) for row in connection.execute(ROWS)]
            inbox = connection.execute("SELECT message_id, answer FROM inbox")
            self.answers: dict[str, dict[str, Any]] = {one: json.loads(answer) for one, answer in inbox}
            self.holders: dict[str, list[str]] = defaultdict(list)
            for shift_id, caregiver in connection.execute(HOLDERS):
                self.holders[shift_id].append(caregiver)
            status = connection.execute("SELECT shift_id, status, next_deadline FROM shifts")
            self.status = {shift_id: (stands, deadline) for shift_id, stands, deadline in status}
        finally:
            connection.close()
