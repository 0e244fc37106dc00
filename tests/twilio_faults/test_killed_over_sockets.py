"""A process that is killed between Twilio and the journal: after the restart each phone has its text, once."""

import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from firstyes.actors.carriers.twilio.carrier import TwilioCarrier
from firstyes.actors.desk.desk import ShiftDesk
from firstyes.actors.runtime.clock import ManualClock
from support.doomed import PHONES
from support.started import ran
from support.twilio_world import settings_for
from support.world import DIALLED
from twilio_server.server import TwilioServer, serving


def live_until(point: str, folder: Path, twilio: TwilioServer) -> None:
    """Run the doomed process until it has killed itself."""
    program = ("support.doomed_on_twilio", str(folder), point, twilio.base_url, twilio.sid, twilio.token)
    ended = ran(*program, environment=os.environ)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


@pytest.mark.server
@pytest.mark.parametrize(
    ("point", "taken"),
    [
        pytest.param("before hand-over", 0, marks=pytest.mark.fault(1)),
        pytest.param("after hand-over", 1, marks=pytest.mark.fault(2)),
    ],
)
def test_after_a_kill_around_the_hand_over_each_phone_gets_one_text(
    tmp_path: Path, point: str, taken: int
) -> None:
    with serving() as twilio:
        # given
        twilio.number(DIALLED).rate = 1e9
        live_until(point, tmp_path, twilio)
        assert len(twilio.sent()) >= taken
        # when
        clock = ManualClock(datetime.now(UTC))
        carrier = TwilioCarrier(settings_for(twilio, "http://127.0.0.1:1"))
        with ShiftDesk(f"sqlite:///{tmp_path}/journal.db", carrier=carrier, clock=clock) as desk:
            for _ in range(60):
                desk.settle()
                clock.advance(1)
            desk.settle()
            states = {one.phone: str(one.state) for one in desk.messages(limit=100).items}
        carrier.close()
        # then
        assert {one: len(twilio.sent(one)) for one in PHONES.values()} == dict.fromkeys(PHONES.values(), 1)
        assert set(states.values()) <= {"sent", "delivered"}
