"""One message that was heard, and what it can be sent on as. Which of that it is, `routing` says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..answer import Choice
from ..conversation.events import Whose
from ..conversation.state import AskWhich, ConversationCommand, Note, OptIn
from ..replies.reading import Intent, Reading
from ..shift.commands import AcceptOffer, DeclineOffer
from .contact import Contact, OfferView, Person
from .destination import Destination, ToConversation, ToEach, ToShift
from .several import of_codes
from .standing import Standing

MOST_CHOICES = 9
"""A question lists the next so many, about three segments. The code of any other offer is still understood."""


@dataclass(slots=True)
class Heard:
    """One message: who may have written it, how their offers stand, and how it reads."""

    contact: Contact
    standing: Standing
    reading: Reading
    message_id: str
    at: datetime
    written_at: datetime
    text: str

    def held_meant(self) -> list[OfferView]:
        """The shifts that a calling off names, by code or by day; else all that they have."""
        codes = self.reading.codes or [one.code for one in self.reading.each]
        found = of_codes(self.standing.all, codes)
        return [one for one in found if one in self.standing.held] or self.standing.held

    def by_code(self) -> list[OfferView]:
        return of_codes(self.standing.all, self.reading.codes)

    def yes(self, offer: OfferView, beside: Sequence[OfferView] = ()) -> ToShift:
        """`beside` are offers that are answered by the same text."""
        others = [one for one in self.standing.open if one is not offer and one not in beside]
        command = AcceptOffer(
            **self.about(offer),
            written_at=self.written_at,
            explicit=self.reading.explicit or bool(self.reading.codes),
            obstacle=offer.obstacle,
            open=self.choices(others),
            asks=self.reading.asks,
        )
        return ToShift(offer.shift_id, command)

    def no(self, offer: OfferView, *, calls_off: bool = False) -> ToShift:
        about = self.about(offer)
        command = DeclineOffer(**about, written_at=self.written_at, calls_off=calls_off)
        return ToShift(offer.shift_id, command)

    def passes(self, offer: OfferView) -> Destination:
        """A no, and what else is said with it: whoever has the shift is heard by a person in any case."""
        if offer.mine or not self.reading.asks:
            return self.no(offer)
        return ToEach((self.no(offer),), self.converse(Note, offer, intent=Intent.DECLINE, asks=True))

    def about(self, offer: OfferView) -> dict[str, Any]:
        whose = offer.caregiver_id
        return {
            "at": self.at,
            "by": f"caregiver:{whose}",
            "caregiver_id": whose,
            "message_id": self.message_id,
        }

    def which(
        self,
        intent: Intent,
        offers: Sequence[OfferView],
        *,
        yours: Choice | None = None,
    ) -> Destination:
        if not offers:
            return self.converse(Note, intent=intent)
        choices = self.choices(offers)
        first = min(offers, key=order)
        return self.converse(
            AskWhich, first, intent=intent, choices=choices, yours=yours, asks=self.reading.asks
        )

    def choices(self, offers: Sequence[OfferView]) -> tuple[Choice, ...]:
        return tuple(self.choice(one) for one in sorted(offers, key=order)[:MOST_CHOICES])

    def choice(self, offer: OfferView) -> Choice:
        return offer.choice(self.speaker(offer).language, self.contact.whose(offer))

    def opt_in(self, organization_ids: tuple[str, ...]) -> Destination:
        """Start texts again. Their open offers are listed; none is taken, whatever the message said."""
        still_open = [
            one
            for one in self.standing.all
            if one.live and not one.declined and one.organization_id in organization_ids
        ]
        agree = tuple(
            Whose(organization_id=one.organization_id, caregiver_id=one.caregiver_id)
            for one in self.contact.people
            if one.active and one.organization_id in organization_ids
        )
        return self.converse(
            OptIn, organization_ids=organization_ids, still_open=self.choices(still_open), consents=agree
        )

    def opted_out(self) -> bool:
        deaf = self.standing.deaf
        return bool(deaf) and all(one.opted_out for one in self.contact.people if one.active)

    def organizations(self) -> tuple[str, ...]:
        return tuple(sorted({one.organization_id for one in self.contact.people}))

    def speaker(self, about: OfferView | None = None) -> Person:
        """Who is answered: the one an offer was made to, else the first who may work."""
        people = sorted(self.contact.people, key=lambda one: not one.active)
        return next((one for one in people if about and one.caregiver_id == about.caregiver_id), people[0])

    def matter(self) -> str:
        """Name the newest offer: each one grants answers anew."""
        newest = max(self.contact.offers, key=lambda one: (one.offered_at, *order(one)), default=None)
        return "" if newest is None else f"{newest.shift_id}/{newest.code}"

    def converse(
        self, kind: type[ConversationCommand], about: OfferView | None = None, **details: object
    ) -> ToConversation:
        about = about or min(self.held_meant(), key=order, default=self.standing.told_of())
        speaker = self.speaker(about)
        command = kind.model_validate(
            {
                "at": self.at,
                "by": f"caregiver:{speaker.caregiver_id}",
                "message_id": self.message_id,
                "contact_id": self.contact.contact_id,
                "caregiver_id": speaker.caregiver_id,
                "organization_id": speaker.organization_id,
                "language": speaker.language,
                "shift_id": about.shift_id if about else None,
                "written_at": self.written_at,
                "matter": self.matter(),
                "held": self.standing.holdings(),
                "answers_a_person": self.standing.answers_a_person,
                **details,
            }
        )
        return ToConversation(self.contact.contact_id, command)


def order(offer: OfferView) -> tuple[datetime, str, str]:
    """Give what offers are put in order by: soonest first."""
    return offer.starts_at, offer.shift_id, offer.code
