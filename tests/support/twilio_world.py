"""The small world with real sockets between it and a Twilio: a desk, our web server, and phones that are called and texted.

Both stand on one clock, which a story moves.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from evidence.free_port import free_port
from firstyes.actors.carriers.twilio.carrier import TwilioCarrier
from firstyes.actors.carriers.twilio.settings import TwilioAccount, TwilioSettings
from firstyes.actors.desk.desk import ShiftDesk
from firstyes.actors.journal.instants import from_micros
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.organization import Organization
from firstyes.web.app import create_app
from firstyes.web.middleware import Middleware
from firstyes.web.server.server import Server
from firstyes.web.service.address import ListenAddress
from firstyes.web.service.web_settings import WebSettings
from twilio_server.phone import Phone
from twilio_server.server import TwilioServer, serving

from .patience import PATIENCE
from .planned import next_call, next_due
from .world import DIALLED, FIVE_AM, LAKESIDE, World

FAST = 1e9
"""Segments a second that Lakeside's number sends: as many as there are."""

STEP = 1.0
"""Seconds the clock is moved at a time while something is due: so long what one side does may wait for the other to notice."""


class TwilioWorld(World):
    """A world whose phones are Twilio's. `account` has Lakeside's number."""

    def __init__(self, desk: ShiftDesk, clock: ManualClock, twilio: TwilioServer, url: str) -> None:
        super().__init__(desk, clock)
        self.twilio = twilio
        self.url = url

    def phone(self, name: str) -> Phone:
        """Give somebody's phone, to say how it behaves and to see what it got."""
        return self.twilio.phone(self.phones[name])

    def later(self, seconds: float) -> None:
        """Let time go by, on both sides."""
        self.settle()
        while seconds > 0:
            step = min(max(STEP, self._nothing_for()), seconds)
            self.twilio.advance(step)
            self.settle()
            seconds -= step

    def _nothing_for(self) -> float:
        """Say for how many seconds nothing falls due on either side."""
        system, journal = self.desk._working, self.desk.journal
        assert isinstance(journal, SqliteJournal)
        due = [self.twilio.core.next_due(), next_call(journal)]
        due += [from_micros(one.at) for one in system.deadlines._heap[:1]]
        for channel, actor in system.outboxes.items():
            due += [next_due(journal, channel), actor.outbox.next_look_up]
        now = self.clock.now()
        return min((one - now for one in due if one is not None), default=timedelta.max).total_seconds()

    def settle(self) -> None:
        """Let both sides do what is to be done now, and what comes of that."""
        while True:
            before = self.twilio.count
            self.desk.settle()
            self.twilio.settle()
            self.desk.settle()
            if self.twilio.quiet and self.twilio.count == before:
                return

    def inbox(self, name: str) -> list[str]:
        """Give the texts that somebody's phone got, oldest first."""
        self.settle()
        return list(self.phone(name).inbox)

    def handed_over(self, name: str) -> list[str]:
        """Give the texts to somebody that Twilio took from us, oldest first, without what it writes by itself."""
        self.settle()
        texts = self.twilio.sent(self.phones[name])
        return [one.body for one in texts if one.direction == "outbound-api"]

    def opted_out(self, name: str) -> bool:
        """Whether somebody wants no texts and calls."""
        return next(one.opted_out for one in self.desk.caregivers().items if one.id == name)

    def writes(self, name: str, body: str) -> None:
        """Have somebody text us, and wait until all that comes of it now is over."""
        self.twilio.text(self.phones[name], DIALLED, body)
        self.settle()

    def calls_in(self, name: str, *presses: str) -> str:
        """Have somebody call us and press these keys; give what they heard."""
        phone = self.phone(name)
        phone.presses = list(presses)
        self.twilio.call(self.phones[name], DIALLED)
        self.later(90)
        return phone.heard[-1]


def settings_for(twilio: TwilioServer, public_url: str, **more: Any) -> TwilioSettings:
    """Give the settings of somebody who has this server's account and is reached at `public_url`; `more` are others."""
    account = TwilioAccount.model_validate(
        {
            "sid": twilio.sid,
            "auth_token": twilio.token,
            "auth_token_secondary": more.pop("second_token", None),
        }
    )
    fast = {"rates": {DIALLED: 1_000.0}, "calls_per_second": 1_000.0}
    return TwilioSettings(
        accounts=(account,), public_url=public_url, base_url=twilio.base_url, **{**fast, **more}
    )


@contextmanager
def a_twilio_world(
    store: str = "sqlite://", *, twilio: TwilioServer | None = None, url: str | None = None, **settings: Any
) -> Iterator[TwilioWorld]:
    """Open the world for Lakeside in Chicago, at 5 a.m. on a Tuesday, or on a server that is there already.

    `url` is where we are, a free port by default; `settings` are the carrier's, as `settings_for` takes them.
    """
    with ExitStack() as stack:
        twilio = twilio or stack.enter_context(serving(clock=ManualClock(FIVE_AM)))
        clock = twilio.clock
        assert isinstance(clock, ManualClock)
        url = url or f"http://127.0.0.1:{free_port()}"
        if DIALLED not in twilio.core.context.numbers:
            twilio.number(DIALLED, SmsUrl=f"{url}/twilio/text", VoiceUrl=f"{url}/twilio/call-in").rate = FAST
        told = settings_for(twilio, settings.pop("public_url", url), **settings)
        carrier = TwilioCarrier(told, clock)
        stack.callback(carrier.close)
        desk = stack.enter_context(ShiftDesk(store, clock=clock, carrier=carrier))
        lakeside = {"id": LAKESIDE, "name": "Lakeside", "time_zone": "America/Chicago", "phones": (DIALLED,)}
        desk.put_organizations([Organization.model_validate(lakeside)])
        stack.enter_context(web_server(desk, told, int(url.rpartition(":")[2])))
        yield TwilioWorld(desk, clock, twilio, url)


@contextmanager
def web_server(desk: ShiftDesk, settings: TwilioSettings, port: int) -> Iterator[None]:
    """Serve the desk's app on this port."""
    app = create_app(desk, WebSettings(api_token="a-token"), settings)
    middleware = app.wsgi_app
    assert isinstance(middleware, Middleware)
    listener = ListenAddress.find("127.0.0.1", port).listen()
    server = Server(middleware, listener, 8, middleware.admits, middleware)
    ready = Event()
    thread = Thread(target=lambda: server.run(ready.set, PATIENCE), daemon=True)
    thread.start()
    assert ready.wait(PATIENCE)
    try:
        yield
    finally:
        server.stop()
        thread.join(PATIENCE)
