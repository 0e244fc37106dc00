"""What the real one has no API for: writing and calling as somebody would, and saying how phones behave and what fails.

For programs in another process; a test in the same one uses `TwilioServer`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from .calls import Calls
from .context import Context
from .error_codes import refusal
from .fault_plan import Fault, Trouble
from .incoming import Incoming
from .phone import Machine, Screening
from .wire import Request, Response


def _true(said: str) -> bool:
    return said.lower() in {"1", "true", "yes"}


BEHAVIOUR: dict[str, Callable[[str], Any]] = {
    "refused": int,
    "error": int,
    "delivered_after": float,
    "answers": lambda said: lambda body: said,
    "answers_after": float,
    "call_refused": int,
    "fails": _true,
    "busy": _true,
    "rings": float,
    "thinks": float,
    "interrupts": float,
    "hangs_up_after": float,
    "machine": lambda said: Machine(greeting=float(said)),
    "screening": lambda said: Screening(listens=float(said)),
}
"""How each of a phone's fields is read; nothing at all means None."""


class Control:
    """Answers under `/control`, without authentication."""

    def __init__(self, context: Context, incoming: Incoming, calls: Calls) -> None:
        self._context = context
        self._incoming = incoming
        self._calls = calls

    def text(self, request: Request, now: datetime) -> Response:
        """Have somebody write: `From`, `To`, `Body`."""
        message = self._incoming.take(*self._pair(request), request.given("Body") or "", now)
        return Response(201, {"sid": message.sid})

    def call(self, request: Request, now: datetime) -> Response:
        """Have somebody call: `From`, `To`."""
        return Response(201, {"sid": self._calls.take(*self._pair(request), now).sid})

    def phone(self, request: Request, now: datetime, number: str) -> Response:
        """Give what a phone got and heard."""
        phone = self._context.phones.of(number)
        kept = ("inbox", "heard", "screened", "recordings")
        return Response(200, {name: getattr(phone, name) for name in kept})

    def behave(self, request: Request, now: datetime, number: str) -> Response:
        """Say how a phone behaves, by the names of `Phone`; `presses` once for each question."""
        phone = self._context.phones.of(number)
        for name, values in request.form.items():
            if name == "presses":
                phone.presses = list(values)
            elif name in BEHAVIOUR:
                try:
                    setattr(phone, name, BEHAVIOUR[name](values[-1]) if values[-1] else None)
                except ValueError:
                    raise refusal(30400, f"{name}: {values[-1]} is no number") from None
            else:
                raise refusal(30400, f"{name} is nothing that a phone does")
        return self.phone(request, now, number)

    def fail(self, request: Request, now: datetime) -> Response:
        """Say what goes wrong: `next` (once for each request), `always`, `latency` in seconds, or chances by their names."""
        plan = self._context.webhooks.faults
        try:
            plan.next(*(Fault(one) if one else None for one in request.form.get("next", [])))
            if "always" in request.form:
                always = request.given("always")
                plan.always = Fault(always) if always else None
            if "latency" in request.form:
                plan.latency = (float(request.given("latency") or 0),) * 2
            for kind in (*Fault, *Trouble):
                if kind in request.form:
                    plan.chances[kind] = float(request.given(kind) or 0)
        except ValueError as error:
            raise refusal(30400, str(error)) from None
        return Response(200, {"chances": plan.chances, "always": plan.always, "latency": plan.latency})

    def webhooks(self, request: Request, now: datetime) -> Response:
        """Give the requests that were made, what was answered, and what the real one would complain of."""
        sent = [
            {"method": one.webhook.method, "url": one.webhook.url, "status": one.outcome.status}
            for one in self._context.webhooks.sent
        ]
        alerts = [{"code": one.code, "url": one.url} for one in self._context.webhooks.alerts]
        return Response(200, {"webhooks": sent, "alerts": alerts})

    def _pair(self, request: Request) -> tuple[str, str]:
        sender, to = request.given("From") or "", request.given("To") or ""
        if not sender or to not in self._context.numbers:
            raise refusal(20404, f"no number {to} here, or nobody named who writes or calls")
        return sender, to
