"""The course of a call: it waits for its turn, rings, is picked up or not, and ends."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime

from .call import Call
from .context import Context
from .hearing import keep_what_was_heard
from .webhooks import Errand

RINGS_AFTER = 0.5
"""Seconds from dialling to ringing."""
BUSY_AFTER = 1.0
"""Seconds from dialling to the busy tone, or to knowing that no call can be put through."""
EVENTS = {"initiated": "initiated", "ringing": "ringing", "in-progress": "answered"}


class Dialing:
    """Places the calls of an account at its rate. `picked_up` is told of each that somebody or something answers."""

    def __init__(self, context: Context) -> None:
        self.picked_up: Callable[[Call, datetime], None] = lambda call, now: None
        self._context = context
        self._free: dict[str, datetime] = {}

    def place(self, call: Call, now: datetime) -> None:
        """Dial when it is this call's turn."""
        account = self._context.accounts[call.account_sid]
        when = max(now, self._free.get(account.sid, now))
        self._free[account.sid] = when + timedelta(seconds=1 / account.calls_a_second)
        self._context.agenda.at(when, lambda then: self._dial(call, then))

    def move(self, call: Call, status: str, now: datetime) -> None:
        """Give a call its next status, and tell whoever wanted to know."""
        call.status, call.updated = status, now
        self._tell(call, status, now)

    def start(self, call: Call, now: datetime) -> None:
        """Begin to count and to talk: somebody has picked up, or has called us."""
        call.started = now
        self.move(call, "in-progress", now)
        phone = self._context.phones.of(call.person)
        ends = [call.time_limit]
        if phone.hangs_up_after is not None:
            ends.append(phone.hangs_up_after)
        if call.direction != "inbound":
            if phone.machine:
                ends.append(phone.machine.greeting + phone.machine.longest)
            elif phone.screening and not phone.screening.lets_through:
                ends.append(phone.screening.listens)
        when = now + timedelta(seconds=min(ends))
        self._context.agenda.at(when, lambda then: self.end(call, "completed", then))

    def end(self, call: Call, status: str, now: datetime) -> None:
        """End a call that is not over."""
        if call.over:
            return
        call.turn += 1
        call.ended = now
        call.fall_silent(now)
        self.move(call, status, now)
        keep_what_was_heard(call, self._context.phones.of(call.person), now)

    def _dial(self, call: Call, now: datetime) -> None:
        if call.over:
            return
        self._tell(call, "initiated", now)
        phone = self._context.phones.of(call.to)
        if phone.busy or phone.fails:
            status = "busy" if phone.busy else "failed"
            self._later(call, BUSY_AFTER, now, lambda then: self.end(call, status, then))
        else:
            self._later(call, RINGS_AFTER, now, lambda then: self._ring(call, then))

    def _ring(self, call: Call, now: datetime) -> None:
        self.move(call, "ringing", now)
        rings = self._context.phones.of(call.to).rings
        if rings is not None and rings < call.timeout:
            self._later(call, rings, now, lambda then: self._pick_up(call, then))
        else:
            self._later(call, call.timeout, now, lambda then: self.end(call, "no-answer", then))

    def _pick_up(self, call: Call, now: datetime) -> None:
        self.start(call, now)
        self.picked_up(call, now)

    def _later(self, call: Call, seconds: float, now: datetime, act: Callable[[datetime], None]) -> None:
        def unless_over(then: datetime) -> None:
            if not call.over:
                act(then)

        self._context.agenda.at(now + timedelta(seconds=seconds), unless_over)

    def _tell(self, call: Call, status: str, now: datetime) -> None:
        event = EVENTS.get(status, "completed")
        if not call.callback or event not in call.events:
            return
        fields = dict(call.fields())
        fields["CallStatus"] = status
        fields["CallbackSource"] = "call-progress-events"
        fields["SequenceNumber"] = str(call.told)
        fields["Timestamp"] = format_datetime(now.replace(microsecond=0))
        if event == "completed":
            fields["CallDuration"] = str(call.seconds)
            fields["Duration"] = str(-(-call.seconds // 60))
        call.told += 1
        account = self._context.accounts[call.account_sid]
        self._context.webhooks.send(Errand(account, call.sid, call.callback, tuple(fields.items())), now)
