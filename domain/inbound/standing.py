"""Where those behind a phone stand at one moment: what is open to them, what they have, and what was said last."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ..conversation.state import Holding
from ..message import OFFERS, Purpose
from ..shift.shift import ShiftStatus
from .contact import SAYS_IT_IS_YOURS, Contact, OfferView

RECENTLY = timedelta(minutes=10)
"""An offer that closed this long ago, without its person having been told, may still be what a bare yes means."""
ECHO = timedelta(minutes=2)
"""A handset may send a yes twice: this long after a claim a bare yes may still mean the shift just won."""

ASKS_FOR_A_YES = OFFERS | {Purpose.QUESTION}
"""After such a text even a mere "ok" is an answer; after any other only a plain yes."""


class Standing:
    """The offers of one phone, sorted by what a reply can mean.

    `open`: can be taken, and was not passed on; `passed`: can be taken, and was passed on; `asked`: open, and the
    outreach is under way; `held`: won and not over. Whoever opted out has offers only in `all` and `held`.
    """

    __slots__ = ("all", "asked", "at", "deaf", "heard", "held", "open", "opens", "ours", "passed", "told")

    def __init__(self, contact: Contact, at: datetime) -> None:
        """Sort the offers of `contact` as they stand at `at`."""
        people = {one.caregiver_id for one in contact.people}
        working = {one.caregiver_id for one in contact.people if one.active}
        self.at = at
        self.told = contact.last_told
        self.opens = frozenset(contact.last_told.opens) if contact.last_told else frozenset[str]()
        self.deaf = {one.caregiver_id for one in contact.people if one.opted_out}
        self.all = [one for one in contact.offers if one.caregiver_id in people]
        self.heard = [one for one in self.all if one.caregiver_id not in self.deaf]
        # Whoever has a shift has it, also when they were made inactive since: they may come, or say that they cannot.
        self.held = [one for one in self.all if one.mine and one.ends_at > at]
        live = [one for one in self.heard if one.live and one.caregiver_id in working]
        self.open = [one for one in live if not one.declined]
        self.passed = [one for one in live if one.declined]
        self.asked = [one for one in self.open if one.asking]
        # To whoever has it, on whichever name behind the phone, their shift was not taken by somebody else.
        self.ours = {one.shift_id for one in self.held}

    def holdings(self) -> tuple[Holding, ...]:
        """Give the shifts they have, soonest first, as a coordinator is told them."""
        return tuple(
            Holding(
                shift_id=one.shift_id,
                organization_id=one.organization_id,
                caregiver_id=one.caregiver_id,
                text=one.choice("en").text,
            )
            for one in sorted(self.held, key=lambda one: (one.starts_at, one.shift_id, one.code))
        )

    def named(self, offers: Sequence[OfferView]) -> list[OfferView]:
        """Give those which the last text offered, asked about or named open."""
        return [one for one in offers if not self.opens.isdisjoint(one.codes)]

    @property
    def answers_a_question(self) -> bool:
        """Whether the last text offered a shift, or asked about one."""
        return self.told is not None and self.told.purpose in ASKS_FOR_A_YES

    def answers_about(self, offer: OfferView) -> bool:
        """Whether a mere "ok" is an answer to this offer: we asked about it, or it is being offered. Of an unfilled one a no
        passes on nothing, so that an "ok" behind it takes nothing either."""
        return self.answers_a_question and (offer.asking or not self.answers_an_offer)

    @property
    def answers_an_offer(self) -> bool:
        """Whether the last text offered a shift."""
        return self.told is not None and self.told.purpose in OFFERS

    @property
    def answers_a_person(self) -> bool:
        """Whether the last text was a coordinator's own."""
        return self.told is not None and self.told.purpose is Purpose.DIRECT

    def may_be_another_s(self, offer: OfferView) -> bool:
        """Whether a bare yes to the offers just sent may be of somebody behind the phone who no longer qualifies."""
        return (
            self.told is not None
            and self.told.purpose is Purpose.OFFER
            and any(
                one.obstacle and not one.told and one.shift_id == offer.shift_id and one is not offer
                for one in self.heard
            )
        )

    @property
    def just_won(self) -> OfferView | None:
        """The shift they have, if the last text said that it is theirs and named nothing else."""
        told = self.told
        if told is None or told.opens or told.purpose not in SAYS_IT_IS_YOURS:
            return None
        return next((one for one in self.held if one.shift_id == told.shift_id), None)

    def missed(self) -> list[OfferView]:
        """Offers closed a moment ago that a bare yes may still mean: not declined, and not settled by our last text,
        which has named since what is open."""
        told = self.told
        settled = told.at if told and told.opens and told.purpose is not Purpose.OFFER else None
        return [
            one
            for one in self.heard
            if not one.live
            and one.closed_at is not None
            # Of one that was called off everybody was told who might come.
            and not (one.told or one.status is ShiftStatus.CANCELLED)
            and (one.mine or not (one.declined or one.shift_id in self.ours))
            and self.at - one.closed_at <= (ECHO if one.mine else RECENTLY)
            and (settled is None or one.closed_at > settled)
        ]

    def told_of(self) -> OfferView | None:
        """The one offer that the last text was about, whatever became of it."""
        if self.told is None:
            return None
        named = self.named(self.heard)
        if len(named) == 1:
            return named[0]
        about = [one for one in self.heard if one.shift_id == self.told.shift_id]
        about = [one for one in about if one.mine] or about
        return about[0] if len(about) == 1 and not named else None

    def empty(self) -> list[OfferView]:
        """Offers that cannot be taken any more though nobody has the shift: a yes to them is heard by a person."""
        return [
            one
            for one in self.heard
            if not one.live
            and not one.taken
            and one.status is not ShiftStatus.CANCELLED
            and one.ends_at > self.at
        ]
