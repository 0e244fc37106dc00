"""Twilio, as far as this product needs it: what is asked and what time it is go in, answers and requests come out.

It has no clock, no thread and no socket. `server.py` puts it on sockets; on a clock that is moved by hand it is driven by
`due` and `came_back`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule

from . import accounts
from .account import Account
from .agenda import Agenda
from .call import Call
from .calls import Calls
from .context import Context
from .control import Control
from .error_codes import refusal
from .fault_plan import BEFORE, FaultPlan
from .incoming import Incoming
from .message import Message
from .messages import Messages
from .number import Number
from .numbers import Numbers
from .registration import Registration
from .sending import Sending
from .service import Service
from .services import Services
from .sids import Sids
from .webhook import Outcome, Webhook
from .webhooks import Webhooks
from .wire import ApiError, Request, Response

Handler = Callable[..., Response]

V2010 = "/2010-04-01/Accounts/<account_sid>"


class Core:
    """The whole of it. `seed` decides every identifier."""

    def __init__(self, seed: int = 0) -> None:
        sids, agenda = Sids(seed), Agenda()
        self.context = Context(sids, agenda, Webhooks(sids, agenda))
        sending = Sending(self.context)
        self.messages = Messages(self.context, sending)
        self.incoming = Incoming(self.context, self.messages)
        sending.wrote_back = self.incoming.take
        self.calls = Calls(self.context)
        self._handlers: dict[str, Handler] = {}
        self._map = Map()
        self._route("POST", f"{V2010}/Messages.json", self.messages.create)
        self._route("GET", f"{V2010}/Messages.json", self.messages.list)
        self._route("GET", f"{V2010}/Messages/<sid>.json", self.messages.fetch)
        self._route("POST", f"{V2010}/Messages/<sid>.json", self.messages.update)
        self._route("DELETE", f"{V2010}/Messages/<sid>.json", self.messages.delete)
        self._route("POST", f"{V2010}/Calls.json", self.calls.create)
        self._route("GET", f"{V2010}/Calls.json", self.calls.list)
        self._route("GET", f"{V2010}/Calls/<sid>.json", self.calls.fetch)
        self._route("POST", f"{V2010}/Calls/<sid>.json", self.calls.update)
        self._route("DELETE", f"{V2010}/Calls/<sid>.json", self.calls.delete)

        numbers, services = Numbers(self.context), Services(self.context)
        registration = Registration(self.context, services)
        self._route("GET", "/2010-04-01/Accounts.json", accounts.list_all)
        self._route("GET", "/2010-04-01/Accounts/<sid>.json", accounts.fetch)
        self._route("GET", f"{V2010}/Balance.json", accounts.balance)
        self._route("GET", f"{V2010}/IncomingPhoneNumbers.json", numbers.list)
        self._route("GET", f"{V2010}/IncomingPhoneNumbers/<sid>.json", numbers.fetch)
        self._route("POST", f"{V2010}/IncomingPhoneNumbers/<sid>.json", numbers.update)
        self._route("GET", "/v1/Services", services.list)
        self._route("GET", "/v1/Services/<sid>", services.fetch)
        self._route("POST", "/v1/Services/<sid>", services.update)
        self._route("GET", "/v1/Services/<sid>/PhoneNumbers", services.numbers)
        self._route("GET", "/v1/Services/<sid>/Compliance/Usa2p", registration.campaigns)
        self._route("GET", "/v1/a2p/BrandRegistrations", registration.brands)
        self._route("GET", "/v1/Tollfree/Verifications", registration.toll_free)
        control = Control(self.context, self.incoming, self.calls)
        self._open("POST", "/control/texts", control.text)
        self._open("POST", "/control/calls", control.call)
        self._open("GET", "/control/phones/<number>", control.phone)
        self._open("POST", "/control/phones/<number>", control.behave)
        self._open("POST", "/control/faults", control.fail)
        self._open("GET", "/control/webhooks", control.webhooks)

    def add_account(self, **settings: Any) -> Account:
        """Open an account; `settings` are those of `Account`."""
        sids = self.context.sids
        account = Account(settings.pop("sid", None) or sids.new("AC"), sids.new(""), **settings)
        self.context.accounts[account.sid] = account
        return account

    def add_number(self, account: Account, phone_number: str, now: datetime, **settings: str) -> Number:
        """Give an account a number; `settings` are named as the API names them, `SmsUrl` and so on."""
        number = Number(phone_number, self.context.sids.new("PN"), account.sid, now, settings=settings)
        self.context.numbers[phone_number] = number
        return number

    def add_service(self, account: Account, numbers: list[str], now: datetime, **settings: str) -> Service:
        """Let numbers of an account send as one; `settings` are named as the API names them, `InboundRequestUrl` and so on."""
        service = Service(self.context.sids.new("MG"), account.sid, now, numbers, settings=settings)
        self.context.services[service.sid] = service
        return service

    def handle(self, request: Request, now: datetime) -> Response:
        """Answer one request to the API."""
        self.context.agenda.run(now)
        fault = None if request.path.startswith("/control/") else self.faults.of(request)
        if fault in BEFORE:
            return self.faults.answer(fault)
        try:
            response = self._answer(request, now)
        except ApiError as error:
            response = error.response()
        if fault:
            return self.faults.answer(fault, response)
        return replace(response, waits=self.faults.seconds(request))

    @property
    def faults(self) -> FaultPlan:
        """What goes wrong. Assign another plan, or change this one."""
        return self.context.webhooks.faults

    @faults.setter
    def faults(self, plan: FaultPlan) -> None:
        self.context.webhooks.faults = plan

    def text(self, sender: str, to: str, body: str, now: datetime) -> Message:
        """Take a text from a phone. Raises KeyError where nobody has the number it is for."""
        self.context.agenda.run(now)
        return self.incoming.take(sender, to, body, now)

    def call(self, caller: str, to: str, now: datetime) -> Call:
        """Take a call from a phone. Raises KeyError where nobody has the number it is for."""
        self.context.agenda.run(now)
        return self.calls.take(caller, to, now)

    def due(self, now: datetime) -> list[Webhook]:
        """Give the requests that are to be made now, each once."""
        self.context.agenda.run(now)
        waiting = self.context.webhooks.waiting[:]
        self.context.webhooks.waiting.clear()
        return waiting

    def came_back(self, webhook: Webhook, outcome: Outcome, now: datetime) -> None:
        """Say what came of a request that `due` gave."""
        self.context.webhooks.came_back(webhook.number, outcome, now)

    def next_due(self) -> datetime | None:
        """Say when something happens next by itself."""
        return self.context.agenda.next()

    @property
    def idle(self) -> bool:
        """Whether no request is to be made or under way."""
        return self.context.webhooks.idle

    def _route(self, method: str, path: str, handler: Handler) -> None:
        """Let those who may come in ask this."""

        def admit(request: Request, now: datetime, account_sid: str | None = None, **named: str) -> Response:
            account = self._account(request)
            if account_sid not in {None, account.sid}:
                raise refusal(20003)
            if request.method != "GET" and account.status != "active":
                raise refusal(20005)
            return handler(request, now, account, **named)

        self._open(method, path, admit)

    def _open(self, method: str, path: str, handler: Handler) -> None:
        """Let anybody ask this."""
        name = f"{method} {path}"
        self._map.add(Rule(path, endpoint=name, methods=[method]))
        self._handlers[name] = handler

    def _answer(self, request: Request, now: datetime) -> Response:
        try:
            endpoint, values = self._map.bind("").match(request.path, request.method)
        except HTTPException as error:
            self._account(request)
            if isinstance(error, MethodNotAllowed):
                raise refusal(20004) from None
            raise refusal(20404, f"The requested resource {request.path} was not found") from None
        return self._handlers[endpoint](request, now, **values)

    def _account(self, request: Request) -> Account:
        for account in self.context.accounts.values():
            if account.lets_in(request.user, request.password):
                return account
        raise refusal(20003)
