"""Events as rows: one stream per shift and per conversation, the whole event as JSON."""

from collections.abc import Sequence

from ...domain.conversation.events import CONVERSATION_EVENT, AnyConversationEvent
from ...domain.shift.events import SHIFT_EVENT, AnyShiftEvent
from .many_rows import insert
from .port import JournalTooNew

SCHEMA = 1
"""The form events are written in. Older ones are lifted when they are read."""

INSERT_STREAMS = insert("streams", "id, name")
INSERT_EVENTS = insert("events", "stream, version, type, schema, at, data")
READ = (
    "SELECT events.schema, events.data FROM streams JOIN events ON events.stream = streams.id "
    "WHERE streams.name = ? ORDER BY events.version"
)

Stored = Sequence[tuple[int, str]]


def read_shift_events(stored: Stored) -> list[AnyShiftEvent]:
    """Give the events of a shift from their rows."""
    return [SHIFT_EVENT.validate_json(_lift(schema, data)) for schema, data in stored]


def read_conversation_events(stored: Stored) -> list[AnyConversationEvent]:
    """Give the events of a conversation from their rows."""
    return [CONVERSATION_EVENT.validate_json(_lift(schema, data)) for schema, data in stored]


def _lift(schema: int, data: str) -> str:
    if schema > SCHEMA:
        raise JournalTooNew(
            f"an event has form {schema}, this firstyes knows up to {SCHEMA}: run a newer release"
        )
    return data
