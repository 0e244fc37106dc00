"""Rows for people, each by the names of its columns: those of the record it becomes. Lists come page by page."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import Any, TypeVar

from ....domain.consent import Consent, ConsentWay
from ....domain.organization import Organization
from ....domain.own_texts import OwnTexts
from ....domain.policy import Channel
from ...records import Page
from ..call_rows import read_on_call
from ..instants import from_micros
from ..shift_rows import read_rounds
from .cursors import cursor_after
from .read_connections import ReadConnections

T = TypeVar("T")
Row = dict[str, Any]
Values = Mapping[str, object]


def _consent(channel: str, how: str, given_at: int, words: str | None) -> Consent:
    # Checked when it was stored.
    return Consent.model_construct(
        channel=Channel(channel), gives=True, how=ConsentWay(how), given_at=from_micros(given_at), words=words
    )


INSTANTS = "at last_at claimed_at closed_at acknowledged_at next_call_at next_deadline busy_until"
FLAGS = """active consent_required distinct in_doubt landline needs_you no_calls opted_out paused releases_call_offs welcomes"""
DOCUMENTS = "aliases asked details message_ids phones reading roles texts what"
READ: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(INSTANTS.split(), from_micros),
    **dict.fromkeys(("start_time", "end_time"), datetime.fromisoformat),
    **dict.fromkeys(FLAGS.split(), bool),
    **dict.fromkeys(DOCUMENTS.split(), json.loads),
    "consents": lambda text: tuple(_consent(*one) for one in json.loads(text)),
    "on_call": read_on_call,
    "rounds": lambda rounds: read_rounds(json.loads(rounds)),
}
"""What a column of this name is read with. The record itself reads words that stand for a state."""


def row(columns: Sequence[str], found: Sequence[Any]) -> Row:
    """Give a row that was found by the names of its columns, each value as the record has it."""
    return {
        name: value if value is None or name not in READ else READ[name](value)
        for name, value in zip(columns, found, strict=True)
    }


def saved_organization(texts: Any = None, **fields: Any) -> Organization:
    """Give an organization as it was saved: its texts were looked at then, and are not refused by what is asked of texts now."""
    one = Organization(**fields)
    return one if texts is None else one.model_copy(update={"texts": OwnTexts.model_validate(texts)})


def rows(connection: Connection, query: str, values: Values) -> list[Row]:
    """Give the rows that a query finds."""
    cursor = connection.execute(query, values)
    columns = [name for name, *_ in cursor.description]
    return [row(columns, found) for found in cursor]


def narrowed(selected: str, filters: Mapping[str, str], values: Values, order: str) -> str:
    """Give the query of a page of what is `selected`, with the conditions for which there are values: so indexes are used."""
    given = " AND ".join(text for name, text in filters.items() if values[name] is not None)
    key = order.removesuffix(" DESC")
    where = f" WHERE {given}" if given else ""
    return f"SELECT {key} AS position, {selected}{where} ORDER BY {order} LIMIT :limit"


class Lists:
    """How lists for people are read."""

    _reads: ReadConnections

    def _rows(self, query: str, values: Values) -> list[Row]:
        with self._reads.connection() as connection:
            return rows(connection, query, values)

    def _one_record(self, query: str, values: Values, record: Callable[..., T]) -> T | None:
        """Give the record of the one row that a query finds."""
        found = self._rows(query, values)
        return record(**found[0]) if found else None

    def _page(self, name: str, query: str, values: Values, limit: int, record: Callable[..., T]) -> Page[T]:
        """Give a page of the list of that name. The query gives one row more than is shown, each with its `position`."""
        found = self._rows(query, {**values, "limit": limit + 1})
        positions = [one.pop("position") for one in found]
        return Page(
            items=tuple(record(**one) for one in found[:limit]),
            next_cursor=cursor_after(name, positions[limit - 1]) if len(found) > limit else None,
        )
