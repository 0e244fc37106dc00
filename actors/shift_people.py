"""The people of one shift as its actor looks them up: who is offered it, who is assigned it, who joins or has moved."""

from collections.abc import Sequence
from datetime import datetime

from ..domain.policy import Rounds
from ..domain.shift.candidates import Candidate, choose, describe_left_out, make_offers, omissions
from ..domain.shift.commands import Assignee, Outreach, Part
from ..domain.shift.events import Offer, WhyLeftOut
from ..domain.shift.shift import Shift, ShiftStatus
from ..domain.shift.state import ShiftState
from .journal.queries.actors import LAST
from .journal.transaction import Transaction


class ShiftPeople:
    """Looks people up for one decision about a shift, and finds reply codes for them."""

    def __init__(self, transaction: Transaction, state: ShiftState, now: datetime, most: int) -> None:
        """`most` are looked up at a time."""
        self._transaction = transaction
        self._state = state
        self._now = now
        self._most = most

    def outreach(self, rounds: Rounds, *, possible: bool) -> Outreach:
        """Give what a fan-out needs; `rounds` are those of an organization that has none of its own."""
        state, shift = self._state, self._state.shift
        if shift is None or not possible:
            return Outreach(offers=(), rounds=rounds)
        organization = self._transaction.organization(shift.organization_id)
        zone = shift.time_zone or (organization.time_zone if organization else None)
        unable, able = self._transaction.left_out(shift, self._gone)
        offers, codeless, last = self._next(shift, state.fanout + 1, 0)
        left_out = [*choose(state, unable, leave_out=state.claimed_by).left_out, *codeless]
        return Outreach(
            offers=offers,
            rounds=(organization and organization.rounds) or rounds,
            wanted=able - len(codeless),
            goes_on_after=last,
            left_out=omissions(left_out),
            told=describe_left_out(left_out, zone),
            sender=organization.name if organization else None,
            texts=organization.texts if organization else None,
            zone=zone,
        )

    def part(self) -> Part:
        """Give those with whom the fan-out under way goes on."""
        state, shift = self._state, self._state.shift
        assert shift is not None and state.goes_on_after is not None
        offers, codeless, last = self._next(shift, state.fanout, state.goes_on_after)
        return Part(offers=offers, left_out=omissions(codeless), goes_on_after=last)

    def assignee(self, caregiver_id: str) -> Assignee | None:
        """Give what assigning somebody needs; None when nobody has the id."""
        shift = self._state.shift
        found = self._transaction.candidate(caregiver_id)
        if shift is None or found is None:
            return None
        organization = self._transaction.organization(shift.organization_id)
        return Assignee(
            caregiver_id=found.caregiver_id,
            name=found.name,
            organization_id=found.organization_id,
            role_keys=tuple(found.role_keys),
            active=found.active,
            reachable=not found.opted_out and not found.doubted,
            offer=self._offer_of(found),
            sender=organization.name if organization else None,
            texts=organization.texts if organization else None,
            zone=shift.time_zone or (organization.time_zone if organization else None),
        )

    def joining_moved_and_missed(self) -> tuple[tuple[Offer, ...], tuple[Offer, ...], tuple[str, ...]]:
        """Give offers for those who qualify now and are not in the fan-out under way, and for those with another phone
        than their offer went to; and who is in it and was passed over. Whom it has still to come to wait for that."""
        shift = self._state.shift
        if shift is None:
            return (), (), ()
        found, moved = self._joining(shift), self._moved(shift)
        joining = [one for one in found if not self._state.asked(one.caregiver_id)]
        missed = tuple(one.caregiver_id for one in found if self._state.asked(one.caregiver_id))
        codes = self._codes(list({one.caregiver_id: one for one in (*joining, *moved)}.values()))
        return make_offers(joining, codes), make_offers(moved, codes), missed

    def _joining(self, shift: Shift) -> list[Candidate]:
        state = self._state
        if state.status is not ShiftStatus.OFFERING:
            return []
        until = LAST if state.goes_on_after is None else state.goes_on_after
        found = self._transaction.candidates(
            shift, state.released, fanout=state.fanout, until=until, limit=self._most
        )
        return choose(state, found).chosen

    def _moved(self, shift: Shift) -> list[Candidate]:
        state = self._state
        return [
            one
            for one in self._transaction.moved_away(shift.id)
            if one.caregiver_id in state.offers
            and (one.active or one.caregiver_id == state.claimed_by)
            and one.contact_id != state.offers[one.caregiver_id].offer.contact_id
        ]

    @property
    def _gone(self) -> frozenset[str]:
        """Those who gave the shift back, and who is about to."""
        holder = self._state.claimed_by
        return self._state.released if holder is None else self._state.released | {holder}

    def _next(
        self, shift: Shift, fanout: int, after: int
    ) -> tuple[tuple[Offer, ...], list[tuple[Candidate, WhyLeftOut]], int | None]:
        """Give the next offers, those without a free code, and behind whom it goes on; None when it does not."""
        most = self._most
        found = self._transaction.candidates(shift, self._gone, fanout=fanout, after=after, limit=most + 1)
        last = found[most - 1].key if len(found) > most else None
        chosen = choose(self._state, found[:most], leave_out=self._state.claimed_by).chosen
        codes = self._codes(chosen)
        codeless = [(one, WhyLeftOut.NO_FREE_CODE) for one in chosen if one.caregiver_id not in codes]
        return make_offers(chosen, codes), codeless, last

    def _offer_of(self, found: Candidate) -> Offer:
        mine = self._state.offers.get(found.caregiver_id)
        present = mine is not None and mine.revision == self._state.revision
        if mine is not None and present and mine.offer.contact_id == found.contact_id:
            return mine.offer
        codes = self._codes([found])
        # Somebody without a free code is told all the same; they answer by words.
        return make_offers([found], {found.caregiver_id: "", **codes})[0]

    def _codes(self, chosen: Sequence[Candidate]) -> dict[str, str]:
        return self._transaction.find_codes(chosen, self._now) if chosen else {}
