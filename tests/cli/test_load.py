"""`firstyes load`: data into a journal nobody uses."""

import json
from pathlib import Path
from typing import Any

import pytest

from firstyes.actors.desk import ShiftDesk
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.web.commands.silent_carrier import SilentCarrier
from firstyes.web.exit_codes import ExitCode
from support.service import SAMPLE, asked, firstyes, serving


def written(tmp_path: Path, data: Any) -> str:
    file = tmp_path / "data.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data))
    return str(file)


def store_in(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/a.db"


def history(store: str, *shifts: str) -> list[Any]:
    journal = SqliteJournal.open_read_only(store)
    try:
        return [journal.timeline(one) for one in shifts]
    finally:
        journal.close()


SHIFT = {
    "id": "s1",
    "organization_id": "lakeside",
    "role_required": "RN",
    "start_time": "2030-07-16T07:00:00-05:00",
    "end_time": "2030-07-16T15:00:00-05:00",
}
ALMA = {"id": "alma", "name": "Alma Reyes", "role": "RN", "phone": "+15550001"}


def test_the_sample_loads_and_loading_it_twice_changes_nothing(tmp_path: Path) -> None:
    # given
    store, shifts = store_in(tmp_path), [one["id"] for one in json.loads(SAMPLE.read_text())["shifts"]]
    first = asked("load", str(SAMPLE), store=store)
    before = history(store, *shifts)
    # when
    second = asked("load", str(SAMPLE), store=store)
    # then
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert all(len(one) == 1 for one in before)
    assert history(store, *shifts) == before


def test_changed_data_replace_what_was_there(tmp_path: Path) -> None:
    # given
    store = store_in(tmp_path)
    asked("load", written(tmp_path, {"shifts": [SHIFT], "caregivers": [ALMA]}), store=store)
    # when
    later = {**SHIFT, "end_time": "2030-07-16T17:00:00-05:00"}
    asked("load", written(tmp_path, {"shifts": [later], "caregivers": []}), store=store)
    # then
    [entries] = history(store, "s1")
    assert [one.details["revision"] for one in entries] == [1, 2]


def test_refused_rows_are_named_the_others_loaded_and_it_ends_with_1(tmp_path: Path) -> None:
    # given
    store = store_in(tmp_path)
    asked("load", written(tmp_path, {"shifts": [SHIFT], "caregivers": [ALMA]}), store=store)
    # when
    moved, new = {**SHIFT, "organization_id": "other"}, {**SHIFT, "id": "s2"}
    ran = asked("load", written(tmp_path, {"shifts": [moved, new], "caregivers": []}), store=store)
    # then
    assert ran.exit_code == ExitCode.REFUSED
    assert "refused: shift s1: Shift s1 belongs to another organization." in ran.stderr
    assert "shift s2" not in ran.stderr
    assert [len(one) for one in history(store, "s1", "s2")] == [1, 1]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("{", "not JSON"),
        ("[]", "one JSON object"),
        ("\x00", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ({"shifts": [SHIFT, {**SHIFT, "organization_id": "other"}], "caregivers": [ALMA]}, "organization_id"),
        ({"shifts": [{**SHIFT, "end_time": SHIFT["start_time"]}], "caregivers": []}, "end_time"),
        ({"shifts": [{**SHIFT, "start_time": "2030-07-16T07:00:00"}], "caregivers": []}, "offset"),
        ({"shifts": [], "caregivers": [], "extra": []}, "extra"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_refused_whole(tmp_path: Path, data: Any, says: str) -> None:
    ran = asked("load", written(tmp_path, data), store=store_in(tmp_path))
    assert ran.exit_code == ExitCode.DATA
    assert says in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / "a.db").exists()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert asked("load", str(tmp_path / "none.json"), store=store_in(tmp_path)).exit_code == ExitCode.DATA


@pytest.mark.server
@pytest.mark.fault(42)
def test_while_the_service_runs_it_points_at_the_api(tmp_path: Path) -> None:
    with serving(tmp_path / "a.db"):
        ran = firstyes("load", str(SAMPLE), store=store_in(tmp_path))
        assert ran.returncode == ExitCode.BUSY
        assert "API" in ran.stderr.decode()


def test_loading_sends_nothing_and_leaves_it_to_the_service(tmp_path: Path) -> None:
    """Its carrier is none: what is due stays planned for the one the service has."""
    # given
    store = store_in(tmp_path)
    asked("load", str(SAMPLE), store=store)
    with ShiftDesk(store, carrier=SilentCarrier()) as desk:
        desk.fan_out("shift-rn-monday")
    # when
    asked("load", str(SAMPLE), store=store)
    # then
    journal = SqliteJournal.open_read_only(store)
    assert journal.health().counts["outbox.planned"] == 3
    journal.close()


def test_a_store_that_is_forgotten_is_a_slip(tmp_path: Path) -> None:
    assert asked("load", str(SAMPLE), store="sqlite://").exit_code == ExitCode.USAGE
