"""The people for a fan-out: who with the role is offered a shift, who is left out, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .. import wording
from ..answer import LeftOut
from ..caregiver import role_key
from .events import Offer, Omission, WhyLeftOut
from .shift import Shift
from .state import ShiftState


@dataclass(frozen=True, slots=True)
class Candidate:
    """A caregiver as looked up for a fan-out: `key` is the journal's, `contact_id` that of the phone. `doubted` says that
    it may not be theirs, `shares` that another one of the organization has it too; `held` is a shift they have at that
    time; `consented` says that they have agreed to texts or calls, where their organization asks for that."""

    key: int
    contact_id: int
    caregiver_id: str
    organization_id: str
    name: str
    role_keys: Sequence[str]
    language: str
    active: bool
    opted_out: bool
    doubted: bool
    shares: bool
    held: Shift | None = None
    consented: bool = True


@dataclass(frozen=True, slots=True)
class Selection:
    """Those who are offered a shift, and the others with the role, each with the reason."""

    chosen: list[Candidate]
    left_out: list[tuple[Candidate, WhyLeftOut]]


def choose(state: ShiftState, candidates: Iterable[Candidate], leave_out: str | None = None) -> Selection:
    """Choose who gets the shift offered: active, same organization, required role, free at that time, reachable, and
    not one of those who gave this very shift back (`leave_out` is about to)."""
    selected = Selection([], [])
    shift = state.shift
    if shift is None:
        return selected
    wanted = role_key(shift.role_required)
    gone = state.released | {leave_out}
    for one in candidates:
        if one.organization_id != shift.organization_id:
            continue
        if wanted not in one.role_keys:
            continue
        why = _why_not(one, gone)
        if why is None:
            selected.chosen.append(one)
        else:
            selected.left_out.append((one, why))
    return selected


def _why_not(one: Candidate, gone: frozenset[str | None]) -> WhyLeftOut | None:
    if not one.active:
        return WhyLeftOut.INACTIVE
    if one.caregiver_id in gone:
        return WhyLeftOut.GAVE_IT_BACK
    if one.opted_out:
        return WhyLeftOut.OPTED_OUT
    if not one.consented:
        return WhyLeftOut.NO_CONSENT
    if one.doubted:
        return WhyLeftOut.NUMBER_IN_DOUBT
    return None if one.held is None else WhyLeftOut.OTHER_SHIFT


def omissions(left_out: Iterable[tuple[Candidate, WhyLeftOut]]) -> tuple[Omission, ...]:
    """Give those left out as they are kept: no names, so that a person can be erased."""
    return tuple(
        Omission(caregiver_id=one.caregiver_id, why=why, held_shift_id=one.held.id if one.held else None)
        for one, why in left_out
    )


def describe_left_out(
    left_out: Iterable[tuple[Candidate, WhyLeftOut]], zone: str | None
) -> tuple[LeftOut, ...]:
    """Give those left out as a coordinator is told."""
    return tuple(
        LeftOut(
            caregiver_id=one.caregiver_id,
            name=one.name,
            reason=reason(why, wording.describe(one.held, zone) if one.held else None),
        )
        for one, why in left_out
    )


def reason(why: WhyLeftOut, held: str | None = None) -> str:
    """Say why somebody was left out; `held` is the shift they have at that time."""
    if why is WhyLeftOut.OTHER_SHIFT:
        return f"has {held or 'another shift'} at that time"
    return REASONS[why]


REASONS = {
    WhyLeftOut.OPTED_OUT: "wants no texts",
    WhyLeftOut.NO_CONSENT: "is not known to have agreed to texts or calls",
    WhyLeftOut.INACTIVE: "is not active",
    WhyLeftOut.GAVE_IT_BACK: "had this shift and was taken off it",
    WhyLeftOut.NUMBER_IN_DOUBT: "may have another phone number: this one was called wrong",
    WhyLeftOut.NO_FREE_CODE: "has no free reply code: too many offers are open for this phone",
}


def make_offers(chosen: Iterable[Candidate], codes: Mapping[str, str]) -> tuple[Offer, ...]:
    """Make the offers for those chosen who have a reply code; `codes` has them by caregiver id."""
    return tuple(
        Offer(
            caregiver_id=one.caregiver_id,
            contact_id=one.contact_id,
            code=codes[one.caregiver_id],
            language=one.language,
            initials=_initials(one.name) if one.shares else None,
        )
        for one in chosen
        if one.caregiver_id in codes
    )


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.split()[:3]).upper()
