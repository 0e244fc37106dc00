"""What coordinators order: people and shifts as they are, and what is to become of them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from ...domain.answer import Answer, Refusal, refuse
from ...domain.caregiver import Caregiver
from ...domain.consent import Consent
from ...domain.conversation.state import (
    ConfirmNumber,
    ConversationCommand,
    StateConsent,
    WriteDirectly,
)
from ...domain.cost import Prices
from ...domain.data.dataset import DataSet
from ...domain.data.register import given_twice
from ...domain.message import DirectMessage
from ...domain.organization import Organization
from ...domain.shift.commands import (
    AssignShift,
    CancelShift,
    NextRound,
    Order,
    PauseFanOut,
    PostShift,
    ReleaseShift,
    ResumeFanOut,
    StartFanOut,
)
from ...domain.shift.shift import Shift
from ..journal.transaction import Transaction
from ..preview import Preview, preview
from ..records import AlertRecord
from ..runtime.envelope import Envelope
from ..runtime.promise import Promise
from ..tasks import ConversationTask, PutPeople, ShiftTask, Task, Write
from .arguments import expect, expect_shift_id, rows
from .view import DeskView

AT_ONCE = 256
"""Rows of one bulk call that are under way at the same time."""

FEWER = 32
"""The same of rows that state consent, of which each is a decision."""

T = TypeVar("T")


class DeskOrders(DeskView):
    """The half of `ShiftDesk` that changes something on a coordinator's word."""

    patience: float
    prices: Prices | None

    def put_organizations(
        self, organizations: Sequence[Organization], by: str = "coordinator"
    ) -> list[Answer]:
        """Create or replace organizations; one answer each, in order. An id given twice with different data is refused."""
        organizations = rows("put_organizations", organizations, Organization)
        twice, now = given_twice(organizations), self.clock.now()
        return self._write(
            lambda transaction: [
                twice.get(number) or transaction.put_organization(one, now, by)
                for number, one in enumerate(organizations)
            ]
        )

    def delete_organization(self, organization_id: str, by: str = "coordinator") -> Answer:
        """Delete an organization that has no caregivers and no shifts: one made by mistake."""
        now = self.clock.now()
        return self._write(lambda transaction: transaction.delete_organization(organization_id, now, by))

    def put_caregivers(self, caregivers: Sequence[Caregiver], by: str = "coordinator") -> list[Answer]:
        """Create or replace caregivers; one answer each, in order.

        Whoever qualifies now is offered what is being offered, and offers follow people to another phone. What a row states of
        consent is kept with it, as `state_consent` does.
        """
        caregivers = rows("put_caregivers", caregivers, Caregiver)
        now = self.clock.now()
        answers: list[Answer] = []
        at_once = FEWER if any(one.consents for one in caregivers) else AT_ONCE
        for start in range(0, len(caregivers), at_once):
            some = caregivers[start : start + at_once]
            saved: Promise[list[Answer]] = Promise()
            self._working.post(Envelope(PutPeople(tuple(some), now, by), saved))
            answers += saved.wait(self.patience)
            self._working.look_for_news([one.id for one in some])
        return answers

    def post_shifts(self, shifts: Sequence[Shift], by: str = "coordinator") -> list[Answer]:
        """Create or replace shifts; one answer each, in order. The same data again change nothing."""
        shifts = rows("post_shifts", shifts, Shift)
        owners = {one: self.journal.organization(one) for one in {one.organization_id for one in shifts}}
        twice = given_twice(shifts)
        answers: list[Answer] = []
        for start in range(0, len(shifts), AT_ONCE):
            some = enumerate(shifts[start : start + AT_ONCE], start)
            replies = [
                twice.get(number) or self._post(one, owners[one.organization_id], by) for number, one in some
            ]
            answers += [one if isinstance(one, Answer) else one.wait(self.patience) for one in replies]
        return answers

    def load(self, data: DataSet, by: str = "coordinator") -> list[Answer]:
        """Create or replace all that a file brings; one answer a row: organizations, caregivers, shifts."""
        expect("load", data, DataSet, "; read_data makes one of a JSON document")
        new = [one for one in data.named_organizations() if self.journal.organization(one.id) is None]
        return [
            *self.put_organizations([*data.organizations, *new], by),
            *self.put_caregivers(data.caregivers, by),
            *self.post_shifts(data.shifts, by),
        ]

    # An order to a shift may name the holder or the version it means; if that has changed, it does nothing.

    def fan_out(
        self, shift_id: str, by: str = "coordinator", *, holder: str | None = None, version: int | None = None
    ) -> Answer:
        """Offer a shift to everybody who qualifies. While that is under way, asking again changes nothing."""
        return self._order(StartFanOut, shift_id, by, holder, version)

    def cancel(
        self,
        shift_id: str,
        *,
        confirm: bool = False,
        by: str = "coordinator",
        holder: str | None = None,
        version: int | None = None,
    ) -> Answer:
        """Call a shift off; a claimed one only with `confirm`."""
        return self._order(CancelShift, shift_id, by, holder, version, confirm=confirm)

    def release(
        self, shift_id: str, by: str = "coordinator", *, holder: str | None = None, version: int | None = None
    ) -> Answer:
        """Take the winner off a shift and offer it anew to everybody else; until its end."""
        return self._order(ReleaseShift, shift_id, by, holder, version)

    def assign(
        self,
        shift_id: str,
        caregiver_id: str,
        *,
        by: str = "coordinator",
        override: str | None = None,
        holder: str | None = None,
        version: int | None = None,
    ) -> Answer:
        """Give a shift that nobody has to somebody by hand, until its end; it holds as a yes does.

        `override` is the reason why they get it although it overlaps another shift of theirs.
        """
        whom = {"caregiver_id": caregiver_id, "override": override}
        return self._order(AssignShift, shift_id, by, holder, version, **whom)

    def preview(self, shift: str | Shift) -> Preview | None:
        """Say what a fan-out of a shift would do if it began now, None when there is none with the id; nothing is changed.

        A shift that is not posted yet can be handed in as it would be posted.
        """
        if not isinstance(shift, Shift):
            expect_shift_id(shift)
        return preview(self.journal, shift, self._working.tools.rounds, self.prices, self.clock.now())

    def pause(
        self, shift_id: str, by: str = "coordinator", *, holder: str | None = None, version: int | None = None
    ) -> Answer:
        """Hold a fan-out: no further round begins and nobody else is asked; what is on its way goes out, and a yes still
        takes the shift."""
        return self._order(PauseFanOut, shift_id, by, holder, version)

    def resume(
        self, shift_id: str, by: str = "coordinator", *, holder: str | None = None, version: int | None = None
    ) -> Answer:
        """Let a fan-out that was held go on, with what was left of its round."""
        return self._order(ResumeFanOut, shift_id, by, holder, version)

    def next_round(
        self, shift_id: str, by: str = "coordinator", *, holder: str | None = None, version: int | None = None
    ) -> Answer:
        """Begin the next round of a fan-out at once: call now, without waiting for an answer to the texts."""
        return self._order(NextRound, shift_id, by, holder, version)

    def close_alert(self, alert_id: int, by: str = "coordinator") -> AlertRecord | None:
        """Close an alert, and give it; None when there is none. One that is closed says who closed it, and stays so."""
        return self._see_to(Transaction.close_alert, alert_id, by)

    def acknowledge_alert(self, alert_id: int, by: str = "coordinator") -> AlertRecord | None:
        """Say that somebody sees to an alert, so that nobody else is told of it, and give it; None when there is none.

        One that is closed, or that somebody sees to already, stays as it is.
        """
        return self._see_to(Transaction.acknowledge_alert, alert_id, by)

    def _see_to(self, write: Callable[..., object], alert_id: int, by: str) -> AlertRecord | None:
        self._write(partial(write, alert_id=alert_id, at=self.clock.now(), by=by))
        return next(iter(self.journal.alerts_by_id([alert_id])), None)

    def confirm_phone(self, caregiver_id: str, by: str = "coordinator") -> Answer:
        """Say that a caregiver's number, which somebody called a wrong one, is theirs: it is used again."""
        return self._converse(caregiver_id, ConfirmNumber, by)

    def state_consent(self, caregiver_id: str, consent: Consent, by: str = "coordinator") -> Answer:
        """Keep that a caregiver agrees to texts or calls, or carry out that they want no more of them: all texts and calls of
        their organization end with their consent to texts, as after STOP. What is not dated is said now.

        Refused when they stopped it themselves, and the consent is not later.
        """
        expect("state_consent", consent, Consent)
        if consent.given_at is None:
            consent = consent.model_copy(update={"given_at": self.clock.now()})
        return self._converse(caregiver_id, StateConsent, by, consent=consent)

    def write_to(self, message: DirectMessage, by: str = "coordinator") -> Answer:
        """Text a caregiver what a coordinator wrote, from the number that their other texts come from. What they write next,
        without a code, a person reads. Refused while they want no texts, or their number is in doubt."""
        expect("write_to", message, DirectMessage)
        return self._converse(message.caregiver_id, WriteDirectly, by, body=message.body, key=message.key)

    def _converse(
        self, caregiver_id: str, kind: type[ConversationCommand], by: str, **details: object
    ) -> Answer:
        person, now = self.journal.caregiver(caregiver_id), self.clock.now()
        contact = self.journal.contact(person.phone, None, now) if person else None
        if person is None or contact is None:
            return refuse(Refusal.UNKNOWN, f'There is no caregiver "{caregiver_id}".')
        who = {
            "at": now,
            "by": by,
            "contact_id": contact.contact_id,
            "caregiver_id": person.id,
            "organization_id": person.organization_id,
            "language": person.language,
        }
        command = kind.model_validate({**who, **details})
        return self._ask(ConversationTask(contact.contact_id, command))

    def _order(
        self, kind: type[Order], shift_id: str, by: str, holder: str | None, version: int | None, **more: Any
    ) -> Answer:
        # Whoever has it may be named by any id of theirs.
        person = self.journal.caregiver(holder) if holder else None
        own = person.id if person else holder
        order = kind(at=self.clock.now(), by=by, holder=own, version=version, **more)
        return self._ask(ShiftTask(shift_id, order))

    def _post(self, shift: Shift, owner: Organization | None, by: str) -> Promise[Answer] | Answer:
        if owner is None:
            said = f'Shift {shift.id}: there is no organization "{shift.organization_id}"; create it first.'
            return refuse(Refusal.UNKNOWN, said, shift.id)
        order = PostShift(at=self.clock.now(), by=by, shift=shift, zone=owner.time_zone)
        return self._tell(ShiftTask(shift.id, order))

    def _ask(self, task: Task) -> Answer:
        return self._tell(task).wait(self.patience)

    def _write(self, write: Callable[[Transaction], T]) -> T:
        return self._put(write).wait(self.patience)

    def _put(self, write: Callable[[Transaction], T]) -> Promise[T]:
        promise: Promise[T] = Promise()
        self._working.post(Envelope(Write(write), promise))
        return promise

    def _tell(self, task: Task) -> Promise[Answer]:
        if isinstance(task, ShiftTask):
            expect_shift_id(task.shift_id)
        reply: Promise[Answer] = Promise()
        self._working.post(Envelope(task, reply))
        return reply
