"""`firstyes check`: what would be refused, found without changing anything."""

import socket
from pathlib import Path

import pytest
from click.testing import Result

from evidence.free_port import free_port
from firstyes import Organization, ShiftDesk
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.web.commands.exit_codes import ExitCode
from support.service import SAMPLE, asked, firstyes, serving


def checked(*arguments: str, **settings: str) -> Result:
    """What it says on a port that nobody has."""
    return asked("check", "--port", str(free_port()), *arguments, **settings)


def test_before_the_first_start_all_is_well_and_nothing_is_made(tmp_path: Path) -> None:
    ran = checked(store=f"sqlite:///{tmp_path}/a.db")
    assert ran.exit_code == 0
    assert "does not exist; the service will make it" in ran.stdout
    assert list(tmp_path.iterdir()) == []


def test_it_says_what_serve_would_refuse(tmp_path: Path) -> None:
    ran = checked("--host", "0.0.0.0", store=f"sqlite:///{tmp_path}/a.db")
    assert ran.exit_code == ExitCode.SETTINGS
    assert ran.stdout.count("refused: ") == 2


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"simulator_log": "/"}, "FIRSTYES_SIMULATOR_LOG: / is no file"),
        (
            {"smtp_url": "http://h", "mail_from": "a@example.org"},
            "FIRSTYES_SMTP_URL, FIRSTYES_MAIL_FROM: the mail",
        ),
        ({"smtp_url": "smtp://h:99999", "mail_from": "a@example.org"}, "is no URL"),
        (
            {"smtp_url": "smtp://h", "mail_from": "a@example.org\nBcc: b@example.org"},
            "the sender is no address",
        ),
    ],
)
def test_row_52_what_ends_a_start_is_refused_before_it(
    tmp_path: Path, given: dict[str, str], says: str
) -> None:
    store = f"sqlite:///{tmp_path}/a.db"
    ran = checked(store=store, **given)
    assert (ran.exit_code, says in ran.stdout) == (ExitCode.SETTINGS, True)
    started = asked("serve", "--port", str(free_port()), store=store, **given)
    assert (started.exit_code, "Traceback" in started.output) == (ExitCode.SETTINGS, False)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"threads": "0"}, "FIRSTYES_THREADS: give 1 or more"),
        ({"threads": "1.5"}, "FIRSTYES_THREADS: give a whole number"),
        ({"reader_timeout": "nan"}, "FIRSTYES_READER_TIMEOUT: give 10.0 or less"),
        ({"reader_timeout": "2,5"}, "FIRSTYES_READER_TIMEOUT: give a number, as 2.5"),
        ({"reader_timeout": "0"}, "FIRSTYES_READER_TIMEOUT: give more than 0"),
        ({"pin": "maybe"}, "FIRSTYES_PIN: write true or false"),
        ({"log_level": "INFO"}, "FIRSTYES_LOG_LEVEL: write 'debug', 'info', 'warning' or 'error'"),
        ({"currency": "usd"}, "FIRSTYES_CURRENCY: write three capital letters, as USD"),
        ({"text_price": "$0.01"}, "FIRSTYES_TEXT_PRICE: give a number, as 2.5"),
        ({"text_price": "1e400"}, "FIRSTYES_TEXT_PRICE: give"),
        ({"webhook_key": "short"}, "FIRSTYES_WEBHOOK_KEY: give at least 32 characters"),
        ({"webhook_networks": "10.1.0.1/16"}, "FIRSTYES_WEBHOOK_NETWORKS: write a network, as 10.1.0.0/16"),
        ({"llm_url": "models"}, "FIRSTYES_LLM_URL: write an address, as https://"),
        ({"notifiers": ",,"}, "FIRSTYES_NOTIFIERS: name a function or class"),
    ],
)
def test_a_setting_that_cannot_be_read_is_told_once_with_what_to_write(
    given: dict[str, str], says: str
) -> None:
    ran = checked(**given)
    assert ran.exit_code == ExitCode.SETTINGS
    assert ran.stderr.startswith(f"firstyes: {says}")
    assert ran.stderr.count("\n") == 1


def test_a_token_is_never_shown_and_a_short_one_pointed_out(tmp_path: Path) -> None:
    ran = checked(store=f"sqlite:///{tmp_path}/a.db", api_token="hunter2")
    assert ran.exit_code == 0
    assert "hunter2" not in ran.output
    assert "set, not shown" in ran.stdout
    assert "shorter than 16" in ran.stdout


