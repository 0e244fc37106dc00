"""A journal with an outbox to fill: every row comes about as it does in service, by the domain's own decisions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any, cast

from firstyes.actors.journal.alert_port import AlertFilter
from firstyes.actors.journal.port import (
    Append,
    CommitUnknown,
    Journal,
    JournalUnavailable,
    contact_stream,
    shift_stream,
)
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.journal.transaction import Transaction
from firstyes.actors.records import Delivery
from firstyes.actors.runtime.clock import ManualClock
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.conversation import decide as conversation_decide
from firstyes.domain.conversation import state as conversation
from firstyes.domain.conversation.state import GiveHelp, OptOut
from firstyes.domain.decision import Decision
from firstyes.domain.message import Purpose
from firstyes.domain.organization import Organization, OwnNumber
from firstyes.domain.policy import Channel, Round
from firstyes.domain.shift import decide as shift_decide
from firstyes.domain.shift import state as shift_state
from firstyes.domain.shift.commands import (
    AcceptOffer,
    CancelShift,
    DeclineOffer,
    Outreach,
    PostShift,
    ShiftCommand,
    StartFanOut,
)
from firstyes.domain.shift.events import Offer
from firstyes.domain.shift.shift import Shift

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NORTH = "north"
NURSE = "RN"


class BreakableJournal:
    """Passes everything on. It can be broken, or be `late` once: make a commit and say that nobody knows of it; `bug`
    is raised once by whoever asks what is due."""

    def __init__(self, journal: Journal) -> None:
        self.broken = False
        self.late = False
        self.bug: Exception | None = None
        self._journal = journal

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        if self.broken:
            raise JournalUnavailable("the disk is full")
        with self._journal.transaction() as transaction:
            if self.bug is not None:
                transaction.due = self._raise  # type: ignore[assignment, method-assign]
            yield transaction
        if self.late:
            self.late = False
            raise CommitUnknown("nobody knows")

    def _raise(self, *_: object) -> Any:
        error, self.bug = self.bug, None
        assert error is not None
        raise error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)


class OutboxWorld:
    """Shifts, people and conversations. `journal` may break, `real` is the one behind it."""

    def __init__(self) -> None:
        self.real = SqliteJournal.open("sqlite://")
        self.breakable = BreakableJournal(self.real)
        self.journal = cast(Journal, self.breakable)
        self.clock = ManualClock(START)
        self._shifts = 0
        with self.real.transaction() as transaction:
            transaction.put_organization(
                Organization(id=NORTH, name="North", phones=(OwnNumber(number="+13125550000"),)),
                START,
                "coordinator",
            )

    def offer(self, shift: str, phones: Sequence[str], channel: Channel = Channel.SMS) -> None:
        """Fan a shift out: one offer for each phone."""
        self._shifts += 1
        start = self._now + timedelta(days=self._shifts)
        posted = Shift(
            id=shift,
            organization_id=NORTH,
            role_required=NURSE,
            start_time=start,
            end_time=start + timedelta(hours=8),
        )
        wanted = {_id(phone) for phone in phones}
        with self.real.transaction() as transaction:
            self._employ(transaction, phones)
            _to_shift(transaction, shift, PostShift(at=self._now, by="test", shift=posted))
            candidates = transaction.candidates(posted)
            chosen = [one for one in candidates if one.caregiver_id in wanted]
            codes = transaction.find_codes(chosen, self._now)
            offers = tuple(
                Offer(caregiver_id=who, contact_id=one.contact_id, code=codes[who])
                for one in chosen
                for who in [one.caregiver_id]
            )
            outreach = Outreach(offers=offers, rounds=(Round(channel=channel, wait=3_600),), sender="North")
            _to_shift(transaction, shift, StartFanOut(at=self._now, by="test", outreach=outreach))

    def answer(self, phone: str) -> None:
        """Plan an answer to somebody who texted."""
        with self.real.transaction() as transaction:
            self._employ(transaction, [phone])
        self._to_phone(phone, GiveHelp)

    def fill(self, shift: str, phone: str) -> None:
        """Have somebody win the shift; a confirmation is planned."""
        self._do(shift, AcceptOffer(at=self._now, by="test", caregiver_id=_id(phone)))

    def call_off(self, shift: str) -> None:
        """Cancel the shift; a withdrawal is planned for everybody who was offered it, or for who has it."""
        self._do(shift, CancelShift(at=self._now, by="test", confirm=True))

    def decline(self, shift: str, phone: str) -> None:
        """Have somebody pass."""
        self._do(shift, DeclineOffer(at=self._now, by="test", caregiver_id=_id(phone)))

    def opt_out(self, phone: str) -> None:
        """Have somebody opt out; the confirmation is planned."""
        self._to_phone(phone, OptOut, organization_ids=(NORTH,))

    def deactivate(self, phone: str) -> None:
        """Have somebody leave the organization."""
        with self.real.transaction() as transaction:
            self._employ(transaction, [phone], active=False)

    def break_journal(self) -> None:
        """Have every transaction be refused."""
        self.breakable.broken = True

    def mend_journal(self) -> None:
        """Have the journal work again."""
        self.breakable.broken = False

    def alerts(self) -> list[str]:
        """Give the kinds of all alerts, oldest first."""
        return self._kinds(AlertFilter())

    def open_alerts(self) -> list[str]:
        """Give the kinds of those that are open."""
        return self._kinds(AlertFilter(open=True))

    def _kinds(self, which: AlertFilter) -> list[str]:
        return [one.kind.value for one in reversed(self.real.alerts(which, None, 100).items)]

    def delivery(self, phone: str, purpose: Purpose = Purpose.OFFER) -> Delivery:
        """Say how far the last message to a phone has come."""
        page = self.real.messages(None, phone, None, 100)
        return next(Delivery(one.state) for one in page.items if one.purpose == purpose)

    def count(self, delivery: Delivery) -> int:
        """Count messages by how far they have come."""
        return int(self.real.one("SELECT count(*) FROM outbox WHERE state = ?", (delivery.value,))[0])

    @property
    def _now(self) -> datetime:
        return self.clock.now()

    def _employ(self, transaction: Transaction, phones: Sequence[str], *, active: bool = True) -> None:
        people = [
            Caregiver(
                id=_id(phone),
                organization_id=NORTH,
                name="Ann",
                roles=(NURSE,),
                phone=phone,
                active=active,
            )
            for phone in phones
        ]
        transaction.put_caregivers(people, self._now, "coordinator")

    def _do(self, shift: str, command: ShiftCommand) -> None:
        with self.real.transaction() as transaction:
            _to_shift(transaction, shift, command)

    def _to_phone(self, phone: str, kind: type[GiveHelp] | type[OptOut], **details: object) -> None:
        contact = self.real.contact(phone, None, self._now)
        assert contact is not None
        known = {
            "at": self._now,
            "by": "test",
            "contact_id": contact.contact_id,
            "caregiver_id": _id(phone),
            "organization_id": NORTH,
        }
        with self.real.transaction() as transaction:
            events = transaction.conversation_events(contact.contact_id)
            state = reduce(conversation.evolve, events, conversation.ConversationState())
            decision = conversation_decide.decide(state, kind.model_validate({**known, **details}))
            new = reduce(conversation.evolve, decision.events, state)
            _append(transaction, contact_stream(contact.contact_id), state, decision, new)


def _to_shift(transaction: Transaction, shift: str, command: ShiftCommand) -> None:
    state = reduce(shift_state.evolve, transaction.shift_events(shift), shift_state.ShiftState())
    decision = shift_decide.decide(state, command)
    _append(
        transaction, shift_stream(shift), state, decision, reduce(shift_state.evolve, decision.events, state)
    )


def _append(transaction: Transaction, stream: str, state: Any, decision: Decision[Any], new: Any) -> None:
    append = Append(
        stream=stream,
        expected=state.version,
        events=decision.events,
        messages=decision.messages,
        answer=decision.answer,
        state=new,
    )
    assert transaction.append(append) is None


def _id(phone: str) -> str:
    return f"carer-{phone.lstrip('+')}"
