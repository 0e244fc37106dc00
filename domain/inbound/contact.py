"""What is known of a phone when a message comes from it: who it may be, and which offers it can mean."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from ..answer import Choice
from ..conversation.state import OpenQuestion
from ..gsm7 import respell
from ..message import Purpose
from ..replies.reading import OfferTerms
from ..shift.commands import Obstacle
from ..shift.shift import ShiftStatus
from ..shift.state import OPEN
from ..when import local, told_span

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


class ShiftProgress(NamedTuple):
    """How far a shift has come: who has it, and since when its offers are closed, where they are."""

    status: ShiftStatus
    holder: str | None
    closed_at: datetime | None

    def then(self, later: "ShiftProgress") -> "ShiftProgress":
        """Give how far it has come later; what was closed is closed since then."""
        return later._replace(closed_at=self.closed_at or later.closed_at)

    def seen_by(
        self, caregiver_id: str, *, live: bool, asking: bool, closed_at: datetime | None = None
    ) -> dict[str, Any]:
        """Give what it makes of somebody's offer; `live` and `asking` say whether that could be, `closed_at` that it was closed
        before."""
        live = live and self.holder is None and self.status in OPEN
        return {
            "status": self.status,
            "live": live,
            "asking": live and asking and self.status is ShiftStatus.OFFERING,
            "closed_at": closed_at or self.closed_at,
            "taken": self.holder is not None,
            "mine": self.holder == caregiver_id,
        }


@dataclass(frozen=True, slots=True)
class OfferView:
    """The latest offer of one shift made to one person behind the phone, as the journal shows it at this moment.

    `live`: a yes can still take the shift. `asking`: its fan-out is under way. `taken`: somebody has the shift, `mine`:
    this person has it. `obstacle` is why they no longer qualify. `closed_at` is when the offer ended, `offered_at` when
    its fan-out began, `told` says that its yes has had an answer. `former_codes` are those of earlier offers on the same
    terms, which count alike; `outdated_codes` those of offers on other terms. `open_until` is when it ends by itself,
    `former_until` when the first of its earlier offers does.
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
    live: bool
    asking: bool
    closed_at: datetime | None
    declined: bool
    told: bool
    taken: bool
    mine: bool
    offered_at: datetime
    obstacle: Obstacle | None = None
    former_codes: tuple[str, ...] = ()
    outdated_codes: tuple[str, ...] = ()
    open_until: datetime | None = None
    former_until: datetime | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes that mean it."""
        return (self.code, *self.former_codes)

    def once(self, progress: ShiftProgress) -> "OfferView":
        """Give it once its shift has come so far; what has ended stays ended."""
        seen = progress.seen_by(
            self.caregiver_id, live=self.live, asking=self.asking, closed_at=self.closed_at
        )
        return replace(self, **seen)

    def terms(self) -> OfferTerms:
        """Give what a reader needs to know of it."""
        return OfferTerms(
            role=self.role,
            starts_at=local(self.starts_at, self.zone),
            ends_at=local(self.ends_at, self.zone),
            code=self.code,
        )

    def choice(self, language: str, whose: str | None = None) -> Choice:
        """Give it as one answer to "which one?"; `whose` it is is said where a phone is shared."""
        text = f"{self.role} {told_span(self.starts_at, self.ends_at, self.zone, language)}"
        told = f"{whose}, {text}" if whose else text
        return Choice(code=self.code, shift_id=self.shift_id, text=respell(told))


SAYS_IT_IS_YOURS = frozenset({Purpose.CONFIRMATION, Purpose.ALREADY_YOURS})


@dataclass(frozen=True, slots=True)
class LastTold:
    """The last text or call to a phone: what for, which codes it offered, asked about or named open, and to whom."""

    purpose: Purpose
    opens: tuple[str, ...]
    at: datetime
    shift_id: str | None = None
    caregiver_id: str | None = None
    organization_id: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One phone. `dialled` is the organization whose number was dialled, where that is known.

    `last_told` is the last text to it; `doubted` says that somebody called it a wrong number, `landline` that it takes no texts.
    """

    contact_id: int
    people: tuple[Person, ...]
    offers: tuple[OfferView, ...] = ()
    dialled: str | None = None
    question: OpenQuestion | None = None
    last_told: LastTold | None = None
    doubted: bool = False
    landline: bool = False

    def whose(self, offer: OfferView) -> str | None:
        """Say to whom an offer was made, and by which agency, where there are several."""
        person = next((one for one in self.people if one.caregiver_id == offer.caregiver_id), None)
        if person is None:
            return None
        agencies = {one.organization_id for one in self.people}
        said = [person.sender or person.organization_id] if len(agencies) > 1 else []
        if len({one.name for one in self.people}) > 1:
            said.append(called(person.name))
        return ", ".join(said) or None

    def unchanged_until(self, at: datetime) -> datetime:
        """Say when it will look different although nothing happens: an offer ends by itself, or can be meant no longer."""
        instants = [at + ANSWERABLE]
        for one in self.offers:
            ends = one.open_until or at
            instants.append(ends if ends > at else max(at, ends + ANSWERABLE))
            if one.former_until is not None:
                instants.append(max(at, one.former_until + ANSWERABLE))
        return min(instants)

    def answering(self, earlier: "Contact", meant: Collection[str]) -> "Contact":
        """Give the contact as it is now, for a message that came when it was as `earlier` and meant the offer with the codes
        `meant` then, or none. It answers what had been told by then, whatever was told since; but who has won a shift
        since has it."""
        told, before = self.last_told, earlier.last_told
        if told is not None and told != before and told.purpose in SAYS_IT_IS_YOURS:
            return replace(self, last_told=replace(told, opens=()))
        return replace(self, last_told=before and replace(before, opens=tuple(meant)))

    def within(self, organization_id: str | None) -> "Contact":
        """Give the contact as that organization sees it; as it is when the organization does not know the phone, or
        nobody else does."""
        if len(self.people) == 1:
            return self
        people = tuple(one for one in self.people if one.organization_id == organization_id)
        if len(people) in {0, len(self.people)}:
            return self
        offers = tuple(one for one in self.offers if one.organization_id == organization_id)
        return replace(self, people=people, offers=offers, dialled=organization_id)
