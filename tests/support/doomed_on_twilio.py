"""A process that is going to be killed: `python -m support.doomed_on_twilio FOLDER POINT URL SID TOKEN`.

Its desk on FOLDER/journal.db texts by Twilio's protocol, to the server at URL. Ana and Ben are offered a shift; it kills itself
(SIGKILL) when it first comes to POINT.
"""

import sys
from pathlib import Path

from pydantic import SecretStr

from firstyes.actors.carriers.twilio.carrier import TwilioCarrier
from firstyes.actors.carriers.twilio.settings import TwilioAccount, TwilioSettings
from firstyes.actors.desk.desk import ShiftDesk
from firstyes.domain.organization import Organization

from .doomed import Doom, set_the_scene
from .world import DIALLED


def main() -> None:
    """Live until the point is reached."""
    folder, doom = Path(sys.argv[1]), Doom(sys.argv[2])
    url, sid, token = sys.argv[3:]
    account = TwilioAccount(sid=sid, auth_token=SecretStr(token))
    carrier = TwilioCarrier(
        TwilioSettings(accounts=(account,), public_url="http://127.0.0.1:1", base_url=url)
    )
    with ShiftDesk(f"sqlite:///{folder}/journal.db", carrier=carrier, crash_point=doom) as desk:
        set_the_scene(desk)
        desk.put_organizations([Organization.model_validate({"id": "lakeside", "phones": (DIALLED,)})])
        doom.armed = True
        desk.fan_out("early")
        desk.settle()


if __name__ == "__main__":
    main()
