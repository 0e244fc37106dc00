"""The world of the outbox on the real journal: every row comes about as it does in service."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import reduce
from threading import Semaphore
from typing import Any, cast

from firstyes.actors.clock import ManualClock
from firstyes.actors.journal.alert_port import AlertFilter
from firstyes.actors.journal.port import (
    Append,
    Committed,
    Journal,
    JournalUnavailable,
    contact_stream,
    shift_stream,
)
from firstyes.actors.journal.sqlite_journal import SqliteJournal
from firstyes.actors.records import Delivery, MessageRecord
from firstyes.domain.caregiver import Caregiver
from firstyes.domain.conversation import decide as conversation_decide
from firstyes.domain.conversation import state as conversation
from firstyes.domain.conversation.state import GiveHelp, OptOut
from firstyes.domain.message import Purpose
from firstyes.domain.organization import Organization
from firstyes.domain.policy import Channel, Round
from firstyes.domain.shift import decide as shift_decide
from firstyes.domain.shift import state as shift_state
from firstyes.domain.shift.commands import (
    AcceptOffer,
    AnyShiftCommand,
    CancelShift,
    DeclineOffer,
    Outreach,
    PostShift,
    StartFanOut,
)
from firstyes.domain.shift.events import Offer
from firstyes.domain.shift.shift import Shift

from .outbox_worlds import START

NORTH = "north"
NURSE = "RN"


class BreakableJournal:
    """Passes everything on, unless it is broken."""

    def __init__(self, journal: Journal) -> None:
        self.broken = False
        self.refused = Semaphore(0)
        self._journal = journal

    def __getattr__(self, name: str) -> Any:
        if self.broken:
            self.refused.release()
            raise JournalUnavailable("the disk is full")
        return getattr(self._journal, name)


class JournalWorld:
    """Shifts, people and conversations on a real journal, brought about by the domain's own decisions."""

    def __init__(self, url: str = "sqlite://") -> None:
        self.real: Journal = SqliteJournal.open(url)
        self.breakable = BreakableJournal(self.real)
        self.journal = cast(Journal, self.breakable)
        self.clock = ManualClock(START)
        self.refused = self.breakable.refused
        self._shifts = 0
        self.real.put_organization(Organization(id=NORTH, name="North", phones=("+13125550000",)), self._now)

    def close(self) -> None:
        self.real.close()

    def offer(self, shift: str, phones: Sequence[str], channel: Channel = Channel.SMS) -> None:
        self._employ(phones)
        self._shifts += 1
        start = self._now + timedelta(days=self._shifts)
        posted = Shift(
            id=shift,
            organization_id=NORTH,
            role_required=NURSE,
            start_time=start,
            end_time=start + timedelta(hours=8),
        )
        self._to_shift(shift, PostShift(at=self._now, by="test", shift=posted))
        wanted = {_id(phone) for phone in phones}
        chosen = [one for one in self.real.candidates(NORTH, NURSE.casefold()) if one.caregiver.id in wanted]
        codes = self.real.reserve_codes(posted, 1, chosen, self._now)
        offers = tuple(
            Offer(caregiver_id=one.caregiver.id, contact_id=one.contact_id, code=codes[one.caregiver.id])
            for one in chosen
        )
        outreach = Outreach(offers=offers, rounds=(Round(channel=channel, wait=3_600),), sender="North")
        self._to_shift(shift, StartFanOut(at=self._now, by="test", outreach=outreach))

    def answer(self, phone: str) -> None:
        self._employ([phone])
        self._to_phone(phone, GiveHelp)

    def fill(self, shift: str, phone: str) -> None:
        self._to_shift(shift, AcceptOffer(at=self._now, by="test", caregiver_id=_id(phone)))

    def call_off(self, shift: str) -> None:
        self._to_shift(shift, CancelShift(at=self._now, by="test", confirm=True))

    def decline(self, shift: str, phone: str) -> None:
        self._to_shift(shift, DeclineOffer(at=self._now, by="test", caregiver_id=_id(phone)))

    def opt_out(self, phone: str) -> None:
        self._to_phone(phone, OptOut, organization_ids=(NORTH,))

    def deactivate(self, phone: str) -> None:
        self._employ([phone], active=False)

    def alerts(self) -> list[str]:
        listed = self.real.alerts(AlertFilter(), None, 100).items
        return [one.kind.value for one in reversed(listed)]

    def delivery(self, phone: str, purpose: Purpose = Purpose.OFFER) -> Delivery:
        page = self.real.messages(None, phone, None, 100)
        return next(Delivery(one.state) for one in page.items if one.purpose == purpose)

    def count(self, delivery: Delivery) -> int:
        return sum(one.state == delivery for one in self._messages())

    def break_journal(self) -> None:
        self.breakable.broken = True

    def mend_journal(self) -> None:
        self.breakable.broken = False

    @property
    def _now(self) -> datetime:
        return self.clock.now()

    def _messages(self) -> list[MessageRecord]:
        found: list[MessageRecord] = []
        cursor = None
        while True:
            page = self.real.messages(None, None, cursor, 1_000)
            found += page.items
            cursor = page.next_cursor
            if cursor is None:
                return found

    def _employ(self, phones: Sequence[str], *, active: bool = True) -> None:
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
        self.real.put_caregivers(people, self._now)

    def _to_shift(self, shift: str, command: AnyShiftCommand) -> None:
        state = reduce(shift_state.evolve, self.real.shift_events(shift), shift_state.ShiftState())
        decision = shift_decide.decide(state, command)
        append = Append(
            stream=shift_stream(shift),
            expected=state.version,
            events=decision.events,
            messages=decision.messages,
            answer=decision.answer,
            state=reduce(shift_state.evolve, decision.events, state),
        )
        assert isinstance(self.real.append(append), Committed)

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
        events = self.real.conversation_events(contact.contact_id)
        state = reduce(conversation.evolve, events, conversation.ConversationState())
        decision = conversation_decide.decide(state, kind.model_validate({**known, **details}))
        append = Append(
            stream=contact_stream(contact.contact_id),
            expected=state.version,
            events=decision.events,
            messages=decision.messages,
            answer=decision.answer,
            state=reduce(conversation.evolve, decision.events, state),
        )
        assert isinstance(self.real.append(append), Committed)


def _id(phone: str) -> str:
    return f"carer-{phone.lstrip('+')}"
