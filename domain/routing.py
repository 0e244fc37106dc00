"""Routing: which shift, or which conversation, an inbound message is for, and what it asks of it.

Pure: what was looked up may be stale by the time the actor has the command; the actor decides on its own state.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .answer import Choice
from .contact import Contact, OfferView, Person
from .conversation import (
    QUESTION_STANDS,
    AnyConversationCommand,
    AskAgain,
    AskWhich,
    GiveHelp,
    Note,
    OpenQuestion,
    OptIn,
    OptOut,
    TellNothingOpen,
)
from .reading import Intent, Reading
from .shift_commands import AcceptOffer, AnyShiftCommand, DeclineOffer, ReportLateness

RECENTLY = timedelta(minutes=10)
"""An offer that closed this long ago, without its person having been told, may still be what a bare yes means."""
ECHO = timedelta(minutes=2)
"""A handset may send a yes twice: this long after a claim a bare yes may still mean the shift just won."""

MOST_CHOICES = 9
"""A question lists the next so many, about three segments. The code of any other offer is still understood."""


@dataclass(frozen=True, slots=True)
class ToShift:
    """Goes to the actor of that shift."""

    shift_id: str
    command: AnyShiftCommand


@dataclass(frozen=True, slots=True)
class ToConversation:
    """Goes to the conversation of that phone."""

    contact_id: int
    command: AnyConversationCommand


Destination = ToShift | ToConversation


def route(contact: Contact, reading: Reading, message_id: str, at: datetime) -> Destination:
    """Find what a reply is for. `contact` has at least one person; one message has exactly one destination.

    The order in which `contact` lists offers does not matter.
    """
    return _Routing(contact.within(contact.dialled), reading, message_id, at).destination()


class _Routing:
    """One message on its way. `offers` are those of people who may work: somebody made inactive neither takes nor
    passes on a shift. `heard` are those of them who want to hear from us.
    """

    __slots__ = ("at", "contact", "deaf", "heard", "message_id", "offers", "reading")

    def __init__(self, contact: Contact, reading: Reading, message_id: str, at: datetime) -> None:
        self.contact = contact
        self.reading = reading
        self.message_id = message_id
        self.at = at
        working = {one.caregiver_id for one in contact.people if one.active}
        self.deaf = {one.caregiver_id for one in contact.people if one.opted_out}
        self.offers = [one for one in contact.offers if one.caregiver_id in working]
        self.heard = [one for one in self.offers if one.caregiver_id not in self.deaf]

    def destination(self) -> Destination:
        intent = self._intent()
        match intent:
            case Intent.ACCEPT:
                return self._accept()
            case Intent.DECLINE:
                return self._decline()
            case Intent.OPT_OUT:
                return self._converse(OptOut, organization_ids=self._organizations())
            case Intent.OPT_IN:
                return self._opt_in(self._organizations())
            case Intent.HELP:
                return self._converse(GiveHelp, sender=self._speaker().sender)
            case Intent.CALL_OFF | Intent.RUNNING_LATE:
                return self._winner_writes(intent)
            case Intent.NO_CALLS:
                return self._converse(Note, intent=intent)
            case _:
                return self._ask_again(intent)

    def _intent(self) -> Intent:
        """Read a code and nothing else as the answer to the question that we asked."""
        reading, question = self.reading, self.contact.question
        if (
            question is not None
            and reading.intent is Intent.UNCLEAR
            and len(reading.codes) == 1
            and reading.words == reading.codes
            and reading.codes[0] in question.codes
            and self.at - question.asked_at <= QUESTION_STANDS
            and not self._was_answered(question)
        ):
            return question.intent
        return reading.intent

    def _was_answered(self, question: OpenQuestion) -> bool:
        """Whether one of its offers has been taken, or passed on, by the one who was asked."""
        about = [one for one in self.contact.offers if one.code in question.codes]
        if question.intent is Intent.ACCEPT:
            return any(one.mine for one in about)
        return any(one.declined for one in about)

    def _accept(self) -> Destination:
        if self._opted_out():
            # A yes after STOP is an opt-in for carriers; it never takes a shift that was offered before.
            return self._opt_in(self._organizations())
        if self.reading.codes:
            return self._accept_by_code()
        live, missed = self._open(), self._missed()
        if len(live) + len(missed) == 1:
            return self._yes((live or missed)[0])
        if live:
            return self._which(Intent.ACCEPT, live)
        passed = [] if missed else [one for one in self.heard if self._is_open(one)]
        if passed:
            return self._yes(passed[0]) if len(passed) == 1 else self._which(Intent.ACCEPT, passed)
        # Every answer names its shift, so that the latest one is true of itself whichever was meant.
        closed = missed or [one for one in self.heard if one.mine] or self.heard
        if closed:
            return self._yes(max(closed, key=lambda one: (one.closed_at or self.at, *_order(one))))
        return self._converse(TellNothingOpen)

    def _accept_by_code(self) -> Destination:
        meant = self._by_code()
        if not meant and (closed := self._closed_by_former_code()) is not None:
            return self._yes(closed)
        if len(meant) != 1:
            named = [one for one in meant if self._is_open(one)]
            return self._which(Intent.ACCEPT, named or self._open())
        if meant[0].caregiver_id in self.deaf:
            return self._opt_in((meant[0].organization_id,))
        return self._yes(meant[0])

    def _decline(self) -> Destination:
        live = self._open()
        if self.reading.codes:
            meant = self._by_code()
            if len(meant) == 1:
                return self._no(meant[0])
            return self._which(Intent.DECLINE, [one for one in meant if self._is_open(one)] or live)
        if live:
            return self._no(live[0]) if len(live) == 1 else self._which(Intent.DECLINE, live)
        mine = self._held(self.offers)
        if len(mine) == 1:
            return self._no(mine[0])
        return self._converse(Note, intent=Intent.CALL_OFF if mine else Intent.DECLINE)

    def _winner_writes(self, intent: Intent) -> Destination:
        mine = self._held(self._by_code() or self.offers)
        if not mine or (intent is Intent.CALL_OFF and len(mine) > 1):
            return self._converse(Note, intent=intent)
        next_one = min(mine, key=_order)
        if intent is Intent.CALL_OFF:
            return self._no(next_one)
        command = ReportLateness(
            at=self.at, by=_by(next_one), caregiver_id=next_one.caregiver_id, message_id=self.message_id
        )
        return ToShift(next_one.shift_id, command)

    def _ask_again(self, intent: Intent) -> Destination:
        live = self._open()
        if intent is Intent.WRONG_NUMBER or not live:
            return self._converse(Note, intent=intent)
        about = [one for one in live if one.code in self.reading.codes] or live
        if len(about) > 1:
            return self._which(intent, about)
        return self._converse(AskAgain, about=about[0], intent=intent, choice=self._choice(about[0]))

    def _is_open(self, offer: OfferView) -> bool:
        return offer.live and offer.starts_at > self.at

    def _open(self) -> list[OfferView]:
        """The offers "which one?" is about: live, and not declined."""
        return [one for one in self.heard if self._is_open(one) and not one.declined]

    def _missed(self) -> list[OfferView]:
        """Offers closed a moment ago that a bare yes may still mean: not declined, and not live again since."""
        recent = [
            one
            for one in self.heard
            if one.closed_at is not None
            and not one.told
            and (one.mine or not one.declined)
            and self.at - one.closed_at <= (ECHO if one.mine else RECENTLY)
        ]
        live = {(one.shift_id, one.caregiver_id) for one in self.heard if one.live} if recent else ()
        return [one for one in recent if (one.shift_id, one.caregiver_id) not in live]

    def _held(self, offers: list[OfferView]) -> list[OfferView]:
        """Those that were won and are not over."""
        return [one for one in offers if one.mine and one.ends_at > self.at]

    def _by_code(self) -> list[OfferView]:
        return [one for one in self.offers if one.code in self.reading.codes]

    def _closed_by_former_code(self) -> OfferView | None:
        """The one offer whose shift was offered before under this code, if it is closed: its yes hears what became of
        the shift. While it is open the code takes nothing, because the terms may be new."""
        codes = self.reading.codes
        meant = [one for one in self.heard if any(code in codes for code in one.former_codes)]
        return meant[0] if len(meant) == 1 and not self._is_open(meant[0]) else None

    def _yes(self, offer: OfferView) -> ToShift:
        command = AcceptOffer(
            at=self.at, by=_by(offer), caregiver_id=offer.caregiver_id, message_id=self.message_id
        )
        return ToShift(offer.shift_id, command)

    def _no(self, offer: OfferView) -> ToShift:
        command = DeclineOffer(
            at=self.at, by=_by(offer), caregiver_id=offer.caregiver_id, message_id=self.message_id
        )
        return ToShift(offer.shift_id, command)

    def _which(self, intent: Intent, offers: list[OfferView]) -> Destination:
        if not offers and intent is Intent.ACCEPT:
            return self._converse(TellNothingOpen)
        if not offers:
            return self._converse(Note, intent=intent)
        offers = sorted(offers, key=_order)[:MOST_CHOICES]
        choices = tuple(self._choice(one) for one in offers)
        return self._converse(AskWhich, about=offers[0], intent=intent, choices=choices)

    def _choice(self, offer: OfferView) -> Choice:
        names = {one.caregiver_id: one.name for one in self.contact.people}
        shared = len(set(names.values())) > 1
        return offer.choice(self._speaker(offer).language, names.get(offer.caregiver_id) if shared else None)

    def _opt_in(self, organization_ids: tuple[str, ...]) -> Destination:
        """Start texts again. Their open offers are listed; none is taken, whatever the message said."""
        still_open = [
            one
            for one in self.offers
            if self._is_open(one) and not one.declined and one.organization_id in organization_ids
        ]
        choices = tuple(self._choice(one) for one in sorted(still_open, key=_order)[:MOST_CHOICES])
        return self._converse(OptIn, organization_ids=organization_ids, still_open=choices)

    def _opted_out(self) -> bool:
        return bool(self.deaf) and all(one.opted_out for one in self.contact.people if one.active)

    def _organizations(self) -> tuple[str, ...]:
        return tuple(sorted({one.organization_id for one in self.contact.people}))

    def _speaker(self, about: OfferView | None = None) -> Person:
        """Who is answered: the one an offer was made to, else the first who may work."""
        people = sorted(self.contact.people, key=lambda one: not one.active)
        return next((one for one in people if about and one.caregiver_id == about.caregiver_id), people[0])

    def _converse(
        self, kind: type[AnyConversationCommand], about: OfferView | None = None, **details: object
    ) -> ToConversation:
        speaker = self._speaker(about)
        command = kind.model_validate(
            {
                "at": self.at,
                "by": f"caregiver:{speaker.caregiver_id}",
                "message_id": self.message_id,
                "contact_id": self.contact.contact_id,
                "caregiver_id": speaker.caregiver_id,
                "organization_id": speaker.organization_id,
                "language": speaker.language,
                **details,
            }
        )
        return ToConversation(self.contact.contact_id, command)


def _by(offer: OfferView) -> str:
    return f"caregiver:{offer.caregiver_id}"


def _order(offer: OfferView) -> tuple[datetime, str, str]:
    return offer.starts_at, offer.shift_id, offer.code
