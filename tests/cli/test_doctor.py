"""`firstyes doctor` and `firstyes backup`, as an operator meets them."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evidence.free_port import free_port
from firstyes.web.commands.exit_codes import ExitCode
from support.service import SAMPLE, asked, firstyes, serving


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
