"""A journal with actors' work done by hand: each method decides as the domain does and appends what follows."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import count
from threading import Event
from time import monotonic
from types import TracebackType
from typing import Any

from firstyes.actors.journal.port import (
    Append,
    Committed,
    Inbound,
    Journal,
    Outcome,
    contact_stream,
    shift_stream,
)
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.conversation import decide as conversation_decide
from firstyes.domain.conversation import state as conversation
from firstyes.domain.conversation.state import AnyConversationCommand, ConversationState
from firstyes.domain.inbound.contact import Contact
from firstyes.domain.organization import Organization
from firstyes.domain.policy import DEFAULT_ROUNDS, Rounds
from firstyes.domain.replies.reading import Intent, Reading
from firstyes.domain.shift import decide as shift_decide
from firstyes.domain.shift.candidates import make_offers, who_is_offered
from firstyes.domain.shift.commands import (
    AcceptOffer,
    AnyShiftCommand,
    CancelShift,
    DeclineOffer,
    MeetDeadline,
    Outreach,
    PostShift,
    ReleaseShift,
    StartFanOut,
)
from firstyes.domain.shift.shift import Shift
from firstyes.domain.shift.state import ShiftState, evolve

from .patience import PATIENCE

NOW = datetime(2030, 7, 14, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LAKESIDE = "lakeside"
LAKESIDE_PHONE = "+13125550100"


class Kept:
    """What is kept in a journal of one organization. `now` is the time it happens at, `message_ids` count up."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.now = NOW
        self._ids = count(1)
        self._phones = count(200)
        journal.put_organization(Organization(id=LAKESIDE, name="Lakeside", phones=(LAKESIDE_PHONE,)), NOW)

    def employ(self, *names: str, phone: str | None = None, **details: Any) -> None:
        """Let these people work here, each with a phone of their own unless `phone` is given."""
        fields: dict[str, Any] = {"organization_id": LAKESIDE, "roles": ("RN",), **details}
        people = []
        for name in names:
            own = {"name": name.title(), "phone": phone or f"+1312555{next(self._phones):04}"}
            people.append(Caregiver(id=name, **{**own, **fields}))
        self.journal.put_caregivers(people, self.now)

    def post(self, shift_id: str = "s1", *, starts: datetime = NOW + 2 * HOUR, hours: float = 8) -> Shift:
        """Post a shift."""
        shift = Shift(
            id=shift_id,
            organization_id=LAKESIDE,
            role_required="RN",
            start_time=starts,
            end_time=starts + hours * HOUR,
        )
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
        """Reserve codes for the shift's next fan-out."""
        state = self.state(shift_id)
        assert state.shift is not None
        candidates = self.journal.candidates(LAKESIDE, "rn")
        chosen = who_is_offered(state, candidates, leave_out=state.claimed_by)
        codes = self.journal.reserve_codes(state.shift, state.fanout + 1, chosen, self.now)
        offers = make_offers(chosen, codes)
        return Outreach(offers=offers, rounds=rounds, sender="Lakeside", zone="America/Chicago"), codes

    def state(self, shift_id: str) -> ShiftState:
        """Replay a shift."""
        return reduce(evolve, self.journal.shift_events(shift_id), ShiftState())

    def conversation(self, contact_id: int) -> ConversationState:
        """Replay a conversation."""
        events = self.journal.conversation_events(contact_id)
        return reduce(conversation.evolve, events, ConversationState())

    def decided(self, shift_id: str, command: AnyShiftCommand, inbound: Inbound | None = None) -> Append:
        """Decide on what is kept now, and give what would be appended."""
        state = self.state(shift_id)
        decision = shift_decide.decide(state, command)
        return Append(
            stream=shift_stream(shift_id),
            expected=state.version,
            events=decision.events,
            messages=decision.messages,
            answer=decision.answer,
            state=reduce(evolve, decision.events, state),
            inbound=inbound,
        )

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
        assert isinstance(self.journal.append(self.yes(name, shift_id)), Committed)

    def decline(self, name: str, shift_id: str = "s1") -> None:
        """Have a caregiver pass on the shift."""
        assert isinstance(self.journal.append(self.no(name, shift_id)), Committed)

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

    def must(self, shift_id: str, command: AnyShiftCommand) -> None:
        """Append what follows from a command."""
        outcome = self.journal.append(self.decided(shift_id, command))
        assert isinstance(outcome, Committed), outcome

    def converse(
        self, name: str, kind: type[AnyConversationCommand], inbound: Inbound | None = None, **details: Any
    ) -> Append:
        """Give what a command to a caregiver's conversation would append."""
        contact_id = self.contact_id(name)
        known = {
            "at": self.now,
            "by": f"caregiver:{name}",
            "contact_id": contact_id,
            "caregiver_id": name,
            "organization_id": LAKESIDE,
            "message_id": inbound.message_id if inbound else None,
        }
        state = self.conversation(contact_id)
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

    def tell(self, name: str, kind: type[AnyConversationCommand], **details: Any) -> None:
        """Append what follows from a command to a caregiver's conversation."""
        assert isinstance(self.journal.append(self.converse(name, kind, **details)), Committed)

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
        everybody = self.journal.candidates(LAKESIDE, "rn")
        return next(one.contact_id for one in everybody if one.caregiver.id == name)


class Gate:
    """A crash point that can hold the writer up: while it is shut, what comes in is queued behind one commit."""

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


class Together:
    """Appends that reach the writer while it is held up, so that one commit takes them all."""

    def __init__(self, journal: Journal, gate: Gate) -> None:
        self._journal = journal
        self._gate = gate
        self._pool = ThreadPoolExecutor(600)
        self._queued = 0

    def __enter__(self) -> "Together":
        self._gate.shut()
        self._first = self._pool.submit(self._journal.put_organization, Organization(id="in-front"), NOW)
        self._gate.wait_until_reached()
        return self

    def append(self, append: Append) -> "Future[Outcome]":
        """Hand one in, behind those before."""
        return self.call(self._journal.append, append)

    def call(self, method: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        """Hand any call that writes in."""
        future = self._pool.submit(method, *arguments)
        self._queued += 1
        wait_until(lambda: self._journal.health().queued == self._queued)
        return future

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gate.open()
        self._pool.shutdown(wait=True)


def wait_until(condition: Callable[[], bool]) -> None:
    """Look until it is so."""
    until = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < until, "it never came about"