def test_what_is_said_of_each_number_is_shown_as_it_is_written(tmp_path: Path) -> None:
    ran = checked(store=f"sqlite:///{tmp_path}/a.db", twilio_rates="+13125550100:1,72345:30")
    assert " +13125550100:1.0,72345:30.0\n" in ran.stdout


def test_a_password_in_an_address_is_not_shown(tmp_path: Path) -> None:
    url = "https://me:hunter2@models.example.org/v1"
    ran = checked(store=f"sqlite:///{tmp_path}/a.db", llm_url=url, llm_model="small")
    assert "hunter2" not in ran.output
    assert "https://***@models.example.org/v1" in ran.stdout


@pytest.mark.fault(40)
def test_a_damaged_journal_is_found_and_left_alone(tmp_path: Path) -> None:
    # given
    store = tmp_path / "a.db"
    store.write_bytes(b"no database")
    # when
    ran = checked(store=f"sqlite:///{store}")
    # then
    assert ran.exit_code == ExitCode.DAMAGED
    assert store.read_bytes() == b"no database"
    assert [one.name for one in tmp_path.iterdir()] == ["a.db"]


@pytest.mark.server
def test_row_52_beside_the_service_it_names_its_owner_counts_the_shifts_and_is_not_0(tmp_path: Path) -> None:
    with serving(tmp_path / "a.db", "--load", str(SAMPLE)) as service:
        # when
        ran = firstyes("check", "--port", str(free_port()), store=f"sqlite:///{tmp_path}/a.db")
        both = firstyes("check", "--port", str(service.port), store=f"sqlite:///{tmp_path}/a.db")
        # then
        told = ran.stdout.decode()
        assert ran.returncode == ExitCode.BUSY
        assert f"refused: the journal is in use by process {service.process.pid}" in told
        assert "shifts.pending     3" in told
        # and what serve would end with is what it ends with
        assert both.returncode == ExitCode.UNAVAILABLE
        assert both.stdout.decode().count("refused: ") == 2
        assert service.call("GET", "/readyz")[0] == 200
    assert "not in use" in checked(store=f"sqlite:///{tmp_path}/a.db").stdout


def test_row_52_a_port_that_is_in_use_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = asked("check", "--port", port, store=f"sqlite:///{tmp_path}/a.db")
    assert ran.exit_code == ExitCode.UNAVAILABLE
    assert f"refused: 127.0.0.1:{port} is in use" in ran.stdout
    assert asked("check", "--port", port, store=f"sqlite:///{tmp_path}/a.db").exit_code == 0


@pytest.mark.parametrize("what", ["a.db", "a.db.lock", "."])
def test_row_52_a_journal_that_is_read_only_is_refused(tmp_path: Path, what: str) -> None:
    # given
    SqliteJournal.open(f"sqlite:///{tmp_path}/a.db").close()
    target = tmp_path / what
    target.chmod(0o500 if what == "." else 0o400)
    # when
    ran = checked(store=f"sqlite:///{tmp_path}/a.db")
    # then
    assert ran.exit_code == ExitCode.UNAVAILABLE
    assert f"{target.resolve()} is read-only" in ran.stdout
    target.chmod(0o700)
    assert checked(store=f"sqlite:///{tmp_path}/a.db").exit_code == 0


def test_row_52_a_folder_in_which_no_journal_can_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sealed").mkdir(mode=0o500)
    ran = checked(store=f"sqlite:///{tmp_path}/sealed/var/a.db")
    assert ran.exit_code == ExitCode.UNAVAILABLE
    assert "sealed is read-only" in ran.stdout


def test_row_52_a_journal_that_lost_commits_or_bytes_is_refused(tmp_path: Path) -> None:
    # given
    store = tmp_path / "a.db"
    with ShiftDesk(store) as desk:
        desk.put_organizations([Organization(id="lakeside")])
    content = bytearray(store.read_bytes())
    # when
    content[4096 + 100] ^= 1
    store.write_bytes(content)
    # then
    assert checked(store=f"sqlite:///{store}").exit_code == ExitCode.DAMAGED
    # when
    store.unlink()
    # then
    gone = checked(store=f"sqlite:///{store}")
    assert gone.exit_code == ExitCode.DAMAGED
    assert "missing or empty" in gone.stdout


def test_row_52_all_that_would_be_refused_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"no database")
    ran = checked(
        "--host", "0.0.0.0", "--reader", "no.such.module:Reader", store=f"sqlite:///{tmp_path}/a.db"
    )
    assert ran.exit_code == ExitCode.SETTINGS
    assert ran.stdout.count("refused: ") == 4
