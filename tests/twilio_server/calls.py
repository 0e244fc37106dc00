"""The Calls resource: create, fetch, list, end, redirect, delete."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from .account import Account
from .call import Call
from .context import Context
from .detection import detect
from .dialing import Dialing
from .error_codes import refusal
from .listing import page
from .messages import E164, in_time
from .talking import Talking
from .wire import Request, Response

LONGEST_TWIML = 4000


class Calls:
    """Every call of every account, by its sid."""

    def __init__(self, context: Context) -> None:
        self.all: dict[str, Call] = {}
        self._context = context
        self._dialing = Dialing(context)
        self._talking = Talking(context, self._dialing)
        self._dialing.picked_up = self._picked_up

    def create(self, request: Request, now: datetime, account: Account) -> Response:
        """Place a call. Raises `ApiError` where the real one refuses it."""
        to, caller = request.given("To"), request.given("From")
        url, twiml = request.given("Url"), request.given("Twiml")
        if not to:
            raise refusal(21201)
        if not caller:
            raise refusal(21213)
        if not E164.fullmatch(to):
            raise refusal(21211, f"Invalid 'To' Phone Number: {to}")
        if not self._context.owned(caller, account, 21210).calls:
            raise refusal(21210)
        if twiml is None and (not url or urlsplit(url).scheme not in {"http", "https"}):
            raise refusal(21205)
        if len(twiml or "") > LONGEST_TWIML:
            raise refusal(21205, "Twiml is longer than 4000 characters")
        callback = request.given("StatusCallback")
        if callback and urlsplit(callback).scheme not in {"http", "https"}:
            raise refusal(21609)
        if account.kind == "Trial" and to not in account.verified:
            raise refusal(21219)
        refused = self._context.phones.of(to).call_refused
        if refused:
            raise refusal(refused)
        call = Call(
            self._context.sids.new("CA"),
            account.sid,
            caller,
            to,
            "outbound-api",
            now,
            now,
            url=url,
            method=request.given("Method") or "POST",
            fallback=request.given("FallbackUrl") or None,
            twiml=twiml,
            callback=callback,
            events=frozenset(request.form.get("StatusCallbackEvent", ["completed"])),
            timeout=_seconds(request.given("Timeout"), 60, 600),
            time_limit=_seconds(request.given("TimeLimit"), 14_400, 14_400),
            detection=request.given("MachineDetection") or None,
        )
        self.all[call.sid] = call
        self._dialing.place(call, now)
        return Response(201, call.payload())

    def take(self, caller: str, to: str, now: datetime) -> Call:
        """Take a call from a phone to one of our numbers. Raises KeyError where nobody has that number."""
        number = self._context.numbers[to]
        call = Call(
            self._context.sids.new("CA"),
            number.account_sid,
            caller,
            to,
            "inbound",
            now,
            now,
            "ringing",
            url=number.settings.get("VoiceUrl") or None,
            method=number.settings.get("VoiceMethod", "POST"),
            fallback=number.settings.get("VoiceFallbackUrl") or None,
            callback=number.settings.get("StatusCallback") or None,
        )
        self.all[call.sid] = call
        if call.url is None:
            self._dialing.end(call, "busy", now)
        else:
            # The first request still says that it rings; the answer to it picks up.
            self._talking.begin(call, now)
            self._dialing.start(call, now)
        return call

    def fetch(self, request: Request, now: datetime, account: Account, sid: str) -> Response:
        """Give one."""
        return Response(200, self._own(sid, account).payload())

    def list(self, request: Request, now: datetime, account: Account) -> Response:
        """Give a page of them, newest first."""
        asked = {name: request.asked(name) for name in ("To", "From", "Status")}
        wanted = [
            one
            for one in self.all.values()
            if one.account_sid == account.sid
            and asked["To"] in {None, one.to}
            and asked["From"] in {None, one.caller}
            and asked["Status"] in {None, one.status}
            and in_time(one.started, request, "StartTime")
            and in_time(one.ended, request, "EndTime")
        ]
        return page([one.payload() for one in reversed(wanted)], request, "calls")

    def update(self, request: Request, now: datetime, account: Account, sid: str) -> Response:
        """End a call, or have something else said in one that is in progress."""
        call = self._own(sid, account)
        status, url, twiml = request.given("Status"), request.given("Url"), request.given("Twiml")
        if call.over:
            raise refusal(21220)
        if status == "completed" or (status == "canceled" and call.started is None):
            self._dialing.end(call, "completed" if call.started else "canceled", now)
        elif status is None:
            if call.started is None:
                raise refusal(21220)
            call.fall_silent(now)
            call.fallback = request.given("FallbackUrl") or call.fallback
            if twiml is not None:
                self._talking.carry_out(call, twiml, call.url, now)
            elif url:
                self._talking.ask(call, url, request.given("Method") or "POST", (), now)
        return Response(200, call.payload())

    def delete(self, request: Request, now: datetime, account: Account, sid: str) -> Response:
        """Take one that is over off the books."""
        if not self._own(sid, account).over:
            raise refusal(20009)
        del self.all[sid]
        return Response(204)

    def _own(self, sid: str, account: Account) -> Call:
        call = self.all.get(sid)
        if call is None or call.account_sid != account.sid:
            raise refusal(20404, f"The requested resource /Calls/{sid}.json was not found")
        return call

    def _picked_up(self, call: Call, now: datetime) -> None:
        wait, call_is = detect(call, self._context.phones.of(call.to))

        def begin(when: datetime) -> None:
            if not call.over:
                call.answered_by = call_is
                self._talking.begin(call, when)

        self._context.agenda.at(now + timedelta(seconds=wait), begin)


def _seconds(said: str | None, usual: int, most: int) -> float:
    return float(min(max(int(said), 1), most)) if said and said.isdecimal() else float(usual)
