"""`firstyes doctor` and `firstyes backup`, as an operator meets them."""

import re
import shlex
import shutil
import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from evidence.free_port import free_port
from firstyes.actors.desk import ShiftDesk
from firstyes.web.commands.exit_codes import ExitCode
from support.patience import PATIENCE
from support.service import FIRSTYES, ROOT, SAMPLE, asked, environment, firstyes, serving


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    """A journal with the sample data, closed."""
    path = tmp_path / "a.db"
    assert asked("load", str(SAMPLE), store=f"sqlite:///{path}").exit_code == 0
    return path


def damage(path: Path, what: bytes = b"Marta") -> None:
    content = bytearray(path.read_bytes())
    content[content.index(what)] ^= 1
    path.write_bytes(content)


def test_a_sound_journal_is_told_so(loaded: Path) -> None:
    ran = asked("doctor", store=f"sqlite:///{loaded}")
    assert ran.exit_code == 0
    assert ran.stdout.endswith("The journal is sound.\n")
    assert "each as it was written" in ran.stdout
    assert "none is missing" in ran.stdout
    assert "events of 3 shifts" in ran.stdout


def test_where_there_is_no_journal_it_says_so_and_makes_none(tmp_path: Path) -> None:
    ran = asked("doctor", store=f"sqlite:///{tmp_path}/a.db")
    assert ran.exit_code == ExitCode.REFUSED
    assert "There is no journal" in ran.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.fault(39)
@pytest.mark.parametrize("accept", [(), ("--accept-loss",)])
def test_a_journal_that_has_vanished_is_damage(loaded: Path, accept: tuple[str, ...]) -> None:
    loaded.unlink()
    ran = asked("doctor", *accept, store=f"sqlite:///{loaded}")
    assert ran.exit_code == ExitCode.DAMAGED
    assert "missing or empty" in ran.stderr


@pytest.mark.fault(40)
def test_damage_is_named_with_the_ways_back(loaded: Path) -> None:
    # given
    damage(loaded)
    before = loaded.read_bytes()
    # when
    ran = asked("doctor", store=f"sqlite:///{loaded}")
    # then
    assert ran.exit_code == ExitCode.DAMAGED
    assert re.search(r"DAMAGED: pages are not what was written\n +- page \d+, from byte \d+,", ran.stdout)
    assert "The journal is NOT sound. What now:" in ran.stdout
    assert "Restore the newest backup" in ran.stdout
    assert "doctor --accept-loss" in ran.stdout
    assert loaded.read_bytes() == before
    for command in ("check", "doctor"):
        assert asked(command, store=f"sqlite:///{loaded}").exit_code in (0, ExitCode.DAMAGED)


@pytest.mark.fault(40)
@pytest.mark.server
def test_the_service_refuses_a_damaged_journal_until_the_loss_is_accepted(loaded: Path) -> None:
    # given
    store = f"sqlite:///{loaded}"
    damage(loaded)
    refused = firstyes("serve", "--port", str(free_port()), store=store)
    assert refused.returncode == ExitCode.DAMAGED
    assert b"firstyes doctor" in refused.stderr
    # when
    accepted = asked("doctor", "--accept-loss", store=store)
    # then
    assert accepted.exit_code == 0
    assert "no commit is lost" in accepted.stdout
    assert f"{loaded}.set-aside-1/a.db" in accepted.stdout
    with serving(loaded) as service:
        assert service.call("GET", "/shifts")[0] == 200
        assert asked("doctor", "--accept-loss", store=store).exit_code == ExitCode.BUSY
    assert asked("doctor", store=store).exit_code == 0


