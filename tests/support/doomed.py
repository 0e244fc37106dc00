"""A process that is going to be killed: `python -m support.doomed FOLDER POINT`.

It opens a desk on FOLDER/journal.db, whose simulated carrier writes down what it takes in FOLDER/sent.log. Ana and Ben
are offered a shift; from there on the process kills itself (SIGKILL) when it comes to POINT. What it was able to say
before stands in FOLDER/answers.log, one line an answer.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.desk.desk import ShiftDesk
from firstyes.actors.journal.writer import CrashPoint, no_crash
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.message import InboundMessage
from firstyes.domain.organization import Organization
from firstyes.domain.shift.shift import Shift

PHONES = {"Ana": "+13125550201", "Ben": "+13125550202"}
CONFIRMATION = "You have the shift"


class Doom:
    """Kills this process at one of the desk's crash points, once it is armed."""

    def __init__(self, point: str) -> None:
        self.point = point
        self.armed = False

    def __call__(self, point: str) -> None:
        if self.armed and point == self.point:
            os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def open_desk(folder: Path, crash_point: CrashPoint = no_crash) -> Iterator[ShiftDesk]:
    """Open the desk of a folder, before or after the crash."""
    carrier = Simulator(log=folder / "sent.log")
    try:
        with ShiftDesk(f"sqlite:///{folder}/journal.db", carrier=carrier, crash_point=crash_point) as desk:
            yield desk
    finally:
        carrier.close()


def set_the_scene(desk: ShiftDesk) -> None:
    """Have a shift that Ana and Ben may take."""
    desk.put_organizations([Organization(id="lakeside")])
    desk.put_caregivers(
        [
            Caregiver(id=name, name=name, organization_id="lakeside", roles=("RN",), phone=phone)
            for name, phone in PHONES.items()
        ]
    )
    start = datetime.now(UTC) + timedelta(days=1)
    shift = Shift(
        id="early",
        organization_id="lakeside",
        role_required="RN",
        start_time=start,
        end_time=start + timedelta(hours=8),
    )
    desk.post_shifts([shift])


def main() -> None:
    """Live until the point is reached."""
    folder, doom = Path(sys.argv[1]), Doom(sys.argv[2])
    with open_desk(folder, doom) as desk, (folder / "answers.log").open("a") as answers:
        set_the_scene(desk)
        doom.armed = doom.point.endswith("hand-over")
        desk.fan_out("early")
        desk.settle()
        doom.armed = True
        for name, phone in PHONES.items():
            answer = desk.receive(InboundMessage(from_phone=phone, body="yes", message_id=f"SM-{name}"))
            print(name, answer.status, file=answers, flush=True)


if __name__ == "__main__":
    main()
