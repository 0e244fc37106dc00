"""The people of one shift as its actor looks them up: who is offered it, who is assigned it, who joins or has moved."""

from collections.abc import Sequence
from datetime import datetime

from ..domain.caregiver import role_key
from ..domain.policy import Rounds
from ..domain.shift.candidates import Candidate, choose, make_offers, omissions, told
from ..domain.shift.commands import Assignee, Outreach
from ..domain.shift.events import Offer, WhyLeftOut
from ..domain.shift.shift import Shift, ShiftStatus
from ..domain.shift.state import ShiftState
from .journal.transaction import Transaction


class ShiftPeople:
    """Looks people up for one decision about a shift, and finds reply codes for them."""

    def __init__(self, transaction: Transaction, state: ShiftState, now: datetime) -> None:
        self._transaction = transaction
        self._state = state
        self._now = now

    def outreach(self, rounds: Rounds, *, possible: bool) -> Outreach:
        """Give what a fan-out needs; `rounds` are those of an organization that has none of its own."""
        state, shift = self._state, self._state.shift
        if shift is None or not possible:
            return Outreach(offers=(), rounds=rounds)
        organization = self._transaction.organization(shift.organization_id)
        zone = shift.time_zone or (organization.time_zone if organization else None)
        selected = choose(state, self._candidates(shift), leave_out=state.claimed_by)
        codes = self._codes(selected.chosen)
        left_out = [
            *selected.left_out,
            *((one, WhyLeftOut.NO_FREE_CODE) for one in selected.chosen if one.caregiver.id not in codes),
        ]
        return Outreach(
            offers=make_offers(selected.chosen, codes),
            rounds=(organization and organization.rounds) or rounds,
            left_out=omissions(left_out),
            told=told(left_out, zone),
            sender=organization.name if organization else None,
            zone=zone,
        )

    def assignee(self, caregiver_id: str) -> Assignee | None:
        """Give what assigning somebody needs; None when nobody has the id."""
        shift = self._state.shift
        found = self._transaction.candidate(caregiver_id)
        if shift is None or found is None:
            return None
        organization = self._transaction.organization(shift.organization_id)
        who = found.caregiver
        return Assignee(
            caregiver_id=who.id,
            name=who.name,
            organization_id=who.organization_id,
            role_keys=tuple(role_key(one) for one in who.roles),
            active=who.active,
            reachable=not found.opted_out and not found.doubted,
            offer=self._offer_of(found),
            sender=organization.name if organization else None,
            zone=shift.time_zone or (organization.time_zone if organization else None),
        )

    def joining_and_moved(self) -> tuple[tuple[Offer, ...], tuple[Offer, ...]]:
        """Give offers for those who qualify now and are not in the fan-out under way, and for those with another phone
        than their offer went to."""
        shift = self._state.shift
        if shift is None:
            return (), ()
        joining, moved = self._joining(shift), self._moved(shift)
        codes = self._codes(list({one.caregiver.id: one for one in (*joining, *moved)}.values()))
        present = self._state.present()
        return make_offers(joining, codes, present), make_offers(moved, codes, present)

    def _joining(self, shift: Shift) -> list[Candidate]:
        if self._state.status is not ShiftStatus.OFFERING:
            return []
        return [one for one in choose(self._state, self._candidates(shift)).chosen if not self._present(one)]

    def _moved(self, shift: Shift) -> list[Candidate]:
        state = self._state
        return [
            one
            for one in self._transaction.moved_away(shift.id)
            if one.caregiver.id in state.offers
            and (one.caregiver.active or one.caregiver.id == state.claimed_by)
            and one.contact_id != state.offers[one.caregiver.id].offer.contact_id
        ]

    def _present(self, one: Candidate) -> bool:
        mine = self._state.offers.get(one.caregiver.id)
        return mine is not None and mine.fanout == self._state.fanout

    def _offer_of(self, found: Candidate) -> Offer:
        mine = self._state.offers.get(found.caregiver.id)
        present = mine is not None and mine.revision == self._state.revision
        if mine is not None and present and mine.offer.contact_id == found.contact_id:
            return mine.offer
        codes = self._codes([found])
        # Somebody without a free code is told all the same; they answer by words.
        return make_offers([found], {found.caregiver.id: "", **codes})[0]

    def _candidates(self, shift: Shift) -> list[Candidate]:
        return self._transaction.candidates(shift.organization_id, role_key(shift.role_required), shift)

    def _codes(self, chosen: Sequence[Candidate]) -> dict[str, str]:
        return self._transaction.find_codes(chosen, self._now) if chosen else {}
