"""A Twilio that fails as a plan says, and the settings of a carrier that speaks to it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from firstyes.actors.carriers.fault_plan import NO_FAULTS, FaultPlan
from firstyes.actors.carriers.twilio.settings import TwilioAccount, TwilioSettings
from firstyes.actors.runtime.clock import ManualClock
from twilio_server.server import TwilioServer
from twilio_server.wire import Request, Response


class FailingTwilio(TwilioServer):
    """Its attempts to take something go as `plan` says; each phone and callback is a message of its own."""

    plan: FaultPlan = NO_FAULTS

    def __init__(self, **options: Any) -> None:
        self._attempts: Counter[str] = Counter()
        super().__init__(**options)

    @classmethod
    @contextmanager
    def serving(cls, **options: Any) -> Iterator["FailingTwilio"]:
        """Serve on a clock that stands still."""
        server = cls(clock=ManualClock(datetime(2026, 11, 28, 5, 0, tzinfo=UTC)), **options)
        try:
            yield server
        finally:
            server.close()

    def handle(self, request: Request) -> Response:
        """Answer, or fail."""
        if self.plan.down:
            return Response(503, {"code": 20503, "message": "Service unavailable"})
        if request.method != "POST" or "Status" in request.form:
            return super().handle(request)
        key = request.given("StatusCallback") or ""
        self._attempts[key] += 1
        attempt = self._attempts[key]
        if self.plan.refuses(key, attempt):
            return Response(429, {"code": 20429, "message": "Too Many Requests"})
        if self.plan.loses_before(key, attempt):
            return Response(200, lost=True)
        answer = super().handle(request)
        return Response(200, lost=True) if self.plan.loses_after(key, attempt) else answer


def settings_for(twilio: TwilioServer, **more: Any) -> TwilioSettings:
    """Give the settings of a carrier that speaks to this server, in the name of its first account."""
    account = TwilioAccount.model_validate({"sid": twilio.sid, "auth_token": twilio.token})
    return TwilioSettings(
        accounts=(account,),
        public_url="http://127.0.0.1:1",
        base_url=twilio.base_url,
        connect_timeout=60.0,
        read_timeout=60.0,
        **more,
    )
