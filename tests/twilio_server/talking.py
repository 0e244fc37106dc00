"""What is said and asked in a call that was picked up: TwiML, carried out step by step."""

from datetime import datetime, timedelta
from urllib.parse import urljoin

from .agenda import Act
from .call import Call
from .context import Context
from .dialing import Dialing
from .twiml import BadTwiml, Gather, Hangup, Redirect, Say, Verb, read
from .webhook import Outcome
from .webhooks import Alert, Errand

SORRY = "We are sorry, an application error has occurred. Goodbye."
XML = {"text/xml", "application/xml", "text/html"}


class Talking:
    """Talks in calls."""

    def __init__(self, context: Context, dialing: Dialing) -> None:
        self._context = context
        self._dialing = dialing

    def begin(self, call: Call, now: datetime) -> None:
        """Say what the call is to say, which is asked now unless it came with the call."""
        if call.twiml is not None:
            self.carry_out(call, call.twiml, call.url, now)
        elif call.url:
            self.ask(call, call.url, call.method, (), now)

    def ask(
        self, call: Call, url: str, method: str, more: tuple[tuple[str, str], ...], now: datetime
    ) -> None:
        """Ask a webhook what to say next; until it answers nothing is said."""
        call.turn += 1
        turn = call.turn
        call.url = url

        def answered(outcome: Outcome, when: datetime) -> None:
            if turn == call.turn and not call.over:
                self._answered(call, outcome, when)

        account = self._context.accounts[call.account_sid]
        fields = call.fields() + more
        errand = Errand(
            account, f"what {call.sid} says", url, fields, method, call.fallback, answered, spared=True
        )
        self._context.webhooks.send(errand, now)

    def carry_out(self, call: Call, document: str, url: str | None, now: datetime) -> None:
        """Say what a document says."""
        call.turn += 1
        call.fall_silent(now)
        try:
            call.verbs = read(document)
        except BadTwiml as error:
            self._complain(error.code, url)
            call.verbs = [Say(SORRY), Hangup()]
        self._next(call, call.turn, now)

    def _answered(self, call: Call, outcome: Outcome, now: datetime) -> None:
        kind = outcome.content_type.partition(";")[0].strip().lower()
        if outcome.reason is None and kind in XML:
            self.carry_out(call, outcome.body, call.url, now)
            return
        if outcome.reason is None:
            self._complain(12300, call.url)
        call.verbs = [Say(SORRY), Hangup()]
        self._next(call, call.turn, now)

    def _next(self, call: Call, turn: int, now: datetime) -> None:
        if turn != call.turn or call.over:
            return
        verb: Verb = call.verbs.pop(0) if call.verbs else Hangup()
        if isinstance(verb, Hangup):
            self._dialing.end(call, "completed", now)
        elif isinstance(verb, Redirect):
            self.ask(call, urljoin(call.url or "", verb.url), verb.method, (), now)
        elif isinstance(verb, Gather):
            self._gather(call, verb, now)
        else:
            call.say(verb.text, now)
            self._later(now, verb.seconds, lambda then: self._next(call, turn, then))

    def _gather(self, call: Call, gather: Gather, now: datetime) -> None:
        turn = call.turn
        start = now
        for prompt in gather.prompts:
            call.say(prompt.text, start)
            start += timedelta(seconds=prompt.seconds)
        asked = (start - now).total_seconds()
        phone = self._context.phones.of(call.person)
        interrupts = phone.interrupts is not None and phone.interrupts < asked
        pressed = phone.interrupts if interrupts and phone.interrupts is not None else asked + phone.thinks
        if pressed < asked + gather.timeout:
            self._later(now, pressed, lambda then: self._press(call, gather, turn, then))
        self._later(now, asked + gather.timeout, lambda then: self._not_pressed(call, gather, turn, then))

    def _press(self, call: Call, gather: Gather, turn: int, now: datetime) -> None:
        phone = self._context.phones.of(call.person)
        if turn != call.turn or not call.person_listens(phone, now):
            return
        keys = phone.press(call.said_between(call.started or now, now))
        if not keys:
            return
        call.turn += 1
        call.fall_silent(now)
        digits, finished, _ = keys.partition(gather.finish_on) if gather.finish_on else (keys, "", "")
        if gather.digits:
            digits = digits[: gather.digits]
        complete = bool(finished) or len(digits) == gather.digits
        turn = call.turn
        wait = 0.0 if complete else gather.timeout
        self._later(now, wait, lambda then: self._gathered(call, gather, digits, turn, then))

    def _not_pressed(self, call: Call, gather: Gather, turn: int, now: datetime) -> None:
        if turn != call.turn or call.over:
            return
        if gather.even_if_empty:
            self._gathered(call, gather, "", turn, now)
        else:
            self._next(call, turn, now)

    def _gathered(self, call: Call, gather: Gather, digits: str, turn: int, now: datetime) -> None:
        if turn == call.turn and not call.over:
            url = urljoin(call.url or "", gather.action or "")
            self.ask(call, url, gather.method, (("Digits", digits), ("msg", "Gather End")), now)

    def _later(self, now: datetime, seconds: float, act: Act) -> None:
        self._context.agenda.at(now + timedelta(seconds=seconds), act)

    def _complain(self, code: int, url: str | None) -> None:
        self._context.webhooks.alerts.append(Alert(code, url or ""))
