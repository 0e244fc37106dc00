"""Events as rows: one stream per shift and per conversation, the whole event as JSON."""

from .many_rows import insert

INSERT_STREAMS = insert("streams", "id, name")
INSERT_EVENTS = insert("events", "stream, version, type, data")
READ = (
    "SELECT events.data FROM streams JOIN events ON events.stream = streams.id "
    "WHERE streams.name = ? ORDER BY events.version"
)
