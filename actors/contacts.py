"""Who a phone may be and what its messages can mean, remembered and kept as it is committed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

from ..domain.conversation import events as of_contact
from ..domain.conversation.state import OpenQuestion
from ..domain.inbound.contact import Contact, LastTold, OfferView, ShiftProgress
from ..domain.message import Purpose
from ..domain.shift import events as of_shift
from ..domain.shift.state import ShiftState
from .journal.port import Append, Asked

MOST = 50_000
"""Contacts that are remembered, about 2 KB each; the one remembered longest goes first."""

LookUp = Callable[[Sequence[Asked], datetime], Sequence[Contact | None]]

# Beside their messages, these change nothing that is known of a phone.
UNSEEN = frozenset(
    {
        of_shift.RoundStarted,
        of_shift.MoreTold,
        of_shift.OfferPutOff,
        of_shift.YesQuestioned,
        of_shift.OverlapRefused,
        of_shift.DropRequested,
        of_shift.LatenessReported,
        of_shift.CoordinatorAlerted,
        of_contact.MessageNoted,
        of_contact.PersonNeeded,
        of_contact.CallsRefused,
        of_contact.BusyUntil,
        of_contact.LandlineMarked,
    }
)
PROGRESS = frozenset({of_shift.ShiftClaimed, of_shift.ShiftUnfilled, of_shift.ShiftExpired})
ANSWERED = {of_shift.OfferDeclined: "declined", of_shift.YesAnswered: "told"}

Facts = Mapping[tuple[str, str], Mapping[str, int]]
"""Of an offer, by shift and person: what is true of it, since which commit."""
NO_FACTS: Facts = MappingProxyType({})


class ContactChange(NamedTuple):
    """What is known otherwise of one phone: the last text or call to it (what for, which codes, when, about which shift, to whom,
    from whom), the question that it was asked, and facts of its offers."""

    told: tuple[Purpose, tuple[str, ...], datetime, str | None, str | None, str] | None = None
    question: OpenQuestion | None = None
    offers: Facts = NO_FACTS

    def then(self, later: "ContactChange") -> "ContactChange":
        """Give both."""
        offers = self.offers
        if later.offers:
            both = {which: {**offers.get(which, {}), **facts} for which, facts in later.offers.items()}
            offers = {**offers, **both}
        return ContactChange(later.told or self.told, later.question or self.question, offers)

    def as_of(self, commit: int) -> "ContactChange":
        """Give it with that commit as the one that made its facts true."""
        dated = {which: dict.fromkeys(facts, commit) for which, facts in self.offers.items()}
        return self._replace(offers=dated) if dated else self

    def made_to(self, contact: Contact, since: int) -> Contact:
        """Give the contact, as it was at the commit `since`, with it. Facts from before it has, or they are true no longer: a
        release takes back that a yes was answered."""
        return replace(
            contact,
            last_told=LastTold(*self.told) if self.told else contact.last_told,
            question=self.question or contact.question,
            offers=tuple(self._made_to(one, since) for one in contact.offers)
            if self.offers
            else contact.offers,
        )

    def _made_to(self, offer: OfferView, since: int) -> OfferView:
        facts = self.offers.get((offer.shift_id, offer.caregiver_id), {})
        new: dict[str, Any] = {fact: True for fact, commit in facts.items() if commit > since}
        return replace(offer, **new) if new else offer


@dataclass(slots=True)
class Touched:
    """Shifts and contacts of which something looks different now, and what; None where that has to be looked up. Or it may be
    `everybody`.

    How far a shift has come is said once, whoever was offered it: they may be ten thousand. `organizations` are those for whose
    coordinators something looks different, `elsewhere` says that it may be any.
    """

    shifts: dict[str, ShiftProgress | None] = field(default_factory=dict)
    contacts: dict[int, ContactChange | None] = field(default_factory=dict)
    everybody: bool = False
    organizations: set[str] = field(default_factory=set)
    elsewhere: bool = False
    access: bool = False
    """Who may come in; it changes nothing for phones."""

    def __bool__(self) -> bool:
        return bool(self.shifts or self.contacts or self.everybody)

    def add(self, append: Append, about: str | None) -> None:
        """Add what a decision changes; its messages are `about` that shift."""
        state, name = append.state, append.stream.partition("/")[2]
        if isinstance(state, ShiftState) and state.shift is not None:
            self.organizations.add(state.shift.organization_id)
        else:
            self.elsewhere = True
        for event in append.events:
            kind = type(event)
            if kind in UNSEEN:
                continue
            if not isinstance(state, ShiftState):
                self._change(
                    int(name),
                    ContactChange(question=state.question) if kind is of_contact.QuestionAsked else None,
                )
            elif type(event) is of_shift.OfferDeclined or type(event) is of_shift.YesAnswered:
                offer = state.offers[event.caregiver_id].offer
                facts = {(name, offer.caregiver_id): {ANSWERED[type(event)]: 0}}
                self._change(offer.contact_id, ContactChange(offers=facts))
            elif kind in PROGRESS:
                closed_at = None if kind is of_shift.ShiftUnfilled else event.at
                self._move_on(name, ShiftProgress(state.status, state.claimed_by, closed_at))
            else:
                self.shifts[name] = None
                # Whoever is not texted has the offer all the same.
                if type(event) is of_shift.FanOutStarted or type(event) is of_shift.OffersAdded:
                    self.contacts.update((one.contact_id, None) for one in event.offers)
                elif type(event) is of_shift.OfferMoved:
                    self.contacts[event.offer.contact_id] = None
        for one in append.messages:
            if one.due_at is not None:
                # They know of it once it goes out.
                continue
            told = one.purpose, one.opens, append.at, about, one.caregiver_id, one.organization_id
            self._change(one.contact_id, ContactChange(told))

    def _change(self, contact_id: int, change: ContactChange | None) -> None:
        before = self.contacts.setdefault(contact_id, change)
        if before is not change:
            self.contacts[contact_id] = before.then(change) if before and change else None

    def _move_on(self, shift_id: str, progress: ShiftProgress) -> None:
        before = self.shifts.setdefault(shift_id, progress)
        if before is not None and before is not progress:
            self.shifts[shift_id] = before.then(progress)


class Known(NamedTuple):
    """A contact as it is from the commit `stamp` on, at the instants from `since` and before `until`."""

    contact: Contact
    stamp: int
    since: datetime
    until: datetime


class Noted(NamedTuple):
    """What commits have changed of a shift or a contact, up to the commit `stamp`. What is remembered from before the commit
    `anew` has to be looked up anew."""

    change: ShiftProgress | ContactChange | None
    stamp: int
    anew: int


NOTHING = Noted(None, 0, 0)


class Contacts:
    """Remembers what the journal says of a phone. Asked on any thread; `changed` is called by the loop after each commit,
    before anybody is told of it.

    What a commit changes is noted, of a shift once, whoever was offered it, and is put into a contact when somebody asks. What
    is rare (people change, a shift is offered or comes back) is looked up anew. What is remembered counts until the first
    instant at which one of its offers ends by itself.
    """

    def __init__(self, look_up: LookUp, most: int = MOST) -> None:
        self._look_up = look_up
        self._most = most
        self._known: dict[Asked, Known] = {}
        self._commits = 0
        self._all_changed = 0
        self._noted: dict[str | int, Noted] = {}

    def find(self, asked: Sequence[Asked], at: datetime) -> list[Known | None]:
        """Give each contact; None where nobody has the phone. Raises `JournalUnavailable` when one has to be looked up and cannot."""
        found = [self.remembered(*one, at) for one in asked]
        missing = [number for number, known in enumerate(found) if known is None]
        stamp = self._commits
        looked_up = self._look_up([asked[number] for number in missing], at) if missing else ()
        for number, contact in zip(missing, looked_up, strict=True):
            if contact is not None:
                known = found[number] = Known(contact, stamp, at, contact.unchanged_until(at))
                self._remember(asked[number], known)
        return found

    def remembered(self, phone: str, dialled: str | None, at: datetime) -> Known | None:
        """Give the contact if it need not be looked up."""
        # Read first: what is committed meanwhile is then newer than what is given.
        stamp = self._commits
        known = self._known.get((phone, dialled))
        if known is None or not known.since <= at < known.until or known.stamp < self._all_changed:
            return None
        present = self._brought_up(known, stamp)
        if present is not None and present is not known:
            # Another thread may put an older one here: what is noted is put into that once more.
            self._known[phone, dialled] = present
        return present

    def touched_since(self, known: Known) -> bool:
        """Whether something was said by or to the phone since it was looked up, or people have changed."""
        if known.stamp < self._all_changed:
            return True
        return self._noted.get(known.contact.contact_id, NOTHING).stamp > known.stamp

    def changed(self, touched: Touched) -> None:
        """Note what a commit has changed."""
        if not touched:
            return
        commit = self._commits + 1
        if touched.everybody or len(self._noted) > 4 * self._most:
            self._all_changed = commit
            self._noted = {}
        noted = self._noted
        contacts = ((who, change and change.as_of(commit)) for who, change in touched.contacts.items())
        changes: Iterable[tuple[str | int, Any]] = chain(touched.shifts.items(), contacts)
        for one, change in changes:
            before: Any = noted.get(one, NOTHING)
            if change is None:
                noted[one] = Noted(None, commit, commit)
            else:
                together = change if before.change is None else before.change.then(change)
                noted[one] = Noted(together, commit, before.anew)
        # At the end: whoever reads this number finds all of it noted.
        self._commits = commit

    def _brought_up(self, known: Known, stamp: int) -> Known | None:
        """Give it with what is noted, as of the commit `stamp`; None when it has to be looked up."""
        contact, before, noted = known.contact, known.stamp, self._noted
        offers: list[OfferView] | None = None
        for number, one in enumerate(contact.offers):
            progress: Any
            progress, at, anew = noted.get(one.shift_id, NOTHING)
            if at > before:
                if progress is None or anew > before:
                    return None
                offers = offers or [*contact.offers]
                offers[number] = one.once(progress)
        if offers is not None:
            contact = replace(contact, offers=tuple(offers))
        change: Any
        change, at, anew = noted.get(contact.contact_id, NOTHING)
        if at > before:
            if change is None or anew > before:
                return None
            contact = change.made_to(contact, before)
        return known if contact is known.contact else known._replace(contact=contact, stamp=stamp)

    def _remember(self, key: Asked, known: Known) -> None:
        self._known[key] = known
        while len(self._known) > self._most:
            # Another thread may remember somebody at this very moment.
            with suppress(RuntimeError):
                self._known.pop(next(iter(self._known)), None)
