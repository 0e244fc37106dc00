"""The tables are made anew from the events, by the routine that writes them: so they are checked, and so they are mended."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from firstyes.actors.journal.alert_port import AlertFilter, NewAlert
from firstyes.actors.journal.files import acceptance, rebuilt
from firstyes.actors.journal.files.acceptance import accept_loss
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.diagnosis import Trouble, diagnose
from firstyes.actors.journal.port import JournalBusy, JournalDamaged
from firstyes.actors.records import AlertRecord
from firstyes.domain.alert import AlertKind
from support.kept import HOUR, NOW, Kept

ALL = [name for name in rebuilt.KEYS if name != "contacts"]
LOST = {
    **{table: f"DELETE FROM {table}" for table in ALL if table != "alerts"},
    "contacts": "UPDATE contacts SET question = NULL, doubted_at = 5",
    "too many": "INSERT INTO opt_outs VALUES (1, 'lakeside', 5)",
    "twice": "INSERT INTO claims SELECT shift, version + 100, fanout, caregiver_id, starts, ends, claimed_at, override, 5 FROM claims",
}


def everything(file: DatabaseFile) -> dict[str, list[Any]]:
    """Every row of every table, without the numbers that may have gaps."""
    with closing(sqlite3.connect(file.path)) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        rows = {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}
    rows["offers"] = sorted((row[1:] for row in rows["offers"]), key=repr)
    rows.pop("sqlite_sequence")
    return rows


def change(file: DatabaseFile, *queries: str) -> None:
    """Change the database behind the journal's back."""
    with closing(sqlite3.connect(file.path)) as connection, connection:
        for query in queries:
            assert connection.execute(query).rowcount != 0


@pytest.mark.fault(40)
@pytest.mark.parametrize("damage", LOST)
def test_rows_that_are_not_what_the_events_say_are_made_anew(file: DatabaseFile, damage: str) -> None:
    # given
    before = everything(file)
    change(file, LOST[damage])
    assert Trouble.ROWS in diagnose(file, with_seal=False).faults
    # when
    accepted = accept_loss(file, rebuild=True)
    # then
    assert accepted.made_anew
    assert diagnose(file).sound
    assert everything(file) == before


@pytest.mark.fault(40)
def test_when_all_tables_are_empty_people_mean_the_same_offers_afterwards(file: DatabaseFile, store) -> None:
    # given
    kept = Kept(store.open())
    people = ("alma", "bea", "cleo", "dora")
    before = [kept.contact(name) for name in people]
    kept.journal.close()
    change(file, *(LOST[one] for one in ALL if one != "alerts"), LOST["contacts"])
    # when
    accept_loss(file, rebuild=True)
    # then
    kept = Kept(store.open())
    assert [kept.contact(name) for name in people] == before


@pytest.mark.fault(40)
def test_an_alert_that_an_event_opened_is_opened_where_it_is_missing(lived: Kept, store) -> None:
    # given
    lived.record_alert(NewAlert(AlertKind.CARRIER_DOWN, "Nothing goes out.", NOW, about="sms"))
    before = open_alerts(lived)
    assert (AlertKind.UNFILLED, "s3") in before
    lived.journal.close()
    file = DatabaseFile(store.path)
    change(file, "DELETE FROM alerts WHERE kind = 'unfilled'", "UPDATE alerts SET id = 1")
    # when
    accept_loss(file, rebuild=True)
    # then
    assert diagnose(file).sound
    assert open_alerts(Kept(store.open())) == before


@pytest.mark.fault(40)
def test_an_alert_that_an_event_closed_is_closed(lived: Kept, store) -> None:
    # given
    lived.now += 3 * HOUR
    lived.cancel("s3")
    assert (AlertKind.UNFILLED, "s3") not in open_alerts(lived)
    lived.journal.close()
    file = DatabaseFile(store.path)
    change(file, "UPDATE alerts SET closed_at = NULL, closed_by = NULL")
    # when
    accepted = accept_loss(file, rebuild=True)
    # then
    assert "closed_at is None, by its events" in accepted.made_anew[0]
    assert (AlertKind.UNFILLED, "s3") not in open_alerts(Kept(store.open()))


@pytest.mark.fault(40)
def test_what_no_event_tells_of_stays_as_it_is(lived: Kept, store) -> None:
    # given
    lived.record_alert(NewAlert(AlertKind.CARRIER_DOWN, "Nothing goes out.", NOW, about="sms"))
    [unfilled] = [one for one in alerts(lived) if one.kind is AlertKind.UNFILLED]
    lived.close_alert(unfilled.id, NOW, "coordinator")
    lived.journal.close()
    file = DatabaseFile(store.path)
    before = everything(file)
    change(file, LOST["offers"])
    # when
    accept_loss(file, rebuild=True)
    # then
    assert everything(file) == before


@pytest.mark.fault(40)
def test_damaged_events_are_not_made_into_tables(file: DatabaseFile) -> None:
    change(file, "DELETE FROM events WHERE version = 2", "DELETE FROM claims")
    before = everything(file)
    with pytest.raises(JournalDamaged, match="nothing was changed"):
        accept_loss(file, rebuild=True)
    assert everything(file) == before


def test_a_rebuild_that_is_cut_off_has_changed_nothing(
    file: DatabaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    change(file, LOST["offers"])
    before = file.path.read_bytes()
    monkeypatch.setattr(acceptance, "set_aside", _killed)
    # when
    with pytest.raises(KeyboardInterrupt):
        accept_loss(file, rebuild=True)
    # then
    assert file.path.read_bytes() == before


def test_all_tables_are_put_in_place_or_none(file: DatabaseFile, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    change(file, LOST["claims"], LOST["offers"])
    before = everything(file)
    monkeypatch.setitem(rebuilt.KEYS, "no_such_table", ("id",))
    # when
    with rebuilt.rebuilt(file, writable=True) as tables, pytest.raises(sqlite3.OperationalError):
        tables.put_in_place()
    # then
    assert everything(file) == before


@pytest.mark.fault(42)
def test_while_the_journal_is_in_use_nothing_is_made_anew(lived: Kept, store) -> None:
    with pytest.raises(JournalBusy):
        accept_loss(DatabaseFile(store.path), rebuild=True)


def test_however_little_is_held_in_memory_the_same_comes_out(
    file: DatabaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setattr(rebuilt, "MOST_HELD", 1)
    monkeypatch.setattr(rebuilt, "AT_ONCE", 2)
    # when
    with rebuilt.rebuilt(file) as tables:
        # then
        assert list(tables.differences()) == []
        assert tables.shifts == 3


def alerts(kept: Kept) -> list[AlertRecord]:
    return list(kept.journal.alerts(AlertFilter(), None, 100).items)


def open_alerts(kept: Kept) -> set[tuple[AlertKind, str | None]]:
    return {(one.kind, one.shift_id) for one in alerts(kept) if one.closed_at is None}


def _killed(*_: object) -> None:
    raise KeyboardInterrupt