@pytest.mark.fault(40)
def test_rows_that_are_not_what_the_events_say_are_made_anew(loaded: Path) -> None:
    # given
    store = f"sqlite:///{loaded}"
    with closing(sqlite3.connect(loaded)) as connection, connection:
        connection.execute("UPDATE shifts SET status = 'claimed'")
    found = asked("doctor", store=store)
    assert found.exit_code == ExitCode.DAMAGED
    assert "DAMAGED: rows are not what the events say" in found.stdout
    assert "doctor --rebuild" in found.stdout
    assert asked("doctor", "--accept-loss", store=store).exit_code == ExitCode.DAMAGED
    # when
    ran = asked("doctor", "--rebuild", store=store)
    # then
    assert ran.exit_code == 0
    assert (
        "These rows were made anew:\n  shifts 1: status is 'claimed', by its events 'pending'" in ran.stdout
    )
    assert f"{loaded}.set-aside-1/a.db" in ran.stdout
    again = asked("doctor", "--rebuild", store=store)
    assert again.stdout.endswith("The journal is sound.\n")
    assert not loaded.with_name("a.db.set-aside-2").exists()


@pytest.mark.fault(39)
@pytest.mark.server
def test_a_backup_of_a_busy_service_holds_what_was_answered_and_can_be_served(tmp_path: Path) -> None:
    # given
    stop, said = Event(), []
    with serving(tmp_path / "a.db", "--load", str(SAMPLE)) as service:
        organization = service.call("GET", "/shifts")[1]["items"][0]["organization_id"]

        def post(poster: int) -> None:
            for number in range(2_000):
                if stop.is_set():
                    return
                shift = {
                    "id": f"s{poster}-{number}",
                    "organization_id": organization,
                    "role_required": "RN",
                    "start_time": "2031-07-16T07:00:00-05:00",
                    "end_time": "2031-07-16T15:00:00-05:00",
                }
                if service.call("POST", "/shifts", shift)[0] < 300:
                    said.append(shift["id"])

        with ThreadPoolExecutor(3) as pool:
            for poster in range(3):
                pool.submit(post, poster)
            try:
                while len(said) < 20:
                    stop.wait(0.01)
                before = set(said)
                # when
                ran = firstyes("backup", str(tmp_path / "b.db"), store=f"sqlite:///{tmp_path}/a.db")
                beside = firstyes("doctor", store=f"sqlite:///{tmp_path}/a.db")
            finally:
                stop.set()
    # then
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.endswith(b"sound\n")
    assert beside.returncode == 0, beside.stdout
    assert asked("doctor", store=f"sqlite:///{tmp_path}/b.db").exit_code == 0
    with ShiftDesk(f"sqlite:///{tmp_path}/b.db") as desk:
        assert [one for one in before if desk.shift(one) is None] == []


@pytest.mark.fault(39)
def test_the_restore_that_the_page_shows_works_as_it_stands(tmp_path: Path) -> None:
    # given
    page = (ROOT / "docs" / "backup.md").read_text()
    [restore] = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    assert asked("load", str(SAMPLE), store=f"sqlite:///{tmp_path}/var/firstyes.db").exit_code == 0
    (tmp_path / "backups").mkdir()
    backup = tmp_path / "backups" / "monday.db"
    ran = firstyes("backup", str(backup), store=f"sqlite:///{tmp_path}/var/firstyes.db")
    assert ran.returncode == 0, ran.stderr
    damage(tmp_path / "var" / "firstyes.db")
    # when
    done = subprocess.run(
        ["sh", "-euxc", restore.replace("firstyes doctor", f"{shlex.quote(FIRSTYES)} doctor")],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    # then
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("The journal is sound.\n")
    with ShiftDesk(f"sqlite:///{tmp_path}/var/firstyes.db") as desk:
        assert len(desk.shifts().items) == 3


@pytest.mark.fault(40)
def test_a_backup_that_was_damaged_since_is_known_for_it(loaded: Path, tmp_path: Path) -> None:
    backup = tmp_path / "b.db"
    assert asked("backup", str(backup), store=f"sqlite:///{loaded}").exit_code == 0
    content = backup.read_bytes()
    backup.write_bytes(content[: len(content) // 2])
    assert asked("doctor", store=f"sqlite:///{backup}").exit_code == ExitCode.DAMAGED
    shutil.copyfile(loaded, tmp_path / "c.db")
    again = asked("backup", str(tmp_path / "c.db"), store=f"sqlite:///{loaded}")
    assert again.exit_code == ExitCode.UNAVAILABLE
    assert "a backup replaces nothing" in again.stderr
