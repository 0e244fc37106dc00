"""Calls: those that we place, and those of people who call our number back."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response

from ...actors import calls
from ...actors.carriers.twilio.callbacks import RETRIES, VOICE
from ...actors.desk.desk import ShiftDesk
from ...actors.errors import Forked, NoAnswer, NotRunning, Parked, ShuttingDown, UnknownPhone
from ...actors.journal.port import JournalUnavailable
from ...domain.message import InboundMessage
from ...domain.phone import mask
from ...domain.policy import Channel
from ...domain.voice import script
from ...domain.voice.call import AlertCall, Call, Turn
from ..routes.inbound import InboundRoute
from .signed_requests import SignedRequest
from .twiml import ask_for_digits, come_back, turn

logger = logging.getLogger(__name__)

PICKED_UP = f"{VOICE}/"
KEYS = "/twilio/keys/"
CALL_IN = "/twilio/call-in"
CODE = "/twilio/call-in/code"
KEYS_CALL_IN = "/twilio/call-in/keys"

PATIENCE = 3.0
"""Seconds after which somebody who pressed a key is asked to wait, rather than left in silence."""
MOST_MOMENTS = 6
"""How often they are asked to wait before they are told that a text will say it."""
MOST_STEPS = 12
"""Steps of one call. Whoever guesses codes gets no further."""

NOT_NOW = (JournalUnavailable, NoAnswer, Parked, ShuttingDown, NotRunning, Forked)
"""What may be over in a moment. A caller is not left with the carrier's own words for an error."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One call under way: where it is, how it is looked up, and where its keys are posted."""

    here: str
    look_up: Callable[[], Call | AlertCall]
    keys: str
    code: str | None = None


class Calls:
    """Says in a call what `Call` decides, and hands in a key that was pressed as the word it stands for.

    The same key at the same step of a call is the same message, however often it comes. What is spoken is the answer that
    was committed; while there is none, they are asked to wait, and after a while told that a text will say it.
    """

    def __init__(self, desk: ShiftDesk, inbound: InboundRoute, public_url: str) -> None:
        self._desk = desk
        self._inbound = inbound
        self._public_url = public_url

    def pick_up(self, key: str, request: SignedRequest) -> Response:
        """Say what a call of ours is about, as that stands now."""
        return self._offer(self._placed(f"{PICKED_UP}{key}", key, request), request)

    def press(self, key: str, request: SignedRequest) -> Response:
        """Answer a key that was pressed in a call of ours."""
        return self._press(self._placed(f"{KEYS}{key}", key, request), request)

    def call_in(self, request: SignedRequest) -> Response:
        """Ask somebody who calls us for the code of the offer they mean."""
        line = self._called_in(CALL_IN, "", request)
        try:
            call = self._caller("", request)
        except UnknownPhone:
            logger.info("A call from %s, a phone that nobody here has", mask(request.get("From")))
            return turn(Turn("en", (script.stranger(),)))
        except NOT_NOW:
            return self._wait(line, request, Call("en", ""))
        return self._ask_for_code(call, "", 1)

    def enter_code(self, request: SignedRequest) -> Response:
        """Offer what has the code that was entered, as if we had called."""
        code, step = request.get("Digits") or request.asked("code"), request.count("step")
        line = self._called_in(CODE, code, request)
        try:
            call = self._caller(code, request)
        except UnknownPhone:
            return turn(Turn("en", (script.stranger(),)))
        except NOT_NOW:
            return self._wait(line, request, Call("en", ""))
        if call.offer is None and step < MOST_STEPS:
            return self._ask_for_code(call, script.no_such_code(code, call.language), step + 1)
        return self._offer(line, request)

    def press_called_in(self, request: SignedRequest) -> Response:
        """Answer a key that was pressed by somebody who calls us."""
        return self._press(self._called_in(KEYS_CALL_IN, request.asked("code"), request), request)

    def _placed(self, here: str, key: str, request: SignedRequest) -> _Line:
        to, number = request.get("To"), request.get("From")
        desk = self._desk
        return _Line(
            here,
            lambda: calls.placed(desk.journal, key, to, number, desk.clock.now()),
            f"{KEYS}{key}",
        )

    def _called_in(self, here: str, code: str, request: SignedRequest) -> _Line:
        return _Line(here, lambda: self._caller(code, request), KEYS_CALL_IN, code)

    def _caller(self, code: str, request: SignedRequest) -> Call:
        desk = self._desk
        return calls.called_in(desk.journal, code, request.get("From"), request.get("To"), desk.clock.now())

    def _offer(self, line: _Line, request: SignedRequest) -> Response:
        try:
            call = line.look_up()
        except NOT_NOW:
            return self._wait(line, request, Call("en", ""))
        told = call.pick_up(self._desk.clock.now())
        return turn(told, self._url(line.keys, code=line.code, step=request.count("step") + 1))

    def _press(self, line: _Line, request: SignedRequest) -> Response:
        key, step = request.get("Digits") or request.asked("key"), request.count("step")
        call: Call | AlertCall = Call("en", "")
        try:
            call = line.look_up()
            word = call.word(key)
            if word is None:
                return self._offer(line, request) if step < MOST_STEPS else turn(call.end())
            message = self._message(line, call, word, request)
            answer = self._inbound.receive(message, PATIENCE)
            return turn(line.look_up().answered(key, answer, self._desk.clock.now()))
        except UnknownPhone:
            return turn(call.end())
        except NOT_NOW:
            return self._wait(line, request, call, key)

    def _message(
        self, line: _Line, call: Call | AlertCall, word: str, request: SignedRequest
    ) -> InboundMessage:
        return InboundMessage(
            from_phone=call.phone,
            to_phone=call.number,
            body=word,
            message_id=f"{request.get('CallSid')}.{request.count('step')}",
            channel=Channel.VOICE,
            called_in=line.code is not None,
        )

    def _ask_for_code(self, call: Call, first: str, step: int) -> Response:
        said = f"{first} {script.enter_code(call.sender, call.language)}".strip()
        return ask_for_digits(said, call.language, self._url(CODE, step=step))

    def _wait(
        self, line: _Line, request: SignedRequest, call: Call | AlertCall, key: str | None = None
    ) -> Response:
        moments = request.count("moments") + 1
        if moments > MOST_MOMENTS:
            return turn(call.undecided() if key else call.end())
        url = self._url(line.here, code=line.code, step=request.count("step"), key=key, moments=moments)
        return come_back(script.one_moment(call.language), call.language, url)

    def _url(self, path: str, **query: str | int | None) -> str:
        given = {name: value for name, value in query.items() if value is not None}
        return f"{self._public_url}{path}?{urlencode(given)}{RETRIES}"
