"""No statement that is run for every message reads a whole table."""

import re
import sqlite3
from collections.abc import Iterator

import pytest

from firstyes.actors.journal import (
    alert_rows,
    contact_rows,
    deliveries,
    event_rows,
    offer_rows,
    people,
    reply_codes,
    shift_rows,
    transaction,
)
from firstyes.actors.journal.many_rows import ManyRows
from firstyes.actors.journal.queries import actors as actor_lookups
from firstyes.actors.journal.queries import contact as contact_lookup
from firstyes.actors.journal.queries import outbox as outbox_readings
from firstyes.actors.journal.sqlite_journal import SqliteJournal

MODULES = (
    actor_lookups,
    alert_rows,
    contact_lookup,
    contact_rows,
    deliveries,
    event_rows,
    offer_rows,
    outbox_readings,
    people,
    reply_codes,
    shift_rows,
    transaction,
)


def statements() -> Iterator[tuple[str, str]]:
    for module in MODULES:
        for name, value in vars(module).items():
            text = value._texts[-1][1] if isinstance(value, ManyRows) else value
            if isinstance(text, str) and re.match(
                r"\s*(SELECT|UPDATE|DELETE|INSERT|WITH)\b(?!.*{which})", text, re.DOTALL
            ):
                yield f"{module.__name__.rpartition('.')[2]}.{name}", text


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    journal = SqliteJournal.open("sqlite://")
    connection = journal._file.connect_reader()
    yield connection
    connection.close()
    journal.close()


def test_there_are_statements_to_look_at() -> None:
    assert len(list(statements())) > 30


@pytest.mark.parametrize(("name", "text"), list(statements()), ids=[name for name, _ in statements()])
def test_a_statement_reads_through_indexes_only(connection: sqlite3.Connection, name: str, text: str) -> None:
    numbers = [int(number) for number in re.findall(r"\?(\d+)", text)]
    parameters = ["1"] * (max(numbers) if numbers else text.count("?"))
    plan = [step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {text}", parameters)]
    tables = [table for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    whole = [step for step in plan for table in tables if re.match(rf"SCAN {table}\b", step)]
    assert whole == [], plan
