"""The server by itself, spoken to by curl or a program in another process."""

import os
import signal
import subprocess
import sys

import pytest
import requests

from evidence.free_port import free_port
from support.patience import PATIENCE
from support.service import ROOT
from twilio_server.listener import Listener
from twilio_server.server import TwilioServer

OURS = "+15035550100"
ANA = "+15035550123"


@pytest.fixture
def control(twilio: TwilioServer, listener: Listener) -> str:
    """Where the server is told what happens."""
    twilio.number(OURS, SmsUrl=f"{listener.url}/texts", VoiceUrl=f"{listener.url}/voice")
    return f"{twilio.base_url}/control"


def post(url: str, **fields: object) -> requests.Response:
    return requests.post(url, data=fields, timeout=PATIENCE)


def test_somebody_writes_and_calls(twilio: TwilioServer, control: str, listener: Listener) -> None:
    # when
    said = post(f"{control}/texts", From=ANA, To=OURS, Body="YES 27")
    called = post(f"{control}/calls", From=ANA, To=OURS)
    twilio.advance(1)
    # then
    assert (said.status_code, called.status_code) == (201, 201)
    fields = [one.fields for one in listener.asked]
    assert {one.get("MessageSid") or one["CallSid"] for one in fields} == {
        said.json()["sid"],
        called.json()["sid"],
    }
    told = requests.get(f"{control}/webhooks", timeout=PATIENCE).json()
    assert [one["status"] for one in told["webhooks"]] == [200, 200]


def test_a_phone_is_told_how_to_behave(twilio: TwilioServer, control: str) -> None:
    # when
    answered = post(
        f"{control}/phones/{ANA}", error=30003, rings="", presses=["1", ""], machine=6, busy="true"
    )
    # then
    assert answered.json() == {"inbox": [], "heard": [], "screened": [], "recordings": []}
    phone = twilio.phone(ANA)
    assert (phone.error, phone.rings, phone.presses, phone.busy) == (30003, None, ["1", ""], True)
    assert phone.machine and phone.machine.greeting == 6.0


def test_failures_are_planned(twilio: TwilioServer, control: str) -> None:
    # when
    planned = post(f"{control}/faults", next=["throttled", ""], twice=0.5, latency=0)
    post(f"{control}/faults", always="down")
    # then
    assert planned.json()["chances"] == {"twice": 0.5}
    assert requests.get(f"{twilio.base_url}/2010-04-01/Accounts.json", timeout=PATIENCE).status_code == 503
    post(f"{control}/faults", always="")
    assert twilio.faults.always is None


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("texts", {"From": ANA, "To": "+15035559999"}, 404),
        ("phones/+15035550123", {"sings": "loud"}, 400),
        ("phones/+15035550123", {"rings": "soon"}, 400),
        ("faults", {"next": "rain"}, 400),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    control: str, path: str, fields: dict[str, str], status: int
) -> None:
    refused = post(f"{control}/{path}", **fields)
    assert refused.status_code == status
    assert refused.json()["message"]


@pytest.mark.server
def test_one_command_starts_it_and_says_how_it_is_reached() -> None:
    # given
    port = free_port()
    command = [sys.executable, "-m", "twilio_server", "--port", str(port)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=ROOT / "tests", env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        # when
        assert process.stdout
        said = {(line := process.stdout.readline().split(maxsplit=2))[0]: line[-1].strip() for _ in range(4)}
        sid, token = said["account"], said["auth"]
        url = f"http://127.0.0.1:{port}/2010-04-01/Accounts/{sid}.json"
        answer = requests.get(url, auth=(sid, token), timeout=PATIENCE)
        process.send_signal(signal.SIGTERM)
        # then
        assert answer.json()["status"] == "active"
        assert process.wait(PATIENCE) == 0
        assert process.stdout.read() == "stopped\n"
