"""Row 51: `serve` with a carrier, a reader and notifiers of your own, named in the settings."""

import json
from pathlib import Path
from typing import Any

import pytest

from evidence.free_port import free_port
from firstyes.web.commands.exit_codes import ExitCode
from support.service import SAMPLE, asked, serving

OWN = '''
import json
from firstyes import Capabilities, Channel, Intent, Reading, Recovery, RuleReader

class Carrier:
    """Writes what it is given to a file."""
    capabilities = Capabilities(channels=frozenset({Channel.SMS}), recovery=Recovery.LEAVE)
    def send_text(self, outbound):
        with open("sent.jsonl", "a") as file:
            print(json.dumps([outbound.to_phone, outbound.body]), file=file)
        return "own-" + outbound.key
    place_call = send_text
    def cancel(self, carrier_id): return False
    def look_up(self, outbound): return None
    def close(self): open("closed", "w").close()

class Reader:
    def read(self, reply):
        if reply.text == "jawohl":
            return Reading(intent=Intent.ACCEPT, confidence=1.0, reason="a German yes", explicit=True)
        return RuleReader().read(reply)

def notifier():
    def write(notice):
        with open("noticed", "a") as file:
            print(notice.kind, file=file)
    return write

class Places:
    carrier = Carrier

def raising(): raise RuntimeError("no line to the exchange")
def half(): return object()
number = 7
'''
MARTA = "+13125550141"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which a module of one's own lies, and where commands are run."""
    (tmp_path / "my_own.py").write_text(OWN)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.server
def test_row_51_serve_uses_a_carrier_a_reader_and_notifiers_of_ones_own(folder: Path) -> None:
    token = "a-token-for-this-test"
    with serving(
        folder / "a.db",
        "--load",
        str(SAMPLE),
        api_token=token,
        carrier="my_own:Places.carrier",
        reader="my_own:Reader",
        notifiers="my_own:notifier,my_own:notifier",
    ) as service:
        key = {"Authorization": f"Bearer {token}"}
        # when
        assert service.call("POST", "/shifts/shift-rn-monday/fanout", headers=key)[0] == 200
        said = {"from_phone": MARTA, "body": "jawohl"}
        assert service.call("POST", "/messages/inbound", said, key)[1]["status"] == "success"
        md = {
            "organization_id": "org-harbor-home",
            "role_required": "MD",
            "start_time": "2030-09-09T07:00:00-05:00",
        }
        md |= {"id": "md", "end_time": "2030-09-09T15:00:00-05:00"}
        service.call("POST", "/shifts", md, key)
        service.call("POST", "/shifts/md/fanout", headers=key)
        # then
        assert "carrier  my_own:Places.carrier" in service.welcome
        assert "read by my_own:Reader" in service.welcome
        assert service.stop() == 0
    sent = [json.loads(line) for line in (folder / "sent.jsonl").read_text().splitlines()]
    assert any(phone == MARTA and "You have the shift" in body for phone, body in sent)
    noticed = (folder / "noticed").read_text().splitlines()
    assert noticed.count("nobody_qualifies") == 2
    assert (folder / "closed").exists()


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"carrier": "pigeon"}, 'FIRSTYES_CARRIER: name "simulator"'),
        ({"carrier": "no.such:Carrier"}, "FIRSTYES_CARRIER: no.such:Carrier cannot be found"),
        ({"carrier": "my_own:nothing"}, "has no attribute 'nothing'"),
        ({"carrier": "my_own:number"}, "is a int; name a function or a class"),
        ({"carrier": "my_own:raising"}, "my_own:raising() failed (RuntimeError: no line to the exchange)"),
        ({"carrier": "my_own:half"}, "has no cancel, capabilities, close"),
        ({"carrier": "my_own:Reader"}, "cannot be used; carrier: a Reader is not a Carrier"),
        ({"reader": "my_own:Carrier"}, "FIRSTYES_READER: what my_own:Carrier gives cannot be used"),
        ({"reader": "my_own"}, "FIRSTYES_READER: name a function or class"),
        ({"notifiers": "my_own:notifier,my_own:half"}, "FIRSTYES_NOTIFIERS: what my_own:half gives"),
        ({"notifiers": "my_own:notifier,"}, "FIRSTYES_NOTIFIERS: name a function or class"),
        ({"reader": "my_own:Reader", "llm_url": "http://m/v1", "llm_model": "m"}, "give one of them"),
        ({"carrier": "my_own:Carrier", "simulator_log": "a.jsonl"}, "FIRSTYES_SIMULATOR_LOG"),
    ],
)
def test_row_51_what_cannot_be_used_is_said_at_the_start(
    folder: Path, settings: dict[str, Any], says: str
) -> None:
    port = str(free_port())
    ran = asked(
        "serve", "--port", port, store="sqlite:///a.db", api_token="a-token-for-this-test", **settings
    )
    assert ran.exit_code == ExitCode.SETTINGS
    assert says in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (folder / "a.db").exists()


@pytest.mark.parametrize("command", ["serve", "check"])
def test_row_49_without_a_token_a_real_carrier_is_refused_on_loopback_too(folder: Path, command: str) -> None:
    ran = asked(command, "--port", str(free_port()), store="sqlite:///a.db", carrier="my_own:Carrier")
    assert ran.exit_code == ExitCode.SETTINGS
    assert "FIRSTYES_API_TOKEN" in ran.output
    assert not (folder / "a.db").exists()


def test_row_51_check_finds_what_is_named_and_makes_nothing(folder: Path) -> None:
    own = {"carrier": "my_own:raising", "reader": "my_own:Reader", "notifiers": "my_own:notifier,my_own:half"}
    ran = asked("check", "--port", str(free_port()), store="sqlite:///a.db", api_token="a" * 20, **own)
    assert ran.exit_code == 0, ran.output
    assert "my_own:notifier,my_own:half" in ran.stdout
    wrong = asked("check", "--port", str(free_port()), "--notifiers", "my_own:nobody", store="sqlite:///a.db")
    assert wrong.exit_code == ExitCode.SETTINGS
    assert "refused: FIRSTYES_NOTIFIERS: my_own:nobody cannot be found" in wrong.stdout
