"""`firstyes load`: data into a journal nobody uses."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from firstyes.actors.desk.desk import ShiftDesk
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.records import CaregiverRecord
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.caregiver import Caregiver
from firstyes.web.commands.data_file import bring_missing
from firstyes.web.commands.exit_codes import ExitCode
from firstyes.web.commands.load import a_silent_carrier
from support.data_to_load import ALMA, SHIFT, store_in, written
from support.service import SAMPLE, asked, firstyes, serving


def history(store: str, *shifts: str) -> list[Any]:
    journal = SqliteJournal.open_read_only(store)
    try:
        return [journal.timeline(one) for one in shifts]
    finally:
        journal.close()


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


def people(store: str) -> dict[str, CaregiverRecord]:
    journal = SqliteJournal.open_read_only(store)
    try:
        return {one.id: one for one in journal.caregivers(None, None, 100).items}
    finally:
        journal.close()


def test_when_a_row_is_refused_nothing_is_loaded_unless_the_good_rows_are_asked_for(tmp_path: Path) -> None:
    # given
    store = store_in(tmp_path)
    asked("load", written(tmp_path, {"shifts": [SHIFT], "caregivers": [ALMA]}), store=store)
    moved, new = {**SHIFT, "organization_id": "other"}, {**SHIFT, "id": "s2"}
    theirs = {**ALMA, "organization_id": "other"}
    file = written(tmp_path, {"shifts": [moved, new], "caregivers": [theirs]})
    # when
    ran = asked("load", file, store=store)
    # then
    assert ran.exit_code == ExitCode.REFUSED
    assert "refused: shift s1: The id s1 is taken: choose another." in ran.stderr
    assert "refused: caregiver alma: The id alma is taken: choose another." in ran.stderr
    assert "nothing was loaded" in ran.stderr
    assert [len(one) for one in history(store, "s1", "s2")] == [1, 0]
    # when
    ran = asked("load", "--good-rows", file, store=store)
    # then
    assert ran.exit_code == ExitCode.REFUSED
    assert "shift s2" not in ran.stderr
    assert [len(one) for one in history(store, "s1", "s2")] == [1, 1]


def test_a_number_of_another_organization_is_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    lakeside = {"id": "lakeside", "time_zone": "America/Chicago", "phones": ["+13125550100"]}
    assert asked("load", written(tmp_path, {"organizations": [lakeside]}), store=store).exit_code == 0
    rows = [{**lakeside, "name": "New"}, {**lakeside, "id": "hilltop"}]
    ran = asked("load", written(tmp_path, {"organizations": rows}), store=store)
    assert ran.exit_code == ExitCode.REFUSED
    assert "organization hilltop: the number +13125550100 belongs to another organization" in ran.stderr
    with ShiftDesk(store, carrier=a_silent_carrier()) as desk:
        assert [one.name for one in desk.organizations().items] == [None]


@pytest.mark.server
@pytest.mark.fault(42)
def test_row_42_while_the_service_runs_a_preview_works_and_else_it_points_at_the_api(tmp_path: Path) -> None:
    with serving(tmp_path / "a.db", "--load", str(SAMPLE)):
        ran = firstyes("load", "--dry-run", str(SAMPLE), store=store_in(tmp_path))
        assert ran.returncode == 0
        assert "11 as before" in ran.stdout.decode()
        ran = firstyes("load", str(SAMPLE), store=store_in(tmp_path))
        assert ran.returncode == ExitCode.BUSY
        assert "API" in ran.stderr.decode()


BEA = {**ALMA, "id": "bea", "name": "Bea", "phone": "call her mum"}


def test_row_41_all_faults_are_told_and_good_rows_load_if_asked(tmp_path: Path) -> None:
    # given
    store = store_in(tmp_path)
    cleo = {**ALMA, "id": "..", "name": "Cleo", "language": "pl"}
    file = written(tmp_path, {"shifts": [{**SHIFT, "time_zone": "EST"}], "caregivers": [ALMA, BEA, cleo]})
    # when
    ran = asked("load", file, store=store)
    # then
    assert ran.exit_code == ExitCode.DATA
    assert "4 faults" in ran.stderr
    for named in ("caregiver 2 (Bea), phone", "caregiver 3 (Cleo), id", "language", "America/New_York"):
        assert named in ran.stderr
    assert not (tmp_path / "a.db").exists()
    # when
    ran = asked("load", "--good-rows", file, store=store)
    # then
    assert ran.exit_code == ExitCode.REFUSED
    assert "caregiver 2 (Bea), phone" in ran.stderr
    assert set(people(store)) == {"alma"}


def test_row_42_sheets_are_previewed_and_loaded(tmp_path: Path) -> None:
    # given
    store = store_in(tmp_path)
    files = [str(SAMPLE.with_name(f"{kind}.csv")) for kind in ("organizations", "caregivers", "shifts")]
    # when
    preview = asked("load", "--dry-run", *files, store=store)
    # then
    assert preview.exit_code == 0
    assert "1 organization, 2 shifts, 3 caregivers; it would be: 6 new" in preview.stdout
    assert not (tmp_path / "a.db").exists()
    # when
    ran = asked("load", *files, store=store)
    # then
    assert ran.exit_code == 0
    assert "; 6 new" in ran.stdout
    assert "caregiver n-2: the phone is read as +13125550142" in ran.stdout
    assert (people(store)["n-1"].roles, people(store)["n-2"].name) == (("RN", "LPN"), "Tomás Núñez")
    assert history(store, "w-1")[0][0].details["shift"]["start_time"] == "2030-09-09T07:00:00-05:00"
    assert "roles of caregivers: RN (2), LPN (1), CNA (1)" in ran.stdout
    # when
    again = asked("load", "--dry-run", *files, store=store)
    # then
    assert "it would be: 6 as before" in again.stdout


def test_row_42_a_preview_says_what_would_change_and_what_would_be_refused(tmp_path: Path) -> None:
    # given
    store = store_in(tmp_path)
    asked("load", written(tmp_path, {"shifts": [SHIFT], "caregivers": [ALMA]}), store=store)
    with ShiftDesk(store, carrier=a_silent_carrier()) as desk:
        desk.fan_out("s1")
    later = {**SHIFT, "end_time": "2030-07-16T17:00:00-05:00"}
    renamed = {**ALMA, "name": "Alma R."}
    # when
    file = written(tmp_path, {"shifts": [later, {**SHIFT, "id": "s2"}], "caregivers": [renamed, BEA]})
    ran = asked("load", "--dry-run", file, store=store)
    # then
    assert ran.exit_code == ExitCode.REFUSED
    assert "it would be: 1 new, 1 changed, 1 refused" in ran.stdout
    assert "refused: shift s1: it is being offered" in ran.stderr
    assert "caregiver 2 (Bea), phone" in ran.stderr
    assert people(store)["alma"].name == "Alma Reyes"
    assert [len(one) for one in history(store, "s2")] == [0]


def test_row_23_the_same_nurse_twice_is_named_and_is_one(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    again = {**ALMA, "id": "alma-2", "name": "ALMA REYES", "role": "LPN"}
    file = written(tmp_path, {"shifts": [SHIFT], "caregivers": [ALMA, again]})
    for expected in ("; 3 new", "; 3 as before"):
        ran = asked("load", file, store=store)
        assert expected in ran.stdout
        assert "alma-2" in ran.stdout
        assert ran.exit_code == 0
        assert (people(store)["alma"].aliases, people(store)["alma"].roles) == (("alma-2",), ("RN", "LPN"))


def test_row_36_an_organization_without_a_zone_is_asked_for_one(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    data = {"shifts": [{**SHIFT, "start_time": "2030-07-16T12:00:00Z", "end_time": "2030-07-16T20:00:00Z"}]}
    ran = asked("load", written(tmp_path, data), store=store)
    assert "organization lakeside has no time_zone, and texts say UTC until it has one" in ran.stdout
    with ShiftDesk(store, carrier=a_silent_carrier()) as desk:
        assert "12pm-8pm UTC" in desk.fan_out("s1").message
    located = {"organizations": [{"id": "lakeside", "time_zone": "America/Chicago"}]}
    assert "UTC" not in asked("load", written(tmp_path, located), store=store).stdout
    assert "UTC" not in asked("load", written(tmp_path, data), store=store).stdout


def test_an_example_that_is_moved_begins_in_two_to_three_hours_with_all_its_distances(tmp_path: Path) -> None:
    # given
    clock = ManualClock(datetime(2026, 11, 28, 11, 20, tzinfo=UTC))
    later = {
        **SHIFT, "id": "s2", "start_time": "2030-07-18T07:30:00-05:00", "end_time": "2030-07-18T15:00:00-05:00",
    }  # fmt: skip
    file = Path(written(tmp_path, {"shifts": [later, SHIFT], "caregivers": [ALMA]}))
    with ShiftDesk(store_in(tmp_path), carrier=a_silent_carrier(), clock=clock) as desk:
        # when
        bring_missing(desk, file, soon=True)
        # then
        moved = {one.id: one for one in desk.shifts().items}
        given = {one["id"]: datetime.fromisoformat(one["start_time"]) for one in (later, SHIFT)}
        assert moved["s1"].start_time == datetime(2026, 11, 28, 14, tzinfo=UTC)
        assert moved["s2"].start_time - moved["s1"].start_time == given["s2"] - given["s1"]
        assert moved["s1"].end_time - moved["s1"].start_time == timedelta(hours=8)
        # when the service starts again, before it is over and when it is
        bring_missing(desk, file, soon=True)
        assert {one.id: one for one in desk.shifts().items} == moved
        clock.advance(86_400)
        desk.settle()
        bring_missing(desk, file, soon=True)
        # then
        again = {one.id: one for one in desk.shifts().items}
        assert again["s1"].start_time - moved["s1"].start_time == timedelta(days=1)
        assert again["s1"].status == "pending"
        assert again["s2"] == moved["s2"]


@pytest.mark.parametrize("passed", [0, 86_400])
@pytest.mark.parametrize("end", ["yes", "called off"])
def test_however_the_last_try_ended_an_example_has_something_to_fill_again(
    tmp_path: Path, end: str, passed: int
) -> None:
    # given
    clock = ManualClock(datetime(2026, 11, 28, 11, 20, tzinfo=UTC))
    file = Path(written(tmp_path, {"shifts": [SHIFT], "caregivers": [ALMA]}))
    with ShiftDesk("sqlite://", carrier=a_silent_carrier(), clock=clock) as desk:
        for last in ("s1", "s1-2", "s1-3"):
            # when
            bring_missing(desk, file, soon=True)
            bring_missing(desk, file, soon=True)
            # then
            assert [one.id for one in desk.shifts().items if one.status == "pending"] == [last]
            desk.assign(last, "alma", override="It is a try.")
            if end == "called off":
                desk.cancel(last, confirm=True)
            clock.advance(passed)
            desk.settle()


def test_row_43_bringing_what_is_missing_undoes_nothing(tmp_path: Path) -> None:
    # given
    store = store_in(tmp_path)
    file = Path(written(tmp_path, {"shifts": [SHIFT], "caregivers": [ALMA]}))
    with ShiftDesk(store, carrier=a_silent_carrier()) as desk:
        bring_missing(desk, file)
        alma = desk.caregivers().items[0]
        desk.put_caregivers(
            [Caregiver(**{**alma.model_dump(include=set(Caregiver.model_fields)), "active": False})]
        )
        desk.cancel("s1")
        # when
        more = {"shifts": [SHIFT, {**SHIFT, "id": "s2"}], "caregivers": [{**ALMA, "name": "A. R."}]}
        said, _ = bring_missing(desk, Path(written(tmp_path, more)))
        # then
        assert desk.caregivers().items[0].active is False
        assert desk.caregivers().items[0].name == "Alma Reyes"
        assert {one.id: one.status.value for one in desk.shifts().items} == {
            "s1": "cancelled",
            "s2": "pending",
        }
        assert "1 rows were missing" in said
        assert "2 were there and stay as they are" in said
    # when: the command replaces, as its help says
    asked("load", written(tmp_path, {"shifts": [SHIFT], "caregivers": [ALMA]}), "--good-rows", store=store)
    # then
    assert people(store)["alma"].active


def test_rows_that_name_no_organization_belong_to_the_one_that_is_named(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    file = tmp_path / "people.csv"
    file.write_text("id,name,role,phone\nn-1,Ann,RN,+13125550141\n")
    assert asked("load", str(file), store=store).exit_code == ExitCode.DATA
    assert asked("load", "--organization", "lakeside", str(file), store=store).exit_code == 0
    assert people(store)["n-1"].organization_id == "lakeside"


def test_row_35_phones_are_read_in_the_country_that_the_journal_knows(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    home = {"organizations": [{"id": "lakeside", "country": "DE", "time_zone": "Europe/Berlin"}]}
    asked("load", written(tmp_path, home), store=store)
    asked(
        "load",
        written(tmp_path, {"shifts": [SHIFT], "caregivers": [{**ALMA, "phone": "0171 2345678"}]}),
        store=store,
    )
    assert people(store)["alma"].phone == "+491712345678"


def test_a_sheet_of_organizations_takes_away_nothing_that_it_has_no_column_for(tmp_path: Path) -> None:
    # given
    store, sheet = store_in(tmp_path), tmp_path / "organizations.csv"
    organization = {"id": "lakeside", "name": "Lakeside", "consent_required": True}
    asked("load", written(tmp_path, {"organizations": [organization]}), store=store)
    sheet.write_text("id,name,time_zone\nlakeside,By the Lake,America/Chicago\n")
    # when
    assert asked("load", str(sheet), store=store).exit_code == 0
    # then
    with ShiftDesk(store) as desk:
        kept = desk.organization("lakeside")
    assert kept is not None
    assert (kept.name, kept.consent_required) == ("By the Lake", True)


def test_loading_sends_nothing_and_leaves_it_to_the_service(tmp_path: Path) -> None:
    """Its carrier is none: what is due stays planned for the one the service has."""
    # given
    store = store_in(tmp_path)
    asked("load", str(SAMPLE), store=store)
    with ShiftDesk(store, carrier=a_silent_carrier()) as desk:
        desk.fan_out("shift-rn-monday")
    # when
    asked("load", str(SAMPLE), store=store)
    # then
    journal = SqliteJournal.open_read_only(store)
    assert journal.health().counts["outbox.planned"] == 3
    journal.close()


def test_a_store_that_is_forgotten_is_a_slip(tmp_path: Path) -> None:
    assert asked("load", str(SAMPLE), store="sqlite://").exit_code == ExitCode.USAGE
