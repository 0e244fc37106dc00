"""A journal with actors' work done by hand: each method decides as the domain does and appends what follows."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import count
from threading import Event
from time import monotonic, sleep
from typing import Any, TypeVar

from firstyes.actors.journal.alert_port import NewAlert
from firstyes.actors.journal.port import (
    Append,
    DeliveryChange,
    Inbound,
    OutboxRow,
    Overlap,
    contact_stream,
    shift_stream,
)
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.journal.transaction import Transaction
from firstyes.domain.answer import Answer
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.conversation import decide as conversation_decide
from firstyes.domain.conversation import state as conversation
from firstyes.domain.conversation.state import ConversationCommand, ConversationState
from firstyes.domain.inbound.contact import Contact
from firstyes.domain.organization import Organization, OwnNumber
from firstyes.domain.policy import DEFAULT_ROUNDS, Channel, Rounds
from firstyes.domain.replies.reading import Intent, Reading
from firstyes.domain.shift import decide as shift_decide
from firstyes.domain.shift.candidates import Candidate, choose, make_offers
from firstyes.domain.shift.commands import (
    AcceptOffer,
    CancelShift,
    DeclineOffer,
    MeetDeadline,
    Outreach,
    PostShift,
    ReleaseShift,
    ShiftCommand,
    StartFanOut,
)
from firstyes.domain.shift.shift import Shift
from firstyes.domain.shift.state import ShiftState, evolve

from .patience import PATIENCE

NOW = datetime(2030, 7, 14, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LAKESIDE = "lakeside"
BY = "coordinator"
LAKESIDE_PHONE = "+13125550100"

T = TypeVar("T")


def append(transaction: Transaction, decided: Append) -> Answer | Overlap | None:
    """Write a decision as an actor does. What a message was answered before, or what is in the way, where it is not written."""
    heard = transaction.heard(decided.inbound) if decided.inbound is not None else None
    return heard or transaction.append(decided)


def decided_on(before: Append, command: ShiftCommand) -> Append:
    """Decide on the state that another decision leads to."""
    assert isinstance(before.state, ShiftState)
    return shift_append(before.stream, before.state, command)


def shift_append(
    stream: str, state: ShiftState, command: ShiftCommand, inbound: Inbound | None = None
) -> Append:
    """Decide, and give what would be appended."""
    decision = shift_decide.decide(state, command)
    return Append(
        stream=stream,
        expected=state.version,
        events=decision.events,
        messages=decision.messages,
        answer=decision.answer,
        state=reduce(evolve, decision.events, state),
        inbound=inbound,
    )


class Kept:
    """What is kept in a journal of one organization. `now` is the time it happens at, `message_ids` count up."""

    def __init__(self, journal: SqliteJournal) -> None:
        self.journal = journal
        self.now = NOW
        self._ids = count(1)
        self._phones = count(200)
        self.put_organization(
            Organization(id=LAKESIDE, name="Lakeside", phones=(OwnNumber(number=LAKESIDE_PHONE),))
        )

    def write(self, write: Callable[[Transaction], T]) -> T:
        """Write in a transaction of its own."""
        with self.journal.transaction() as transaction:
            return write(transaction)

    def append(self, decided: Append) -> Answer | Overlap | None:
        """Write a decision in a transaction of its own; what came of it as in `append`."""
        return self.write(lambda transaction: append(transaction, decided))

    def append_all(self, *decided: Append) -> list[Answer | Overlap | None]:
        """Write decisions in one transaction."""
        return self.write(lambda transaction: [append(transaction, one) for one in decided])

    def put_organization(self, organization: Organization) -> Answer:
        """Create or replace an organization."""
        return self.write(lambda transaction: transaction.put_organization(organization, self.now, BY))

    def put_caregivers(self, *people: Caregiver) -> list[Answer]:
        """Create or replace caregivers."""
        return self.write(lambda transaction: transaction.put_caregivers(people, self.now, BY))

    def find_codes(self, offered: Sequence[Candidate], at: datetime = NOW) -> dict[str, str]:
        """Find codes for a fan-out."""
        return self.write(lambda transaction: transaction.find_codes(offered, at))

    def record_alert(self, alert: NewAlert) -> None:
        """Open an alert that no event carries."""
        self.write(lambda transaction: transaction.record_alert(alert))

    def close_alert(self, alert_id: int, at: datetime, by: str) -> None:
        """Close an alert by hand."""
        self.write(lambda transaction: transaction.close_alert(alert_id, at, by))

    def change_deliveries(self, *changes: DeliveryChange) -> None:
        """Note what became of messages."""
        self.write(lambda transaction: transaction.change_deliveries(changes))

    def interrupted(self, channel: Channel) -> list[OutboxRow]:
        """Give what a crash left being sent."""
        return self.write(lambda transaction: transaction.interrupted(channel))

    def employ(self, *names: str, phone: str | None = None, **details: Any) -> None:
        """Let these people work here, each with a phone of their own unless `phone` is given."""
        fields: dict[str, Any] = {"organization_id": LAKESIDE, "roles": ("RN",), **details}
        people = []
        for name in names:
            own = {"name": name.title(), "phone": phone or f"+1312555{next(self._phones):04}"}
            people.append(Caregiver(id=name, **{**own, **fields}))
        self.put_caregivers(*people)

    def post(self, shift_id: str = "s1", *, starts: datetime = NOW + 2 * HOUR, hours: float = 8) -> Shift:
        """Post a shift."""
        shift = self._a_shift(shift_id, starts, hours)
        self.must(shift_id, PostShift(at=self.now, by="coordinator", shift=shift))
        return shift

    def offer(self, shift_id: str = "s1", rounds: Rounds = DEFAULT_ROUNDS, **posting: Any) -> dict[str, str]:
        """Post a shift unless it is there, offer it to everybody who qualifies, and give their codes."""
        if self.journal.shift(shift_id) is None:
            self.post(shift_id, **posting)
        outreach, codes = self.outreach(shift_id, rounds)
        self.must(shift_id, StartFanOut(at=self.now, by="coordinator", outreach=outreach))
        return codes

    def outreach(self, shift_id: str, rounds: Rounds = DEFAULT_ROUNDS) -> tuple[Outreach, dict[str, str]]:
        """Give what the shift's next fan-out needs, and its codes."""
        state = self.state(shift_id)
        assert state.shift is not None
        candidates = self.journal.candidates(state.shift)
        chosen = choose(state, candidates, leave_out=state.claimed_by).chosen
        codes = self.find_codes(chosen, self.now)
        offers = make_offers(chosen, codes)
        return Outreach(offers=offers, rounds=rounds, sender="Lakeside", zone="America/Chicago"), codes

    def state(self, shift_id: str) -> ShiftState:
        """Replay a shift."""
        return reduce(evolve, self.journal.shift_events(shift_id), ShiftState())

    def conversation(self, contact_id: int) -> ConversationState:
        """Replay a conversation."""
        events = self.journal.conversation_events(contact_id)
        return reduce(conversation.evolve, events, ConversationState())

    def decided(self, shift_id: str, command: ShiftCommand, inbound: Inbound | None = None) -> Append:
        """Decide on what is kept now, and give what would be appended."""
        return shift_append(shift_stream(shift_id), self.state(shift_id), command, inbound)

    def yes(self, name: str, shift_id: str = "s1", message_id: str | None = None) -> Append:
        """Give what a caregiver's yes would append."""
        inbound = self.inbound(name, "yes", Intent.ACCEPT, message_id, shift_id)
        command = AcceptOffer(
            at=self.now, by=f"caregiver:{name}", caregiver_id=name, message_id=inbound.message_id
        )
        return self.decided(shift_id, command, inbound)

    def no(self, name: str, shift_id: str = "s1", message_id: str | None = None) -> Append:
        """Give what a caregiver's no would append."""
        inbound = self.inbound(name, "no", Intent.DECLINE, message_id, shift_id)
        command = DeclineOffer(
            at=self.now, by=f"caregiver:{name}", caregiver_id=name, message_id=inbound.message_id
        )
        return self.decided(shift_id, command, inbound)

    def inbound(
        self, name: str, body: str, intent: Intent, message_id: str | None = None, shift_id: str | None = None
    ) -> Inbound:
        """Give a message of a caregiver, as it was read."""
        return Inbound(
            message_id=message_id or f"SM{next(self._ids)}",
            contact_id=self.contact_id(name),
            to_phone=LAKESIDE_PHONE,
            body=body,
            received_at=self.now,
            reading=Reading(intent=intent, confidence=1.0, reason=f'"{body}" says so.', words=(body,)),
            shift_id=shift_id,
        )

    def claim(self, name: str, shift_id: str = "s1") -> None:
        """Have a caregiver win the shift."""
        assert self.append(self.yes(name, shift_id)) is None

    def decline(self, name: str, shift_id: str = "s1") -> None:
        """Have a caregiver pass on the shift."""
        assert self.append(self.no(name, shift_id)) is None

    def cancel(self, shift_id: str = "s1") -> None:
        """Call the shift off."""
        self.must(shift_id, CancelShift(at=self.now, by="coordinator", confirm=True))

    def release(self, shift_id: str = "s1") -> None:
        """Take the winner off the shift and offer it anew."""
        outreach, _ = self.outreach(shift_id)
        self.must(shift_id, ReleaseShift(at=self.now, by="coordinator", outreach=outreach))

    def meet_deadline(self, shift_id: str = "s1") -> None:
        """Do what has fallen due."""
        self.must(shift_id, MeetDeadline(at=self.now, by="timer"))

    def must(self, shift_id: str, command: ShiftCommand) -> None:
        """Append what follows from a command."""
        assert self.append(self.decided(shift_id, command)) is None

    def converse(
        self,
        name: str,
        kind: type[ConversationCommand],
        inbound: Inbound | None = None,
        before: Append | None = None,
        **details: Any,
    ) -> Append:
        """Give what a command to a caregiver's conversation would append, `before` having been appended."""
        contact_id = self.contact_id(name)
        known = {
            "at": self.now,
            "by": f"caregiver:{name}",
            "contact_id": contact_id,
            "caregiver_id": name,
            "organization_id": LAKESIDE,
            "message_id": inbound.message_id if inbound else None,
        }
        state = self.conversation(contact_id) if before is None else before.state
        assert isinstance(state, ConversationState)
        decision = conversation_decide.decide(state, kind.model_validate({**known, **details}))
        return Append(
            stream=contact_stream(contact_id),
            expected=state.version,
            events=decision.events,
            messages=decision.messages,
            answer=decision.answer,
            state=reduce(conversation.evolve, decision.events, state),
            inbound=inbound,
        )

    def tell(self, name: str, kind: type[ConversationCommand], **details: Any) -> None:
        """Append what follows from a command to a caregiver's conversation."""
        assert self.append(self.converse(name, kind, **details)) is None

    def phone(self, name: str) -> str:
        """Give a caregiver's number."""
        return next(one.phone for one in self.journal.caregivers(None, None, 1_000).items if one.id == name)

    def contact(self, name: str, dialled: str | None = None) -> Contact:
        """Look a caregiver's phone up."""
        contact = self.journal.contact(self.phone(name), dialled, self.now)
        assert contact is not None
        return contact

    def contact_id(self, name: str) -> int:
        """Give the key of a caregiver's phone."""
        return self.contact(name).contact_id

    def candidates(self, role: str = "RN", organization_id: str = LAKESIDE) -> list[Candidate]:
        """Give those who can be offered a shift."""
        return self.journal.candidates(self._a_shift(organization_id=organization_id, role_required=role))

    def _a_shift(
        self, shift_id: str = "new", starts: datetime = NOW + 2 * HOUR, hours: float = 8, **details: str
    ) -> Shift:
        fields = {"id": shift_id, "organization_id": LAKESIDE, "role_required": "RN", **details}
        return Shift(start_time=starts, end_time=starts + hours * HOUR, **fields)


class Gate:
    """A crash point that notes where the writer passes, and holds it up while it is shut."""

    def __init__(self) -> None:
        self.points: list[str] = []
        self.on: Callable[[str], None] = lambda _: None
        self._open = Event()
        self._open.set()
        self._reached = Event()

    def __call__(self, point: str) -> None:
        self.points.append(point)
        self._reached.set()
        assert self._open.wait(PATIENCE)
        self.on(point)

    @property
    def commits(self) -> int:
        return self.points.count("after commit")

    def shut(self) -> None:
        self._reached.clear()
        self._open.clear()

    def open(self) -> None:
        self._open.set()

    def wait_until_reached(self) -> None:
        assert self._reached.wait(PATIENCE)


def wait_until(condition: Callable[[], bool]) -> None:
    """Look until it is so."""
    until = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < until, "it never came about"
        # Whoever is waited for needs the processor.
        sleep(0.005)
