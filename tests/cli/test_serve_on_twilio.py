"""`firstyes serve` with Twilio, as a process of its own."""

import json
from pathlib import Path
from typing import Any

import pytest

from evidence.free_port import free_port
from support.service import Service, serving
from twilio_server.server import TwilioServer
from twilio_server.server import serving as serving_twilio

OURS, ANA = "+13125550100", "+13125550141"
TOKEN = {"Authorization": "Bearer a-token-of-some-length"}
pytestmark = pytest.mark.server


def load(service: Service) -> None:
    """Bring an organization with its number, a nurse, and a shift."""
    for path, row in {
        "/organizations": {
            "id": "lakeside",
            "name": "Lakeside",
            "time_zone": "America/Chicago",
            "phones": [OURS],
        },
        "/caregivers": {
            "id": "ana",
            "organization_id": "lakeside",
            "name": "Ana",
            "roles": ["RN"],
            "phone": ANA,
        },
        "/shifts": {
            "id": "s1",
            "organization_id": "lakeside",
            "role_required": "RN",
            "start_time": "2034-07-14T07:00:00-05:00",
            "end_time": "2034-07-14T15:00:00-05:00",
        },
    }.items():
        status, answer = service.call("POST", path, row, TOKEN)
        assert status == 200, answer


def settings(twilio: TwilioServer, port: int) -> dict[str, Any]:
    return {
        "carrier": "twilio",
        "api_token": TOKEN["Authorization"].removeprefix("Bearer "),
        "public_url": f"http://127.0.0.1:{port}",
        "twilio_account_sid": twilio.sid,
        "twilio_auth_token": twilio.token,
        "twilio_base_url": twilio.base_url,
    }


@pytest.mark.fault(14)
def test_a_shift_goes_out_by_text_and_is_taken_by_the_answer(tmp_path: Path) -> None:
    port = free_port()
    with serving_twilio() as twilio:
        twilio.number(OURS, SmsUrl=f"http://127.0.0.1:{port}/twilio/text")
        # given: a phone that answers faster than most people
        twilio.phone(ANA).answers = lambda text: "YES" if "Reply YES" in text else None
        twilio.phone(ANA).answers_after = 0.0
        with serving(tmp_path / "journal.db", port=port, **settings(twilio, port)) as service:
            load(service)
            # when
            assert service.call("POST", "/shifts/s1/fanout", headers=TOKEN)[0] == 200
            twilio.until(lambda: len(twilio.sent(ANA)) == 2)
            # then
            assert "You have the shift" in twilio.sent(ANA)[1].body
            _, shift = service.call("GET", "/shifts/s1", headers=TOKEN)
            assert (shift["status"], shift["claimed_by"]) == ("claimed", "ana"), json.dumps(shift)
            assert twilio.alerts == []
            assert service.stop() == 0
        assert ANA not in "".join(service.log)


@pytest.mark.fault(27)
def test_a_public_address_that_is_another_s_is_pointed_out_at_the_start(tmp_path: Path) -> None:
    # given
    with serving_twilio() as twilio, serving(tmp_path / "first.db") as another:
        wrong = settings(twilio, another.port)
        with serving(tmp_path / "journal.db", **wrong) as service:
            load(service)
            service.stop()
        # when
        with serving(tmp_path / "journal.db", **wrong) as service:
            line = service.wait_logged("Twilio's webhooks may not reach this service")
        # then
        assert f"{wrong['public_url']}/twilio/status/0 answers 404" in line
