"""A site on which all is as `firstyes preflight` wants it: an account at our server in Twilio's place, and a journal whose
organization has a number of it."""

import json
from pathlib import Path
from typing import Any

from click.testing import Result

from evidence.free_port import free_port
from firstyes import Organization, ShiftDesk
from twilio_server.account import Account
from twilio_server.number import Number
from twilio_server.server import TwilioServer
from twilio_server.service import Service

from .service import asked
from .world import DIALLED

NED = "+13125550199"


class Site:
    """A server's folder and settings, with all as it should be; a test changes one thing, and runs `preflight`."""

    def __init__(self, twilio: TwilioServer, folder: Path) -> None:
        self.twilio = twilio
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.journal = folder / "journal.db"
        self.settings: dict[str, str] = {
            "store": f"sqlite:///{self.journal}",
            "port": str(self.port),
            "carrier": "twilio",
            "api_token": "a-token-of-the-api",
            "public_url": self.url,
            "twilio_account_sid": twilio.sid,
            "twilio_auth_token": twilio.token,
            "twilio_base_url": twilio.base_url,
        }
        self.number = self.own_number(DIALLED)
        self.service = twilio.service([DIALLED])
        self.service.use_number_webhook = True
        self.organization(phones=[DIALLED])

    def own_number(self, number: str, account: Account | None = None) -> Number:
        """Give an account a number that tells us of texts and calls."""
        urls = {"SmsUrl": f"{self.url}/twilio/text", "VoiceUrl": f"{self.url}/twilio/call-in"}
        return self.twilio.number(number, account, **urls)

    def organization(self, name: str = "lakeside", **more: Any) -> None:
        """Save an organization; somebody is on call for it where nothing else is said."""
        row = {"id": name, "on_call": [{"channel": "sms", "to": NED}], **more}
        with ShiftDesk(self.journal) as desk:
            desk.put_organizations([Organization.model_validate(row)])

    def other_account(self) -> tuple[Account, Service]:
        """Open a second account, and have the settings name both."""
        account = self.twilio.core.add_account()
        secrets = {one.sid: {"auth_token": one.auth_token} for one in (self.twilio.account, account)}
        self._credentials(secrets)
        service = self.twilio.core.add_service(account, [], self.twilio.now())
        service.use_number_webhook = True
        return account, service

    def credentials(self, secrets: dict[str, str]) -> None:
        """Have the settings name the account's secrets in a file."""
        self._credentials({self.twilio.sid: secrets})

    def _credentials(self, secrets: dict[str, dict[str, str]]) -> None:
        file = self.journal.with_name("accounts.json")
        file.write_text(json.dumps(secrets))
        file.chmod(0o600)
        for name in ("twilio_account_sid", "twilio_auth_token"):
            self.settings.pop(name, None)
        self.settings["twilio_credentials"] = str(file)

    def preflight(self, *arguments: str) -> Result:
        """Run it."""
        return asked("preflight", *arguments, **self.settings)

    def wrong(self, *arguments: str) -> str:
        """Run it, and give the one line that is wrong, and what it says to do."""
        ran = self.preflight(*arguments)
        lines = ran.output.splitlines()
        wrong = [number for number, line in enumerate(lines) if line.startswith("wrong")]
        assert len(wrong) == 1, ran.output
        assert ran.exit_code == 1
        return "\n".join(lines[wrong[0] : wrong[0] + 2])
