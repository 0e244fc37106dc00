"""The tables made anew from the events, in a database of their own: what the kept ones are checked against, and mended with.

Made anew, by the routine that writes them: shifts, fan-outs, offers, claims, opt-outs, and what a conversation leaves on its
phone. Of alerts the events are not the whole truth, since people and carriers open and close them too: each that is kept
stays, one that an event opened is opened if it is missing, and closed if an event closed it. One that is opened anew names
the last message that has the event's id and came from that phone or to that shift.

What no event tells of is left as it is: people, phones with the last code that each was given, messages in and out.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import reduce
from typing import Any

from ....domain.alert import AlertKind
from ....domain.conversation.events import CONVERSATION_EVENT, PersonNeeded
from ....domain.conversation.state import ConversationState
from ....domain.conversation.state import evolve as evolve_conversation
from ....domain.shift.events import SHIFT_EVENT, CoordinatorAlerted
from ....domain.shift.state import ShiftState, evolve
from ..alert_port import AlertChanges
from ..alert_rows import MATTER, AlertRows
from ..append_rows import AppendRows
from ..errors import BrokenAppend
from ..many_rows import ManyRows
from ..numbers import Numbers
from ..port import shift_stream
from ..schema import make
from .database_file import DatabaseFile

# ruff: noqa: S608 - what is put into queries are names of ours
KEYS = {
    "shifts": ("key",),
    "fanouts": ("shift", "number"),
    "offers": ("shift", "fanout", "caregiver_id"),
    "claims": ("shift", "version"),
    "opt_outs": ("contact_id", "organization_id"),
    "call_refusals": ("contact_id", "organization_id"),
    "consents": ("contact_id", "organization_id", "caregiver_id", "channel"),
    "contacts": ("id",),
    "alerts": ("id",),
}
"""The tables that are made anew, and what names a row of each."""
COUNTS_ROWS = ("offers", "id")
"""A column that may have gaps."""
BEGIN = (
    "BEGIN",
    "INSERT INTO contacts (id, phone, last_code) SELECT id, phone, last_code FROM journal.contacts",
    "INSERT INTO sqlite_sequence (name, seq) SELECT 'alerts', coalesce(max(id), 0) FROM journal.alerts",
    "CREATE TABLE kept_alerts AS SELECT * FROM journal.alerts",
    "CREATE INDEX kept_alerts_by_matter ON kept_alerts (matter, at)",
)
EVENTS = (
    "SELECT events.id, events.stream, coalesce(streams.name, ''), version, type, data "
    "FROM journal.events LEFT JOIN journal.streams ON streams.id = events.stream ORDER BY events.id"
)
EARLIER = "SELECT data FROM journal.events WHERE stream = ? AND version < ? ORDER BY version"
STREAM = "SELECT name, id FROM journal.streams WHERE name = ?"
HEARD = "SELECT contact_id, id FROM journal.inbox WHERE message_id = ? AND {of} = ? ORDER BY id DESC LIMIT 1"
HEARD_OF_SHIFT, HEARD_FROM = HEARD.format(of="shift"), HEARD.format(of="contact_id")
KEPT_ALERT = (
    "SELECT id FROM kept_alerts WHERE matter = ? AND at <= ? AND last_at >= ? ORDER BY id DESC LIMIT 1"
)
KEEP_ALERTS = ManyRows("INSERT OR IGNORE INTO alerts SELECT * FROM kept_alerts WHERE id IN (", 1, ")")
KEEP_OTHER_ALERTS = "INSERT OR IGNORE INTO alerts SELECT * FROM kept_alerts"

AT_ONCE = 1_000
"""Events whose rows are written together."""
MOST_HELD = 50_000
"""Shifts, conversations and offers that are held in memory, about a kilobyte each. Of others the events are read again."""

State = ShiftState | ConversationState
KINDS: dict[str, tuple[Any, Any, State]] = {
    "shift": (SHIFT_EVENT, evolve, ShiftState()),
    "contact": (CONVERSATION_EVENT, evolve_conversation, ConversationState()),
}
"""How the events of a stream are read and applied, and to what the first of them is."""


class BrokenEvents(Exception):
    """Raised when an event is not what was written, or cannot follow those before it."""


@contextmanager
def rebuilt(file: DatabaseFile, *, writable: bool = False) -> Iterator["Rebuilt"]:
    """Make the tables of a journal anew, beside its owner unless `writable`; forget them when the block ends.

    Raises `BrokenEvents` when the events do not let us, `sqlite3.Error` when the journal cannot be read.
    """
    with closing(sqlite3.connect("", uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA cache_size = -65536")
        make(connection)
        connection.execute("ATTACH ? AS journal", (file.uri(writable=writable),))
        found = Rebuilt(connection)
        found.replay()
        yield found


class Rebuilt:
    """The tables of a journal made anew, of one state of it. `events`, `shifts` and `conversations` count what they are of."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """`connection` has the journal attached to empty tables."""
        self.events = self.shifts = self.conversations = 0
        self._connection = connection
        self._cursor = connection.cursor()
        self._rows = AppendRows(self._cursor, Numbers(self._cursor), _KeptAlerts(self._cursor))
        self._states: dict[int, State] = {}
        self._held = 0

    def replay(self) -> None:
        """Take in all events, in the order of their commits."""
        for statement in BEGIN:
            self._cursor.execute(statement)
        for number, stream, name, version, *stored in self._connection.execute(EVENTS):
            self.events += 1
            try:
                self._take(stream, name, version, *stored)
                if self.events % AT_ONCE == 0:
                    self._rows.write()
            except (ValueError, TypeError, LookupError, AssertionError, BrokenAppend) as error:
                said = "it cannot be read, or cannot follow those before it"
                if type(error) is ValueError:
                    said = str(error)
                raise BrokenEvents(
                    f"event {version} of {name or 'no stream'}, number {number}: {said}"
                ) from error
        self._rows.write()
        self._cursor.execute(KEEP_OTHER_ALERTS)
        self._states.clear()

    def differences(self) -> Iterator[str]:
        """Say which kept rows are missing, are other than the events make them, or that no event tells of."""
        for table, key in KEYS.items():
            columns = self._columns(table)
            same = " AND ".join(f"kept.{one} = built.{one}" for one in key)
            built, kept = (", ".join(f"{side}.{one}" for one in columns) for side in ("built", "kept"))
            for row in self._connection.execute(
                f"SELECT {built}, {kept} FROM {table} AS built LEFT JOIN journal.{table} AS kept ON {same} "
                f"WHERE ({built}) IS NOT ({kept})"
            ):
                pairs = dict(zip(columns, zip(row, row[len(columns) :], strict=False), strict=True))
                which = f"{table} {'/'.join(str(pairs[one][0]) for one in key)}"
                if pairs[key[0]][1] is None:
                    yield f"{which} is missing"
                    continue
                yield from (
                    f"{which}: {name} is {there!r}, by its events {ours!r}"
                    for name, (ours, there) in pairs.items()
                    if ours != there
                )
            for row in self._connection.execute(
                f"SELECT {', '.join(key)} FROM journal.{table} AS kept "
                f"WHERE NOT EXISTS (SELECT 1 FROM {table} AS built WHERE {same})"
            ):
                yield f"{table} {'/'.join(map(str, row))}: no event tells of it"

    def put_in_place(self) -> None:
        """Have the journal keep these tables, in one commit."""
        for table in KEYS:
            self._cursor.execute(f"DELETE FROM journal.{table}")
            self._cursor.execute(f"INSERT INTO journal.{table} SELECT * FROM {table}")
        self._cursor.execute("COMMIT")

    def _columns(self, table: str) -> list[str]:
        names = [row[1] for row in self._connection.execute(f"PRAGMA main.table_info({table})")]
        return [one for one in names if (table, one) != COUNTS_ROWS]

    def _take(self, stream: int, name: str, version: int, kind: str, data: str) -> None:
        what, _, own = name.partition("/")
        reader, apply, _ = KINDS[what]
        event = reader.validate_json(data)
        if (event.type, event.model_dump_json()) != (kind, data):
            raise ValueError("it is not what was written")
        state = apply(self._before(stream, what, version), event)
        self._hold(stream, state)
        if isinstance(state, ShiftState):
            if state.shift is None or state.shift.id != own:
                raise ValueError("it is of another shift")
            self.shifts += version == 1
            self._rows.add_shift(
                stream, version - 1, [event], state, self._heard(HEARD_OF_SHIFT, event, stream)
            )
        else:
            self.conversations += version == 1
            heard = self._heard(HEARD_FROM, event, own)
            self._rows.add_conversation(
                stream, name, [event], state, self._shift(event), None if heard is None else heard[1]
            )

    def _before(self, stream: int, what: str, version: int) -> State:
        """Give the state that an event is applied to."""
        state = self._states.pop(stream, None)
        if state is None:
            reader, apply, empty = KINDS[what]
            earlier = self._connection.execute(EARLIER, (stream, version))
            state = reduce(apply, (reader.validate_json(data) for (data,) in earlier), empty)
        else:
            self._held -= _weight(state)
        if state.version != version - 1:
            raise ValueError("one before it is missing")
        return state

    def _hold(self, stream: int, state: State) -> None:
        self._states[stream] = state
        self._held += _weight(state)
        while self._held > MOST_HELD and len(self._states) > 1:
            self._held -= _weight(self._states.pop(next(iter(self._states))))

    def _heard(self, query: str, event: Any, where: int | str) -> tuple[int, int] | None:
        if not isinstance(event, CoordinatorAlerted | PersonNeeded) or event.message_id is None:
            return None
        found: tuple[int, int] | None = self._connection.execute(query, (event.message_id, where)).fetchone()
        return found

    def _shift(self, event: Any) -> dict[str, int]:
        if not isinstance(event, PersonNeeded) or event.shift_id is None:
            return {}
        return dict(self._connection.execute(STREAM, (shift_stream(event.shift_id),)).fetchall())


class _KeptAlerts(AlertRows):
    """Takes over the alert that an event opened, and opens it where it is missing."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        super().__init__(AlertChanges())
        self._cursor = cursor

    def open(self, at: int, kind: AlertKind, message: str, **more: Any) -> None:
        """Take over the one whose time it is in."""
        super().open(at, kind, message, **more)
        _, row = self._rows[-1]
        kept = self._cursor.execute(KEPT_ALERT, (row[MATTER], at, at)).fetchone()
        if kept is not None:
            self._rows[-1] = (KEEP_ALERTS, kept)


def _weight(state: State) -> int:
    return 1 + len(state.offers) if isinstance(state, ShiftState) else 1
