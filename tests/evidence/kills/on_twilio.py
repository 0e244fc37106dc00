"""Twilio in the carrier's place: our own carrier speaks its protocol over sockets, and what was taken is written into the books."""

from itertools import islice
from pathlib import Path

from firstyes.domain.policy import Channel
from twilio_server.fault_plan import Fault, FaultPlan, Trouble
from twilio_server.server import TwilioServer
from twilio_server.wire import Request, Response

from .books import line
from .town import NUMBER

TOKEN = "a-token-for-the-api"
FAULTS: dict[Fault | Trouble, float] = {
    Fault.THROTTLED: 0.02,
    Fault.LOST_BEFORE: 0.01,
    Fault.LOST_AFTER: 0.02,
    Fault.BROKEN: 0.01,
}


class BookedTwilio(TwilioServer):
    """A Twilio that outlives the server which is killed. A text or call is in its books from the moment it is taken; some
    requests fail, taken or not."""

    def __init__(self, books: Path, seed: int) -> None:
        super().__init__(seed=seed)
        self._books = books
        self._texts = self._calls = 0
        self.faults = FaultPlan(seed, dict(FAULTS))
        self.account.calls_a_second = 1e9
        self.number(NUMBER).rate = 1e9

    def environment(self, port: int) -> dict[str, str]:
        """Give the settings of a service at this port that has this Twilio."""
        settings = {
            "carrier": "twilio",
            "api_token": TOKEN,
            "public_url": f"http://127.0.0.1:{port}",
            "twilio_account_sid": self.sid,
            "twilio_auth_token": self.token,
            "twilio_base_url": self.base_url,
            "twilio_connect_timeout": "1",
            "twilio_read_timeout": "2",
            "twilio_rates": f"{NUMBER}:1000",
            "twilio_calls_per_second": "1000",
            "twilio_calls_at_once": "1000",
        }
        return {f"FIRSTYES_{name.upper()}": value for name, value in settings.items()}

    def handle(self, request: Request) -> Response:
        """Answer a request, and write down what it made."""
        with self._changed:
            response = super().handle(request)
            texts, calls = self.core.messages.all, self.core.calls.all
            for text in islice(texts.values(), self._texts, None):
                self._book(text.callback, Channel.SMS, text.to, text.body)
            for call in islice(calls.values(), self._calls, None):
                # What is said in it is asked for when somebody picks up.
                self._book(call.callback, Channel.VOICE, call.to, "")
            self._texts, self._calls = len(texts), len(calls)
            return response

    def _book(self, callback: str | None, channel: Channel, phone: str, body: str) -> None:
        key = (callback or "").partition("#")[0].rpartition("/")[2]
        with self._books.open("ab") as books:
            books.write(line(key, channel, phone, body))
