"""The service as operators start it, with Twilio as its carrier, on the machine's own clock."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidence.free_port import free_port
from support.patience import PATIENCE
from support.service import Service
from support.service import serving as serving_shifts
from support.world import DIALLED
from twilio_server.server import TwilioServer, serving

ANA = "+13125550141"
API = {"Authorization": "Bearer a-token-of-the-api"}


@pytest.fixture
def twilio() -> Iterator[TwilioServer]:
    with serving() as twilio:
        yield twilio


@contextmanager
def a_service(folder: Path, twilio: TwilioServer, port: int) -> Iterator[Service]:
    """Start the service at a port, with an organization, a shift and Ana."""
    start = datetime.now(UTC) + timedelta(hours=8)
    data = {
        "organizations": [{"id": "lakeside", "name": "Lakeside", "phones": [DIALLED]}],
        "caregivers": [{"id": "ana", "name": "Ana", "role": "RN", "phone": ANA}],
        "shifts": [
            {
                "id": "early",
                "organization_id": "lakeside",
                "role_required": "RN",
                "start_time": start.isoformat(),
                "end_time": (start + timedelta(hours=8)).isoformat(),
            }
        ],
    }
    (folder / "data.json").write_text(json.dumps(data))
    with serving_shifts(
        folder / "journal.db",
        "--load",
        str(folder / "data.json"),
        port=port,
        carrier="twilio",
        public_url=f"http://127.0.0.1:{port}",
        twilio_account_sid=twilio.sid,
        twilio_auth_token=twilio.token,
        twilio_base_url=twilio.base_url,
        api_token="a-token-of-the-api",
    ) as service:
        yield service


def claimed_by(service: Service) -> str | None:
    """Say who has the shift."""
    found = service.call("GET", "/shifts/early", headers=API)[1]["claimed_by"]
    assert found is None or isinstance(found, str)
    return found


@pytest.mark.server
@pytest.mark.fault(44)
def test_a_service_that_stood_still_takes_the_yes_it_is_told_again_and_keeps_no_second_one(
    tmp_path: Path, twilio: TwilioServer
) -> None:
    # given
    port = free_port()
    twilio.number(DIALLED, SmsUrl=f"http://127.0.0.1:{port}/twilio/text#rc=5&rp=rt&rt=1000&tt=15000")
    with a_service(tmp_path, twilio, port) as service:
        service.call("POST", "/shifts/early/fanout", {}, headers=API)
        twilio.until(lambda: bool(twilio.phone(ANA).inbox))
        # when
        service.process.send_signal(signal.SIGSTOP)
        twilio.text(ANA, DIALLED, "YES")
        twilio.until(lambda: bool(twilio.told("Body", "YES")))
        service.process.send_signal(signal.SIGCONT)
        twilio.until(lambda: twilio.told("Body", "YES")[-1].outcome.status == 200)
        # then
        assert claimed_by(service) == "ana"
        twilio.until(lambda: len(twilio.phone(ANA).inbox) == 2)
        twilio.settle()
        assert len(twilio.sent(ANA)) == 2


@pytest.mark.server
@pytest.mark.fault(3)
@pytest.mark.fault(37)
def test_a_text_that_came_while_nobody_was_there_is_heard_once_the_service_is_back(
    tmp_path: Path, twilio: TwilioServer
) -> None:
    # given
    port = free_port()
    url = f"http://127.0.0.1:{port}/twilio/text"
    number = twilio.number(DIALLED, SmsUrl=url)
    before_the_offer = twilio.now() - timedelta(minutes=5)
    with a_service(tmp_path, twilio, port) as service:
        service.call("POST", "/shifts/early/fanout", {}, headers=API)
        twilio.until(lambda: bool(twilio.phone(ANA).inbox))
        service.process.kill()
        service.process.wait(PATIENCE)
    # when: it was written before the shift was offered, and nobody was told of it
    number.settings["SmsUrl"] = ""
    twilio.core.text(ANA, DIALLED, "YES", before_the_offer)
    number.settings["SmsUrl"] = url
    # then: it is heard, and takes nothing that was not asked yet
    with a_service(tmp_path, twilio, port) as service:
        twilio.until(lambda: len(twilio.phone(ANA).inbox) == 2)
        assert "Do you want the shift" in twilio.phone(ANA).inbox[-1]
        assert claimed_by(service) is None
        twilio.text(ANA, DIALLED, "YES")
        twilio.until(lambda: len(twilio.phone(ANA).inbox) == 3)
        assert claimed_by(service) == "ana"
