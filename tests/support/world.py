"""A small world to tell stories in: a desk, a clock that is moved by hand, and people with phones."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

from firstyes.actors.carriers.port import Carrier
from firstyes.actors.carriers.simulator import Simulator
from firstyes.actors.desk.desk import ShiftDesk
from firstyes.actors.journal.port import Journal
from firstyes.actors.journal.transaction import Transaction
from firstyes.actors.records import MessageRecord, OfferRecord, ShiftRecord
from firstyes.actors.runtime.clock import ManualClock
from firstyes.actors.runtime.envelope import Envelope
from firstyes.actors.runtime.promise import Promise
from firstyes.actors.tasks import Write
from firstyes.domain.answer import Answer, Status
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.message import InboundMessage
from firstyes.domain.organization import Organization, OwnNumber
from firstyes.domain.shift.shift import Shift

from .patience import PATIENCE

FIVE_AM = datetime(2030, 7, 16, 10, 0, tzinfo=UTC)
"""A Tuesday, 5 a.m. in Chicago."""

LAKESIDE = "lakeside"
DIALLED = "+13125550100"
HOUR = 3600


class World:
    """A desk with people around it. Ids of caregivers are their names; shifts start two hours from `FIVE_AM`."""

    def __init__(self, desk: ShiftDesk, clock: ManualClock) -> None:
        self.desk = desk
        self.clock = clock
        self.phones: dict[str, str] = {}

    def lakeside(self, **changes: Any) -> Organization:
        """Change the organization called Lakeside; give it as it is then."""
        before = self.desk.organization(LAKESIDE)
        assert before is not None
        after = Organization.model_validate({**before.model_dump(), **changes})
        (answer,) = self.desk.put_organizations([after])
        assert answer.status is Status.SUCCESS, answer
        return after

    def caregivers(self, *names: str, role: str = "RN", organization: str = LAKESIDE, **more: Any) -> None:
        """Let these people work here, each with a phone of their own unless `phone` says otherwise."""
        people = []
        for name in names:
            phone = more.get("phone") or f"+1312555{len(self.phones) + 200:04}"
            self.phones[name] = phone
            fields = {"name": name, "roles": (role,), **more, "phone": phone}
            people.append(Caregiver(id=name, organization_id=organization, **fields))
        answers = self.desk.put_caregivers(people)
        assert all(one.status is Status.SUCCESS for one in answers), answers

    def shift(
        self,
        shift_id: str = "early",
        *,
        role: str = "RN",
        starts_in: float = 2,
        hours: float = 8,
        organization: str = LAKESIDE,
    ) -> str:
        """Post a shift that starts in so many hours."""
        start = self.clock.now() + timedelta(hours=starts_in)
        shift = Shift(
            id=shift_id,
            organization_id=organization,
            role_required=role,
            start_time=start,
            end_time=start + timedelta(hours=hours),
        )
        (answer,) = self.desk.post_shifts([shift])
        assert answer.status is Status.SUCCESS, answer
        return shift_id

    def offered(self, shift_id: str = "early", **details: Any) -> str:
        """Post a shift, fan it out, and wait until the offers have arrived."""
        self.shift(shift_id, **details)
        answer = self.desk.fan_out(shift_id)
        assert answer.status is Status.SUCCESS, answer
        self.desk.settle()
        return shift_id

    def asked(self, *names: str, shift_id: str = "early", **details: Any) -> str:
        """Let these people work here, and offer them a shift."""
        self.caregivers(*names)
        return self.offered(shift_id, **details)

    def says(self, name: str, body: str, *, message_id: str | None = None, to: str | None = None) -> Answer:
        """Have somebody text us."""
        message = InboundMessage(from_phone=self.phones[name], to_phone=to, body=body, message_id=message_id)
        return self.desk.receive(message)

    def sends(self, name: str, body: str, *, message_id: str | None = None) -> Promise[Answer]:
        """Have somebody text us, without waiting for the answer."""
        return self.desk.inbound.put(
            InboundMessage(from_phone=self.phones[name], body=body, message_id=message_id)
        )

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Hold the loop up: what is sent meanwhile is decided in one batch."""
        reached, go_on = Event(), Event()

        def hold_up(_: Transaction) -> None:
            reached.set()
            assert go_on.wait(PATIENCE)

        self.desk._working.post(Envelope(Write(hold_up)))
        assert reached.wait(PATIENCE)
        try:
            yield
        finally:
            go_on.set()

    def later(self, seconds: float) -> None:
        """Move the clock, and wait until everything that became due is done."""
        self.clock.advance(seconds)
        self.desk.settle()

    def record(self, shift_id: str = "early") -> ShiftRecord:
        """Read a shift."""
        record = self.desk.shift(shift_id)
        assert record is not None
        return record

    def offer(self, name: str, shift_id: str = "early") -> OfferRecord:
        """Read somebody's offer of a shift."""
        return next(one for one in self.record(shift_id).offers or () if one.caregiver_id == name)

    def code(self, name: str, shift_id: str = "early") -> str:
        """Read the reply code somebody was given."""
        return self.offer(name, shift_id).code

    def sent(self, name: str) -> list[MessageRecord]:
        """Read what was planned for somebody's phone, oldest first, after everything due has gone out."""
        self.desk.settle()
        found = self.desk.messages(phone=self.phones[name], limit=100).items
        return [one for one in reversed(found) if one.direction == "out"]

    def purposes(self, name: str) -> list[str]:
        """Read the purposes of what really went out to somebody, in order."""
        return [str(one.purpose) for one in self.sent(name) if one.state in ("sent", "delivered")]

    def events(self, shift_id: str = "early") -> list[str]:
        """Read the types of all events of a shift, in order."""
        return [entry.type for entry in self.desk.timeline(shift_id)]

    def alerts(self) -> list[str]:
        """Read the kinds of all alerts, oldest first."""
        return [one.kind for one in reversed(self.desk.alerts().items)]


@contextmanager
def a_world(
    store: str | Journal = "sqlite://",
    *,
    at: datetime = FIVE_AM,
    carrier: Carrier | None = None,
    **desk: Any,
) -> Iterator[World]:
    """Open a desk for an organization called Lakeside in Chicago, at 5 a.m. on a Tuesday."""
    clock = ManualClock(at)
    with ShiftDesk(store, clock=clock, carrier=carrier or Simulator(clock), **desk) as opened:
        lakeside = Organization(
            id=LAKESIDE, name="Lakeside", time_zone="America/Chicago", phones=(OwnNumber(number=DIALLED),)
        )
        opened.put_organizations([lakeside])
        yield World(opened, clock)
