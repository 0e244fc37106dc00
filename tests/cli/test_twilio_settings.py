"""Settings of the Twilio carrier: what is refused before anything starts, and that no secret is shown."""

import json
from pathlib import Path

import pytest

from evidence.free_port import free_port
from firstyes.actors.carriers.twilio.settings import BadCredentials, read_credentials
from firstyes.web.commands.exit_codes import ExitCode
from firstyes.web.service.settings import BadSettings, read_settings
from support.service import asked

SID = "AC" + "a1" * 16
SECRET = "0123456789abcdef0123456789abcdef"
ALONE = {
    "carrier": "twilio",
    "public_url": "https://shifts.example.org/",
    "twilio_account_sid": SID,
    "twilio_auth_token": SECRET,
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "credentials.json"
    file.touch(mode=0o600)
    return file


def test_one_account_needs_no_file() -> None:
    found = read_settings({**ALONE, "twilio_rates": "+1 312 555 0100:1.5"}).twilio()
    assert found.public_url == "https://shifts.example.org"
    assert found.accounts[0].login == (SID, SECRET)
    assert found.accounts[0].tokens == (SECRET,)
    assert found.account(None) is found.account(SID) is found.accounts[0]
    assert found.account("AC-another") is None
    assert found.rates == {"+13125550100": 1.5}


def test_a_file_names_several_accounts_and_the_first_is_that_of_numbers_that_name_none(file: Path) -> None:
    # given
    own = {"auth_token": SECRET, "auth_token_secondary": "new", "api_key": "SK1", "api_key_secret": "key"}
    file.write_text(json.dumps({SID: own, "AC2": {"auth_token": "second"}}))
    # when
    given = {"carrier": "twilio", "public_url": "https://a.example", "twilio_credentials": file}
    found = read_settings(given).twilio()
    # then
    first, second = found.accounts
    assert found.account(None) is first
    assert first.tokens == (SECRET, "new")
    assert first.login == ("SK1", "key")
    assert second.login == ("AC2", "second")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("{}", "names no account"),
        ('["AC1"]', "names no account"),
        ('{"AC1": "SECRET"}', "account 1: write"),
        ('{"AC1": {}}', "account 1: auth_token: Field required"),
        ('{"AC1": {"auth_token": "SEC RET"}}', "account 1: auth_token: a secret is"),
        ('{"AC1": {"auth_token": "SECRET", "SECRET": "SECRET"}}', "a field that is not known"),
        ('{"AC1": {"auth_token": "SECRET", "api_key": "SECRET"}}', "account 1: an API key needs its secret"),
        ('{"A/C": {"auth_token": "SECRET"}}', "account 1: sid"),
        ('{"AC1": {"auth_token": "SECRET"}, "AC1": {"auth_token": "SECRET"}}', "names something twice"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_without_repeating_it(
    file: Path, content: str, says: str
) -> None:
    file.write_text(content)
    with pytest.raises(BadCredentials) as told:
        read_credentials(file)
    assert says in str(told.value)
    assert "SEC" not in str(told.value)


def test_a_file_that_is_not_there_is_refused(file: Path) -> None:
    file.unlink()
    with pytest.raises(BadCredentials, match="cannot be read: No such file"):
        read_credentials(file)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"public_url": None}, "FIRSTYES_CARRIER=twilio needs FIRSTYES_PUBLIC_URL"),
        (
            {"twilio_account_sid": None, "twilio_auth_token": None},
            "FIRSTYES_CARRIER=twilio needs FIRSTYES_TWILIO_CREDENTIALS",
        ),
        ({"twilio_auth_token": None}, "are needed both"),
        ({"twilio_credentials": "a.json"}, "both name accounts"),
        (
            {"twilio_account_sid": None, "twilio_auth_token": None, "twilio_auth_token_secondary": "x"},
            "FIRSTYES_TWILIO_AUTH_TOKEN_SECONDARY needs",
        ),
        ({"public_url": "http://shifts.example.org"}, "write https"),
        ({"public_url": "shifts.example.org"}, "write an address such as"),
        ({"public_url": "https://me:hunter2@shifts.example.org"}, "leave out user"),
        ({"public_url": "https://shifts.example.org/?a=1"}, "leave out user"),
        ({"public_url": "https://shifts.example.org:99999"}, "Port out of range"),
        ({"public_url": "https://[shifts"}, "IPv6"),
        ({"twilio_rates": "+13125550100"}, "write number and segments"),
        ({"twilio_rates": "+13125550100:0"}, "more than 0"),
        ({"twilio_rates": "+13125550100:fast"}, "number"),
        ({"twilio_rates": "office:1"}, "is no number of ours"),
    ],
)
def test_row_51_what_does_not_go_together_is_refused(more: dict[str, str | None], says: str) -> None:
    with pytest.raises(BadSettings) as told:
        read_settings({**ALONE, **more})
    assert says in str(told.value)
    assert "hunter2" not in str(told.value)
    assert SECRET not in str(told.value)


def test_over_plain_http_this_machine_alone_is_called_back() -> None:
    for host in ("127.0.0.1:8080", "[::1]:8080", "localhost"):
        assert read_settings({**ALONE, "public_url": f"http://{host}"}).public_url == f"http://{host}"


@pytest.mark.fault(49)
@pytest.mark.parametrize("command", ["serve", "check"])
def test_row_49_with_twilio_it_refuses_to_start_without_a_token_on_loopback_too(
    tmp_path: Path, command: str
) -> None:
    ran = asked(command, "--port", str(free_port()), store=f"sqlite:///{tmp_path}/a.db", **ALONE)
    assert ran.exit_code == ExitCode.SETTINGS
    assert "the API is never open" in ran.output
    assert "FIRSTYES_API_TOKEN" in ran.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["serve", "check"])
def test_row_51_credentials_that_cannot_be_used_are_refused_at_the_start(file: Path, command: str) -> None:
    file.write_text("{}")
    settings = {"carrier": "twilio", "public_url": "https://a.example", "twilio_credentials": str(file)}
    store = f"sqlite:///{file.parent}/a.db"
    ran = asked(command, "--port", str(free_port()), store=store, api_token="a" * 20, **settings)
    assert ran.exit_code == ExitCode.SETTINGS
    assert "names no account" in ran.output
    assert not (file.parent / "a.db").exists()


def test_check_shows_no_secret_and_points_out_a_file_that_others_can_read(file: Path) -> None:
    # given
    file.write_text(json.dumps({SID: {"auth_token": SECRET}}))
    settings = {"carrier": "twilio", "public_url": "https://a.example", "twilio_credentials": str(file)}
    more = {"store": f"sqlite:///{file.parent}/a.db", "api_token": "t" * 20}
    # when
    ran = asked("check", "--port", str(free_port()), **more, **settings)
    alone = asked("check", "--port", str(free_port()), **more, **ALONE)
    # then
    assert ran.exit_code == alone.exit_code == ExitCode.OK, ran.output + alone.output
    assert SECRET not in ran.output + alone.output
    assert "can be read by others" not in ran.output
    # when
    file.chmod(0o644)
    # then
    assert f"chmod 600 {file}" in asked("check", "--port", str(free_port()), **more, **settings).output
