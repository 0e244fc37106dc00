"""Every stream's events, read one by one, applied, and compared with the rows that are made from them."""

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import groupby
from sqlite3 import Cursor
from typing import Any, TypeVar

from pydantic import TypeAdapter

from ...domain.conversation.events import CONVERSATION_EVENT, AnyConversationEvent
from ...domain.conversation.state import ConversationState
from ...domain.conversation.state import evolve as evolve_conversation
from ...domain.shift.events import SHIFT_EVENT, AnyShiftEvent
from .contact_rows import write_question
from .event_rows import SCHEMA
from .instants import micros_or_none, to_micros
from .shift_fold import ShiftFold

STREAMS = (
    "SELECT streams.id, streams.name, events.version, events.type, events.schema, events.at, events.data "
    "FROM streams CROSS JOIN events ON events.stream = streams.id ORDER BY streams.id, events.version"
)
CONTACT = "SELECT question, doubted_at, no_calls_at FROM contacts WHERE id = ?"
OPTED_OUT = "SELECT organization_id FROM opt_outs WHERE contact_id = ?"

Row = tuple[Any, ...]
E = TypeVar("E", AnyShiftEvent, AnyConversationEvent)


class EventFolds:
    """Goes through all streams; `shifts`, `conversations` and `events` count what it saw."""

    def __init__(self, cursor: Cursor, more: Cursor) -> None:
        """`cursor` reads the events, `more` beside it what they are compared with."""
        self._cursor = cursor
        self._more = more
        self.shifts = self.conversations = self.events = 0

    def differences(self) -> Iterator[str]:
        """Say, stream by stream, what cannot be read or does not fit. Raises `sqlite3.Error`."""
        for (key, name), rows in groupby(self._cursor.execute(STREAMS), key=lambda row: (row[0], row[1])):
            kind, _, own = str(name).partition("/")
            try:
                if kind == "shift":
                    yield from self._shift(key, own, rows)
                elif kind == "contact" and own.isdigit():
                    yield from self._conversation(int(own), rows)
                else:
                    yield f"stream {name!r} is of no known kind"
            except Broken as broken:
                yield f"{name}: {broken}"

    def _shift(self, key: int, shift_id: str, rows: Iterable[Row]) -> Iterator[str]:
        self.shifts += 1
        fold = ShiftFold(key, shift_id)
        for version, event in self._read(SHIFT_EVENT, rows):
            try:
                fold.take(event)
            except (KeyError, IndexError, TypeError) as error:
                raise Broken(f"event {version} ({event.type}) cannot follow those before it") from error
        yield from fold.differences(self._more)

    def _conversation(self, contact_id: int, rows: Iterable[Row]) -> Iterator[str]:
        self.conversations += 1
        events = [event for _, event in self._read(CONVERSATION_EVENT, rows)]
        state = reduce(evolve_conversation, events, ConversationState())
        row = self._more.execute(CONTACT, (contact_id,)).fetchone()
        if row is None:
            yield f"contact/{contact_id}: its phone is missing"
        elif row[0] != write_question(state.question):
            yield f"contact/{contact_id}: the question that is open is not that of its events"
        elif row[1:] != (micros_or_none(state.doubted_at), micros_or_none(state.no_calls_at)):
            yield f"contact/{contact_id}: whether it may be texted and called is not what its events say"
        out = {one for (one,) in self._more.execute(OPTED_OUT, (contact_id,))}
        if out != state.opted_out:
            yield f"contact/{contact_id}: it is opted out of {sorted(out)}, by its events of {sorted(state.opted_out)}"

    def _read(self, form: TypeAdapter[E], rows: Iterable[Row]) -> Iterator[tuple[int, E]]:
        for expected, (_, _, version, kind, schema, at, data) in enumerate(rows, 1):
            self.events += 1
            if version != expected:
                raise Broken(f"event {expected} is missing; the next is {version}")
            if schema != SCHEMA:
                raise Broken(f"event {version} has form {schema}, this firstyes knows up to {SCHEMA}")
            try:
                event = form.validate_json(data)
            except (ValueError, TypeError) as error:
                raise Broken(f"event {version} cannot be read") from error
            if event.type != kind or to_micros(event.at) != at or event.model_dump_json() != data:
                raise Broken(f"event {version} is not what was written")
            yield version, event


class Broken(Exception):
    """Raised when a stream's events cannot be read or applied; it stays within this module."""
