"""`firstyes check`: what would be refused, found without changing anything."""

from pathlib import Path

import pytest

from firstyes.web.exit_codes import ExitCode
from support.service import SAMPLE, asked, firstyes, serving


def test_before_the_first_start_all_is_well_and_nothing_is_made(tmp_path: Path) -> None:
    ran = asked("check", store=f"sqlite:///{tmp_path}/a.db")
    assert ran.exit_code == 0
    assert "does not exist; the service will make it" in ran.stdout
    assert list(tmp_path.iterdir()) == []


def test_it_says_what_serve_would_refuse(tmp_path: Path) -> None:
    ran = asked("check", "--host", "0.0.0.0", store=f"sqlite:///{tmp_path}/a.db")
    assert ran.exit_code == ExitCode.SETTINGS
    assert ran.stdout.count("refused: ") == 2


def test_a_token_is_never_shown_and_a_short_one_pointed_out(tmp_path: Path) -> None:
    ran = asked("check", store=f"sqlite:///{tmp_path}/a.db", api_token="hunter2")
    assert ran.exit_code == 0
    assert "hunter2" not in ran.output
    assert "set, not shown" in ran.stdout
    assert "shorter than 16" in ran.stdout


def test_a_password_in_an_address_is_not_shown(tmp_path: Path) -> None:
    url = "https://me:hunter2@models.example.org/v1"
    ran = asked("check", store=f"sqlite:///{tmp_path}/a.db", llm_url=url, llm_model="small")
    assert "hunter2" not in ran.output
    assert "https://***@models.example.org/v1" in ran.stdout


@pytest.mark.fault(40)
def test_a_damaged_journal_is_found_and_left_alone(tmp_path: Path) -> None:
    # given
    store = tmp_path / "a.db"
    store.write_bytes(b"no database")
    # when
    ran = asked("check", store=f"sqlite:///{store}")
    # then
    assert ran.exit_code == ExitCode.DAMAGED
    assert store.read_bytes() == b"no database"
    assert [one.name for one in tmp_path.iterdir()] == ["a.db"]


@pytest.mark.server
def test_beside_the_service_it_names_its_owner_and_counts_the_shifts(tmp_path: Path) -> None:
    with serving(tmp_path / "a.db", "--load", str(SAMPLE)) as service:
        ran = firstyes("check", store=f"sqlite:///{tmp_path}/a.db")
        told = ran.stdout.decode()
        assert ran.returncode == 0
        assert f"in use by process {service.process.pid}" in told
        assert "shifts.pending     3" in told
    assert "not in use" in asked("check", store=f"sqlite:///{tmp_path}/a.db").stdout
