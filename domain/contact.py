"""What is known of a phone when a message comes from it: who it may be, and which offers it can mean."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .answer import Choice
from .conversation import OpenQuestion
from .gsm7 import respell
from .reading import OfferTerms
from .shift import ShiftStatus
from .when import local, told_span

ANSWERABLE = timedelta(hours=72)
"""How long after a shift's start a reply may still refer to its offer. Until then its code is nobody else's."""


def called(name: str) -> str:
    """Give what a person is called beside others: "Alma Reyes" → "Alma R."."""
    first, *rest = name.split() or [name]
    return f"{first} {rest[-1][0]}." if rest else first


@dataclass(frozen=True, slots=True)
class Person:
    """A caregiver behind the phone. `opted_out` is towards their organization."""

    caregiver_id: str
    organization_id: str
    name: str
    language: str
    active: bool
    opted_out: bool
    sender: str | None = None


@dataclass(frozen=True, slots=True)
class OfferView:
    """One offer made to somebody behind the phone, as the journal shows it at this moment.

    `status` is the shift's while this fan-out is its last one; an earlier fan-out counts as unfilled. `closed_at`
    is when the fan-out ended, None while it is live. `told` says that its yes has had an answer. `former_codes` are those
    of earlier offers of the same shift to the same person.
    """

    shift_id: str
    organization_id: str
    caregiver_id: str
    code: str
    role: str
    starts_at: datetime
    ends_at: datetime
    zone: str | None
    status: ShiftStatus
    closed_at: datetime | None
    declined: bool
    told: bool
    mine: bool
    former_codes: tuple[str, ...] = ()

    @property
    def live(self) -> bool:
        """Whether its fan-out is under way."""
        return self.closed_at is None

    def terms(self) -> OfferTerms:
        """Give what a reader needs to know of it."""
        return OfferTerms(
            role=self.role,
            starts_at=local(self.starts_at, self.zone),
            ends_at=local(self.ends_at, self.zone),
            code=self.code,
        )

    def choice(self, language: str, name: str | None = None) -> Choice:
        """Give it as one answer to "which one?"; `name` is said where several people share the phone."""
        text = f"{self.role} {told_span(self.starts_at, self.ends_at, self.zone, language)}"
        whose = f"{called(name)}, {text}" if name else text
        return Choice(code=self.code, shift_id=self.shift_id, text=respell(whose))


@dataclass(frozen=True, slots=True)
class Contact:
    """One phone. `dialled` is the organization whose number was dialled, where that is known."""

    contact_id: int
    people: tuple[Person, ...]
    offers: tuple[OfferView, ...] = ()
    dialled: str | None = None
    question: OpenQuestion | None = None

    def within(self, organization_id: str | None) -> "Contact":
        """Give the contact as that organization sees it; as it is when the organization does not know the phone, or
        nobody else does."""
        people = tuple(one for one in self.people if one.organization_id == organization_id)
        if len(people) in {0, len(self.people)}:
            return self
        return Contact(
            contact_id=self.contact_id,
            people=people,
            offers=tuple(one for one in self.offers if one.organization_id == organization_id),
            dialled=organization_id,
            question=self.question,
        )
