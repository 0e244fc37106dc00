"""A reply that a person read: what it means is said by hand, with the guarantees of a text that says so itself."""

from collections.abc import Collection
from enum import StrEnum

from ..domain.answer import Answer, Refusal, Status, refuse
from ..domain.inbound.contact import OfferView
from ..domain.shift.commands import AcceptOffer, DeclineOffer
from .desk.orders import DeskOrders
from .records import AlertRecord, MessageRecord
from .tasks import ShiftTask

UNKNOWN = refuse(Refusal.UNKNOWN, "There is no reply with this id.")
WHICH = refuse(
    Refusal.NOT_OFFERED,
    "It is not known which shift this reply is about: open the shift, and give it to them there.",
)
NOTED = Answer(status=Status.ACKNOWLEDGED, message="Noted: it is neither a yes nor a no.")
LOOKED_AT = 200


class Meaning(StrEnum):
    """What a reply means, to a person who read it."""

    YES = "yes"
    NO = "no"
    OTHER = "other"


class DeskMarking(DeskOrders):
    """The part of `ShiftDesk` that takes a person's word for what a reply means."""

    def mark(
        self,
        message_id: str,
        meaning: Meaning | str,
        by: str = "coordinator",
        *,
        organization_ids: Collection[str] | None = None,
    ) -> Answer:
        """Say what a reply means that nobody could read; its alerts are closed.

        A yes takes the shift if it can still be taken, by the same decision as a text: one holder, no overlap, and whoever
        is too late is told so. Refused when there is no such reply, or it is not known which shift it is about. Whoever
        speaks for some organizations speaks of their shifts and alerts only; None is all.
        """
        meaning, record = Meaning(meaning), self.journal.message(message_id)
        if record is None or record.direction != "in":
            return UNKNOWN
        answer = NOTED if meaning is Meaning.OTHER else self._take_as(record, meaning, by, organization_ids)
        if answer.refusal is None:
            for alert in self._about(record):
                if organization_ids is None or alert.organization_id in organization_ids:
                    self.close_alert(alert.id, by)
        return answer

    def _take_as(
        self, record: MessageRecord, meaning: Meaning, by: str, organization_ids: Collection[str] | None
    ) -> Answer:
        now = self.clock.now()
        offer = self._offer_meant(record, organization_ids)
        if offer is None:
            return WHICH
        command: AcceptOffer | DeclineOffer
        if meaning is Meaning.YES:
            command = AcceptOffer(
                at=now,
                by=by,
                caregiver_id=offer.caregiver_id,
                written_at=record.at,
                obstacle=offer.obstacle,
            )
        else:
            command = DeclineOffer(at=now, by=by, caregiver_id=offer.caregiver_id, written_at=record.at)
        return self._ask(ShiftTask(offer.shift_id, command))

    def _offer_meant(
        self, record: MessageRecord, organization_ids: Collection[str] | None
    ) -> OfferView | None:
        contact = self.journal.contact(record.phone, None, self.clock.now())
        known = contact.offers if contact is not None else ()
        offers = [one for one in known if organization_ids is None or one.organization_id in organization_ids]
        about = [one for one in offers if one.shift_id == record.shift_id]
        found = about or ([one for one in offers if one.live] if record.shift_id is None else [])
        return found[0] if len({(one.shift_id, one.caregiver_id) for one in found}) == 1 else None

    def _about(self, record: MessageRecord) -> list[AlertRecord]:
        found = self.alerts(open=True, limit=LOOKED_AT).items
        return [one for one in found if record.id in one.message_ids]
